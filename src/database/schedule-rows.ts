import { type Insertable, type Selectable, sql } from 'kysely';
import type { Account } from '../domain/people.ts';
import { finalStates, type RequestState, requestStates } from '../domain/request.ts';
import { mayRepeat, type Schedule, type ScheduleLifecycle, type ScheduleState } from '../domain/schedule.ts';
import type { Connection } from './connection.ts';
import type { Tables } from './tables.ts';

const unfinished = requestStates.filter((state) => !finalStates.has(state));

/** Stores a new schedule. */
export async function insertSchedule(trx: Connection, row: Insertable<Tables['schedules']>): Promise<Schedule> {
  return toSchedule(await trx.insertInto('schedules').values(row).returningAll().executeTakeFirstOrThrow());
}

/** The schedule, or null. */
export async function readSchedule(db: Connection, number: number): Promise<Schedule | null> {
  const row = await db.selectFrom('schedules').selectAll().where('number', '=', number).executeTakeFirst();
  return row ? toSchedule(row) : null;
}

/** The schedule, locked until the transaction ends, so that one process at a time takes a due date; null when unknown. */
export async function lockSchedule(trx: Connection, number: number): Promise<Schedule | null> {
  const row = await trx.selectFrom('schedules').selectAll().where('number', '=', number).forUpdate().executeTakeFirst();
  return row ? toSchedule(row) : null;
}

/** Writes what an accepted event changed. */
export async function updateSchedule(
  trx: Connection,
  number: number,
  next: ScheduleLifecycle,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('schedules')
    .set({
      state: next.state,
      version: next.version,
      nextDueAt: next.nextDueAt === null ? null : new Date(next.nextDueAt),
      skippedFor: next.skippedFor,
      endReason: next.end,
      endedAt: next.state === 'ended' ? at : null,
    })
    .where('number', '=', number)
    .execute();
}

/** A person's schedules in a state, oldest first. */
export async function schedulesOf(
  db: Connection,
  person: Account,
  state: ScheduleState,
  limit: number,
): Promise<Schedule[]> {
  const rows = await db
    .selectFrom('schedules')
    .selectAll()
    .where('tenantId', '=', person.tenantId)
    .where('objectId', '=', person.objectId)
    .where('state', '=', state)
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(toSchedule);
}

/** Numbers of schedules with a run that is due, longest first. */
export async function dueSchedules(db: Connection, now: Date, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('schedules')
    .select('number')
    .where('nextDueAt', '<=', now)
    .orderBy('nextDueAt')
    .limit(limit)
    .execute();
  return rows.map(({ number }) => number);
}

/** The newest request that a schedule made, or the newest unfinished one; null when there is none. */
export async function newestRun(
  db: Connection,
  schedule: number,
  only: 'all' | 'unfinished' = 'all',
): Promise<{ readonly number: number; readonly state: RequestState } | null> {
  let query = db
    .selectFrom('requests')
    .select(['number', 'state'])
    .where(sql<boolean>`ask -> 'schedule' is not null`)
    .where(sql<string>`ask -> 'schedule' ->> 'of'`, '=', String(schedule));
  if (only === 'unfinished') query = query.where('state', 'in', unfinished);
  return (await query.orderBy('number', 'desc').limit(1).executeTakeFirst()) ?? null;
}

/** Deletes every schedule of a person and returns how many there were. */
export async function removeSchedulesOf(trx: Connection, person: Account): Promise<number> {
  const removed = await trx
    .deleteFrom('schedules')
    .where('tenantId', '=', person.tenantId)
    .where('objectId', '=', person.objectId)
    .executeTakeFirst();
  return Number(removed.numDeletedRows);
}

/** Removes up to `limit` schedules that ended, or were never confirmed, before a moment. */
export async function removeOldSchedules(
  db: Connection,
  before: Date,
  held: readonly string[],
  limit: number,
): Promise<number> {
  const old = db
    .selectFrom('schedules')
    .select('number')
    .where((where) =>
      where.or([
        where('endedAt', '<', before),
        where.and([where('state', '=', 'awaiting-confirmation'), where('createdAt', '<', before)]),
      ]),
    )
    .where('objectId', 'not in', ['', ...held])
    .limit(limit);
  const removed = await db.deleteFrom('schedules').where('number', 'in', old).executeTakeFirst();
  return Number(removed.numDeletedRows);
}

function toSchedule(row: Selectable<Tables['schedules']>): Schedule {
  const {
    tenantId,
    objectId,
    nextDueAt,
    endReason,
    expiresAt,
    createdAt: _createdAt,
    endedAt: _endedAt,
    ...same
  } = row;
  // Whatever stands in the database: a schedule never does more than export.
  if (!mayRepeat(row.ask)) throw new Error(`schedule ${row.number} would repeat something else than an export`);
  return {
    ...same,
    owner: { tenantId, objectId },
    nextDueAt: nextDueAt?.getTime() ?? null,
    end: endReason,
    expiresAt: expiresAt.getTime(),
  };
}
