import { isTransient, SourceError } from '../domain/asset-source.ts';
import type { Refusal } from '../domain/refusals.ts';
import { finishRun, type Run, recordProgress, stopRun, takeRun } from '../requests/run.ts';
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
    if (error instanceof SourceError && !isTransient(error)) {
      const name = taken.request.workspace?.name ?? '';
      const refusal: Refusal = { reason: 'workspace-unavailable', name, detail: error.message };
      return finishRun(services, taken, { outcome: 'failed', refusal, archived: false });
    }
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

function outcomeOf(
  exported: ExportSummary | null,
  deleted: DeletionSummary | null,
): 'succeeded' | 'partly-failed' | 'failed' {
  const exceptions = (exported?.exceptions ?? 0) + (deleted?.exceptions ?? 0);
  return exceptions === 0 ? 'succeeded' : 'partly-failed';
}
