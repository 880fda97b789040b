import { type AssetSource, concernsWholeService } from '../../domain/asset-source.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';

/**
 * True when a failure concerns this asset only: the service refuses it, or fails on it while it still answers for the
 * workspace. Such a failure is recorded for the asset, so that one asset that the service cannot handle does not block
 * all others. Throws the signal's reason.
 */
export async function isFailureOfAsset(
  source: Pick<AssetSource, 'workspace'>,
  workspaceId: string,
  error: unknown,
  signal: AbortSignal,
): Promise<boolean> {
  if (!isSourceFailure(error) || concernsWholeService(error)) return false;
  if (!error.transient) return true;
  try {
    await source.workspace(workspaceId, signal);
    return true;
  } catch (failure) {
    if (isSourceFailure(failure)) return false;
    throw failure;
  }
}
