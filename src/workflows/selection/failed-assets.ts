import { countRetryable, eachAsset, readFamilies } from '../../database/request-assets.ts';
import { readRequest } from '../../database/request-rows.ts';
import type { Asset, AssetKind } from '../../domain/assets.ts';
import type { RequestAsset, Retry } from '../../domain/request.ts';
import { isRetryable, requestId, stepOf } from '../../domain/request.ts';
import type { RequestServices } from '../../requests/request-services.ts';
import type { AssetFinding } from './find-assets.ts';
import { inBatches } from './in-batches.ts';

/** Assets that are looked up at a time. */
const batch = 500;

/** The most assets of a kind that are sought one by one because no list shows their family. */
const mostSought = 100;

/**
 * What an earlier request did not bring to a good end and a further attempt may, as it is now. What is gone drops out;
 * an experiment that has run since is the newer one. Throws SourceError, also while assets are taken.
 */
export async function assetsToRetry(
  services: Pick<RequestServices, 'source' | 'database'>,
  retry: Retry,
  workspaceId: string,
  signal: AbortSignal,
): Promise<AssetFinding> {
  const { db } = services.database;
  const earlier = await readRequest(db, retry.of);
  if (earlier === null) throw new Error(`request ${retry.of} is to be tried again, but is not there`);
  const step = stepOf(earlier.action);
  const isRequested = (row: RequestAsset) => isRetryable(row[step]);
  let taken = 0;
  const assets = async function* () {
    for (const [kind, count] of await countRetryable(db, retry.of, step)) {
      const met = new Set<number>();
      for await (const some of inBatches(services.source.list(workspaceId, kind, signal), batch)) {
        const rows = await readFamilies(db, retry.of, kind, familiesOf(some));
        const requested = new Map(rows.filter(isRequested).map((row) => [row.asset.familyId, row.position]));
        for (const asset of some) {
          const position = requested.get(asset.familyId);
          if (position === undefined || met.has(position)) continue;
          met.add(position);
          taken += 1;
          yield asset;
        }
      }
      if (met.size === count) continue;
      for await (const asset of unlisted(kind, met)) {
        taken += 1;
        yield asset;
      }
    }
  };
  const unlisted = async function* (kind: AssetKind, met: ReadonlySet<number>) {
    let sought = 0;
    const found = new Set<string>();
    for await (const row of eachAsset(db, retry.of)) {
      if (row.asset.kind !== kind || !isRequested(row) || met.has(row.position)) continue;
      if (sought === mostSought) return;
      sought += 1;
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
