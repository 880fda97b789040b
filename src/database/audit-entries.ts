import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type Action, traitsOf } from '../domain/actions.ts';
import {
  type AuditRow,
  type ChainEntry,
  genesis,
  type Head,
  type PseudonymOwner,
  pseudonymOf,
} from '../domain/audit-chain.ts';
import { removalActions } from '../domain/audit-removals.ts';
import type { SealedRow } from '../domain/audit-verification.ts';
import type { Connection } from './connection.ts';

/** First key of the advisory lock on the chain; the second one is the schema. Any number that is used nowhere else. */
const lockClass = 25_001;

/** An audit row that waits for its number. */
export interface UnsealedRow extends Omit<AuditRow, 'salts'> {
  readonly concernsDeletion: boolean;
}

/** An entry and the salts that go to its row. */
export interface NewEntry {
  readonly entry: ChainEntry;
  readonly salts: Readonly<Record<string, string>>;
}

/** Takes the exclusive right to the chain until the transaction ends; false when another one has it. */
export async function tryLockChain(trx: Connection): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(${lockClass}, hashtext(current_schema())) as taken`.execute(trx);
  return rows[0]?.taken === true;
}

/** Takes the exclusive right to the chain until the transaction ends, waiting for another one. */
export async function lockChain(trx: Connection): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockClass}, hashtext(current_schema()))`.execute(trx);
}

/** The newest entry; `genesis` without any. */
export async function readHead(db: Connection): Promise<Head> {
  const row = await db.selectFrom('auditEntries').select(['entry', 'hash']).orderBy('entry', 'desc').executeTakeFirst();
  return row ?? genesis;
}

/** The hash of an entry; null when there is none of this number. */
export async function readEntryHash(db: Connection, entry: number): Promise<string | null> {
  const row = await db.selectFrom('auditEntries').select('hash').where('entry', '=', entry).executeTakeFirst();
  return row?.hash ?? null;
}

/** How many committed rows wait for their number, and since when the oldest of them does. */
export async function readUnsealed(db: Connection): Promise<{ readonly rows: number; readonly oldest: Date | null }> {
  const row = await db
    .selectFrom('audit')
    .select((of) => [of.fn.countAll<number>().as('rows'), of.fn.min('at').as('oldest')])
    .where('entry', 'is', null)
    .executeTakeFirstOrThrow();
  return { rows: Number(row.rows), oldest: row.oldest };
}

/** Whether a committed row waits for its number, beside those in `except`. */
export async function hasUnsealed(db: Connection, except: readonly number[] = []): Promise<boolean> {
  const row = await db
    .selectFrom('audit')
    .select('sequence')
    .where('entry', 'is', null)
    .$if(except.length > 0, (query) => query.where('sequence', 'not in', [...except]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const rowColumns = [
  'audit.sequence',
  'audit.at',
  'audit.recordedAt',
  'audit.tenantId',
  'audit.actor',
  'audit.action',
  'audit.requestNumber',
  'audit.workspaceId',
  'audit.detail',
  'audit.policyVersion',
] as const;

/**
 * Locks and reads up to `limit` committed rows without a number, but not those in `except`, by sequence. A row with a lower sequence may commit later than one
 * with a higher one, so the order of the chain is that of sealing.
 */
export async function lockUnsealed(
  trx: Connection,
  limit: number,
  except: readonly number[] = [],
): Promise<readonly UnsealedRow[]> {
  const rows = await trx
    .selectFrom('audit')
    .leftJoin('requests', 'requests.number', 'audit.requestNumber')
    .select([...rowColumns, 'requests.action as requestAction'])
    .where('audit.entry', 'is', null)
    .$if(except.length > 0, (query) => query.where('audit.sequence', 'not in', [...except]))
    .orderBy('audit.sequence')
    .limit(limit)
    .forUpdate('audit')
    .execute();
  return rows.map(({ requestAction, detail, ...row }) => ({
    ...row,
    detail: detail as AuditRow['detail'],
    concernsDeletion: rowConcernsDeletion(requestAction),
  }));
}

/** Whether a row is about a deletion, by its request's action; null without a request. */
export function rowConcernsDeletion(action: Action | null): boolean {
  return action !== null && traitsOf(action).deletes !== 'nothing';
}

/** Whose pseudonym is wanted. */
interface PseudonymWish {
  readonly tenantId: string;
  readonly objectId: string;
  readonly forDeletions: boolean;
}

/** A new random salt, of 128 bits. */
export function newSalt(): string {
  return randomBytes(16).toString('hex');
}

/** The pseudonym of a person in rows about deletions, or in others; makes it when there is none yet. */
export async function pseudonymFor(trx: Connection, wish: PseudonymWish): Promise<string> {
  const salt = newSalt();
  const pseudonym = pseudonymOf({ ...wish, salt });
  await trx
    .insertInto('auditPeople')
    .values({ ...wish, salt, pseudonym })
    .onConflict((conflict) => conflict.columns(['tenantId', 'objectId', 'forDeletions']).doNothing())
    .execute();
  const row = await trx
    .selectFrom('auditPeople')
    .select('pseudonym')
    .where('tenantId', '=', wish.tenantId)
    .where('objectId', '=', wish.objectId)
    .where('forDeletions', '=', wish.forDeletions)
    .executeTakeFirstOrThrow();
  return row.pseudonym;
}

/** Appends entries and marks their rows as sealed, in one statement. */
export async function appendEntries(trx: Connection, entries: readonly NewEntry[]): Promise<void> {
  const given = entries.map(({ entry: { entry, hash, body }, salts }) => {
    return { sequence: body.sequence, entry, hash, body, salts };
  });
  await sql`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as g (sequence bigint, entry bigint, hash text, body jsonb, salts jsonb)
    ), appended as (
      insert into audit_entries (entry, hash, body) select entry, hash, body from given order by entry
    )
    update audit set entry = given.entry, salts = given.salts from given where audit.sequence = given.sequence`.execute(
    trx,
  );
}

/** Entries after `after` with their side rows, in the order of their numbers. */
export async function readEntries(db: Connection, after: number, limit: number): Promise<readonly SealedRow[]> {
  const rows = await db
    .selectFrom('auditEntries as e')
    .leftJoin('audit', 'audit.entry', 'e.entry')
    .select(['e.entry', 'e.hash', 'e.body', ...rowColumns, 'audit.salts'])
    .where('e.entry', '>', after)
    .orderBy('e.entry')
    .limit(limit)
    .execute();
  return rows.map(({ entry, hash, body, sequence, salts, ...row }) => ({
    entry: { entry, hash, body },
    row: sequence === null ? null : ({ ...row, sequence, salts: salts ?? {} } as AuditRow),
  }));
}

/** Which rows of the record are wanted: those of one request, or those written in a range of days in UTC. */
export type RowsWanted =
  | { readonly requestNumber: number }
  | { readonly from: Date | null; readonly until: Date | null };

/** Rows of a tenant after this sequence number, in the order of writing; without an entry those that are not sealed. */
export async function readRows(
  db: Connection,
  tenantId: string,
  wanted: RowsWanted,
  after: number,
  limit: number,
): Promise<readonly { readonly entry: ChainEntry | null; readonly row: AuditRow }[]> {
  let query = db
    .selectFrom('audit')
    .leftJoin('auditEntries as e', 'e.entry', 'audit.entry')
    .select(['e.entry', 'e.hash', 'e.body', ...rowColumns, 'audit.salts'])
    .where('audit.tenantId', '=', tenantId)
    .where('audit.sequence', '>', after);
  if ('requestNumber' in wanted) query = query.where('audit.requestNumber', '=', wanted.requestNumber);
  else {
    if (wanted.from !== null) query = query.where('audit.at', '>=', wanted.from);
    if (wanted.until !== null) query = query.where('audit.at', '<', wanted.until);
  }
  const rows = await query.orderBy('audit.sequence').limit(limit).execute();
  return rows.map(({ entry, hash, body, salts, ...row }) => ({
    entry: entry === null || hash === null || body === null ? null : { entry, hash, body },
    row: { ...row, salts: salts ?? {} } as AuditRow,
  }));
}

/** Whom these pseudonyms stand for; fewer where people were erased. */
export async function readOwnersOf(db: Connection, pseudonyms: readonly string[]) {
  if (pseudonyms.length === 0) return [];
  return db
    .selectFrom('auditPeople')
    .select(['pseudonym', 'tenantId', 'objectId', 'salt'])
    .where('pseudonym', 'in', [...pseudonyms])
    .execute();
}

/** Whom the pseudonyms stand for. */
export async function readPseudonyms(db: Connection): Promise<ReadonlyMap<string, PseudonymOwner>> {
  const rows = await db.selectFrom('auditPeople').select(['pseudonym', 'tenantId', 'objectId', 'salt']).execute();
  return new Map(rows.map(({ pseudonym, ...owner }) => [pseudonym, owner]));
}

/** The highest number that a side row names; 0 without any. */
export async function highestNamedEntry(db: Connection): Promise<number> {
  const row = await db
    .selectFrom('audit')
    .select((of) => of.fn.max('entry').as('entry'))
    .executeTakeFirst();
  return row?.entry ?? 0;
}

/** Rows that record a removal and are not sealed yet. */
export async function readPendingRemovals(
  db: Connection,
): Promise<readonly Pick<AuditRow, 'action' | 'at' | 'requestNumber' | 'detail'>[]> {
  const rows = await db
    .selectFrom('audit')
    .select(['action', 'at', 'requestNumber', 'detail'])
    .where('entry', 'is', null)
    .where('action', 'in', Object.values(removalActions))
    .execute();
  return rows.map((row) => ({ ...row, detail: row.detail as AuditRow['detail'] }));
}
