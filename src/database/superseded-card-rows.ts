import { type Selectable, sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { Tables } from './tables.ts';

/** A superseded message of a request's card, which may still show outdated buttons. */
export type SupersededCard = Readonly<Selectable<Tables['supersededCards']>>;

/** Records a message as superseded; returns its id, or null when it is recorded already. */
export async function addSupersededCard(
  trx: Connection,
  requestNumber: number,
  conversationId: string,
  activityId: string,
  at: Date,
): Promise<number | null> {
  const row = await trx
    .insertInto('supersededCards')
    .values({ requestNumber, conversationId, activityId, since: at })
    .onConflict((conflict) => conflict.columns(['conversationId', 'activityId']).doNothing())
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
    .insertInto('supersededCards')
    .columns(['requestNumber', 'conversationId', 'activityId', 'since'])
    .expression((expression) =>
      expression
        .selectFrom('cards')
        .select(['requestNumber', 'conversationId', 'activityId', sql<Date>`${at}::timestamptz`.as('since')])
        .where('id', 'in', [...cards])
        .where('activityId', 'is not', null)
        .where('conversationId', '!=', conversationId)
        .$narrowType<{ conversationId: string; activityId: string }>(),
    )
    .onConflict((conflict) => conflict.columns(['conversationId', 'activityId']).doNothing())
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Counts an attempt for a superseded message and returns it; null when it has been handled. */
export async function claimSupersededCard(trx: Connection, id: number): Promise<SupersededCard | null> {
  const row = await trx
    .updateTable('supersededCards')
    .set((expression) => ({ attempts: expression('attempts', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Deletes a superseded message: it shows no buttons any more, or is gone. */
export async function removeSupersededCard(trx: Connection, id: number): Promise<void> {
  await trx.deleteFrom('supersededCards').where('id', '=', id).execute();
}

/** Ids of all superseded messages that have not been handled. */
export async function supersededCards(db: Connection): Promise<number[]> {
  const rows = await db.selectFrom('supersededCards').select('id').orderBy('id').execute();
  return rows.map(({ id }) => id);
}
