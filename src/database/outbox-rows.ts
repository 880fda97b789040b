import { type Selectable, sql } from 'kysely';
import type { ToldAs } from './cards-table.ts';
import type { Connection } from './connection.ts';
import { recordSend } from './sends.ts';
import type { Tables } from './tables.ts';

/** Who a card is for: the requester alone, everybody in the conversation where it was asked, or the approvers. */
export type Audience = Tables['cards']['audience'];

export type { ToldAs };

/** An entry of the outbox: a card that shows a request to one audience, and which version Teams has. */
export type OutboxCard = Readonly<Selectable<Tables['cards']>>;

/**
 * True for a card in the own chat of the reviewer whom its recipient names. A shared conversation that a rule of the
 * policy names is its own recipient, so that a request can have a card in each.
 */
export function hasRecipient({ recipient, conversationId }: Pick<OutboxCard, 'recipient' | 'conversationId'>): boolean {
  return recipient !== '' && recipient !== conversationId;
}

/**
 * Adds a card to the outbox; does nothing when the request has one for this audience and recipient. It is sent with
 * the request's next transition (`enqueueCards` in requests/transition.ts enqueues the job). `toldAs` is for a recipient
 * who may not decide.
 */
export async function enqueueCard(
  trx: Connection,
  requestNumber: number,
  audience: Audience,
  conversationId: string | null,
  recipient = '',
  toldAs: ToldAs | null = null,
): Promise<void> {
  await trx
    .insertInto('cards')
    .values({ requestNumber, audience, recipient, conversationId, wanted: 0, delivered: 0, toldAs })
    .onConflict((conflict) => conflict.columns(['requestNumber', 'audience', 'recipient']).doNothing())
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
    .where('requestNumber', '=', requestNumber)
    .where('audience', 'in', [...audiences])
    .where('undeliverable', 'is', null)
    .returning('id')
    .execute();
  return rows.map((row) => row.id).sort((a, b) => a - b);
}

/** The same for those of its cards whose recipients are told without being asked. */
export async function markToldOutdated(trx: Connection, requestNumber: number): Promise<number[]> {
  const rows = await trx
    .updateTable('cards')
    .set((expression) => ({ wanted: expression('wanted', '+', 1) }))
    .where('requestNumber', '=', requestNumber)
    .where('toldAs', 'is not', null)
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
    .where('requestNumber', '=', requestNumber)
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
  return row ?? null;
}

/** The card of a request for its requester; the caller has locked it with {@link lockCardsOf}. */
export async function readRequestersCard(trx: Connection, requestNumber: number): Promise<OutboxCard | null> {
  const row = await trx
    .selectFrom('cards')
    .selectAll()
    .where('requestNumber', '=', requestNumber)
    .where('audience', '=', 'requester')
    .executeTakeFirst();
  return row ?? null;
}

/** The cards of a request for its reviewers; the caller has locked them with {@link lockCardsOf}. */
export async function cardsForReviewers(trx: Connection, requestNumber: number): Promise<OutboxCard[]> {
  return trx
    .selectFrom('cards')
    .selectAll()
    .where('requestNumber', '=', requestNumber)
    .where('audience', '=', 'approvers')
    .orderBy('id')
    .execute();
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
    .set({ sendingSince: at, lastSentAt: at, attempts: card.attempts + 1 })
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
  const failuresCleared = { attempts: 0, failingSince: null, failure: null, retryAt: null, unreachedSince: null };
  const row = await trx
    .updateTable('cards')
    .set({
      ...sent,
      sendingSince: null,
      ...(sent.degraded ? { unreachedSince: null } : { ...failuresCleared, delivered: card.wanted }),
    })
    .where('id', '=', card.id)
    .returning('wanted')
    .executeTakeFirstOrThrow();
  return row.wanted > card.wanted;
}

/** Clears the message that shows the card, so that the next delivery posts a new one. */
export async function forgetActivity(trx: Connection, id: number): Promise<void> {
  await trx.updateTable('cards').set({ activityId: null }).where('id', '=', id).execute();
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
  await trx.updateTable('cards').set({ sendingSince: null }).where('sendingSince', 'is not', null).execute();
}

/** Cards in these conversations that show a request which waits for people there. */
export async function cardsWaitingIn(trx: Connection, conversationIds: readonly string[]): Promise<OutboxCard[]> {
  return trx
    .selectFrom('cards')
    .innerJoin('requests', 'requests.number', 'cards.requestNumber')
    .selectAll('cards')
    .where('cards.conversationId', 'in', ['', ...conversationIds])
    .where('cards.activityId', 'is not', null)
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
    .select(['activityId', 'sendingSince'])
    .where('requestNumber', '=', requestNumber)
    .where('conversationId', 'in', ['', ...conversationIds])
    .execute();
  // While one is being posted its id is not known yet.
  const settled = rows.every((row) => row.activityId !== null && row.sendingSince === null);
  return rows.length > 0 && settled && rows.every((row) => row.activityId !== activityId);
}

/** Delivery state of a request's card for one audience. */
export interface DeliveryState {
  readonly audience: Audience;
  /** Why its recipient is told without being asked; null for those who are asked. */
  readonly toldAs: ToldAs | null;
  /** The conversation that several people see; null for a card in the own chat of one reviewer. */
  readonly sharedIn: string | null;
  /** Teams has its newest version. */
  readonly told: boolean;
  /** Its people have not been reached for some time, or the card is undeliverable. */
  readonly unreached: boolean;
}

/** Delivery states of a request's cards. */
export async function readDeliveryStates(db: Connection, requestNumber: number): Promise<DeliveryState[]> {
  const rows = await db
    .selectFrom('cards')
    .select([
      'audience',
      'toldAs',
      'recipient',
      'conversationId',
      'wanted',
      'delivered',
      'unreachedSince',
      'undeliverable',
    ])
    .where('requestNumber', '=', requestNumber)
    .execute();
  return rows.map((row) => ({
    audience: row.audience,
    toldAs: row.toldAs,
    sharedIn: hasRecipient(row) ? null : row.conversationId,
    told: row.delivered >= row.wanted,
    unreached: row.unreachedSince !== null || row.undeliverable !== null,
  }));
}
