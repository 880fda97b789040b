import type { Connection } from './connection.ts';

/** Records one call into a conversation, for Teams' rate limits. */
export async function recordSend(trx: Connection, conversationId: string, at: Date): Promise<void> {
  await trx.insertInto('sends').values({ conversationId, at }).execute();
}

/** Times of the calls into a conversation since a moment, oldest first. */
export async function sendsSince(db: Connection, conversationId: string, since: Date): Promise<Date[]> {
  const rows = await db
    .selectFrom('sends')
    .select('at')
    .where('conversationId', '=', conversationId)
    .where('at', '>', since)
    .orderBy('at')
    .execute();
  return rows.map((row) => row.at);
}

/** Deletes calls that no rate limit needs any more. */
export async function removeSendsBefore(db: Connection, before: Date): Promise<void> {
  await db.deleteFrom('sends').where('at', '<', before).execute();
}
