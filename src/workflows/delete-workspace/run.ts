import { readParts } from '../../database/archive-parts.ts';
import { traitsOf } from '../../domain/actions.ts';
import { type ClearanceDenial, ClearanceExpired, NotCleared } from '../../domain/clearance.ts';
import { type Refusal, refusalSentence } from '../../domain/refusals.ts';
import type { Ask, RequestRecord } from '../../domain/request.ts';
import { isSourceFailure, ServiceFailure } from '../../domain/service-failure.ts';
import { isSameRemoval, removalProof, type WorkspaceRemoval } from '../../domain/workspace-removal.ts';
import { finishRun, type Run, stopRun } from '../../requests/lease.ts';
import { reconfirm } from '../../requests/reconfirm.ts';
import { RunSupersededError } from '../../requests/transition.ts';
import { mainSource } from '../../sources/registry.ts';
import { workspaceClearance } from '../clearances.ts';
import { exportAssets } from '../export/run.ts';
import { checkHolds } from '../hold-checks.ts';
import { checkPermission } from '../permission.ts';
import { progressRateOf } from '../progress-rate.ts';
import { recheck } from '../selection/recheck.ts';
import type { WorkflowServices } from '../workflow-services.ts';
import { beginRemoval, endRemoval, recordByHand, recordRemovalAnswered, revertRemovalBegun } from './records.ts';

/**
 * Deletes a whole workspace: checks that it is still what the person confirmed, exports it when requested, sends one
 * delete call, and leaves the rest to polling. Each attempt is a run of its own that repeats all checks. When the
 * delete call of an earlier attempt got no answer, its effect is checked first. Throws ServiceFailure.
 */
export async function deleteWorkspace(services: WorkflowServices, run: Run, signal: AbortSignal): Promise<void> {
  const { request } = run;
  const { id, removal } = planOf(request);
  const inDoubt = request.removalCall === 'asked';
  if (inDoubt) {
    const presence = await services.source.presence(id, removal, signal);
    if (presence !== 'there') {
      const end = removalProof(request.removalCall, presence) === 'unproven' ? 'closed' : 'gone';
      return endRemoval(services, run, end);
    }
  }
  if (request.stopRequested) return stopRun(services, run);
  const refusal = (await checkPermission(services, request, signal)) ?? (await checkHolds(services, request, signal));
  if (refusal !== null) return refuse(services, run, refusal);
  // Once the first part of an archive is finished, the request can no longer return to its preview.
  const untouched = (await readParts(services.database.db, run.number)).length === 0;
  if (traitsOf(request.action).archives) {
    const changed = untouched ? await whatChanged(services, request, signal) : null;
    if (changed !== null) return reconfirm(services, run, changed);
    const { stopped, exceptions } = await exportAssets(services, run, progressRateOf(services), signal);
    if (stopped) return stopRun(services, run);
    if (exceptions > 0) return keepWorkspace(services, run, 'It could not be exported completely.');
  }
  let changed: Ask | null = null;
  const hasChanged = async () => {
    changed = await whatChanged(services, request, signal);
    return changed !== null;
  };
  const endDenied = async (denial: ClearanceDenial): Promise<void> => {
    switch (denial.kind) {
      case 'stopped':
        return stopRun(services, run);
      case 'not-allowed':
      case 'held':
        return refuse(services, run, denial.refusal);
      case 'changed':
        return changed !== null && !traitsOf(request.action).archives
          ? reconfirm(services, run, changed)
          : keepWorkspace(services, run, 'It changed while it was exported.');
      case 'gone':
        return endRemoval(services, run, 'gone');
      case 'superseded':
        throw new RunSupersededError(`run of request ${run.number} was superseded by a later run`);
    }
  };
  try {
    const clearance = await workspaceClearance(services, run, { id, removal }, hasChanged, signal);
    if ((await beginRemoval(services, run)).stopRequested) return await stopRun(services, run);
    const answer = await services.source.removeWorkspace(id, removal, clearance, signal);
    return await recordRemovalAnswered(services, run, answer === 'gone' ? (inDoubt ? 'asked' : 'absent') : answer);
  } catch (error) {
    const unsent = error instanceof NotCleared || error instanceof ClearanceExpired;
    const failed = isSourceFailure(error);
    // The call certainly had no effect: clear the mark, so that the next attempt repeats all checks.
    if (!inDoubt && (unsent || (failed && !error.mayHaveActed))) await revertRemovalBegun(services, run);
    if (error instanceof NotCleared) return endDenied(error.denial);
    if (error instanceof ClearanceExpired) throw clearanceExpired();
    if (!failed || error.transient) throw error;
    return recordByHand(services, run, error.message);
  }
}

/** The call waited in the concurrency limiter until its clearance expired; the run is retried with new checks. */
function clearanceExpired(): ServiceFailure {
  const words = 'The deletion had to wait too long, so I check everything again before I start it.';
  return new ServiceFailure(mainSource.service, 'throttled', words, { mayHaveActed: false });
}

/**
 * Ends without a deletion. When an earlier delete call got no answer, the receipt says so instead of "nothing was
 * done".
 */
async function refuse(services: WorkflowServices, run: Run, refusal: Refusal): Promise<void> {
  const archived = (await readParts(services.database.db, run.number)).length > 0;
  if (archived || run.request.removalCall !== 'none') return keepWorkspace(services, run, refusalSentence(refusal));
  return finishRun(services, run, { outcome: 'failed', refusal });
}

/** Ends with the workspace kept; the archive is delivered, and the person can ask again. */
function keepWorkspace(services: WorkflowServices, run: Run, detail: string): Promise<void> {
  const doubt =
    run.request.removalCall === 'asked'
      ? ' An earlier call to delete it got no answer. It was still there when I checked after that, but it may still be deleted: check again later.'
      : '';
  return finishRun(services, run, {
    outcome: 'partly-failed',
    refusal: { reason: 'workspace-kept', name: run.request.workspace?.name ?? '', detail: `${detail}${doubt}` },
  });
}

/**
 * The ask to reconfirm when the workspace differs from what the person confirmed, in its contents or in what its
 * deletion affects; null when it does not differ.
 */
async function whatChanged(
  services: WorkflowServices,
  request: RequestRecord,
  signal: AbortSignal,
): Promise<Ask | null> {
  const { id, removal } = planOf(request);
  const now = await services.source.planRemoval(id, signal);
  return isSameRemoval(removal, now) ? recheck(services, request, now, signal) : request.ask;
}

function planOf({ number, workspace }: RequestRecord): { readonly id: string; readonly removal: WorkspaceRemoval } {
  if (workspace?.removal) return { id: workspace.id, removal: workspace.removal };
  throw new Error(`request ${number} deletes a workspace without a removal plan`);
}
