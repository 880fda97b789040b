import { type Insertable, type Selectable, sql } from 'kysely';
import type { Account } from '../domain/people.ts';
import type { AddressCodesTable } from './address-tables.ts';
import type { Connection } from './connection.ts';

/** A code that was sent. */
export type AddressCode = Pick<Selectable<AddressCodesTable>, 'number' | 'address' | 'hash' | 'tries'>;

/**
 * Serialises what is done about codes to a person, and codes to an address, until the transaction ends, so that limits
 * hold for requests at the same moment.
 */
export async function lockCodes(trx: Connection, { tenantId, objectId }: Account, address: string): Promise<void> {
  // In the order of the keys, so that two transactions cannot deadlock.
  for (const key of [`person:${tenantId}:${objectId}`, `address:${tenantId}:${address}`].sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`address-code:${key}`}, 0))`.execute(trx);
  }
}

/** How many codes were made since a moment, for a person and for an address. */
export async function countCodes(
  db: Connection,
  { tenantId, objectId }: Account,
  address: string,
  since: Date,
): Promise<{ readonly ofPerson: number; readonly ofAddress: number }> {
  const { rows } = await sql<{ ofPerson: number; ofAddress: number }>`select
      count(*) filter (where object_id = ${objectId})::int as of_person,
      count(*) filter (where address = ${address})::int as of_address
    from address_codes where tenant_id = ${tenantId} and created_at > ${since}
      and (object_id = ${objectId} or address = ${address})`.execute(db);
  return rows[0] ?? { ofPerson: 0, ofAddress: 0 };
}

/** Stores a code, and ends every other one of the person. Returns its number. */
export async function insertCode(trx: Connection, row: Insertable<AddressCodesTable>): Promise<number> {
  await trx
    .updateTable('addressCodes')
    .set({ endedAt: row.createdAt })
    .where('tenantId', '=', row.tenantId)
    .where('objectId', '=', row.objectId)
    .where('endedAt', 'is', null)
    .execute();
  const { number } = await trx.insertInto('addressCodes').values(row).returning('number').executeTakeFirstOrThrow();
  return number;
}

/** The person's code that may still be typed; null when there is none. `lock` holds it until the transaction ends. */
export async function readOpenCode(
  db: Connection,
  { tenantId, objectId }: Account,
  now: Date,
  lock: 'lock' | 'no-lock' = 'no-lock',
): Promise<AddressCode | null> {
  const query = db
    .selectFrom('addressCodes')
    .select(['number', 'address', 'hash', 'tries'])
    .where('tenantId', '=', tenantId)
    .where('objectId', '=', objectId)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .orderBy('number', 'desc')
    .limit(1);
  return (await (lock === 'lock' ? query.forUpdate() : query).executeTakeFirst()) ?? null;
}

/** Counts a wrong try, and ends the code with `endedAt`. */
export async function updateCode(
  trx: Connection,
  number: number,
  change: { readonly tries?: number; readonly endedAt?: Date },
): Promise<void> {
  await trx.updateTable('addressCodes').set(change).where('number', '=', number).execute();
}

/** Removes up to `limit` codes from before a moment. Returns how many. */
export async function removeCodes(db: Connection, before: Date, limit: number): Promise<number> {
  const removed = await sql`delete from address_codes where number in (
    select number from address_codes where created_at < ${before} order by created_at limit ${limit})`.execute(db);
  return Number(removed.numAffectedRows ?? 0n);
}
