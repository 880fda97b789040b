import { sql } from 'kysely';
import type { Connection } from './connection.ts';

/** A superseded message of a request's card, which may still show outdated buttons. */
export interface SupersededCard {
  readonly id: number;
  readonly requestNumber: number;
  readonly conversationId: string;
  readonly activityId: string;
  readonly attempts: number;
  readonly since: Date;
}

/** Records a message as superseded; returns its id, or null when it is recorded already. */
export async function addSupersededCard(
  trx: Connection,
  requestNumber: number,
  conversationId: string,
  activityId: string,
  at: Date,
): Promise<number | null> {
  const row = await trx
    .insertInto('superseded_cards')
    .values({ request_number: requestNumber, conversation_id: conversationId, activity_id: activityId, since: at })
    .onConflict((conflict) => conflict.columns(['conversation_id', 'activity_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Records the messages of these cards in other conversations as superseded, and returns their ids. */
export async function addSupersededCards(
  trx: Connection,
  cards: readonly number[],
  conversationId: string,
  at: Date,
): Promise<number[]> {
  const rows = await trx
    .insertInto('superseded_cards')
    .columns(['request_number', 'conversation_id', 'activity_id', 'since'])
    .expression((expression) =>
      expression
        .selectFrom('cards')
        .select(['request_number', 'conversation_id', 'activity_id', sql<Date>`${at}::timestamptz`.as('since')])
        .where('id', 'in', [...cards])
        .where('activity_id', 'is not', null)
        .where('conversation_id', '!=', conversationId)
        .$narrowType<{ conversation_id: string; activity_id: string }>(),
    )
    .onConflict((conflict) => conflict.columns(['conversation_id', 'activity_id']).doNothing())
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Counts an attempt for a superseded message and returns it; null when it has been handled. */
export async function claimSupersededCard(trx: Connection, id: number): Promise<SupersededCard | null> {
  const row = await trx
    .updateTable('superseded_cards')
    .set((expression) => ({ attempts: expression('attempts', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row
    ? {
        id: row.id,
        requestNumber: row.request_number,
        conversationId: row.conversation_id,
        activityId: row.activity_id,
        attempts: row.attempts,
        since: row.since,
      }
    : null;
}

/** Deletes a superseded message: it shows no buttons any more, or is gone. */
export async function removeSupersededCard(trx: Connection, id: number): Promise<void> {
  await trx.deleteFrom('superseded_cards').where('id', '=', id).execute();
}

/** Ids of all superseded messages that have not been handled. */
export async function supersededCards(db: Connection): Promise<number[]> {
  const rows = await db.selectFrom('superseded_cards').select('id').orderBy('id').execute();
  return rows.map(({ id }) => id);
}
