import { sql } from 'kysely';
import type { Head } from '../domain/audit-chain.ts';
import type { Anchor } from '../domain/audit-verification.ts';
import type { Connection } from './connection.ts';

/** A whole segment whose entries may leave: its last entry and the tenant that wrote it. */
export interface OldSegment {
  readonly head: Head;
  readonly tenantId: string;
}

/**
 * The oldest segment of `size` entries; null when there is none whose entries are all older than `before`, with nothing
 * left beside them, and followed by another entry.
 */
export async function oldSegment(db: Connection, before: Date, size: number): Promise<OldSegment | null> {
  const { rows } = await sql<{ entry: number; hash: string; tenantId: string }>`
    with start as (select min(entry) as entry from audit_entries),
      segment as (select e.* from audit_entries e, start
        where e.entry between start.entry and start.entry + ${size}::int - 1)
    select last.entry, last.hash, last.body ->> 'tenant' as tenant_id from segment last, start
    where last.entry = start.entry + ${size}::int - 1
      and not exists (select from segment where (body ->> 'at')::timestamptz >= ${before})
      and not exists (select from audit where entry between start.entry and last.entry)
      and exists (select from audit_entries where entry > last.entry)`.execute(db);
  const [row] = rows;
  return row === undefined ? null : { head: { entry: row.entry, hash: row.hash }, tenantId: row.tenantId };
}

/** Stores a checkpoint. It has to be an entry that is still there. */
export async function addCheckpoint(trx: Connection, { entry, hash, at, signature }: Anchor): Promise<void> {
  await trx
    .insertInto('auditCheckpoints')
    .values({ entry, hash, at: new Date(at), signature: signature ?? null })
    .execute();
}

/** Removes the entries up to a checkpoint. Returns how many. */
export async function removeEntriesUpTo(trx: Connection, entry: number): Promise<number> {
  const { numDeletedRows } = await trx.deleteFrom('auditEntries').where('entry', '<=', entry).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** All checkpoints, the oldest first. */
export async function readCheckpoints(db: Connection): Promise<readonly Anchor[]> {
  const rows = await db.selectFrom('auditCheckpoints').selectAll().orderBy('entry').execute();
  return rows.map(({ entry, hash, at, signature }) => ({
    entry,
    hash,
    at: at.toISOString(),
    ...(signature === null ? {} : { signature }),
  }));
}
