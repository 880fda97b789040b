import { isPolled } from '../domain/actions.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { RequestRecord } from '../domain/request.ts';
import { isDirectoryFailure, isSourceFailure, isStorageFailure } from '../domain/service-failure.ts';
import { recordFault, recordRetry, sourceRefusal } from '../requests/backoff.ts';
import { finishRun, type Run, takeRun } from '../requests/lease.ts';
import { withdrawIfLeft } from '../requests/leavers.ts';
import { findRequest } from '../requests/report.ts';
import { RunSupersededError } from '../requests/transition.ts';
import type { WorkflowServices } from '../workflows/workflow-services.ts';
import { workflowOf } from '../workflows/workflows.ts';
import { giveUp } from './give-up.ts';
import { pollRequest } from './poll-request.ts';

/**
 * Executes a confirmed request. Resumable: called again after a crash or a failure, it continues from what is recorded.
 * Transient failures are shown to the person and enqueued for a retry; an unexpected error is thrown, and the queue
 * retries the job as long as the request makes progress.
 */
export async function run(services: WorkflowServices, number: number, signal: AbortSignal): Promise<void> {
  const before = await findRequest(services, number);
  // Nothing is left to execute.
  if (before !== null && isPolled({ ...before, ...before.progress })) return pollRequest(services, number, 0, signal);
  const unread = before === null ? null : await whyAccountUnread(services, before, signal);
  const taken = await takeRun(services, number);
  if (taken === null) return;
  if (taken.hadEarlierRun && !(await recordFault(services, taken, 'interrupted'))) return giveUp(services, number);
  try {
    // A stop needs no account.
    if (unread !== null && !taken.request.stopRequested) throw unread.error;
    await workflowOf(taken.request.action).run(services, taken, signal);
  } catch (error) {
    // A later run holds the lease, so this one records nothing.
    if (error instanceof RunSupersededError) return;
    const failure = failureOf(services, error);
    if (failure === null) {
      // Aborted from outside: the next run counts it as an interruption. Otherwise it is a fault of this run.
      if (!signal.aborted && !(await recordFault(services, taken, 'unexpected'))) return giveUp(services, number);
      throw error;
    }
    if (!failure.permanent && (await recordRetry(services, 'run', taken, failure.refusal))) return;
    await endFailed(services, taken, failure.refusal);
  }
}

/**
 * Withdraws what the requester asked for when they have left, so that nothing starts. The error when the directory does
 * not say; null otherwise.
 */
async function whyAccountUnread(
  services: WorkflowServices,
  { requester }: RequestRecord,
  signal: AbortSignal,
): Promise<{ readonly error: unknown } | null> {
  try {
    await withdrawIfLeft(services, requester, signal);
    return null;
  } catch (error) {
    return { error };
  }
}

async function endFailed(services: WorkflowServices, taken: Run, refusal: Refusal): Promise<void> {
  const request = (await findRequest(services, taken.number)) ?? taken.request;
  const ended = await workflowOf(request.action).endFailed?.(services, { ...taken, request }, refusal);
  if (ended !== true) await finishRun(services, taken, { outcome: 'failed', refusal });
}

/** The refusal shown for a failure of an external system; null for any other error. */
function failureOf(services: WorkflowServices, error: unknown): { permanent: boolean; refusal: Refusal } | null {
  if (isSourceFailure(error) || isDirectoryFailure(error)) {
    return { permanent: !error.transient, refusal: sourceRefusal(services, error) };
  }
  if (isStorageFailure(error)) {
    return {
      permanent: !error.transient,
      refusal: { reason: 'storage-unavailable', detail: error.message },
    };
  }
  return null;
}
