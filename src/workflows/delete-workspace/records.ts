import type { Connection } from '../../database/connection.ts';
import { appendAudit } from '../../database/history.ts';
import { type RequestChange, updateRequest } from '../../database/request-rows.ts';
import { storedJson } from '../../database/storable.ts';
import type { Phase } from '../../domain/actions.ts';
import { type Refusal, refusalSentence } from '../../domain/refusals.ts';
import type { RequestRecord } from '../../domain/request.ts';
import type { RemovalCall } from '../../domain/workspace-removal.ts';
import { releaseArchive } from '../../requests/archive-keeping.ts';
import { backoffReset } from '../../requests/backoff.ts';
import { type Ended, finishRun, held, type Run, stopRun } from '../../requests/lease.ts';
import { phaseChange } from '../../requests/phase.ts';
import { enqueuePoll } from '../../requests/poll.ts';
import { forgetMembership } from '../../requests/recent-memberships.ts';
import type { RequestServices } from '../../requests/request-services.ts';
import { enqueueCards } from '../../requests/transition.ts';

/**
 * Records the deletion of the workspace before the call is sent (write-ahead). Does nothing when a stop was requested.
 * The retry budget is not reset, since nothing has been achieved yet. Throws RunSupersededError.
 */
export async function beginRemoval(services: RequestServices, run: Run): Promise<{ stopRequested: boolean }> {
  return held(services, run, async (trx, request) => {
    if (request.stopRequested) return { stopRequested: true };
    await enterPhase(services, trx, request, 'removing', { removalCall: 'asked' });
    return { stopRequested: false };
  });
}

/**
 * Reverts that record, since the call certainly had no effect: all preconditions are checked again before the next
 * attempt. Throws RunSupersededError.
 */
export async function revertRemovalBegun(services: RequestServices, run: Run): Promise<void> {
  await held(services, run, async (trx, request) => {
    await updateRequest(trx, run.number, { ...phaseChange(request, null), removalCall: 'none' });
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
    // The links to a complete archive do not wait for the workspace to be gone.
    await releaseArchive(services, trx, run.number);
    const change = { ...backoffReset, removalCall: answer };
    await enterPhase(services, trx, request, 'checking', change);
    await enqueuePoll(services, trx, run.number, 0, 0);
  });
}

/**
 * Records that a person has to delete the workspace by hand, and why; the request stays open until the workspace no
 * longer exists or they cancel. Throws RunSupersededError.
 */
export async function recordByHand(services: RequestServices, run: Ended, why: string): Promise<void> {
  await held(services, run, async (trx, request) => {
    if (request.state !== 'running') return;
    await releaseArchive(services, trx, run.number);
    const refusal: Refusal = { reason: 'by-hand', name: request.workspace?.name ?? '', detail: why };
    await enterPhase(services, trx, request, 'waiting', {
      ...backoffReset,
      refusal: storedJson(refusal),
    });
    await enqueuePoll(services, trx, run.number, 0, 0);
  });
}

/**
 * Ends a request according to the state of its workspace. `closed`: it no longer accepts its token, which is no proof
 * by itself; when a call of ours was sent, the request ends as partly failed.
 */
export async function endRemoval(
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

/** Ends a request whose workspace a legal hold keeps while a person was to delete it by hand. */
export async function endHeld(services: RequestServices, watched: Ended, held: Refusal): Promise<void> {
  const refusal: Refusal = { reason: 'workspace-kept', name: held.name ?? '', detail: refusalSentence(held) };
  await finishRun(services, watched, { outcome: 'partly-failed', refusal });
}

async function enterPhase(
  services: RequestServices,
  trx: Connection,
  request: RequestRecord,
  phase: Phase,
  change: RequestChange,
): Promise<void> {
  const at = new Date(services.clock.now());
  await updateRequest(trx, request.number, { ...phaseChange(request, phase), updatedAt: at, ...change });
  await appendAudit(trx, {
    at,
    tenantId: request.requester.tenantId,
    actor: request.requester.objectId,
    policyVersion: services.settings.policy.version,
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
