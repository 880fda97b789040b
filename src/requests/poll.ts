import type { Connection } from '../database/connection.ts';
import { requestsToPoll } from '../database/request-rows.ts';
import { inTransaction, type RequestServices } from './request-services.ts';

/** Exponential backoff between two polls, in milliseconds. */
const firstWaitMs = 15_000;
const maxWaitMs = 15 * 60_000;

/** The wait before a poll (counted from 0), in milliseconds; never shorter than the service asked for. */
export function pollBackoffMs(
  { settings }: Pick<RequestServices, 'settings'>,
  poll: number,
  retryAfterMs: number | null = null,
): number {
  const first = settings.firstPollMs ?? firstWaitMs;
  const grown = Math.min(first * 1.5 ** Math.min(Math.max(0, poll - 1), 40), Math.max(first, maxWaitMs));
  return Math.max(grown, retryAfterMs ?? 0);
}

/**
 * Enqueues a poll of what a request waits for, after a wait (0: now). At most one poll of a request is scheduled, and
 * one is due at once (deduplication keys).
 */
export async function enqueuePoll(
  services: Pick<RequestServices, 'queue' | 'clock'>,
  trx: Connection,
  number: number,
  poll: number,
  waitMs: number,
): Promise<void> {
  const options =
    waitMs === 0
      ? { key: `poll-${number}-now` }
      : { key: `poll-${number}`, startAfter: new Date(services.clock.now() + waitMs) };
  await services.queue.enqueue(trx, 'poll', { request: number, poll }, options);
}

/**
 * Enqueues a poll of every request that waits for a service or for a person's work outside, since a crash or an outage
 * may have lost the scheduled ones.
 */
export async function resumePolls(services: RequestServices): Promise<void> {
  const numbers = await requestsToPoll(services.database.db);
  await inTransaction(services, async (trx) => {
    for (const number of numbers) await enqueuePoll(services, trx, number, 1, 0);
  });
}
