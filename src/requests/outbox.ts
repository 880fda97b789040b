import type { Connection } from '../database/connection.ts';
import {
  callsUnderWay,
  type FailureScope,
  isFirstToFail,
  markFailed,
  markUndeliverable,
  type Revival,
  reviveCards,
  reviveGivenUp,
} from '../database/outbox-failures.ts';
import {
  clearSending,
  type Delivered,
  enqueueCard,
  forgetActivity,
  holdCard,
  holdCardsOf,
  isOtherMessage,
  markDelivered,
  markSending,
  type OutboxCard,
  outboxCards,
} from '../database/outbox-rows.ts';
import { holdConversation } from '../database/person-rows.ts';
import { recordSend, removeSendsBefore, sendsSince } from '../database/sends.ts';
import { addOldCard, oldCards } from '../database/superseded-card-rows.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { enqueueCards } from './transition.ts';

export type { Delivered, FailureScope, OutboxCard };

/** Limits that a claim has to keep; the numbers are Teams'. */
export interface SendingLimits {
  readonly longestWindowMs: number;
  readonly waitForConversation: (sent: readonly number[], now: number) => number;
}

/** While another delivery of the same card is under way, its end is looked for at this interval, in milliseconds. */
const recheckMs = 2_000;

/**
 * Deliveries into one conversation at the same time: a bulkhead, so that a conversation whose calls hang holds up no
 * other. One that fails is given a single call.
 */
const mostCallsAtOnce = 2;

/** How long a card that was given up is tried again now and then, in milliseconds. */
const givenUpKeptMs = 7 * 24 * 3_600_000;

/** After this time without an answer a call to Teams counts as lost with its process. */
const sendingTimeoutMs = 60_000;

/**
 * Takes a card for sending. Null when nothing is owed, or when it has to wait; then its delivery is enqueued anew.
 * A card found in the middle of being sent was left so by a crash: whether Teams has it is unknown, so it is sent
 * again. A card twice is harmless (presses are checked against the request), a missing one is not.
 */
export async function claimCard(
  services: RequestServices,
  id: number,
  limits: SendingLimits,
): Promise<OutboxCard | null> {
  return inTransaction(services, async (trx) => {
    const card = await holdCard(trx, id);
    if (!card || card.wanted <= card.delivered) return null;
    const now = services.clock.now();
    if (card.retryAt !== null && card.retryAt.getTime() > now) {
      // Its retry is enqueued; only when this is that one, fetched by a clock that is ahead, another has to follow.
      await retryLater(services, trx, card, card.retryAt);
      return null;
    }
    let wait = 0;
    const sendingFor = card.sendingSince === null ? null : now - card.sendingSince.getTime();
    if (sendingFor !== null && sendingFor < sendingTimeoutMs) wait = recheckMs;
    else if (card.lastSentAt !== null) wait = card.lastSentAt.getTime() + services.settings.leastUpdateGapMs - now;
    if (card.conversationId !== null) {
      wait = Math.max(wait, await waitIn(trx, card.conversationId, limits, now));
      const underWay = await callsUnderWay(trx, card, new Date(now - sendingTimeoutMs));
      if (underWay >= (card.failingSince !== null ? 1 : mostCallsAtOnce)) wait = Math.max(wait, recheckMs);
    }
    if (wait > 0) {
      await deferCard(services, trx, id, wait);
      return null;
    }
    await markSending(trx, card, card.conversationId, new Date(now));
    return card;
  });
}

/**
 * Records that Teams has the card as it was claimed; enqueues another delivery when it is out of date again. What
 * others are told about these people is owed anew when it has changed: `tellOthers`, or that they had not been reached.
 */
export async function recordDelivery(
  services: RequestServices,
  card: OutboxCard,
  sent: Delivered,
  tellOthers = false,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    await holdCardsOf(trx, card.requestNumber);
    const outOfDate = await markDelivered(trx, card, sent);
    if (card.activityId !== null && card.activityId !== sent.activityId) {
      const at = new Date(services.clock.now());
      await retire(services, trx, card.requestNumber, card.conversationId, card.activityId, at);
    }
    if (outOfDate) await deferCard(services, trx, card.id, services.settings.leastUpdateGapMs);
    if (tellOthers || card.unreachedSince !== null) await enqueueOtherCards(services, trx, card);
  });
}

/** A failed delivery, as far as its next try depends on it. */
export interface FailedDelivery {
  readonly scope: FailureScope;
  /** Waits until the next try, in milliseconds: of the card that finds out for all, and of the others. */
  readonly delays: { readonly first: number; readonly other: number };
  /** Whether others are told from now on that these people have not been reached. */
  readonly unreached: boolean;
}

/**
 * Records a failed delivery and enqueues the next try. Of all cards that fail for one reason the earliest one tries
 * often, so that the end of an outage is noticed soon; the others follow when it succeeds, or at their own slow pace.
 */
export async function postponeCard(services: RequestServices, card: OutboxCard, failed: FailedDelivery): Promise<void> {
  await inTransaction(services, async (trx) => {
    await holdCardsOf(trx, card.requestNumber);
    const at = services.clock.now();
    const first = await isFirstToFail(trx, card, failed.scope);
    const retryAt = new Date(at + (first ? failed.delays.first : failed.delays.other));
    await markFailed(trx, card, { scope: failed.scope, at: new Date(at), retryAt, unreached: failed.unreached });
    await retryLater(services, trx, card, retryAt);
    if (failed.unreached && card.unreachedSince === null) await tellAnotherWay(services, trx, card);
  });
}

/** Has the card posted anew at once, since its message seems to be gone; should that still be there, it loses its buttons. */
export async function repost(services: RequestServices, card: OutboxCard): Promise<void> {
  await inTransaction(services, async (trx) => {
    await holdCardsOf(trx, card.requestNumber);
    const at = new Date(services.clock.now());
    await retire(services, trx, card.requestNumber, card.conversationId, card.activityId, at);
    await forgetActivity(trx, card.id);
    await markFailed(trx, card, { scope: 'card', at, retryAt: at, unreached: false });
    await deferCard(services, trx, card.id, 0);
  });
}

/** Notes a message as an earlier one of a request, and enqueues that its buttons are taken away. */
export async function retire(
  services: RequestServices,
  trx: Connection,
  requestNumber: number,
  conversationId: string | null,
  activityId: string | null,
  at: Date,
): Promise<void> {
  if (conversationId === null || activityId === null) return;
  const old = await addOldCard(trx, requestNumber, conversationId, activityId, at);
  if (old !== null) await services.queue.enqueue(trx, 'retire-card', { old }, { key: `old-${old}` });
}

/**
 * Takes the buttons off a message that somebody pressed or looked at and that is not the one which is kept up to date:
 * for example when Teams posted a card and its answer was lost, so that the card was posted again.
 */
export async function retireOther(
  services: RequestServices,
  requestNumber: number,
  conversationIds: readonly [string, ...string[]],
  activityId: string,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    if (!(await isOtherMessage(trx, requestNumber, conversationIds, activityId))) return;
    const at = new Date(services.clock.now());
    await retire(services, trx, requestNumber, conversationIds[0], activityId, at);
  });
}

/** Gives a card up until its people can be reached again. Others are told, and so are they by another way. */
export async function abandonCard(services: RequestServices, card: OutboxCard, reason: string): Promise<void> {
  await inTransaction(services, async (trx) => {
    await holdCardsOf(trx, card.requestNumber);
    await markUndeliverable(trx, card, reason, new Date(services.clock.now()));
    if (card.unreachedSince === null) await tellAnotherWay(services, trx, card);
  });
}

/** What waits for somebody who asked in a shared conversation goes to their own chat when it cannot be shown there. */
async function tellAnotherWay(services: RequestServices, trx: Connection, card: OutboxCard): Promise<void> {
  if (card.audience === 'public') await enqueueCard(trx, card.requestNumber, 'requester', null);
  await enqueueOtherCards(services, trx, card);
}

function enqueueOtherCards(services: RequestServices, trx: Connection, { requestNumber, audience }: OutboxCard) {
  const others = (['requester', 'public', 'approvers'] as const).filter((each) => each !== audience);
  return enqueueCards(services, trx, requestNumber, others);
}

function retryLater(services: RequestServices, trx: Connection, card: OutboxCard, retryAt: Date): Promise<void> {
  // A key of its own: a retry that waits may not stand for a delivery that is due before it.
  const key = `card-${card.id}-${retryAt.getTime()}`;
  return services.queue.enqueue(trx, 'deliver', { card: card.id }, { startAfter: retryAt, key });
}

/**
 * Enqueues every delivery that a crash may have lost sight of, what was given up in the last days too. With `alone`, when no other process shares the
 * database, calls that were under way count as lost at once instead of after a while.
 */
export async function resumeDeliveries(services: RequestServices, alone: boolean): Promise<number> {
  return inTransaction(services, async (trx) => {
    if (alone) await clearSending(trx);
    await reviveGivenUp(trx, new Date(services.clock.now() - givenUpKeptMs));
    const enqueued = await outboxCards(trx);
    for (const card of enqueued) await services.queue.enqueue(trx, 'deliver', { card }, { key: `card-${card}` });
    for (const old of await oldCards(trx)) {
      await services.queue.enqueue(trx, 'retire-card', { old }, { key: `old-${old}` });
    }
    return enqueued.length;
  });
}

/** Has every card tried again that was given up in the last days: nothing tells when a chat opens to the bot again. */
export async function retryGivenUp(services: RequestServices): Promise<number> {
  return inTransaction(services, async (trx) => {
    const revived = await reviveGivenUp(trx, new Date(services.clock.now() - givenUpKeptMs));
    for (const card of revived) await services.queue.enqueue(trx, 'deliver', { card }, { key: `card-${card}` });
    return revived.length;
  });
}

/** Has cards tried at once that waited or were given up, now that somebody can be reached. */
export async function revive(services: RequestServices, revival: Revival): Promise<void> {
  await inTransaction(services, async (trx) => {
    const { due, leftBehind } = await reviveCards(trx, revival, new Date(services.clock.now()));
    for (const card of due) await services.queue.enqueue(trx, 'deliver', { card }, { key: `card-${card}` });
    for (const old of leftBehind) await services.queue.enqueue(trx, 'retire-card', { old }, { key: `old-${old}` });
  });
}

/**
 * Takes a place for one call into a conversation that is no card. Gives 0 when the call may go out now and is
 * counted, otherwise how long to wait before asking again, in milliseconds.
 */
export async function reserveSend(
  services: RequestServices,
  conversationId: string,
  limits: SendingLimits,
): Promise<number> {
  return inTransaction(services, async (trx) => {
    const now = services.clock.now();
    const wait = await waitIn(trx, conversationId, limits, now);
    if (wait === 0) await recordSend(trx, conversationId, new Date(now));
    return wait;
  });
}

/** How long the limits ask to wait before the next call; holds the conversation until the transaction ends. */
async function waitIn(trx: Connection, conversationId: string, limits: SendingLimits, now: number): Promise<number> {
  await holdConversation(trx, conversationId);
  const sent = await sendsSince(trx, conversationId, new Date(now - limits.longestWindowMs));
  return limits.waitForConversation(
    sent.map((at) => at.getTime()),
    now,
  );
}

/** Forgets calls that no limit looks back to. */
export async function forgetSends(services: RequestServices, longestWindowMs: number): Promise<void> {
  await removeSendsBefore(services.database.db, new Date(services.clock.now() - longestWindowMs));
}

async function deferCard(
  services: RequestServices,
  trx: Parameters<RequestServices['queue']['enqueue']>[0],
  id: number,
  delayMs: number,
): Promise<void> {
  await services.queue.enqueue(
    trx,
    'deliver',
    { card: id },
    { startAfter: new Date(services.clock.now() + delayMs), key: `card-${id}` },
  );
}
