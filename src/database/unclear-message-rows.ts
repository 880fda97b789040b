import type { Connection } from './connection.ts';
import { storedJson } from './storable.ts';

/** How a person made clear what they meant: by a button, or in other words. */
export type Clarified = 'button' | 'other-words';

/** A message that was not understood at once, and what it turned out to mean. Nothing says who wrote it. */
export interface UnclearMessage {
  readonly text: string;
  readonly chosen: {
    readonly by: Clarified;
    readonly intent: string;
    readonly slots: object;
    /** The other words that the person used. */
    readonly said?: string;
  };
}

/** Stores a message until it expires. */
export async function saveUnclear(db: Connection, message: UnclearMessage, expiresAt: Date): Promise<void> {
  const { text, chosen } = message;
  await db
    .insertInto('unclearMessages')
    .values({ text, chosen: storedJson(chosen), expiresAt })
    .execute();
}

/** The stored messages, oldest first, a page at a time: those after the id `after` (keyset pagination). */
export async function readUnclear(
  db: Connection,
  after: number,
  limit: number,
): Promise<readonly (UnclearMessage & { readonly id: number })[]> {
  const rows = await db
    .selectFrom('unclearMessages')
    .select(['id', 'text', 'chosen'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id, text, chosen }) => ({ id: Number(id), text, chosen: chosen as UnclearMessage['chosen'] }));
}

/** Deletes expired messages. */
export async function removeExpiredUnclear(db: Connection, now: Date): Promise<void> {
  await db.deleteFrom('unclearMessages').where('expiresAt', '<=', now).execute();
}
