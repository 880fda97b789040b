import type { LinkRevocation } from '../domain/link-revocation.ts';
import { finalStates, type RequestState } from '../domain/request.ts';
import type { Connection } from './connection.ts';

/** What the sweep needs of a request that has blobs in storage. */
export interface StorageOwner {
  readonly state: RequestState;
  readonly removed: boolean;
  readonly updatedAt: Date;
  /** The runs whose blobs are still used: those that wrote recorded parts, and what writes now. */
  readonly attempts: ReadonlySet<string>;
  /** Under which a revocation stores its copies at the moment; one of `attempts`. */
  readonly copying: string | null;
}

/** Continuation marker of a sweep; null at the beginning. */
export async function readMarker(db: Connection, name: string): Promise<string | null> {
  const row = await db.selectFrom('sweeps').select('marker').where('name', '=', name).executeTakeFirst();
  return row?.marker ?? null;
}

/** Stores the continuation marker of a sweep, from which the next run resumes, also after a crash. */
export async function writeMarker(db: Connection, name: string, marker: string | null, at: Date): Promise<void> {
  const row = { marker, updatedAt: at };
  await db
    .insertInto('sweeps')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}

/** Requests whose archive may be due for removal, those that are overdue longest first. */
export async function requestsToRemove(db: Connection, now: Date, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('requests')
    .select('number')
    .where('archiveRemovedAt', 'is', null)
    .where('removeAfter', '<=', now)
    .where((where) => where.or([where('state', 'in', [...finalStates]), where('linkExpiresAt', 'is not', null)]))
    .orderBy('removeAfter')
    .limit(limit)
    .execute();
  return rows.map(({ number }) => number);
}

/** Numbers of the requests whose links are being revoked. */
export async function requestsBeingRevoked(db: Connection): Promise<number[]> {
  const rows = await db
    .selectFrom('requests')
    .select('number')
    .where('revocation', 'is not', null)
    .orderBy('number')
    .execute();
  return rows.map(({ number }) => number);
}

/** Those of these requests that exist, with what the sweep needs of each. */
export async function storageOwners(
  db: Connection,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, StorageOwner>> {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .selectFrom('requests')
    .select(['number', 'state', 'runToken', 'archiveRemovedAt', 'updatedAt', 'revocation'])
    .where('number', 'in', numbers)
    .execute();
  const parts = await db
    .selectFrom('archiveParts')
    .select(['requestNumber', 'blobName'])
    .where('requestNumber', 'in', numbers)
    .execute();
  const attempts = new Map(rows.map((row) => [row.number, new Set(writersOf(row))]));
  for (const { requestNumber, blobName } of parts) attempts.get(requestNumber)?.add(blobName.split('/')[1] ?? '');
  return new Map(
    rows.map((row) => [
      row.number,
      {
        state: row.state,
        removed: row.archiveRemovedAt !== null,
        updatedAt: row.updatedAt,
        attempts: attempts.get(row.number) ?? new Set(),
        copying: row.revocation?.attempt ?? null,
      },
    ]),
  );
}

function writersOf(row: { readonly runToken: string | null; readonly revocation: LinkRevocation | null }): string[] {
  return [row.runToken, row.revocation?.attempt].filter((token) => typeof token === 'string');
}
