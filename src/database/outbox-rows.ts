import { type Selectable, sql } from 'kysely';
import type { Connection } from './connection.ts';
import { recordSend } from './sends.ts';
import type { Tables } from './tables.ts';

/** Who a card is for: the requester alone, everybody in the conversation where it was asked, or the approvers. */
export type Audience = Tables['cards']['audience'];

/** An entry of the outbox: a card that shows a request to one audience, and which version Teams has. */
export interface OutboxCard {
  readonly id: number;
  readonly requestNumber: number;
  readonly audience: Audience;
  readonly conversationId: string | null;
  readonly activityId: string | null;
  readonly wanted: number;
  readonly delivered: number;
  readonly sendingSince: Date | null;
  readonly lastSentAt: Date | null;
  /** Consecutive failed calls before this one. */
  readonly attempts: number;
  readonly failingSince: Date | null;
  readonly retryAt: Date | null;
  /** Since when other cards say that its people have not been reached; null when they have been. */
  readonly unreachedSince: Date | null;
  readonly sizeStep: number;
  readonly degraded: boolean;
}

/**
 * Adds a card to the outbox; does nothing when the request has one for this audience. It is sent with the request's next
 * transition (`enqueueCards` in requests/transition.ts enqueues the job).
 */
export async function enqueueCard(
  trx: Connection,
  requestNumber: number,
  audience: Audience,
  conversationId: string | null,
): Promise<void> {
  await trx
    .insertInto('cards')
    .values({ request_number: requestNumber, audience, conversation_id: conversationId, wanted: 0, delivered: 0 })
    .onConflict((conflict) => conflict.columns(['request_number', 'audience']).doNothing())
    .execute();
}

/**
 * Marks a request's cards for these audiences as out of date and returns their ids, so that deliveries can be enqueued.
 * The caller has locked them with {@link lockCardsOf}, which prevents deadlocks.
 */
export async function markCardsOutdated(
  trx: Connection,
  requestNumber: number,
  audiences: readonly Audience[],
): Promise<number[]> {
  const rows = await trx
    .updateTable('cards')
    .set((expression) => ({ wanted: expression('wanted', '+', 1) }))
    .where('request_number', '=', requestNumber)
    .where('audience', 'in', [...audiences])
    .where('undeliverable', 'is', null)
    .returning('id')
    .execute();
  return rows.map((row) => row.id).sort((a, b) => a - b);
}

/**
 * Locks all cards of a request until the transaction ends, in the order of their ids. Lock ordering: every transaction
 * that changes more than one card locks them so, which rules out a deadlock between two deliveries of one request.
 */
export async function lockCardsOf(trx: Connection, requestNumber: number): Promise<void> {
  await trx
    .selectFrom('cards')
    .select('id')
    .where('request_number', '=', requestNumber)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** The card, locked until the transaction ends; null when unknown or undeliverable. */
export async function lockCard(trx: Connection, id: number): Promise<OutboxCard | null> {
  const row = await trx
    .selectFrom('cards')
    .selectAll()
    .where('id', '=', id)
    .where('undeliverable', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row ? toCard(row) : null;
}

/** Records that a call to Teams for this card begins now. */
export async function markSending(
  trx: Connection,
  card: OutboxCard,
  conversationId: string | null,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('cards')
    .set({ sending_since: at, last_sent_at: at, attempts: card.attempts + 1 })
    .where('id', '=', card.id)
    .execute();
  if (conversationId !== null) await recordSend(trx, conversationId, at);
}

/** The card as Teams has it after a call that succeeded. */
export interface Delivered {
  readonly conversationId: string;
  readonly activityId: string;
  readonly sizeStep: number;
  /** It is a reduced card; the complete one stays in the outbox. */
  readonly degraded: boolean;
}

/**
 * Marks the card as delivered in the version in which it was claimed. With a reduced card the complete one stays in the
 * outbox. Returns true when the card is out of date again.
 */
export async function markDelivered(trx: Connection, card: OutboxCard, sent: Delivered): Promise<boolean> {
  const failuresCleared = { attempts: 0, failing_since: null, failure: null, retry_at: null, unreached_since: null };
  const row = await trx
    .updateTable('cards')
    .set({
      conversation_id: sent.conversationId,
      activity_id: sent.activityId,
      size_step: sent.sizeStep,
      degraded: sent.degraded,
      sending_since: null,
      ...(sent.degraded ? { unreached_since: null } : { ...failuresCleared, delivered: card.wanted }),
    })
    .where('id', '=', card.id)
    .returning('wanted')
    .executeTakeFirstOrThrow();
  return row.wanted > card.wanted;
}

/** Clears the message that shows the card, so that the next delivery posts a new one. */
export async function forgetActivity(trx: Connection, id: number): Promise<void> {
  await trx.updateTable('cards').set({ activity_id: null }).where('id', '=', id).execute();
}

/** Ids of all cards in the outbox that are not delivered yet. */
export async function outboxCards(db: Connection): Promise<number[]> {
  const rows = await db
    .selectFrom('cards')
    .select('id')
    .where('undeliverable', 'is', null)
    .where(sql<boolean>`wanted > delivered`)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Clears the mark of calls to Teams under way. Only correct when no other process can be making one. */
export async function clearSending(trx: Connection): Promise<void> {
  await trx.updateTable('cards').set({ sending_since: null }).where('sending_since', 'is not', null).execute();
}

/** Cards in these conversations that show a request which waits for people there. */
export async function cardsWaitingIn(trx: Connection, conversationIds: readonly string[]): Promise<OutboxCard[]> {
  const rows = await trx
    .selectFrom('cards')
    .innerJoin('requests', 'requests.number', 'cards.request_number')
    .selectAll('cards')
    .where('cards.conversation_id', 'in', ['', ...conversationIds])
    .where('cards.activity_id', 'is not', null)
    .where((where) =>
      where.or([
        where.and([where('requests.state', '=', 'awaiting-approval'), where('cards.audience', '=', 'approvers')]),
        where.and([
          where('requests.state', 'in', ['awaiting-choice', 'awaiting-confirmation']),
          where('cards.audience', '!=', 'approvers'),
        ]),
      ]),
    )
    .orderBy('cards.id')
    .execute();
  return rows.map(toCard);
}

/**
 * True when a request has a card with a message of its own in one of these conversations, and none of them is this
 * message: then the message is superseded, or its posting got no answer.
 */
export async function isOtherMessage(
  trx: Connection,
  requestNumber: number,
  conversationIds: readonly string[],
  activityId: string,
): Promise<boolean> {
  const rows = await trx
    .selectFrom('cards')
    .select(['activity_id', 'sending_since'])
    .where('request_number', '=', requestNumber)
    .where('conversation_id', 'in', ['', ...conversationIds])
    .execute();
  // While one is being posted its id is not known yet.
  const settled = rows.every((row) => row.activity_id !== null && row.sending_since === null);
  return rows.length > 0 && settled && rows.every((row) => row.activity_id !== activityId);
}

/** Delivery state of a request's card for one audience. */
export interface DeliveryState {
  readonly audience: Audience;
  /** Teams has its newest version. */
  readonly told: boolean;
  /** Its people have not been reached for some time, or the card is undeliverable. */
  readonly unreached: boolean;
}

/** Delivery states of a request's cards. */
export async function readDeliveryStates(db: Connection, requestNumber: number): Promise<DeliveryState[]> {
  const rows = await db
    .selectFrom('cards')
    .select(['audience', 'wanted', 'delivered', 'unreached_since', 'undeliverable'])
    .where('request_number', '=', requestNumber)
    .execute();
  return rows.map((row) => ({
    audience: row.audience,
    told: row.delivered >= row.wanted,
    unreached: row.unreached_since !== null || row.undeliverable !== null,
  }));
}

function toCard(row: Selectable<Tables['cards']>): OutboxCard {
  return {
    id: row.id,
    requestNumber: row.request_number,
    audience: row.audience,
    conversationId: row.conversation_id,
    activityId: row.activity_id,
    wanted: row.wanted,
    delivered: row.delivered,
    sendingSince: row.sending_since,
    lastSentAt: row.last_sent_at,
    attempts: row.attempts,
    failingSince: row.failing_since,
    retryAt: row.retry_at,
    unreachedSince: row.unreached_since,
    sizeStep: row.size_step,
    degraded: row.degraded,
  };
}
