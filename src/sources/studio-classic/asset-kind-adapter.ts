import type { AssetFile } from '../../domain/asset-source.ts';
import type { Asset } from '../../domain/assets.ts';
import type { AskForClearance } from '../../domain/clearance.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/**
 * How Studio lists, exports and deletes one kind. A new kind is a new file with such an adapter and one line in
 * `kinds.ts`. All functions throw ServiceFailure, or the signal's reason.
 */
export interface AssetKindAdapter {
  /** The workspace's own assets, one for each family, newest first. */
  list(client: WorkspaceClient, signal: AbortSignal): AsyncIterable<Asset>;
  /** The current state of the asset; null when it is gone. */
  find(
    client: WorkspaceClient,
    asset: Pick<Asset, 'kind' | 'id' | 'familyId'>,
    signal: AbortSignal,
  ): Promise<Asset | null>;
  files(client: WorkspaceClient, asset: Asset, signal: AbortSignal): Promise<readonly AssetFile[]>;
  delete(client: WorkspaceClient, asset: Asset, ask: AskForClearance, signal: AbortSignal): Promise<'deleted' | 'gone'>;
}
