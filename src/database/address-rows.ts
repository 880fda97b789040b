import { type Insertable, type Selectable, sql } from 'kysely';
import type { AddressChange } from '../domain/address-change.ts';
import type { PersonFacts } from '../domain/people.ts';
import type { AddressChangesTable, LinkProof } from './address-tables.ts';
import type { Connection } from './connection.ts';

/** The present link of an address. */
export interface AddressLink {
  /** Null when an administrator took the address away from everybody. */
  readonly objectId: string | null;
  readonly proof: LinkProof | null;
  readonly linkedAt: Date;
}

/** The link of an address, in plain form; null when it was never linked. `lock` holds it until the transaction ends. */
export async function readAddressLink(
  db: Connection,
  tenantId: string,
  address: string,
  lock: 'lock' | 'no-lock' = 'no-lock',
): Promise<AddressLink | null> {
  const query = db
    .selectFrom('addressLinks')
    .select(['objectId', 'proof', 'linkedAt'])
    .where('tenantId', '=', tenantId)
    .where('address', '=', address);
  const row = await (lock === 'lock' ? query.forUpdate() : query).executeTakeFirst();
  return row === undefined ? null : { ...row, objectId: row.objectId === '' ? null : row.objectId };
}

interface LinkTo {
  readonly tenantId: string;
  readonly address: string;
  /** The account that has it now; null when it is linked to none. */
  readonly from: string | null;
  /** Null links it to nobody, so that nobody inherits it. */
  readonly to: string | null;
  readonly proof: LinkProof | null;
  readonly at: Date;
}

/**
 * Links an address to another account than before, and keeps who had it. False, without a change, when meanwhile it has
 * another account than `from`: one that was seen with it first in a transaction at the same time.
 */
export async function moveAddress(
  trx: Connection,
  { tenantId, address, from, to, proof, at }: LinkTo,
): Promise<boolean> {
  const values = { objectId: to ?? '', proof, linkedAt: at };
  const moved = await trx
    .insertInto('addressLinks')
    .values({ tenantId, address, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(['tenantId', 'address'])
        .doUpdateSet(values)
        .where('addressLinks.objectId', '=', from ?? ''),
    )
    .executeTakeFirst();
  if ((moved.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
  if (from === null || from === to) return true;
  await trx
    .insertInto('formerAddressLinks')
    .values({ tenantId, address, objectId: from, endedAt: at })
    .onConflict((conflict) => conflict.columns(['tenantId', 'address', 'objectId']).doUpdateSet({ endedAt: at }))
    .execute();
  return true;
}

/** Object ids of the accounts that had an address linked before, the latest first. */
export async function readFormerHolders(db: Connection, tenantId: string, address: string): Promise<string[]> {
  const rows = await db
    .selectFrom('formerAddressLinks')
    .select('objectId')
    .where('tenantId', '=', tenantId)
    .where('address', '=', address)
    .orderBy('endedAt', 'desc')
    .execute();
  return rows.map(({ objectId }) => objectId);
}

/** People who wrote to the bot and have this name, in any letter case, or this address; up to `limit`. */
export async function findPeople(
  db: Connection,
  tenantId: string,
  { name, address }: { readonly name: string; readonly address: string | null },
  limit: number,
): Promise<PersonFacts[]> {
  return db
    .selectFrom('people')
    .select(['tenantId', 'objectId', 'name', 'userPrincipalName', 'mail', 'role'])
    .where('tenantId', '=', tenantId)
    .where((where) =>
      address === null
        ? // Both sides in the database, whose letter cases depend on its locale.
          sql<boolean>`lower(name) = lower(${name})`
        : where.or([where('userPrincipalName', '=', address), where('mail', '=', address)]),
    )
    .orderBy('objectId')
    .limit(limit)
    .execute();
}

/** People who wrote to the bot and of whose name this is one word, in any letter case; up to `limit`. */
export async function findPeopleByWord(
  db: Connection,
  tenantId: string,
  word: string,
  limit: number,
): Promise<PersonFacts[]> {
  return db
    .selectFrom('people')
    .select(['tenantId', 'objectId', 'name', 'userPrincipalName', 'mail', 'role'])
    .where('tenantId', '=', tenantId)
    .where(sql<boolean>`lower(${word}) = any(string_to_array(lower(name), ' '))`)
    .orderBy('objectId')
    .limit(limit)
    .execute();
}

/** Stores a change that an administrator is shown. */
export async function insertAddressChange(
  trx: Connection,
  row: Insertable<AddressChangesTable>,
): Promise<AddressChange> {
  return toChange(await trx.insertInto('addressChanges').values(row).returningAll().executeTakeFirstOrThrow());
}

/** A change by its number; null when it is unknown. `lock` holds it until the transaction ends. */
export async function readAddressChange(
  db: Connection,
  number: number,
  lock: 'lock' | 'no-lock' = 'no-lock',
): Promise<AddressChange | null> {
  const query = db.selectFrom('addressChanges').selectAll().where('number', '=', number);
  const row = await (lock === 'lock' ? query.forUpdate() : query).executeTakeFirst();
  return row === undefined ? null : toChange(row);
}

/** Records how a change ended. */
export async function endAddressChange(
  trx: Connection,
  number: number,
  outcome: NonNullable<AddressChange['outcome']>,
  at: Date,
): Promise<void> {
  await trx.updateTable('addressChanges').set({ outcome, endedAt: at }).where('number', '=', number).execute();
}

/** Removes up to `limit` changes from before a moment, but those of people under a hold. Returns how many. */
export async function removeAddressChanges(
  db: Connection,
  before: Date,
  held: readonly string[],
  limit: number,
): Promise<number> {
  const kept = sql.join(['', ...held]);
  const removed = await sql`delete from address_changes where number in (
    select number from address_changes where created_at < ${before} and object_id not in (${kept})
      and asked_by not in (${kept}) and (held_by is null or held_by not in (${kept}))
    order by created_at limit ${limit})`.execute(db);
  return Number(removed.numAffectedRows ?? 0n);
}

function toChange({
  createdAt: _at,
  endedAt: _end,
  expiresAt,
  ...row
}: Selectable<AddressChangesTable>): AddressChange {
  return { ...row, expiresAt: expiresAt.getTime() };
}
