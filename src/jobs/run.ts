import { ArchiveError, isPassing } from '../archive/errors.ts';
import { isTransient, SourceError } from '../domain/asset-source.ts';
import type { Refusal } from '../domain/refusals.ts';
import { finishRun, type Run, recordProgress, stopRun, takeRun } from '../requests/run.ts';
import { recordSetback } from '../requests/setback.ts';
import { RunSupersededError } from '../requests/transition.ts';
import { type DeletionSummary, deleteAssets } from './delete.ts';
import { type ExportSummary, exportAssets } from './export.ts';
import { everySoOften } from './pace.ts';
import { checkPermission } from './permission.ts';
import type { JobServices } from './services.ts';

/** How often a running request reports its progress, in milliseconds. */
const reportEveryMs = 2_000;

/**
 * Carries out a confirmed request: exports, deletes, or one after the other. May be called again for the same
 * request after a crash or a failure; it goes on from what is recorded. Throws what should be tried again.
 */
export async function run(services: JobServices, number: number, signal: AbortSignal): Promise<void> {
  const taken = await takeRun(services, number);
  if (taken === null) return;
  try {
    await carryOut(services, taken, signal);
  } catch (error) {
    // A later run has the request now; this one leaves without a trace.
    if (error instanceof RunSupersededError) return;
    const failure = failureOf(error);
    if (failure === null) throw error;
    if (failure.lasting) {
      return finishRun(services, taken, { outcome: 'failed', refusal: failure.refusal, archived: false });
    }
    await recordSetback(services, number, failure.refusal);
    throw error;
  }
}

async function carryOut(services: JobServices, taken: Run, signal: AbortSignal): Promise<void> {
  const { action, stopRequested, progress } = taken.request;
  if (stopRequested) return stopRun(services, taken, { archived: false });
  const refusal = await checkPermission(services, taken.request, signal);
  if (refusal !== null) return finishRun(services, taken, { outcome: 'failed', refusal, archived: false });

  const pace = everySoOften(services.clock, reportEveryMs);
  let exported: ExportSummary | null = null;
  if (action !== 'delete') {
    exported = await exportAssets(services, taken, pace, signal);
    if (exported.stopped) return stopRun(services, taken, { archived: false });
  }
  let deleted: DeletionSummary | null = null;
  if (action !== 'export') {
    await recordProgress(services, taken, {
      phase: 'deleting',
      assetsDone: 0,
      assetsTotal: progress.assetsTotal,
      bytesDone: progress.bytesDone,
    });
    deleted = await deleteAssets(services, taken, pace, signal);
    if (deleted.stopped) {
      return stopRun(services, taken, {
        archived: exported !== null,
        ...(deleted.verifiedAt ? { verifiedAt: deleted.verifiedAt } : {}),
      });
    }
  }
  await finishRun(services, taken, {
    outcome: outcomeOf(exported, deleted),
    archived: exported !== null,
    ...(deleted?.verifiedAt ? { verifiedAt: deleted.verifiedAt } : {}),
  });
}

/** What a failure means for the person; null when it is not one of the outer systems'. */
function failureOf(error: unknown): { lasting: boolean; refusal: Refusal } | null {
  if (error instanceof SourceError) {
    return { lasting: !isTransient(error), refusal: { reason: 'workspace-unavailable', detail: error.message } };
  }
  if (error instanceof ArchiveError) {
    return { lasting: !isPassing(error), refusal: { reason: 'storage-unavailable', detail: error.message } };
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
