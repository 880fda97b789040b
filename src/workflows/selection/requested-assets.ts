import type { Asset } from '../../domain/assets.ts';
import { assetKinds } from '../../domain/assets.ts';
import type { RequestRecord } from '../../domain/request.ts';
import type { WorkspaceRemoval } from '../../domain/workspace-removal.ts';
import type { RequestServices } from '../../requests/request-services.ts';
import type { AssetFinding } from './asset-finding.ts';
import { assetsToRetry } from './failed-assets.ts';
import { findAssets } from './find-assets.ts';
import { isDeletedWith } from './workspace-counts.ts';

/**
 * Resolves an ask to assets in one workspace as it is now: for a preview, and again before execution. With `removal`,
 * assets that stay when the workspace is deleted are left out. Throws ServiceFailure, also while assets are iterated.
 */
export async function requestedAssets(
  services: Pick<RequestServices, 'source' | 'searchName' | 'database'>,
  { ask, requester }: Pick<RequestRecord, 'ask' | 'requester'>,
  workspace: { readonly id: string; readonly name: string },
  removal: WorkspaceRemoval | null,
  signal: AbortSignal,
): Promise<AssetFinding> {
  if (ask.retry !== undefined) return assetsToRetry(services, ask.retry, workspace.id, signal);
  if (ask.target === 'assets') return findAssets(services, { ask, requester }, workspace, signal);
  const kinds = ask.data === 'personal' ? [] : assetKinds;
  return { kind: 'found', assets: everything(services, kinds, workspace.id, removal, signal), decision: () => null };
}

/** Every asset of some kinds, as the service lists them now. Throws ServiceFailure. */
export async function* everything(
  { source }: Pick<RequestServices, 'source'>,
  kinds: Iterable<Asset['kind']>,
  workspaceId: string,
  removal: WorkspaceRemoval | null,
  signal: AbortSignal,
): AsyncGenerator<Asset> {
  for (const kind of kinds) {
    for await (const asset of source.list(workspaceId, kind, signal)) {
      if (removal === null || isDeletedWith(asset, removal)) yield asset;
    }
  }
}
