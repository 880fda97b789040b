import type { Connection } from '../database/connection.ts';
import {
  cardsForReviewers,
  cardsWaitingIn,
  forgetActivity,
  lockCardsOf,
  type OutboxCard,
} from '../database/outbox-rows.ts';
import { lockRequest, readRequest } from '../database/request-rows.ts';
import { markTold, readUndelivered, type UndeliveredCard } from '../database/undelivered-cards.ts';
import { readVotes } from '../database/vote-rows.ts';
import type { Person } from '../domain/people.ts';
import { retire } from './outbox.ts';
import { isApprover } from './report.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
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
    for (const card of await cardsForReviewers(trx, number)) {
      const { recipient } = card;
      const isDone = voted.some(({ objectId }) => objectId === recipient);
      const isAsked = recipient === '' || (await reviewerBy(services, trx, held.record, recipient)) !== null;
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
  readonly approvals: readonly UndeliveredCard[];
}

/** The undelivered cards that a person should be told about as soon as they write, in any conversation. */
export async function unreachedFor(services: RequestServices, person: Person): Promise<Unreached> {
  const { db } = services.database;
  return {
    own: await readUndelivered(db, person, 'requester'),
    approvals: isApprover(services, person) ? await readUndelivered(db, person, 'approvers') : [],
  };
}

/** Records that the person has been told about these cards. */
export function recordTold(services: RequestServices, person: Person, told: readonly UndeliveredCard[]): Promise<void> {
  return markTold(services.database.db, person, told, new Date(services.clock.now()));
}
