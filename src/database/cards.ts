import { type Selectable, sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { Tables } from './tables.ts';

/** Who a card is for: the requester alone, everybody in the conversation where it was asked, or the approvers. */
export type Audience = Tables['cards']['audience'];

/** What the bot owes a conversation: a card that shows a request, and how far Teams has been told. */
export interface OwedCard {
  readonly id: number;
  readonly requestNumber: number;
  readonly audience: Audience;
  readonly conversationId: string | null;
  readonly activityId: string | null;
  readonly wanted: number;
  readonly delivered: number;
  readonly sendingSince: Date | null;
  readonly lastSentAt: Date | null;
  readonly attempts: number;
}

/** Adds a card that is owed from now on; does nothing when the request has one for this audience. */
export async function oweCard(
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

/** Marks a request's cards for these audiences as out of date and gives their ids, so that deliveries can be enqueued. */
export async function wantCards(
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
  return rows.map((row) => row.id);
}

/** The card, locked until the transaction ends; null when unknown or given up. */
export async function holdCard(trx: Connection, id: number): Promise<OwedCard | null> {
  const row = await trx
    .selectFrom('cards')
    .selectAll()
    .where('id', '=', id)
    .where('undeliverable', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row ? toCard(row) : null;
}

/** Notes that a call to Teams for this card begins now. */
export async function markSending(
  trx: Connection,
  card: OwedCard,
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

/** Notes that Teams took the card in the state numbered `delivered`. Returns true when it is out of date again. */
export async function markDelivered(
  trx: Connection,
  id: number,
  delivered: number,
  conversationId: string,
  activityId: string,
): Promise<boolean> {
  const row = await trx
    .updateTable('cards')
    .set({ delivered, conversation_id: conversationId, activity_id: activityId, sending_since: null, attempts: 0 })
    .where('id', '=', id)
    .returning('wanted')
    .executeTakeFirstOrThrow();
  return row.wanted > delivered;
}

/** Notes that the call failed and will be tried again. `forget` drops an activity that Teams no longer has. */
export async function markUnsent(trx: Connection, id: number, forget: boolean): Promise<void> {
  await trx
    .updateTable('cards')
    .set(forget ? { sending_since: null, activity_id: null } : { sending_since: null })
    .where('id', '=', id)
    .execute();
}

/** Gives a card up for good, with the reason for the people who run the bot. */
export async function markUndeliverable(trx: Connection, id: number, reason: string): Promise<void> {
  await trx.updateTable('cards').set({ undeliverable: reason, sending_since: null }).where('id', '=', id).execute();
}

/** Lets cards for a person that could not be reached be tried again, in the conversation that is now known. */
export async function reviveCards(
  trx: Connection,
  tenantId: string,
  objectId: string,
  conversationId: string,
): Promise<number[]> {
  const rows = await trx
    .updateTable('cards')
    .set({ undeliverable: null, conversation_id: conversationId, attempts: 0 })
    .where('audience', '=', 'requester')
    .where('undeliverable', 'is not', null)
    .where('request_number', 'in', (expression) =>
      expression
        .selectFrom('requests')
        .select('number')
        .where('tenant_id', '=', tenantId)
        .where('requester_object_id', '=', objectId),
    )
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Lets approval cards for a channel that was not known be tried again. */
export async function reviveApprovals(trx: Connection, conversationId: string): Promise<number[]> {
  const rows = await trx
    .updateTable('cards')
    .set({ undeliverable: null, attempts: 0 })
    .where('audience', '=', 'approvers')
    .where('conversation_id', '=', conversationId)
    .where('undeliverable', 'is not', null)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Ids of all cards that Teams has not been told about yet. */
export async function cardsOwed(db: Connection): Promise<number[]> {
  const rows = await db
    .selectFrom('cards')
    .select('id')
    .where('undeliverable', 'is', null)
    .where(sql<boolean>`wanted > delivered`)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Ends every call to Teams that is marked as under way. Only right when no other process can be making one. */
export async function clearSending(trx: Connection): Promise<void> {
  await trx.updateTable('cards').set({ sending_since: null }).where('sending_since', 'is not', null).execute();
}

/** Which audiences of a request were given up. */
export async function undeliverableAudiences(db: Connection, requestNumber: number): Promise<Audience[]> {
  const rows = await db
    .selectFrom('cards')
    .select('audience')
    .where('request_number', '=', requestNumber)
    .where('undeliverable', 'is not', null)
    .execute();
  return rows.map((row) => row.audience);
}

/** Records one call into a conversation, for Teams' rate limits. */
export async function recordSend(trx: Connection, conversationId: string, at: Date): Promise<void> {
  await trx.insertInto('sends').values({ conversation_id: conversationId, at }).execute();
}

/** Times of the calls into a conversation since a moment, oldest first. */
export async function sendsSince(db: Connection, conversationId: string, since: Date): Promise<Date[]> {
  const rows = await db
    .selectFrom('sends')
    .select('at')
    .where('conversation_id', '=', conversationId)
    .where('at', '>', since)
    .orderBy('at')
    .execute();
  return rows.map((row) => row.at);
}

/** Forgets calls that no limit looks back to. */
export async function removeSendsBefore(db: Connection, before: Date): Promise<void> {
  await db.deleteFrom('sends').where('at', '<', before).execute();
}

function toCard(row: Selectable<Tables['cards']>): OwedCard {
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
  };
}
