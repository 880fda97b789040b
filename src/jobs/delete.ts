import { eachAsset, wasDeleteBegun } from '../database/request-assets.ts';
import { isTransient, SourceError } from '../domain/asset-source.ts';
import { type AssetKind, assetFingerprint } from '../domain/assets.ts';
import type { AssetResult, RequestAsset } from '../domain/request.ts';
import { type Run, recordDeletion, recordDeletionBegins, recordProgress } from '../requests/run.ts';
import type { ProgressPace } from './pace.ts';
import type { JobServices } from './services.ts';

/** How often, and after which waits in milliseconds, a fresh list is asked whether deleted assets are gone. */
const checkWaits = [0, 1_000, 2_000, 4_000, 8_000];

/** What the deletions came to. */
export interface DeletionSummary {
  readonly stopped: boolean;
  /** Assets that are still there, or may be. */
  readonly exceptions: number;
  /** When a fresh list showed that everything deleted is gone; null when nothing was deleted or some still show. */
  readonly verifiedAt: Date | null;
}

/**
 * Deletes a request's assets one by one, each with its own recorded result, then checks with fresh lists.
 * Goes on where an earlier run of the same request left off; what is recorded is not done again.
 * Passing failures are thrown, so that the queue tries again; lasting ones are recorded with the asset.
 */
export async function deleteAssets(
  services: JobServices,
  run: Run,
  pace: ProgressPace,
  signal: AbortSignal,
): Promise<DeletionSummary> {
  const { db } = services.database;
  const total = run.request.progress.assetsTotal;
  const gone = new Map<AssetKind, Map<string, RequestAsset>>();
  let settled = 0;
  let exceptions = 0;
  for await (const asset of eachAsset(db, run.number)) {
    let outcome = asset.deleted;
    if (outcome === null) {
      const interrupted = await wasDeleteBegun(db, run.number, asset.position);
      const { stopRequested } = await recordDeletionBegins(services, run, asset.position);
      if (stopRequested && !interrupted) {
        const check = await verify(services, run, gone, signal);
        return { stopped: true, exceptions: exceptions + check.remaining, verifiedAt: check.verifiedAt };
      }
      outcome = stopRequested
        ? await settleInterrupted(services, run, asset, signal)
        : await deleteOne(services, run, asset, interrupted, signal);
      await recordDeletion(services, run, asset, outcome);
    }
    settled += 1;
    if (outcome.result === 'done' || outcome.result === 'gone') {
      const ofKind = gone.get(asset.asset.kind) ?? new Map<string, RequestAsset>();
      gone.set(asset.asset.kind, ofKind.set(asset.asset.familyId, asset));
    } else {
      exceptions += 1;
    }
    await pace(() =>
      recordProgress(services, run, { phase: 'deleting', assetsDone: settled, assetsTotal: total, bytesDone: 0 }),
    );
  }
  const check = await verify(services, run, gone, signal);
  return { stopped: false, exceptions: exceptions + check.remaining, verifiedAt: check.verifiedAt };
}

/** Finds out what became of an asset that an earlier run may have deleted, without asking for it again. */
async function settleInterrupted(
  services: JobServices,
  run: Run,
  asset: RequestAsset,
  signal: AbortSignal,
): Promise<AssetResult> {
  const now = await services.source.find(run.request.workspace?.id ?? '', asset.asset, signal);
  return now === null ? { result: 'done', note: null } : { result: 'kept', note: 'Kept, because you stopped.' };
}

async function deleteOne(
  services: JobServices,
  run: Run,
  asset: RequestAsset,
  interrupted: boolean,
  signal: AbortSignal,
): Promise<AssetResult> {
  const workspaceId = run.request.workspace?.id ?? '';
  if (run.request.action === 'export-then-delete' && asset.exported?.result !== 'done') {
    return { result: 'kept', note: 'Kept, because it could not be exported completely.' };
  }
  // When an earlier run asked Studio and died before it could write down the answer, "it is gone" is that answer.
  const missing: AssetResult = interrupted
    ? { result: 'done', note: null }
    : { result: 'gone', note: 'Somebody else had deleted it already.' };
  try {
    const now = await services.source.find(workspaceId, asset.asset, signal);
    if (now === null) return missing;
    if (assetFingerprint(now) !== assetFingerprint(asset.asset)) {
      return { result: 'changed', note: 'Kept, because it changed after you saw the preview. Ask again to delete it.' };
    }
    const answer = await services.source.delete(workspaceId, asset.asset, signal);
    return answer === 'deleted' ? { result: 'done', note: null } : missing;
  } catch (error) {
    if (!(error instanceof SourceError) || isTransient(error)) throw error;
    return { result: 'failed', note: error.message };
  }
}

/** Reads fresh lists until nothing that was deleted shows up, or patience ends; what still shows is recorded as failed. */
async function verify(
  services: JobServices,
  run: Run,
  gone: ReadonlyMap<AssetKind, ReadonlyMap<string, RequestAsset>>,
  signal: AbortSignal,
): Promise<{ verifiedAt: Date | null; remaining: number }> {
  if (gone.size === 0) return { verifiedAt: null, remaining: 0 };
  let remaining: RequestAsset[] = [];
  for (const wait of checkWaits) {
    await services.clock.wait(wait, signal);
    remaining = [];
    for (const [kind, families] of gone) {
      for await (const listed of services.source.list(run.request.workspace?.id ?? '', kind, signal)) {
        const asset = families.get(listed.familyId);
        if (asset) remaining.push(asset);
      }
    }
    if (remaining.length === 0) return { verifiedAt: new Date(services.clock.now()), remaining: 0 };
  }
  for (const asset of remaining) {
    const note = 'Studio accepted the deletion, but still lists it. Look again later, or ask again.';
    await recordDeletion(services, run, asset, { result: 'failed', note });
  }
  return { verifiedAt: null, remaining: remaining.length };
}
