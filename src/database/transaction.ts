import type { Kysely } from 'kysely';
import type { Clock } from '../domain/clock.ts';
import type { Connection } from './connection.ts';
import type { Tables } from './tables.ts';

/**
 * How often a transaction is tried in all when PostgreSQL undoes it for the sake of another one, by SQLSTATE.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const attemptsBy: ReadonlyMap<string, number> = new Map([
  // serialization_failure and deadlock_detected: the other transaction goes on, so the next try mostly succeeds.
  ['40001', 6],
  ['40P01', 6],
  // lock_not_available: the wait was long already.
  ['55P03', 2],
]);

/** The first wait before another try, in milliseconds; it doubles, and a random part of it keeps two from meeting again. */
const firstWaitMs = 20;

/**
 * Runs in one transaction: all of it is stored, or nothing. What PostgreSQL undoes because of another transaction
 * (deadlock, serialization failure, lock time-out) is done again from the start, so `work` must have no effect outside
 * of the transaction that a second time would harm. Throws what `work` throws, and the database's error.
 *
 * Deadlocks are rare because locks are taken in one order: the request, its cards by id, a conversation, a person.
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
