import { type Insertable, type Selectable, sql } from 'kysely';
import type { Deputyship } from '../domain/deputies.ts';
import type { Account } from '../domain/people.ts';
import type { Connection } from './connection.ts';
import type { DeputyshipsTable } from './deputies-table.ts';

/** Stores a deputyship of which somebody is shown a preview. */
export async function insertDeputyship(trx: Connection, row: Insertable<DeputyshipsTable>): Promise<Deputyship> {
  return toDeputyship(await trx.insertInto('deputyships').values(row).returningAll().executeTakeFirstOrThrow());
}

/** A deputyship by its number; null when it is unknown. `lock` holds it until the transaction ends. */
export async function readDeputyship(
  db: Connection,
  number: number,
  lock: 'lock' | 'no-lock' = 'no-lock',
): Promise<Deputyship | null> {
  const query = db.selectFrom('deputyships').selectAll().where('number', '=', number);
  const row = await (lock === 'lock' ? query.forUpdate() : query).executeTakeFirst();
  return row === undefined ? null : toDeputyship(row);
}

/** What changes in a deputyship. */
export type DeputyshipChange = Partial<Pick<Deputyship, 'outcome' | 'admittedBy' | 'endedBecause'>> & {
  readonly endedAt?: Date;
};

/** Writes a change, and returns the deputyship with it. */
export async function updateDeputyship(trx: Connection, number: number, change: DeputyshipChange): Promise<Deputyship> {
  const query = trx.updateTable('deputyships').set(change).where('number', '=', number).returningAll();
  return toDeputyship(await query.executeTakeFirstOrThrow());
}

/** The most deputyships that are read at once. */
const mostRead = 500;

/**
 * The deputyships that were named and have not been ended, of these people as the deputy, the person away, or either, or
 * of everybody; oldest first. Some may be over or not have begun yet.
 */
export async function namedDeputyships(
  db: Connection,
  tenantId: string,
  as: 'deputy' | 'away' | 'either',
  objectIds: readonly string[] | 'everybody',
): Promise<Deputyship[]> {
  if (objectIds.length === 0) return [];
  const rows = await db
    .selectFrom('deputyships')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('outcome', '=', 'named')
    .where('endedBecause', 'is', null)
    .where((where) =>
      objectIds === 'everybody'
        ? where.lit(true)
        : where.or([
            ...(as === 'away' ? [] : [where('deputyId', 'in', [...objectIds])]),
            ...(as === 'deputy' ? [] : [where('awayId', 'in', [...objectIds])]),
          ]),
    )
    .orderBy('number')
    .limit(mostRead)
    .execute();
  return rows.map(toDeputyship);
}

/** Locks what is known of these people until the transaction ends, so that one of them gets one deputy at a time. */
export async function lockPeople(trx: Connection, tenantId: string, objectIds: readonly string[]): Promise<void> {
  const query = trx.selectFrom('people').select('objectId').where('tenantId', '=', tenantId);
  await query
    .where('objectId', 'in', [...objectIds])
    .orderBy('objectId')
    .forUpdate()
    .execute();
}

/** Removes every deputyship of a person, who is erased. */
export async function removeDeputyshipsOf(trx: Connection, { tenantId, objectId }: Account): Promise<void> {
  await sql`delete from deputyships where tenant_id = ${tenantId}
    and ${objectId} in (away_id, deputy_id, named_by, admitted_by)`.execute(trx);
}

/** Removes up to `limit` deputyships from before a moment, but those of people under a hold. Returns how many. */
export async function removeDeputyships(
  db: Connection,
  before: Date,
  held: readonly string[],
  limit: number,
): Promise<number> {
  const kept = sql.join(['', ...held]);
  const removed = await sql`delete from deputyships where number in (
    select number from deputyships where created_at < ${before} and ends_at < ${before}
      and away_id not in (${kept}) and deputy_id not in (${kept})
    order by created_at limit ${limit})`.execute(db);
  return Number(removed.numAffectedRows ?? 0n);
}

function toDeputyship({
  startsAt,
  endsAt,
  createdAt: _at,
  expiresAt,
  endedAt: _end,
  ...row
}: Selectable<DeputyshipsTable>): Deputyship {
  return { ...row, startsAt: startsAt.getTime(), endsAt: endsAt.getTime(), expiresAt: expiresAt.getTime() };
}
