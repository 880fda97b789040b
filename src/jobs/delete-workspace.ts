import { readParts } from '../database/archive-parts.ts';
import { isTransient, SourceError } from '../domain/asset-source.ts';
import { isWorkspaceDeletion, makesArchive } from '../domain/policy.ts';
import { refusalSentence } from '../domain/refusals.ts';
import type { Ask, RequestRecord } from '../domain/request.ts';
import { isSameRemoval, type WorkspaceRemoval } from '../domain/workspace-removal.ts';
import { askAnew } from '../requests/ask-anew.ts';
import { finishRun, type Run, stopRun } from '../requests/run.ts';
import { beginRemoval, recordByHand, recordRemovalAccepted } from '../requests/workspace-removal.ts';
import { exportAssets } from './export.ts';
import { lookAgain } from './look-again.ts';
import type { ProgressPace } from './pace.ts';
import { checkPermission } from './permission.ts';
import type { JobServices } from './services.ts';

/** True for a running request whose deletion is asked for, by Steward or by hand, and that waits for the workspace to be gone. */
export function awaitsRemoval({ state, action, progress: { phase } }: RequestRecord): boolean {
  return state === 'running' && isWorkspaceDeletion(action) && (phase === 'checking' || phase === 'waiting');
}

/**
 * Deletes a whole workspace: looks that it is still what the person confirmed, exports it when they wanted that, asks
 * for the deletion, and leaves the rest to the watch. Goes on where an earlier run of the same request left off: once
 * the deletion may have been asked for there is no way back. Throws SourceError and ArchiveError.
 */
export async function deleteWorkspace(
  services: JobServices,
  run: Run,
  pace: ProgressPace,
  signal: AbortSignal,
): Promise<void> {
  const { request } = run;
  const { id, removal } = planOf(request);
  if (request.progress.phase !== 'removing') {
    if (request.stopRequested) return stopRun(services, run);
    const refusal = await checkPermission(services, request, signal);
    if (refusal !== null) return finishRun(services, run, { outcome: 'failed', refusal });
    // With the first finished part of an archive the work has begun, and there is no going back to the preview.
    const untouched = (await readParts(services.database.db, run.number)).length === 0;
    if (untouched) {
      const changed = await hasChanged(services, request, signal);
      if (changed !== null) return askAnew(services, run, changed);
    }
    if (makesArchive(request.action)) {
      const { stopped, exceptions } = await exportAssets(services, run, pace, signal);
      if (stopped) return stopRun(services, run);
      if (exceptions > 0) return keep(services, run, 'It could not be exported completely.');
      if ((await hasChanged(services, request, signal)) !== null)
        return keep(services, run, 'It changed while it was exported.');
      // An export can take hours, in which people leave and roles change.
      const withdrawn = await checkPermission(services, request, signal);
      if (withdrawn !== null) return keep(services, run, refusalSentence(withdrawn));
    }
    const { stopRequested } = await beginRemoval(services, run);
    if (stopRequested) return stopRun(services, run);
  } else if ((await services.source.presence(id, removal, signal)) !== 'there') {
    // An earlier run asked for it and died before it could write down the answer.
    return recordRemovalAccepted(services, run);
  }
  try {
    await services.source.removeWorkspace(id, removal, signal);
  } catch (error) {
    if (!(error instanceof SourceError) || isTransient(error)) throw error;
    return recordByHand(services, run, error.message);
  }
  await recordRemovalAccepted(services, run);
}

/** The workspace stays, the archive is handed over, and the person can ask again. */
function keep(services: JobServices, run: Run, detail: string): Promise<void> {
  return finishRun(services, run, {
    outcome: 'partly-failed',
    refusal: { reason: 'workspace-kept', name: run.request.workspace?.name ?? '', detail },
  });
}

/** What to ask anew when the workspace differs from what the person confirmed, in its contents or in what its deletion touches. */
async function hasChanged(services: JobServices, request: RequestRecord, signal: AbortSignal): Promise<Ask | null> {
  const { id, removal } = planOf(request);
  const now = await services.source.planRemoval(id, signal);
  return isSameRemoval(removal, now) ? lookAgain(services, request, now, signal) : request.ask;
}

function planOf({ number, workspace }: RequestRecord): { readonly id: string; readonly removal: WorkspaceRemoval } {
  if (workspace?.removal) return { id: workspace.id, removal: workspace.removal };
  throw new Error(`request ${number} deletes a workspace without a plan`);
}
