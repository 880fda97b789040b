import type { Clock } from '../domain/clock.ts';
import { type HostLimits, hostLimits, type LimitChange, type SharedLimits } from '../domain/host-limits.ts';
import type { Log } from '../domain/logger.ts';
import type { Database } from './connection.ts';
import { storedJson } from './storable.ts';
import { runTransaction } from './transaction.ts';

/** How long a call to a host waits for the database before it goes on without, in milliseconds. */
const maxWaitMs = 1_000;

/** The database did not answer in time. */
class TooSlowError extends Error {
  override readonly name = 'TooSlowError';
}

/**
 * Shares what processes know of hosts through the database. `caller` is this process's name, unlike any other's.
 * A database that fails is logged once, until it works again.
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
        tellOutage(log, host, known.before, known.after);
        if (failing) log.info('what is known of hosts is shared again', {});
        failing = false;
        return known.after;
      } catch (error) {
        if (!failing) log.warn('what is known of hosts cannot be shared', { because: nameOf(error) });
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
    const updated_at = new Date(clock.now());
    const read = () =>
      trx.selectFrom('host_limits').select('limits').where('host', '=', host).forUpdate().executeTakeFirst();
    let row = await read();
    if (row === undefined) {
      const first = { host, limits: null, updated_at };
      await trx
        .insertInto('host_limits')
        .values(first)
        .onConflict((conflict) => conflict.column('host').doNothing())
        .execute();
      row = await read();
    }
    // Another release may have written it in another shape.
    const known = hostLimits.safeParse(row?.limits);
    const before = known.success ? known.data : null;
    const after = change(before);
    const values = { limits: storedJson(after), updated_at };
    await trx.updateTable('host_limits').set(values).where('host', '=', host).execute();
    // Whoever asked has gone on without, and will tell it anew.
    signal.throwIfAborted();
    return { before, after };
  });
}

/** Says once, in the log of whoever found out, that a host is away, and that it is back. */
function tellOutage(log: Log, host: string, before: HostLimits | null, after: HostLimits): void {
  const was = before?.outage ?? null;
  if (was === null && after.outage !== null) log.warn('a host does not answer', { host });
  if (was !== null && after.outage === null) log.info('a host answers again', { host });
}

async function inTime<Result>(clock: Clock, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const late = new AbortController();
  const settled = new AbortController();
  const working = work(late.signal);
  const waited = clock.wait(maxWaitMs, settled.signal).then(() => {
    late.abort(new TooSlowError('The database did not answer in time.'));
    throw late.signal.reason;
  });
  try {
    return await Promise.race([working, waited]);
  } finally {
    settled.abort();
    // Whichever lost the race is of no interest any more.
    for (const promise of [working, waited]) promise.catch(() => undefined);
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
