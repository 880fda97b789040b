import type { Connection } from './connection.ts';

/** A message as it was last processed. */
export interface ReadMessage {
  /** Hash of the text that was answered; null when the message, and what it asked for, was deleted since. */
  readonly textHash: string | null;
  /** How many edits of it were answered. */
  readonly edits: number;
}

/** The message as it was last processed, locked until the transaction ends; null when it never was. */
export async function lockReadMessage(
  trx: Connection,
  conversationId: string,
  activityId: string,
): Promise<ReadMessage | null> {
  const row = await trx
    .selectFrom('readMessages')
    .select(['textHash', 'edits'])
    .where('conversationId', '=', conversationId)
    .where('activityId', '=', activityId)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Stores how a message was last processed. */
export async function saveReadMessage(
  trx: Connection,
  conversationId: string,
  activityId: string,
  { textHash, edits }: ReadMessage,
  at: Date,
): Promise<void> {
  const values = { textHash, edits, at };
  await trx
    .insertInto('readMessages')
    .values({ conversationId, activityId, ...values })
    .onConflict((conflict) => conflict.columns(['conversationId', 'activityId']).doUpdateSet(values))
    .execute();
}

/** Deletes messages that were processed before a moment. */
export async function removeReadBefore(db: Connection, before: Date): Promise<void> {
  await db.deleteFrom('readMessages').where('at', '<', before).execute();
}
