import type { Connection } from '../database/connection.ts';
import { appendAudit } from '../database/history.ts';
import { type RequestChange, requestsAwaitingRemoval, updateRequest } from '../database/request-rows.ts';
import { storedJson } from '../database/storable.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { Phase, RequestRecord } from '../domain/request.ts';
import type { RemovalCall } from '../domain/workspace-removal.ts';
import { handOver } from './archive-keeping.ts';
import { backoffReset } from './backoff.ts';
import { type Ended, finishRun, held, type Run, stopRun } from './lease.ts';
import { forgetMembership } from './recent-memberships.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { enqueueCards } from './transition.ts';

/** Exponential backoff between two polls, in milliseconds. */
const initialWaitMs = 15_000;
const maxWaitMs = 15 * 60_000;

/**
 * Records the deletion of the workspace before the call is sent (write-ahead). Does nothing when a stop was requested.
 * The retry budget is not reset, since nothing has been achieved yet. Throws RunSupersededError.
 */
export async function beginRemoval(services: RequestServices, run: Run): Promise<{ stopRequested: boolean }> {
  return held(services, run, async (trx, request) => {
    if (request.stopRequested) return { stopRequested: true };
    await enterPhase(services, trx, request, 'removing', { removal_call: 'asked' });
    return { stopRequested: false };
  });
}

/**
 * Reverts that record, since the call certainly had no effect: all preconditions are checked again before the next
 * attempt. Throws RunSupersededError.
 */
export async function takeBackRemoval(services: RequestServices, run: Run): Promise<void> {
  await held(services, run, async (trx) => {
    await updateRequest(trx, run.number, { phase: null, removal_call: 'none' });
    await enqueueCards(services, trx, run.number);
  });
}

/**
 * Records how the call was answered, and enqueues polling until the workspace no longer exists. `asked` when the
 * workspace does not exist and an earlier call stayed unanswered, so that it is unknown who deleted it. Throws
 * RunSupersededError.
 */
export async function recordRemovalAnswered(
  services: RequestServices,
  run: Run,
  answer: Exclude<RemovalCall, 'none'>,
): Promise<void> {
  await held(services, run, async (trx, request) => {
    const change = { ...backoffReset, removal_call: answer, ...(await archiveLinks(services, trx, run.number)) };
    await enterPhase(services, trx, request, 'checking', change);
    await services.queue.enqueue(
      trx,
      'watch-workspace',
      { request: run.number, poll: 0 },
      { key: pollKey(run.number) },
    );
  });
}

/**
 * Records that a person has to delete the workspace by hand, and why; the request stays open until the workspace no
 * longer exists or they cancel. Throws RunSupersededError.
 */
export async function recordByHand(services: RequestServices, run: Ended, why: string): Promise<void> {
  await held(services, run, async (trx, request) => {
    if (request.state !== 'running') return;
    const refusal: Refusal = { reason: 'by-hand', name: request.workspace?.name ?? '', detail: why };
    await enterPhase(services, trx, request, 'waiting', {
      ...backoffReset,
      refusal: storedJson(refusal),
      ...(await archiveLinks(services, trx, run.number)),
    });
    await services.queue.enqueue(
      trx,
      'watch-workspace',
      { request: run.number, poll: 0 },
      { key: pollKey(run.number) },
    );
  });
}

/** Enqueues the next poll of the workspace. */
export async function watchOn(services: RequestServices, number: number, poll: number): Promise<void> {
  const first = services.settings.firstWatchMs ?? initialWaitMs;
  const wait = Math.min(first * 1.5 ** Math.max(0, poll - 1), Math.max(first, maxWaitMs));
  const startAfter = new Date(services.clock.now() + wait);
  await inTransaction(services, (trx) =>
    services.queue.enqueue(trx, 'watch-workspace', { request: number, poll }, { startAfter, key: pollKey(number) }),
  );
}

/**
 * Enqueues a poll of every workspace that is being deleted, since a crash or an outage may have lost the scheduled
 * ones.
 */
export async function resumeWatches(services: RequestServices): Promise<void> {
  const numbers = await requestsAwaitingRemoval(services.database.db);
  await inTransaction(services, async (trx) => {
    for (const number of numbers) {
      await services.queue.enqueue(trx, 'watch-workspace', { request: number, poll: 0 }, { key: pollKey(number) });
    }
  });
}

/**
 * Ends a request according to the state of its workspace. `closed`: it no longer accepts its token, which is no proof
 * by itself; when a call of ours was sent, the request ends as partly failed.
 */
export async function endWatch(
  services: RequestServices,
  watched: Ended,
  end: 'gone' | 'closed' | 'still-there' | 'stopped',
): Promise<void> {
  const { request } = watched;
  if (request.workspace !== null) forgetMembership(services.source, request.workspace.id);
  switch (end) {
    case 'stopped':
      return stopRun(services, watched);
    case 'gone':
      return finishRun(services, watched, { outcome: 'succeeded', verifiedAt: new Date(services.clock.now()) });
    case 'closed':
      if (request.removalCall === 'none') return finishRun(services, watched, { outcome: 'succeeded' });
      return finishRun(services, watched, {
        outcome: 'partly-failed',
        refusal: { reason: 'workspace-unproven', name: request.workspace?.name ?? '' },
      });
    case 'still-there': {
      const refusal: Refusal = { reason: 'workspace-still-there', name: request.workspace?.name ?? '' };
      return finishRun(services, watched, { outcome: 'partly-failed', refusal });
    }
  }
}

async function enterPhase(
  services: RequestServices,
  trx: Connection,
  request: RequestRecord,
  phase: Phase,
  change: RequestChange,
): Promise<void> {
  const at = new Date(services.clock.now());
  await updateRequest(trx, request.number, { phase, updated_at: at, ...change });
  await appendAudit(trx, {
    at,
    tenantId: request.requester.tenantId,
    actor: request.requester.objectId,
    action: `workspace.delete.${phase}`,
    requestNumber: request.number,
    workspaceId: request.workspace?.id ?? null,
    detail: {
      method: request.workspace?.removal?.method ?? null,
      resource: request.workspace?.removal?.resourceId ?? null,
    },
  });
  await enqueueCards(services, trx, request.number);
}

/** Releases a completed archive now, however long the deletion of the workspace takes. */
async function archiveLinks(services: RequestServices, trx: Connection, number: number): Promise<RequestChange> {
  await handOver(services, trx, number);
  return {};
}

/** Deduplication key: at most one poll per request is waiting. */
function pollKey(number: number): string {
  return `watch-${number}`;
}
