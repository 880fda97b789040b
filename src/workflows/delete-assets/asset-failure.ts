import { type AssetSource, concernsWholeService, isTransient, SourceError } from '../../domain/asset-source.ts';

/**
 * True when a failure is the asset's own: the service refuses this one, or fails at it while it does other work. One
 * asset that the service can never handle must not hold up all others. Throws the signal's reason.
 */
export async function isAssetsOwn(
  source: Pick<AssetSource, 'workspace'>,
  workspaceId: string,
  error: unknown,
  signal: AbortSignal,
): Promise<boolean> {
  if (!(error instanceof SourceError) || concernsWholeService(error)) return false;
  if (!isTransient(error)) return true;
  try {
    await source.workspace(workspaceId, signal);
    return true;
  } catch (failure) {
    if (failure instanceof SourceError) return false;
    throw failure;
  }
}
