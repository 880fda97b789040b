import { lockRequest, type RequestChange, updateRequest } from '../database/request-rows.ts';
import { storedJson } from '../database/storable.ts';
import type { Refusal } from '../domain/refusals.ts';
import { isDirectoryFailure, type ServiceFailure } from '../domain/service-failure.ts';
import { enqueueWork } from './enqueue-work.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { enqueueCards } from './transition.ts';

/** Columns that clear the displayed problem of a request after a successful step. The retry budget keeps counting. */
export const refusalCleared: RequestChange = { refusal: null };

/** Columns that reset the retry budget of a request after real progress. */
export const backoffReset: RequestChange = { retries: 0, retryingSince: null, faults: 0, faultsSince: null };

/** The retry budget: how long transient failures are retried before the request fails, in milliseconds. */
const retryBudgetMs = { prepare: 30 * 60_000, run: 12 * 3_600_000 } as const;

/** How an attempt ended without a recorded outcome: lost with its worker, or by an unexpected error. */
export type Fault = 'preparation' | 'interrupted' | 'unexpected';

/** A request fails after this time without progress, in milliseconds, but only after at least `minFaults` faults. */
const maxTimeWithoutProgressMs: Readonly<Record<Fault, number>> = {
  preparation: 30 * 60_000,
  interrupted: 2 * 3_600_000,
  unexpected: 10 * 60_000,
};
const minFaults = 6;

/**
 * Records a fault: an attempt without an outcome. Returns false when the request should fail. Faults alone do not
 * decide, since every deployment and restart causes one; what counts is the time without progress, which restarts with
 * any progress. An attempt that has lost its lease records nothing.
 */
export async function recordFault(
  services: RequestServices,
  { number, token }: { readonly number: number; readonly token: string | null },
  fault: Fault,
): Promise<boolean> {
  return inTransaction(services, async (trx) => {
    const held = await lockRequest(trx, number);
    const expected = fault === 'preparation' ? 'preparing' : 'running';
    if (held?.record.state !== expected || held.runToken !== token) return true;
    const now = services.clock.now();
    const since = held.faultsSince?.getTime() ?? now;
    const faults = held.faults + 1;
    const mayContinue = faults < minFaults || now - since <= maxTimeWithoutProgressMs[fault];
    await updateRequest(trx, number, {
      faults,
      faultsSince: new Date(since),
      // This run has ended by its own error, so its lease is released and the next run does not count as taking it
      // over.
      ...(mayContinue && fault === 'unexpected' ? { runToken: null } : {}),
    });
    return mayContinue;
  });
}

/** The refusal for a failed call to the source or the directory, with the time when a retry makes sense. */
export function sourceRefusal({ clock }: Pick<RequestServices, 'clock'>, error: ServiceFailure): Refusal {
  const { outage, message, retryAfterMs } = error;
  const latest = clock.now() + maxRetryAfterMs;
  if (outage !== null) {
    const { service, since } = outage;
    // Another process wrote the time, and its clock may be ahead.
    const retryAt = new Date(Math.min(outage.retryAt.getTime(), latest)).toISOString();
    return { reason: 'service-down', name: service, since: since.toISOString(), retryAt };
  }
  const reason = isDirectoryFailure(error) ? 'directory-unavailable' : 'workspace-unavailable';
  const refusal: Refusal = { reason, detail: message };
  if (retryAfterMs === null) return refusal;
  return { ...refusal, retryAt: new Date(Math.min(clock.now() + retryAfterMs, latest)).toISOString() };
}

/** The longest Retry-After that is obeyed, in milliseconds. */
const maxRetryAfterMs = 3_600_000;

/** The longest backoff between two attempts, in milliseconds. */
const maxBackoffMs = 5 * 60_000;

/**
 * Records a transient failure, shows its reason on the cards, and enqueues the next attempt with exponential backoff,
 * or at the service's Retry-After. The reason is stored with the request, to be shown when the retry budget is used up.
 * Returns false when it is used up; success resets it. The run ends here and its lease is released. A run that has
 * already lost its lease records nothing.
 */
export async function recordRetry(
  services: RequestServices,
  job: 'prepare' | 'run',
  { number, token }: { readonly number: number; readonly token: string | null },
  refusal: Refusal,
): Promise<boolean> {
  return inTransaction(services, async (trx) => {
    const held = await lockRequest(trx, number);
    const expected = job === 'prepare' ? 'preparing' : 'running';
    if (held?.record.state !== expected || held.runToken !== token) return true;
    const now = services.clock.now();
    const since = held.retryingSince?.getTime() ?? now;
    const retries = held.retries + 1;
    const isWithinBudget = now - since <= retryBudgetMs[job];
    await updateRequest(trx, number, {
      refusal: storedJson(refusal),
      retries,
      retryingSince: new Date(since),
      ...(isWithinBudget ? { runToken: null } : {}),
    });
    await enqueueCards(services, trx, number);
    if (!isWithinBudget) return false;
    const backoff = now + Math.min(maxBackoffMs, 1_000 * 2 ** Math.min(retries, 10));
    // Retry-After takes precedence over the backoff, so that work continues soon after it.
    const due = refusal.retryAt === undefined ? backoff : Math.max(now + 1_000, Date.parse(refusal.retryAt));
    await enqueueWork(services, trx, job, number, new Date(due));
    return true;
  });
}
