import { eachAsset } from '../../database/request-assets.ts';
import type { AssetMention } from '../../domain/asset-mentions.ts';
import type { Asset } from '../../domain/assets.ts';
import type { Ask, AssetIdentity, RequestRecord } from '../../domain/request.ts';
import type { WorkspaceRemoval } from '../../domain/workspace-removal.ts';
import type { WorkflowServices } from '../workflow-services.ts';
import { findAssets } from './find-assets.ts';
import { inBatches } from './in-batches.ts';
import { everything, requestedAssets } from './requested-assets.ts';
import { SnapshotComparison } from './snapshot-comparison.ts';

/** Assets compared per query. */
const batch = 500;

/**
 * Resolves a confirmed request again and compares the result with the confirmed snapshot. Null when nothing would
 * happen that the person has not seen; otherwise the ask for the next preview, with names pinned to the confirmed
 * assets: a renamed asset stays included, one that is gone is left out. An asset that is merely gone is no difference.
 * Throws ServiceFailure.
 */
export async function recheck(
  services: WorkflowServices,
  request: RequestRecord,
  removal: WorkspaceRemoval | null,
  signal: AbortSignal,
): Promise<Ask | null> {
  const { ask, workspace } = request;
  if (workspace === null) return null;
  const comparison = new SnapshotComparison(services.database.db, request);
  const requested = await requestedAssets(services, request, workspace, removal, signal);
  if (requested.kind !== 'found' && ask.mentions.length > 0) {
    return checkNames(services, request, workspace, comparison, signal);
  }
  if (requested.kind === 'found') {
    for await (const some of inBatches(requested.assets, batch)) {
      await comparison.add(some);
      if (comparison.differs) return ask;
    }
  }
  const { except = [], pick, owner, exceptOwner, unused } = ask.selection ?? {};
  const isRefused = requested.kind !== 'found' || requested.decision() !== null;
  // An exception may have been renamed, and would then no longer be left out; the newest may be another one by now.
  const isByOthers = pick !== undefined || owner !== undefined || exceptOwner !== undefined;
  if (isRefused && (except.length > 0 || isByOthers)) return ask;
  // What was to be kept may be gone, or what was unused may be in use: it is previewed anew.
  if (comparison.missing > 0 && (pick?.rest === true || unused === true)) return ask;
  if (ask.target === 'assets' && comparison.missing > 0) {
    // An asset that the selection no longer matches may have been renamed rather than deleted.
    const kinds = request.totals.map(({ kind }) => kind);
    for await (const some of inBatches(everything(services, kinds, workspace.id, null, signal), batch)) {
      await comparison.add(some, 'known');
      if (comparison.differs) return ask;
    }
  }
  return null;
}

/** Checks one name at a time, since some no longer resolve to the confirmed assets. */
async function checkNames(
  services: WorkflowServices,
  request: RequestRecord,
  workspace: { readonly id: string; readonly name: string },
  comparison: SnapshotComparison,
  signal: AbortSignal,
): Promise<Ask | null> {
  const { ask, requester } = request;
  const confirmed: Asset[] = [];
  for await (const { asset } of eachAsset(services.database.db, request.number)) confirmed.push(asset);
  const mentions: AssetMention[] = [];
  const picked: Record<number, readonly AssetIdentity[]> = {};
  let ambiguous = false;
  for (const [index, mention] of ask.mentions.entries()) {
    const before = ask.picked?.[index];
    const alone: Ask = { ...ask, mentions: [mention], picked: before === undefined ? {} : { 0: before } };
    const finding = await findAssets(services, { ask: alone, requester }, workspace, signal);
    let pick = before;
    if (finding.kind === 'found') {
      for await (const some of inBatches(finding.assets, batch)) await comparison.add(some);
    } else if (finding.kind === 'choice' && finding.choice.question === 'which-asset') {
      ambiguous = true;
    } else {
      const found = await stillThere(
        services,
        workspace.id,
        before ?? requestedBefore(services, mention, confirmed),
        signal,
      );
      if (found.length === 0) continue;
      await comparison.add(found);
      pick = found;
    }
    if (pick !== undefined) {
      picked[mentions.length] = pick.map(({ kind, id, familyId }) => ({ kind, id, familyId }));
    }
    mentions.push(mention);
  }
  return ambiguous || comparison.differs ? { ...ask, mentions, picked } : null;
}

/** The confirmed assets to which a name resolved. */
function requestedBefore(
  { searchName }: Pick<WorkflowServices, 'searchName'>,
  { kind, name }: AssetMention,
  confirmed: readonly Asset[],
): readonly AssetIdentity[] {
  const search = searchName<Asset>(name);
  for (const asset of confirmed) if (kind === undefined || asset.kind === kind) search.consider(asset);
  const resolution = search.resolution();
  switch (resolution.result) {
    case 'found':
      return [resolution.match];
    case 'ambiguous':
      return resolution.matches;
    case 'unknown':
      return [];
  }
}

async function stillThere(
  { source }: Pick<WorkflowServices, 'source'>,
  workspaceId: string,
  identities: readonly AssetIdentity[],
  signal: AbortSignal,
): Promise<readonly Asset[]> {
  const found: Asset[] = [];
  for (const identity of identities) {
    const now = await source.find(workspaceId, identity, signal);
    if (now !== null) found.push(now);
  }
  return found;
}
