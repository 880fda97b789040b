import {
  cardsOwed,
  clearSending,
  holdCard,
  markDelivered,
  markSending,
  markUndeliverable,
  markUnsent,
  type OwedCard,
  recordSend,
  removeSendsBefore,
  sendsSince,
} from '../database/cards.ts';
import type { Connection } from '../database/connection.ts';
import { holdConversation } from '../database/people.ts';
import { inTransaction, type RequestServices } from './services.ts';
import { announce } from './transition.ts';

export type { OwedCard };

/** Limits that a claim has to keep; the numbers are Teams'. */
export interface SendingLimits {
  readonly longestWindowMs: number;
  readonly waitForConversation: (sent: readonly number[], now: number) => number;
}

/** While another delivery of the same card is under way, its end is looked for at this interval, in milliseconds. */
const lookAgainMs = 2_000;

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
): Promise<OwedCard | null> {
  return inTransaction(services, async (trx) => {
    const card = await holdCard(trx, id);
    if (!card || card.wanted <= card.delivered) return null;
    const now = services.clock.now();
    let wait = 0;
    const sendingFor = card.sendingSince === null ? null : now - card.sendingSince.getTime();
    if (sendingFor !== null && sendingFor < sendingTimeoutMs) wait = lookAgainMs;
    else if (card.lastSentAt !== null) wait = card.lastSentAt.getTime() + services.settings.leastUpdateGapMs - now;
    if (card.conversationId !== null) {
      wait = Math.max(wait, await waitIn(trx, card.conversationId, limits, now));
    }
    if (wait > 0) {
      await deferCard(services, trx, id, wait);
      return null;
    }
    await markSending(trx, card, card.conversationId, new Date(now));
    return card;
  });
}

/** Records that Teams has the card as it was claimed; enqueues another delivery when it is out of date again. */
export async function settleCard(
  services: RequestServices,
  card: OwedCard,
  conversationId: string,
  activityId: string,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    const outOfDate = await markDelivered(trx, card.id, card.wanted, conversationId, activityId);
    if (outOfDate) await deferCard(services, trx, card.id, services.settings.leastUpdateGapMs);
  });
}

/** Records a failed call and enqueues the next try. `forget` drops an activity that Teams no longer has. */
export async function postponeCard(
  services: RequestServices,
  card: OwedCard,
  delayMs: number,
  forget: boolean,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    await markUnsent(trx, card.id, forget);
    await deferCard(services, trx, card.id, delayMs);
  });
}

/** Gives a card up. The request's other cards are owed anew, since they may have to say so. */
export async function abandonCard(services: RequestServices, card: OwedCard, reason: string): Promise<void> {
  await inTransaction(services, async (trx) => {
    await markUndeliverable(trx, card.id, reason);
    await announce(services, trx, card.requestNumber);
  });
}

/**
 * Enqueues every delivery that a crash may have lost sight of. With `alone`, when no other process shares the
 * database, calls that were under way count as lost at once instead of after a while.
 */
export async function resumeDeliveries(services: RequestServices, alone: boolean): Promise<number> {
  const owed = await cardsOwed(services.database.db);
  await inTransaction(services, async (trx) => {
    if (alone) await clearSending(trx);
    for (const card of owed) await services.queue.enqueue(trx, 'deliver', { card }, { key: `card-${card}` });
  });
  return owed.length;
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
