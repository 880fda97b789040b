import type { Connection } from './connection.ts';

/** What was read of a message last. */
export interface ReadMessage {
  /** Of the text that was answered; null when the message was deleted since, with what it asked for. */
  readonly textHash: string | null;
  /** How often it was answered anew. */
  readonly edits: number;
}

/** What was read of a message, locked until the transaction ends; null when it was never read. */
export async function holdReadMessage(
  trx: Connection,
  conversationId: string,
  activityId: string,
): Promise<ReadMessage | null> {
  const row = await trx
    .selectFrom('read_messages')
    .select(['text_hash', 'edits'])
    .where('conversation_id', '=', conversationId)
    .where('activity_id', '=', activityId)
    .forUpdate()
    .executeTakeFirst();
  return row ? { textHash: row.text_hash, edits: row.edits } : null;
}

/** Stores what was read of a message. */
export async function saveReadMessage(
  trx: Connection,
  conversationId: string,
  activityId: string,
  { textHash, edits }: ReadMessage,
  at: Date,
): Promise<void> {
  const values = { text_hash: textHash, edits, at };
  await trx
    .insertInto('read_messages')
    .values({ conversation_id: conversationId, activity_id: activityId, ...values })
    .onConflict((conflict) => conflict.columns(['conversation_id', 'activity_id']).doUpdateSet(values))
    .execute();
}

/** Forgets messages that were read before a moment. */
export async function removeReadBefore(db: Connection, before: Date): Promise<void> {
  await db.deleteFrom('read_messages').where('at', '<', before).execute();
}
