import type { Connection } from '../database/connection.ts';
import {
  cardsForReviewers,
  cardsWaitingIn,
  forgetActivity,
  hasRecipient,
  lockCardsOf,
  type OutboxCard,
} from '../database/outbox-rows.ts';
import { lockRequest, readRequest } from '../database/request-rows.ts';
import { markTold, readUndelivered, type UndeliveredCard } from '../database/undelivered-cards.ts';
import { readVotes } from '../database/vote-rows.ts';
import type { Person } from '../domain/people.ts';
import type { RequestRecord } from '../domain/request.ts';
import { retire } from './outbox.ts';
import { approvalsFor, mostLookedThrough } from './report.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { reviewPlaces } from './review-conversations.ts';
import { askInOwnChats, reviewerBy, triedReviewers } from './reviewers.ts';
import { enqueueCards } from './transition.ts';

/**
 * Posts again the cards that wait for people in a conversation, since a new member may not see what was posted before.
 * The buttons of the earlier messages are removed.
 */
export async function repostWaitingCards(services: RequestServices, conversationIds: readonly string[]): Promise<void> {
  await inTransaction(services, async (trx) => {
    const at = new Date(services.clock.now());
    for (const card of await cardsWaitingIn(trx, conversationIds)) {
      await lockCardsOf(trx, card.requestNumber);
      await postAnew(services, trx, card, at);
      await enqueueCards(services, trx, card.requestNumber, [card.audience]);
    }
  });
}

/**
 * Reminds the reviewers of a request that still waits in this version, by posting its cards again: an update of an
 * earlier message notifies nobody. Escalates to those who have not voted: each is now asked in their own chat, too.
 */
export async function remind(services: RequestServices, number: number, version: number): Promise<void> {
  const request = await readRequest(services.database.db, number);
  if (request !== null) await triedReviewers(services, request);
  await inTransaction(services, async (trx) => {
    const held = await lockRequest(trx, number);
    if (held?.record.state !== 'awaiting-approval' || held.record.version !== version) return;
    await lockCardsOf(trx, number);
    const at = new Date(services.clock.now());
    const voted = await readVotes(trx, number, version);
    const places = reviewPlaces(services, held.record).map(({ conversationId }) => conversationId);
    for (const card of await cardsForReviewers(trx, number)) {
      const { recipient, conversationId } = card;
      // Where it was escalated to has heard of it for the first time.
      if (recipient !== '' && recipient === conversationId && !places.includes(conversationId)) continue;
      const isDone = voted.some(({ objectId }) => objectId === recipient);
      const isAsked = !hasRecipient(card) || (await reviewerBy(services, trx, held.record, recipient)) !== null;
      if (isAsked && !isDone) await postAnew(services, trx, card, at);
    }
    await askInOwnChats(services, trx, held.record, true, voted);
    await enqueueCards(services, trx, number, ['approvers']);
  });
}

/** The buttons of the earlier message go. The caller has locked the card. */
async function postAnew(services: RequestServices, trx: Connection, card: OutboxCard, at: Date): Promise<void> {
  await retire(services, trx, card.requestNumber, card.conversationId, card.activityId, at);
  await forgetActivity(trx, card.id);
}

/** Cards that could not be delivered where they belong, and of which the person has not been told otherwise. */
export interface Unreached {
  /** Their own requests. */
  readonly own: readonly UndeliveredCard[];
  /** Requests of others that wait for their approval. */
  readonly approvals: readonly RequestRecord[];
}

/** The undelivered cards that a person should be told about as soon as they write, in any conversation. */
export async function unreachedFor(services: RequestServices, person: Person): Promise<Unreached> {
  const { db } = services.database;
  const own = await readUndelivered(db, person, 'requester');
  const undelivered = new Set((await readUndelivered(db, person, 'approvers')).map(({ number }) => number));
  if (undelivered.size === 0) return { own, approvals: [] };
  // Of these, only what the person may decide about, whom the rules may name as an owner or in a group.
  const waiting = await approvalsFor(services, person, mostLookedThrough);
  return { own, approvals: waiting.filter(({ number }) => undelivered.has(number)) };
}

/** Records that the person has been told about these cards. */
export function recordTold(services: RequestServices, person: Person, told: readonly UndeliveredCard[]): Promise<void> {
  return markTold(services.database.db, person, told, new Date(services.clock.now()));
}
