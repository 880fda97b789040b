import { countRetryable, eachAsset, readFamilies } from '../../database/request-assets.ts';
import { readRequest } from '../../database/request-rows.ts';
import { traitsOf } from '../../domain/actions.ts';
import type { Asset, AssetKind } from '../../domain/assets.ts';
import type { RequestAsset, Retry } from '../../domain/request.ts';
import { isRetryable, requestId } from '../../domain/request.ts';
import type { RequestServices } from '../../requests/request-services.ts';
import type { AssetFinding } from './asset-finding.ts';
import { inBatches } from './in-batches.ts';

/** Assets looked up per query. */
const batch = 500;

/** Most single look-ups per kind, for assets whose family no list shows. */
const maxLookUps = 100;

/**
 * The assets of an earlier request that failed and may be retried, as they are now. Assets that no longer exist are
 * left out; of an experiment that has run since, the newer run is taken. Throws ServiceFailure, also while assets are
 * iterated.
 */
export async function assetsToRetry(
  services: Pick<RequestServices, 'source' | 'database'>,
  retry: Retry,
  workspaceId: string,
  signal: AbortSignal,
): Promise<AssetFinding> {
  const { db } = services.database;
  const earlier = await readRequest(db, retry.of);
  if (earlier === null) throw new Error(`request ${retry.of} is to be retried but does not exist`);
  const step = traitsOf(earlier.action).retries;
  if (step === null) throw new Error(`request ${retry.of} has no part that can be retried`);
  const isRequested = (row: RequestAsset) => isRetryable(row[step]);
  let taken = 0;
  const assets = async function* () {
    for (const [kind, count] of await countRetryable(db, retry.of, step)) {
      const matched = new Set<number>();
      for await (const some of inBatches(services.source.list(workspaceId, kind, signal), batch)) {
        const rows = await readFamilies(db, retry.of, kind, familiesOf(some));
        const requested = new Map(rows.filter(isRequested).map((row) => [row.asset.familyId, row.position]));
        for (const asset of some) {
          const position = requested.get(asset.familyId);
          if (position === undefined || matched.has(position)) continue;
          matched.add(position);
          taken += 1;
          yield asset;
        }
      }
      if (matched.size === count) continue;
      for await (const asset of unlisted(kind, matched)) {
        taken += 1;
        yield asset;
      }
    }
  };
  const unlisted = async function* (kind: AssetKind, matched: ReadonlySet<number>) {
    let lookUps = 0;
    const found = new Set<string>();
    for await (const row of eachAsset(db, retry.of)) {
      if (row.asset.kind !== kind || !isRequested(row) || matched.has(row.position)) continue;
      if (lookUps === maxLookUps) return;
      lookUps += 1;
      const now: Asset | null = await services.source.find(workspaceId, row.asset, signal);
      if (now === null || found.has(now.familyId)) continue;
      found.add(now.familyId);
      yield now;
    }
  };
  return {
    kind: 'found',
    assets: assets(),
    decision: () =>
      taken > 0 || retry.workspaceFiles ? null : { reason: 'nothing-to-retry', name: requestId(retry.of) },
  };
}

function familiesOf(assets: readonly Asset[]): string[] {
  return assets.map(({ familyId }) => familyId);
}
