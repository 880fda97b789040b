import { kindsGone } from '../../database/asset-results.ts';
import { readFamilies } from '../../database/request-assets.ts';
import type { AssetKind } from '../../domain/assets.ts';
import type { AssetResult } from '../../domain/request.ts';
import { type Run, recordDeletions } from '../../requests/lease.ts';
import { mainSource } from '../../sources/registry.ts';
import { inBatches } from '../selection/in-batches.ts';
import type { WorkflowServices } from '../workflow-services.ts';

/** Backoff before each check of fresh lists for deleted assets, in milliseconds. */
const checkWaitsMs = [0, 1_000, 2_000, 4_000];
const lastWaitMs = 8_000;

/** Listed assets compared with the request's assets per query. */
const batch = 500;

/** The result of an asset that counts as deleted or gone but is still listed. */
function stillListedResult(before: AssetResult | null): AssetResult {
  const said =
    before?.result === 'done' ? `${mainSource.name} accepted the deletion` : `${mainSource.name} said that it is gone`;
  return { result: 'failed', note: `${said}, but still lists it. Check again later, or ask again.` };
}

/**
 * Polls fresh lists until no deleted asset is listed any more, or the last check is done; what is still listed then is
 * recorded as failed. Returns when everything was seen to be gone; null when nothing was deleted or some is still
 * listed. Only one batch of a list is held in memory. Throws ServiceFailure and RunSupersededError.
 */
export async function verifyDeletions(services: WorkflowServices, run: Run, signal: AbortSignal): Promise<Date | null> {
  const kinds = await kindsGone(services.database.db, run.number);
  if (kinds.length === 0) return null;
  for (const wait of checkWaitsMs) {
    await services.clock.wait(wait, signal);
    if (await allGone(services, run, kinds, signal)) return new Date(services.clock.now());
  }
  await services.clock.wait(lastWaitMs, signal);
  let clean = true;
  for await (const still of stillListed(services, run, kinds, signal)) {
    clean = false;
    await recordDeletions(
      services,
      run,
      still.map((asset) => ({ asset, outcome: stillListedResult(asset.deleted) })),
    );
  }
  return clean ? new Date(services.clock.now()) : null;
}

async function allGone(
  services: WorkflowServices,
  run: Run,
  kinds: readonly AssetKind[],
  signal: AbortSignal,
): Promise<boolean> {
  for await (const _ of stillListed(services, run, kinds, signal)) return false;
  return true;
}

/** Assets recorded as gone that are still listed, in batches. */
async function* stillListed(services: WorkflowServices, run: Run, kinds: readonly AssetKind[], signal: AbortSignal) {
  const { db } = services.database;
  for (const kind of kinds) {
    const list = services.source.list(run.request.workspace?.id ?? '', kind, signal);
    for await (const listed of inBatches(list, batch)) {
      const families = listed.map(({ familyId }) => familyId);
      const known = await readFamilies(db, run.number, kind, families);
      const still = known.filter(({ deleted }) => deleted?.result === 'done' || deleted?.result === 'gone');
      if (still.length > 0) yield still;
    }
  }
}
