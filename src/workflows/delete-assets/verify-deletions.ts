import { kindsGone } from '../../database/asset-results.ts';
import { readFamilies } from '../../database/request-assets.ts';
import type { AssetKind } from '../../domain/assets.ts';
import type { AssetResult } from '../../domain/request.ts';
import { type Run, recordDeletions } from '../../requests/lease.ts';
import { inBatches } from '../selection/in-batches.ts';
import type { JobServices } from '../workflow-services.ts';

/** How often, and after which waits in milliseconds, a fresh list is asked whether deleted assets are gone. */
const checkWaits = [0, 1_000, 2_000, 4_000];
const lastWait = 8_000;

/** Listed assets that are compared with the request's at a time. */
const batch = 500;

/** What it means that a list still shows what counts as deleted, or as gone. */
function stillListed(before: AssetResult | null): AssetResult {
  const said = before?.result === 'done' ? 'Studio accepted the deletion' : 'Studio said that it is gone';
  return { result: 'failed', note: `${said}, but still lists it. Look again later, or ask again.` };
}

/**
 * Reads fresh lists until nothing that was deleted shows up, or patience ends; what still shows is recorded as failed.
 * Returns when everything was seen to be gone; null when nothing was deleted or some still shows. However long the
 * lists are, only a batch of them is held. Throws SourceError and RunSupersededError.
 */
export async function checkDeletions(services: JobServices, run: Run, signal: AbortSignal): Promise<Date | null> {
  const kinds = await kindsGone(services.database.db, run.number);
  if (kinds.length === 0) return null;
  for (const wait of checkWaits) {
    await services.clock.wait(wait, signal);
    if (await allGone(services, run, kinds, signal)) return new Date(services.clock.now());
  }
  await services.clock.wait(lastWait, signal);
  let clean = true;
  for await (const still of shown(services, run, kinds, signal)) {
    clean = false;
    await recordDeletions(
      services,
      run,
      still.map((asset) => ({ asset, outcome: stillListed(asset.deleted) })),
    );
  }
  return clean ? new Date(services.clock.now()) : null;
}

async function allGone(
  services: JobServices,
  run: Run,
  kinds: readonly AssetKind[],
  signal: AbortSignal,
): Promise<boolean> {
  for await (const _ of shown(services, run, kinds, signal)) return false;
  return true;
}

/** What is recorded as gone and listed all the same, some at a time. */
async function* shown(services: JobServices, run: Run, kinds: readonly AssetKind[], signal: AbortSignal) {
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
