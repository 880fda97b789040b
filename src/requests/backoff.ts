import { holdRequest, type RequestChange, updateRequest } from '../database/request-rows.ts';
import { storedJson } from '../database/storable.ts';
import type { SourceError } from '../domain/asset-source.ts';
import type { Refusal } from '../domain/refusals.ts';
import { enqueueWork } from './enqueue-work.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { enqueueCards } from './transition.ts';

/** Columns of a request that got on: nothing stands in its way for now. */
export const refusalCleared: RequestChange = { refusal: null };

/** Columns of a request that nothing stands in the way of any more. */
export const backoffReset: RequestChange = { retries: 0, retrying_since: null, faults: 0, faults_since: null };

/** How long failures in passing are borne before a request ends as failed, in milliseconds. */
const retryBudgetMs = { prepare: 30 * 60_000, run: 12 * 3_600_000 } as const;

/** How an attempt ended that came to no recorded end: lost with its worker, or by an error that nobody foresaw. */
export type Fault = 'preparation' | 'interrupted' | 'unexpected';

/** So long without any progress, in milliseconds, and after so many faults, a request ends as failed. */
const mostFaults: Readonly<Record<Fault, number>> = {
  preparation: 30 * 60_000,
  interrupted: 2 * 3_600_000,
  unexpected: 10 * 60_000,
};
const fewestFaults = 6;

/**
 * Records that an attempt came to no end. Gives false when the request should end as failed: not by the number of its
 * interruptions, which deployments and restarts bring, but when it got nowhere for too long. Whatever it gets done
 * starts the time anew. An attempt that another one took over records nothing.
 */
export async function recordFault(
  services: RequestServices,
  { number, token }: { readonly number: number; readonly token: string | null },
  fault: Fault,
): Promise<boolean> {
  return inTransaction(services, async (trx) => {
    const held = await holdRequest(trx, number);
    const expected = fault === 'preparation' ? 'preparing' : 'running';
    if (held?.record.state !== expected || held.runToken !== token) return true;
    const now = services.clock.now();
    const since = held.faultsSince?.getTime() ?? now;
    const faults = held.faults + 1;
    const goesOn = faults < fewestFaults || now - since <= mostFaults[fault];
    await updateRequest(trx, number, {
      faults,
      faults_since: new Date(since),
      // This run has ended by its own error; the next one takes nothing over.
      ...(goesOn && fault === 'unexpected' ? { run_token: null } : {}),
    });
    return goesOn;
  });
}

/** What a failed call to the source means for a request, with the moment from which on trying again makes sense. */
export function sourceRefusal({ clock }: Pick<RequestServices, 'clock'>, error: SourceError): Refusal {
  const { outage, message, retryAfterMs } = error;
  const latest = clock.now() + longestPauseMs;
  if (outage !== null) {
    const { service, since } = outage;
    // Another process wrote the moment, by a clock that may be ahead.
    const retryAt = new Date(Math.min(outage.retryAt.getTime(), latest)).toISOString();
    return { reason: 'service-down', name: service, since: since.toISOString(), retryAt };
  }
  const refusal: Refusal = { reason: 'workspace-unavailable', detail: message };
  if (retryAfterMs === null) return refusal;
  return { ...refusal, retryAt: new Date(Math.min(clock.now() + retryAfterMs, latest)).toISOString() };
}

/** The longest pause that a service may ask a request for, in milliseconds. */
const longestPauseMs = 3_600_000;

/** The longest wait between two attempts, in milliseconds. */
const longestWaitMs = 5 * 60_000;

/**
 * Records that a call failed in passing, tells the person why it takes longer, and enqueues the next attempt with
 * growing waits, or for when the service is tried again. The reason stays with the request, so that it can be told
 * when patience ends. Returns false when patience has ended; success starts it anew. A run that is set back has ended:
 * its token counts no more. One that was taken over records nothing.
 */
export async function recordRetry(
  services: RequestServices,
  job: 'prepare' | 'run',
  { number, token }: { readonly number: number; readonly token: string | null },
  refusal: Refusal,
): Promise<boolean> {
  return inTransaction(services, async (trx) => {
    const held = await holdRequest(trx, number);
    const expected = job === 'prepare' ? 'preparing' : 'running';
    if (held?.record.state !== expected || held.runToken !== token) return true;
    const now = services.clock.now();
    const since = held.retryingSince?.getTime() ?? now;
    const retries = held.retries + 1;
    const isWithinBudget = now - since <= retryBudgetMs[job];
    await updateRequest(trx, number, {
      refusal: storedJson(refusal),
      retries,
      retrying_since: new Date(since),
      ...(isWithinBudget ? { run_token: null } : {}),
    });
    await enqueueCards(services, trx, number);
    if (!isWithinBudget) return false;
    const growing = now + Math.min(longestWaitMs, 1_000 * 2 ** Math.min(retries, 10));
    // A service that says when to come back is taken at its word, so that work goes on soon after.
    const due = refusal.retryAt === undefined ? growing : Math.max(now + 1_000, Date.parse(refusal.retryAt));
    await enqueueWork(services, trx, job, number, new Date(due));
    return true;
  });
}
