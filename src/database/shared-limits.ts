import type { Clock } from '../domain/clock.ts';
import { type HostLimits, hostLimits, type LimitChange, type SharedLimits } from '../domain/host-limits.ts';
import type { Log } from '../domain/logger.ts';
import type { Database } from './connection.ts';
import { storedJson } from './storable.ts';
import { runTransaction } from './transaction.ts';

/** How long a call to a host waits for the database before it continues without, in milliseconds. */
const updateTimeoutMs = 1_000;

/** The database did not answer in time. */
class TooSlowError extends Error {
  override readonly name = 'TooSlowError';
}

/**
 * Shares rate limits and circuit breaker states of hosts between processes through the database. `caller` is the unique
 * name of this process. A database error is logged once, until an update succeeds again.
 */
export function createDatabaseLimits(
  database: Pick<Database, 'db'>,
  clock: Clock,
  log: Log,
  caller: string,
): SharedLimits {
  let failing = false;
  return {
    caller,
    update: async (host, change) => {
      try {
        const known = await inTime(clock, (signal) => updateLimits(database.db, clock, host, change, signal));
        logOutage(log, host, known.before, known.after);
        if (failing) log.info('rate limits are shared between processes again', {});
        failing = false;
        return known.after;
      } catch (error) {
        if (!failing)
          log.warn('database error: rate limits are not shared between processes', { because: nameOf(error) });
        failing = true;
        throw error;
      }
    },
  };
}

async function updateLimits(
  db: Database['db'],
  clock: Clock,
  host: string,
  change: LimitChange,
  signal: AbortSignal,
): Promise<{ readonly before: HostLimits | null; readonly after: HostLimits }> {
  return runTransaction(db, clock, async (trx) => {
    const updatedAt = new Date(clock.now());
    const read = () =>
      trx.selectFrom('hostLimits').select('limits').where('host', '=', host).forUpdate().executeTakeFirst();
    let row = await read();
    if (row === undefined) {
      const first = { host, limits: null, updatedAt };
      await trx
        .insertInto('hostLimits')
        .values(first)
        .onConflict((conflict) => conflict.column('host').doNothing())
        .execute();
      row = await read();
    }
    // Another release may have written it in another shape.
    const known = hostLimits.safeParse(row?.limits);
    const before = known.success ? known.data : null;
    const after = change(before);
    const values = { limits: storedJson(after), updatedAt };
    await trx.updateTable('hostLimits').set(values).where('host', '=', host).execute();
    // The caller has continued without and will report the change again, so it is rolled back.
    signal.throwIfAborted();
    return { before, after };
  });
}

/** Logs that a host's circuit breaker opened or closed, only in the process whose update changed it. */
function logOutage(log: Log, host: string, before: HostLimits | null, after: HostLimits): void {
  const was = before?.outage ?? null;
  if (was === null && after.outage !== null) log.warn('a host does not answer; circuit breaker opened', { host });
  if (was !== null && after.outage === null) log.info('a host answers again; circuit breaker closed', { host });
}

async function inTime<Result>(clock: Clock, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const late = new AbortController();
  const settled = new AbortController();
  const working = work(late.signal);
  const waited = clock.wait(updateTimeoutMs, settled.signal).then(() => {
    late.abort(new TooSlowError('The database did not answer in time.'));
    throw late.signal.reason;
  });
  try {
    return await Promise.race([working, waited]);
  } finally {
    settled.abort();
    // Prevents an unhandled rejection of the promise that lost the race.
    for (const promise of [working, waited]) promise.catch(() => undefined);
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
