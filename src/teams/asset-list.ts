import type { VisibleWorkspace } from '../requests/visible-workspaces.ts';
import type { ShownRows } from '../understanding/conversation.ts';
import { listLength } from './cards/pages.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { type ListedAsset, type Listing, type ListWish, listFirst, pickAssets } from './recent-listings.ts';
import type { TeamsServices } from './teams-services.ts';

/** Which page of which list, and the number of assets on a page. */
interface AssetListWish {
  readonly services: TeamsServices;
  readonly seen: VisibleWorkspace;
  readonly wish: ListWish;
  /** Who owns something is shown in the personal chat only, as on previews. */
  readonly isPersonal: boolean;
  /** What the question said and the list does not answer. */
  readonly overlooked?: string | undefined;
  readonly page?: number;
  readonly length?: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * One page of a workspace's assets, newest first or as they are picked; a page past the end becomes the last one. The
 * first page is read now, further pages may come from a cache that is up to a minute old. Throws ServiceFailure.
 */
export async function assetListCard({
  services,
  seen: { workspace },
  wish,
  isPersonal,
  overlooked,
  page = 0,
  length = listLength,
  signal,
}: AssetListWish): Promise<RenderedCard> {
  const most = (page + 1) * length;
  const { first, total, sizeBytes, sizeIncomplete } = await listFirst(services, {
    workspaceId: workspace.id,
    wish,
    most,
    reuse: page > 0,
    signal,
  });
  const shown = Math.min(page, Math.max(0, Math.ceil(total / length) - 1));
  const assets = first.slice(shown * length, (shown + 1) * length);
  const rows = assets.map((asset) => rowOf(asset, isPersonal));
  const cardOf = (most: number) =>
    renderCard('list-assets', {
      workspaceId: workspace.id,
      workspaceName: workspace.name,
      limits: wish.limits,
      size: { sizeBytes, sizeIncomplete },
      overlooked: overlooked ?? null,
      assets: {
        rows: rows.slice(0, most),
        page: Math.floor((shown * length) / most),
        total,
        ...(most === listLength ? {} : { length: most }),
      },
    });
  // Shorter names alone do not make a long list small enough, so a smaller card has shorter pages, too.
  return { ...cardOf(length), smaller: (bytes) => cardOf(shorterPage(length, bytes)).smaller(bytes) };
}

/** The assets on that page, by name, from the listing that the card was made of. Throws ServiceFailure. */
export async function shownRows({
  services,
  seen: { workspace },
  wish,
  page = 0,
  length = listLength,
  signal,
}: Omit<AssetListWish, 'isPersonal' | 'overlooked'>): Promise<ShownRows> {
  const most = (page + 1) * length;
  const { first, total } = await listFirst(services, { workspaceId: workspace.id, wish, most, reuse: true, signal });
  const assets = first.slice(page * length, most).map(({ kind, name }) => ({ kind, name }));
  return { assets, isWhole: assets.length === total, workspace: workspace.name };
}

function rowOf({ kind, name, sizeBytes, createdAt, owner }: ListedAsset, isPersonal: boolean) {
  return { kind, name, sizeBytes, createdAt, owner: isPersonal ? owner : '' };
}

/** Rows of each workspace on a card of several, and workspaces on it. */
const rowsEach = 5;
const mostWorkspaces = 8;

/** The newest assets of each of several workspaces; a button shows one of them whole. Throws ServiceFailure. */
export async function assetListsCard({
  services,
  places,
  wish,
  isPersonal,
  overlooked,
  signal,
}: Omit<AssetListWish, 'seen'> & { readonly places: readonly VisibleWorkspace[] }): Promise<RenderedCard> {
  const lists = [];
  const shown = places.slice(0, mostWorkspaces);
  // “The five biggest” are five of all of them together.
  const picked = await pickedOf(services, shown, wish, signal);
  for (const { workspace } of shown) {
    const wanted = { workspaceId: workspace.id, wish, most: rowsEach, reuse: false, signal };
    const { first, total, sizeBytes, sizeIncomplete } =
      picked?.get(workspace.id) ?? (await listFirst(services, wanted));
    const rows = first.slice(0, rowsEach).map((asset) => rowOf(asset, isPersonal));
    lists.push({
      workspaceId: workspace.id,
      workspaceName: workspace.name,
      total,
      size: { sizeBytes, sizeIncomplete },
      rows,
    });
  }
  return renderCard('list-assets-of-all', {
    limits: wish.limits,
    overlooked: overlooked ?? null,
    lists,
    more: places.length - lists.length,
  });
}

/** What a number picks from several workspaces together, as the listing of each; null where none does. */
async function pickedOf(
  { source }: TeamsServices,
  places: readonly VisibleWorkspace[],
  wish: ListWish,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Listing> | null> {
  if (wish.limits.pick === undefined || wish.limits.pick.rest === true) return null;
  const ids = places.map(({ workspace }) => workspace.id);
  const picked = await pickAssets(source, ids, wish, signal);
  return new Map(
    ids.map((id) => {
      const first = picked.filter(({ workspaceId }) => workspaceId === id).map(({ asset }) => asset);
      const sizeBytes = first.reduce((sum, { sizeBytes: bytes }) => sum + (bytes ?? 0), 0);
      const sizeIncomplete = first.some(({ sizeBytes: bytes }) => bytes === null);
      return [id, { first, total: first.length, sizeBytes, sizeIncomplete }];
    }),
  );
}

/** A page length that divides the usual one, so that the page's first row stays the same. */
function shorterPage(length: number, bytes: number): number {
  const wanted = bytes > 8_000 ? 5 : 2;
  return length % wanted === 0 ? wanted : 1;
}
