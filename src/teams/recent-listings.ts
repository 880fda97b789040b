import type { AssetSource } from '../domain/asset-source.ts';
import type { Asset, AssetKind } from '../domain/assets.ts';
import type { Clock } from '../domain/clock.ts';
import { holdsText } from '../domain/name-folding.ts';

/** What is listed: one kind or all, and only names that hold a text. */
export interface ListWish {
  readonly kind?: AssetKind | undefined;
  readonly filter?: string | undefined;
}

/** What a list shows of an asset. */
export type ListedAsset = Pick<Asset, 'kind' | 'familyId' | 'name' | 'sizeBytes' | 'createdAt'>;

/** The newest assets of a workspace, newest first, and how many there are in all. */
export interface Listing {
  readonly newest: readonly ListedAsset[];
  readonly total: number;
}

/** How long pages are turned in the same listing, in milliseconds. */
const reusedMs = 60_000;

/** Assets kept of one listing and listings kept in all: some megabytes. Older pages are looked up anew. */
const mostKept = 1_000;
const mostListings = 40;

const listings = new WeakMap<AssetSource, Map<string, { readonly at: number; readonly listing: Listing }>>();

/**
 * The newest `most` assets of a workspace. With `reuse`, as for the pages of a list, one that was made within the last
 * minute will do, if it goes so far: each page would otherwise list the whole workspace anew. Throws SourceError.
 */
export async function listNewest(
  services: { readonly source: AssetSource; readonly clock: Pick<Clock, 'now'> },
  workspaceId: string,
  wish: ListWish,
  most: number,
  reuse: boolean,
  signal: AbortSignal,
): Promise<Listing> {
  const { source, clock } = services;
  const known = listings.get(source) ?? new Map();
  listings.set(source, known);
  const key = JSON.stringify([workspaceId, wish.kind ?? null, wish.filter ?? null]);
  const now = clock.now();
  const kept = known.get(key);
  if (reuse && kept !== undefined && now - kept.at < reusedMs && most <= mostKept) return kept.listing;
  const listing = await readNewest(source, workspaceId, wish, Math.max(most, mostKept), signal);
  known.delete(key);
  known.set(key, { at: now, listing: { ...listing, newest: listing.newest.slice(0, mostKept) } });
  for (const [other, { at }] of known) {
    if (known.size > mostListings || now - at >= reusedMs) known.delete(other);
  }
  return listing;
}

async function readNewest(
  source: AssetSource,
  workspaceId: string,
  { kind, filter }: ListWish,
  most: number,
  signal: AbortSignal,
): Promise<Listing> {
  const named = filter === undefined ? null : holdsText(filter);
  const found: ListedAsset[] = [];
  let total = 0;
  for (const each of kind === undefined ? source.kinds : [kind]) {
    for await (const asset of source.list(workspaceId, each, signal)) {
      if (named !== null && !named(asset.name)) continue;
      total += 1;
      const { familyId, name, sizeBytes, createdAt } = asset;
      found.push({ kind: asset.kind, familyId, name, sizeBytes, createdAt });
      // Keeps only what the list can show, however many there are.
      if (found.length > most * 2 + 500) found.sort(byAge).splice(most);
    }
  }
  return { newest: found.sort(byAge).slice(0, most), total };
}

/** Newest first, and always the same order, so that no asset is skipped between two pages. */
function byAge(a: ListedAsset, b: ListedAsset): number {
  return (
    (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0) ||
    compare(a.name, b.name) ||
    compare(a.familyId, b.familyId)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
