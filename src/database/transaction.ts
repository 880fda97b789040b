import type { Kysely } from 'kysely';
import type { Clock } from '../domain/clock.ts';
import type { Connection } from './connection.ts';
import type { Tables } from './tables.ts';

/**
 * Attempts at a transaction that PostgreSQL aborts in favour of another one, by SQLSTATE.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const attemptsBy: ReadonlyMap<string, number> = new Map([
  // serialization_failure and deadlock_detected: the other transaction continues, so the next attempt mostly succeeds.
  ['40001', 6],
  ['40P01', 6],
  // lock_not_available: it already waited for long.
  ['55P03', 2],
]);

/** Exponential backoff: the first wait, in milliseconds; random jitter keeps two transactions from colliding again. */
const firstWaitMs = 20;

/**
 * Runs `work` in one transaction: all of it is stored, or nothing. A transaction that PostgreSQL aborts because of
 * another one (deadlock, serialization failure, lock time-out) is retried from the start, so `work` must have no effect
 * outside of the transaction that must not be repeated. Throws what `work` throws, and the database's error.
 *
 * Deadlocks are rare because of lock ordering: the request, its cards by id, a conversation, a person.
 */
export async function runTransaction<Result>(
  db: Kysely<Tables>,
  clock: Pick<Clock, 'wait'>,
  work: (trx: Connection) => Promise<Result>,
  random: () => number = Math.random,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt >= (attemptsBy.get(sqlState(error) ?? '') ?? 1)) throw error;
      await clock.wait(firstWaitMs * 2 ** (attempt - 1) * (0.5 + random()));
    }
  }
}

function sqlState(error: unknown): string | null {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : null;
}
