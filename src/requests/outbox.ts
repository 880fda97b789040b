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
  forgetActivity,
  hasRecipient,
  isOtherMessage,
  lockCard,
  lockCardsOf,
  markDelivered,
  markSending,
  type OutboxCard,
  outboxCards,
  type ToldAs,
} from '../database/outbox-rows.ts';
import { lockConversation } from '../database/person-rows.ts';
import { recordSend, removeSendsBefore, sendsSince } from '../database/sends.ts';
import { addSupersededCard, supersededCards } from '../database/superseded-card-rows.ts';
import { enqueueOtherCards, notifyElsewhere, refreshTold } from './notify-elsewhere.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { longestLookMs } from './reviewers.ts';
import { triedRoles } from './role-members.ts';

export type { Delivered, FailureScope, OutboxCard, ToldAs };
export { hasRecipient };

/** Teams' rate limits per conversation, which a claim has to respect. */
export interface SendingLimits {
  readonly longestWindowMs: number;
  readonly waitForConversation: (sent: readonly number[], now: number) => number;
}

/** How often a card is claimed again while another delivery of it is in flight, in milliseconds. */
const recheckMs = 2_000;

/**
 * Bulkhead: the most concurrent deliveries into one conversation, so that one with hanging calls does not block others.
 * A failing conversation gets a single call.
 */
const maxConcurrentCalls = 2;

/** How long a card that was given up is still retried occasionally, in milliseconds. */
const givenUpKeptMs = 7 * 24 * 3_600_000;

/** After this time without an answer a call to Teams is considered lost with its process. */
const sendingTimeoutMs = 60_000;

/**
 * Claims a card in the outbox for sending. Null when it is already up to date, or when it has to wait; then its
 * delivery is enqueued again. Delivery is at least once: a claim older than the time-out was left by a crash, and it is
 * unknown whether Teams has the card, so it is sent again. A duplicate card is harmless (presses are checked against
 * the request), a missing one is not.
 */
export async function claimCard(
  services: RequestServices,
  id: number,
  limits: SendingLimits,
): Promise<OutboxCard | null> {
  return inTransaction(services, async (trx) => {
    const card = await lockCard(trx, id);
    if (!card || card.wanted <= card.delivered) return null;
    const now = services.clock.now();
    if (card.retryAt !== null && card.retryAt.getTime() > now) {
      // Normally its retry is already enqueued. But this may be that retry, fetched early by a process whose clock is
      // ahead, so another one is enqueued.
      await retryLater(services, trx, card, card.retryAt);
      return null;
    }
    let wait = 0;
    const sendingFor = card.sendingSince === null ? null : now - card.sendingSince.getTime();
    if (sendingFor !== null && sendingFor < sendingTimeoutMs) wait = recheckMs;
    else if (card.lastSentAt !== null) wait = card.lastSentAt.getTime() + services.settings.minUpdateGapMs - now;
    if (card.conversationId !== null) {
      wait = Math.max(wait, await waitForLimits(trx, card.conversationId, limits, now));
      const underWay = await callsUnderWay(trx, card, new Date(now - sendingTimeoutMs));
      if (underWay >= (card.failingSince !== null ? 1 : maxConcurrentCalls)) wait = Math.max(wait, recheckMs);
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
 * Marks the card delivered as it was claimed, and enqueues another delivery when it is out of date again. Enqueues the
 * cards of the other audiences when they show whether these people were reached: with `notifyOthers`, or when they had
 * not been reached before.
 */
export async function recordDelivery(
  services: RequestServices,
  card: OutboxCard,
  sent: Delivered,
  notifyOthers = false,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    await lockCardsOf(trx, card.requestNumber);
    const outOfDate = await markDelivered(trx, card, sent);
    if (card.activityId !== null && card.activityId !== sent.activityId) {
      const at = new Date(services.clock.now());
      await retire(services, trx, card.requestNumber, card.conversationId, card.activityId, at);
    }
    if (outOfDate) await deferCard(services, trx, card.id, services.settings.minUpdateGapMs);
    if (notifyOthers || card.unreachedSince !== null) await enqueueOtherCards(services, trx, card);
    if (card.unreachedSince !== null) await refreshTold(services, trx, card);
  });
}

/** What the next attempt after a failed delivery depends on. */
export interface FailedDelivery {
  readonly scope: FailureScope;
  /** Backoff in milliseconds: of the card that probes for all, and of the others. */
  readonly delays: { readonly first: number; readonly other: number };
  /** Whether the other cards now say that these people have not been reached. */
  readonly unreached: boolean;
}

/**
 * Records a failed delivery and enqueues the next attempt. Of all cards with the same cause of failure, the earliest is
 * the probe and retries often, so that the end of an outage is noticed soon; the others follow when it succeeds, or
 * with their own longer backoff.
 */
export async function postponeCard(services: RequestServices, card: OutboxCard, failed: FailedDelivery): Promise<void> {
  await triedRoles(services, AbortSignal.timeout(longestLookMs));
  await inTransaction(services, async (trx) => {
    await lockCardsOf(trx, card.requestNumber);
    const at = services.clock.now();
    const first = await isFirstToFail(trx, card, failed.scope);
    const retryAt = new Date(at + (first ? failed.delays.first : failed.delays.other));
    await markFailed(trx, card, { scope: failed.scope, at: new Date(at), retryAt, unreached: failed.unreached });
    await retryLater(services, trx, card, retryAt);
    if (failed.unreached && card.unreachedSince === null) await notifyElsewhere(services, trx, card);
  });
}

/** Posts the card again at once, since its message seems to be gone; if it still exists, its buttons are removed. */
export async function repost(services: RequestServices, card: OutboxCard): Promise<void> {
  await inTransaction(services, async (trx) => {
    await lockCardsOf(trx, card.requestNumber);
    const at = new Date(services.clock.now());
    await retire(services, trx, card.requestNumber, card.conversationId, card.activityId, at);
    await forgetActivity(trx, card.id);
    await markFailed(trx, card, { scope: 'card', at, retryAt: at, unreached: false });
    await deferCard(services, trx, card.id, 0);
  });
}

/** Records a message as superseded and enqueues the removal of its buttons. */
export async function retire(
  services: RequestServices,
  trx: Connection,
  requestNumber: number,
  conversationId: string | null,
  activityId: string | null,
  at: Date,
): Promise<void> {
  if (conversationId === null || activityId === null) return;
  const old = await addSupersededCard(trx, requestNumber, conversationId, activityId, at);
  if (old !== null) await services.queue.enqueue(trx, 'retire-card', { old }, { key: `old-${old}` });
}

/**
 * Removes the buttons of a message that somebody pressed or opened and that is not the current one: for example when
 * Teams posted a card and its answer was lost, so that the card was posted again.
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

/** Gives up a card until its people can be reached again, and notifies them and the other audiences elsewhere. */
export async function abandonCard(services: RequestServices, card: OutboxCard, reason: string): Promise<void> {
  await triedRoles(services, AbortSignal.timeout(longestLookMs));
  await inTransaction(services, async (trx) => {
    await lockCardsOf(trx, card.requestNumber);
    await markUndeliverable(trx, card, reason, new Date(services.clock.now()));
    if (card.unreachedSince === null) await notifyElsewhere(services, trx, card);
  });
}

function retryLater(services: RequestServices, trx: Connection, card: OutboxCard, retryAt: Date): Promise<void> {
  // A separate deduplication key: otherwise a waiting retry would suppress a delivery that is due earlier.
  const key = `card-${card.id}-${retryAt.getTime()}`;
  return services.queue.enqueue(trx, 'deliver', { card: card.id }, { startAfter: retryAt, key });
}

/**
 * Enqueues every delivery that a crash may have lost, cards given up in the last days included. With `isOnlyProcess`, when no
 * other process shares the database, calls that were in flight count as lost at once instead of after the time-out.
 */
export async function resumeDeliveries(services: RequestServices, isOnlyProcess: boolean): Promise<number> {
  return inTransaction(services, async (trx) => {
    if (isOnlyProcess) await clearSending(trx);
    await reviveGivenUp(trx, new Date(services.clock.now() - givenUpKeptMs));
    const enqueued = await outboxCards(trx);
    for (const card of enqueued) await services.queue.enqueue(trx, 'deliver', { card }, { key: `card-${card}` });
    for (const old of await supersededCards(trx)) {
      await services.queue.enqueue(trx, 'retire-card', { old }, { key: `old-${old}` });
    }
    return enqueued.length;
  });
}

/**
 * Retries every card that was given up in the last days, since Teams does not report when a chat becomes reachable
 * again.
 */
export async function retryGivenUp(services: RequestServices): Promise<number> {
  return inTransaction(services, async (trx) => {
    const revived = await reviveGivenUp(trx, new Date(services.clock.now() - givenUpKeptMs));
    for (const card of revived) await services.queue.enqueue(trx, 'deliver', { card }, { key: `card-${card}` });
    return revived.length;
  });
}

/** Retries cards at once that were waiting or given up, now that their people can be reached. */
export async function revive(services: RequestServices, revival: Revival): Promise<void> {
  await inTransaction(services, async (trx) => {
    const { due, leftBehind } = await reviveCards(trx, revival, new Date(services.clock.now()));
    for (const card of due) await services.queue.enqueue(trx, 'deliver', { card }, { key: `card-${card}` });
    for (const old of leftBehind) await services.queue.enqueue(trx, 'retire-card', { old }, { key: `old-${old}` });
  });
}

/**
 * Reserves one call into a conversation that is no card. Returns 0 when the call may be sent now and is counted,
 * otherwise how long to wait before asking again, in milliseconds.
 */
export async function reserveSend(
  services: RequestServices,
  conversationId: string,
  limits: SendingLimits,
): Promise<number> {
  return inTransaction(services, async (trx) => {
    const now = services.clock.now();
    const wait = await waitForLimits(trx, conversationId, limits, now);
    if (wait === 0) await recordSend(trx, conversationId, new Date(now));
    return wait;
  });
}

/** The wait that the rate limits require before the next call; locks the conversation until the transaction ends. */
async function waitForLimits(
  trx: Connection,
  conversationId: string,
  limits: SendingLimits,
  now: number,
): Promise<number> {
  await lockConversation(trx, conversationId);
  const sent = await sendsSince(trx, conversationId, new Date(now - limits.longestWindowMs));
  return limits.waitForConversation(
    sent.map((at) => at.getTime()),
    now,
  );
}

/** Deletes recorded calls that are older than every limit's window. */
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
