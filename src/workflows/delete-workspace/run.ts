import { readParts } from '../../database/archive-parts.ts';
import { isTransient, SourceError } from '../../domain/asset-source.ts';
import { type ClearanceDenial, ClearanceExpired, NotCleared } from '../../domain/clearance.ts';
import { isWorkspaceDeletion, makesArchive } from '../../domain/policy.ts';
import { type Refusal, refusalSentence } from '../../domain/refusals.ts';
import type { Ask, RequestRecord } from '../../domain/request.ts';
import { isSameRemoval, removalProof, type WorkspaceRemoval } from '../../domain/workspace-removal.ts';
import { finishRun, type Run, stopRun } from '../../requests/lease.ts';
import { reconfirm } from '../../requests/reconfirm.ts';
import { RunSupersededError } from '../../requests/transition.ts';
import {
  beginRemoval,
  endWatch,
  recordByHand,
  recordRemovalAnswered,
  takeBackRemoval,
} from '../../requests/workspace-deletion.ts';
import { workspaceClearance } from '../clearances.ts';
import { exportAssets } from '../export/run.ts';
import { checkPermission } from '../permission.ts';
import type { ProgressRate } from '../progress-rate.ts';
import { recheck } from '../selection/recheck.ts';
import type { JobServices } from '../workflow-services.ts';

/** True for a running request whose deletion was answered, or is done by hand, and that waits for the workspace to be gone. */
export function awaitsRemoval({ state, action, progress: { phase } }: RequestRecord): boolean {
  return state === 'running' && isWorkspaceDeletion(action) && (phase === 'checking' || phase === 'waiting');
}

/**
 * Deletes a whole workspace: looks that it is still what the person confirmed, exports it when they wanted that, asks
 * once for the deletion, and leaves the rest to the watch. Each attempt is a run of its own that begins with all checks.
 * When an earlier attempt stayed unanswered, what became of it is looked for first. Throws SourceError and ArchiveError.
 */
export async function deleteWorkspace(
  services: JobServices,
  run: Run,
  progressRate: ProgressRate,
  signal: AbortSignal,
): Promise<void> {
  const { request } = run;
  const { id, removal } = planOf(request);
  const inDoubt = request.removalCall === 'asked';
  if (inDoubt) {
    const presence = await services.source.presence(id, removal, signal);
    if (presence !== 'there') {
      const end = removalProof(request.removalCall, presence) === 'unproven' ? 'closed' : 'gone';
      return endWatch(services, run, end);
    }
  }
  if (request.stopRequested) return stopRun(services, run);
  const refusal = await checkPermission(services, request, signal);
  if (refusal !== null) return refuse(services, run, refusal);
  // With the first finished part of an archive the work has begun, and there is no going back to the preview.
  const untouched = (await readParts(services.database.db, run.number)).length === 0;
  if (makesArchive(request.action)) {
    const changed = untouched ? await whatChanged(services, request, signal) : null;
    if (changed !== null) return reconfirm(services, run, changed);
    const { stopped, exceptions } = await exportAssets(services, run, progressRate, signal);
    if (stopped) return stopRun(services, run);
    if (exceptions > 0) return keep(services, run, 'It could not be exported completely.');
  }
  let changed: Ask | null = null;
  const hasChanged = async () => {
    changed = await whatChanged(services, request, signal);
    return changed !== null;
  };
  const against = async (denial: ClearanceDenial): Promise<void> => {
    switch (denial.kind) {
      case 'stopped':
        return stopRun(services, run);
      case 'not-allowed':
        return refuse(services, run, denial.refusal);
      case 'changed':
        return changed !== null && !makesArchive(request.action)
          ? reconfirm(services, run, changed)
          : keep(services, run, 'It changed while it was exported.');
      case 'gone':
        return endWatch(services, run, 'gone');
      case 'superseded':
        throw new RunSupersededError(`run of request ${run.number} was taken over`);
    }
  };
  try {
    const clearance = await workspaceClearance(services, run, { id, removal }, hasChanged, signal);
    if ((await beginRemoval(services, run)).stopRequested) return await stopRun(services, run);
    const answer = await services.source.removeWorkspace(id, removal, clearance, signal);
    return await recordRemovalAnswered(services, run, answer === 'gone' ? (inDoubt ? 'asked' : 'absent') : answer);
  } catch (error) {
    const unsent = error instanceof NotCleared || error instanceof ClearanceExpired;
    const failed = error instanceof SourceError;
    // In the first case nothing is different from before, so that the next attempt asks everything again.
    if (!inDoubt && (unsent || (failed && !error.mayHaveActed))) await takeBackRemoval(services, run);
    if (error instanceof NotCleared) return against(error.denial);
    if (error instanceof ClearanceExpired) throw heldUp();
    if (!failed || isTransient(error)) throw error;
    return recordByHand(services, run, error.message);
  }
}

/** The call waited so long for its place that what was checked for it grew old; trying again is the way out. */
function heldUp(): SourceError {
  const words = 'The deletion had to wait for too long, so I look at everything again before I ask for it.';
  return new SourceError('throttled', words, { mayHaveActed: false });
}

/** Ends without a deletion. When an earlier call stayed unanswered, the receipt says so rather than "nothing was done". */
async function refuse(services: JobServices, run: Run, refusal: Refusal): Promise<void> {
  const archived = (await readParts(services.database.db, run.number)).length > 0;
  if (archived || run.request.removalCall !== 'none') return keep(services, run, refusalSentence(refusal));
  return finishRun(services, run, { outcome: 'failed', refusal });
}

/** The workspace stays, the archive is handed over, and the person can ask again. */
function keep(services: JobServices, run: Run, detail: string): Promise<void> {
  const doubt =
    run.request.removalCall === 'asked'
      ? ' An earlier call of mine got no answer; it was still there when I looked after that, but look again in a while.'
      : '';
  return finishRun(services, run, {
    outcome: 'partly-failed',
    refusal: { reason: 'workspace-kept', name: run.request.workspace?.name ?? '', detail: `${detail}${doubt}` },
  });
}

/** What to ask anew when the workspace differs from what the person confirmed, in its contents or in what its deletion touches. */
async function whatChanged(services: JobServices, request: RequestRecord, signal: AbortSignal): Promise<Ask | null> {
  const { id, removal } = planOf(request);
  const now = await services.source.planRemoval(id, signal);
  return isSameRemoval(removal, now) ? recheck(services, request, now, signal) : request.ask;
}

function planOf({ number, workspace }: RequestRecord): { readonly id: string; readonly removal: WorkspaceRemoval } {
  if (workspace?.removal) return { id: workspace.id, removal: workspace.removal };
  throw new Error(`request ${number} deletes a workspace without a plan`);
}
