import { ArchiveError, isTransientStorageError } from '../archive/errors.ts';
import { readParts } from '../database/archive-parts.ts';
import { anyDeleteBegun } from '../database/request-assets.ts';
import { isTransient, SourceError } from '../domain/asset-source.ts';
import { isWorkspaceDeletion } from '../domain/policy.ts';
import { type Refusal, refusalSentence } from '../domain/refusals.ts';
import { recordFault, recordRetry, sourceRefusal } from '../requests/backoff.ts';
import { giveUp } from '../requests/expire.ts';
import { finishRun, type Run, recordProgress, stopRun, takeRun } from '../requests/lease.ts';
import { reconfirm } from '../requests/reconfirm.ts';
import { findRequest } from '../requests/report.ts';
import { RunSupersededError } from '../requests/transition.ts';
import { recordByHand } from '../requests/workspace-deletion.ts';
import { type DeletionSummary, deleteAssets } from '../workflows/delete-assets/run.ts';
import { watchWorkspace } from '../workflows/delete-workspace/poll.ts';
import { awaitsRemoval, deleteWorkspace } from '../workflows/delete-workspace/run.ts';
import { followDirectoryExport } from '../workflows/directory-export/poll.ts';
import { exportDirectoryData, isFollowed } from '../workflows/directory-export/run.ts';
import { type ExportSummary, exportAssets } from '../workflows/export/run.ts';
import { checkPermission } from '../workflows/permission.ts';
import { everySoOften } from '../workflows/progress-rate.ts';
import { recheck } from '../workflows/selection/recheck.ts';
import type { JobServices } from '../workflows/workflow-services.ts';

/** How often a running request reports its progress, in milliseconds. */
const reportEveryMs = 2_000;

/**
 * Carries out a confirmed request: exports, deletes, or one after the other. May be called again for the same
 * request after a crash or a failure; it goes on from what is recorded. Failures in passing are told and enqueued
 * anew; what is thrown is unexpected, and done again by the queue for as long as it gets on at times.
 */
export async function run(services: JobServices, number: number, signal: AbortSignal): Promise<void> {
  const before = await findRequest(services, number);
  // Nothing is left to carry out: the workspace only has to be looked for.
  if (before !== null && awaitsRemoval(before)) return watchWorkspace(services, number, 0, signal);
  if (before !== null && isFollowed(before)) return followDirectoryExport(services, number, 0, signal);
  const taken = await takeRun(services, number);
  if (taken === null) return;
  if (taken.hadEarlierRun && !(await recordFault(services, taken, 'interrupted'))) return giveUp(services, number);
  try {
    await carryOut(services, taken, signal);
  } catch (error) {
    // A later run has the request now; this one leaves without a trace.
    if (error instanceof RunSupersededError) return;
    const failure = failureOf(services, error);
    if (failure === null) {
      // Called off from outside: the next run finds it so. Otherwise a fault of this very run.
      if (!signal.aborted && !(await recordFault(services, taken, 'unexpected'))) return giveUp(services, number);
      throw error;
    }
    if (!failure.permanent && (await recordRetry(services, 'run', taken, failure.refusal))) return;
    await endBadly(services, taken, failure.refusal);
  }
}

/** Ends as failed. A workspace whose deletion may have been asked for is left to the person instead. */
async function endBadly(services: JobServices, taken: Run, refusal: Refusal): Promise<void> {
  const now = await findRequest(services, taken.number);
  if (now?.progress.phase === 'removing') return recordByHand(services, taken, refusalSentence(refusal));
  await finishRun(services, taken, { outcome: 'failed', refusal });
}

async function carryOut(services: JobServices, taken: Run, signal: AbortSignal): Promise<void> {
  const { action, stopRequested, progress } = taken.request;
  if (action === 'export-directory-data') return exportDirectoryData(services, taken, signal);
  const progressRate = everySoOften(services.clock, reportEveryMs);
  if (isWorkspaceDeletion(action)) return deleteWorkspace(services, taken, progressRate, signal);
  const { db } = services.database;
  const parts = await readParts(db, taken.number);
  const archived = parts.some(({ completes }) => completes);
  const deletes = action === 'delete' || (action === 'export-then-delete' && archived);
  // What an interrupted deletion left unknown is found out even before a stop.
  if (stopRequested && !deletes) return stopRun(services, taken);
  const refusal = stopRequested ? null : await checkPermission(services, taken.request, signal);
  if (refusal !== null) return finishRun(services, taken, { outcome: 'failed', refusal });
  // From the first finished part or begun deletion on there is no going back to the preview.
  if (!stopRequested && parts.length === 0 && !(await anyDeleteBegun(db, taken.number))) {
    const anew = await recheck(services, taken.request, null, signal);
    if (anew !== null) return reconfirm(services, taken, anew);
  }

  let exported: ExportSummary | null = null;
  if (action !== 'delete' && !stopRequested) {
    exported = await exportAssets(services, taken, progressRate, signal);
    if (exported.stopped) return stopRun(services, taken);
  }
  let deleted: DeletionSummary | null = null;
  if (action !== 'export') {
    await recordProgress(services, taken, {
      phase: 'deleting',
      assetsDone: 0,
      assetsTotal: progress.assetsTotal,
      bytesDone: progress.bytesDone,
    });
    deleted = await deleteAssets(services, taken, progressRate, signal);
    if (deleted.stopped) return stopRun(services, taken, deleted.verifiedAt);
  }
  await finishRun(services, taken, { outcome: outcomeOf(exported, deleted), verifiedAt: deleted?.verifiedAt ?? null });
}

/** What a failure means for the person; null when it is not one of the outer systems'. */
function failureOf(services: JobServices, error: unknown): { permanent: boolean; refusal: Refusal } | null {
  if (error instanceof SourceError) {
    return { permanent: !isTransient(error), refusal: sourceRefusal(services, error) };
  }
  if (error instanceof ArchiveError) {
    return {
      permanent: !isTransientStorageError(error),
      refusal: { reason: 'storage-unavailable', detail: error.message },
    };
  }
  return null;
}

function outcomeOf(
  exported: ExportSummary | null,
  deleted: DeletionSummary | null,
): 'succeeded' | 'partly-failed' | 'failed' {
  const exceptions = (exported?.exceptions ?? 0) + (deleted?.exceptions ?? 0);
  return exceptions === 0 ? 'succeeded' : 'partly-failed';
}
