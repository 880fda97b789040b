import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import type { AssetSpool } from './asset-spool.ts';
import { sharedListings } from './shared-listings.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** Reads the list of a kind into a spool, either all families or only the wanted ones. Throws ServiceFailure. */
export type ReadFamilies = (
  client: WorkspaceClient,
  wanted: (familyId: string) => boolean,
  signal: AbortSignal,
) => Promise<AssetSpool>;

/** Lists a kind, and finds single assets in that list, because the service has no call for a single one. */
export function byList(read: ReadFamilies): Pick<AssetKindAdapter, 'list' | 'find'> {
  const find = sharedListings(async (client, ids, signal) => {
    const spool = await read(client, (familyId) => ids.has(familyId), signal);
    return new Map(Iterator.from(spool.newestFirst()).map((asset) => [asset.familyId, asset]));
  });
  return {
    async *list(client, signal) {
      yield* (await read(client, () => true, signal)).newestFirst();
    },
    find: (client, { familyId }, signal) => find(client, familyId, signal),
  };
}

/** The family part of an id of the form `workspace.family.version`; the whole id if it has another form. */
export function familyOf(id: string): string {
  return id.split('.')[1]?.toLowerCase() ?? id.toLowerCase();
}
