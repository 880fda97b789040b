import type { AssetSource } from '../domain/asset-source.ts';
import type { Asset, AssetKind } from '../domain/assets.ts';
import { assetKinds } from '../domain/assets.ts';
import type { Clock } from '../domain/clock.ts';
import { holdsText } from '../domain/name-folding.ts';

/** What is listed: one kind or all, and only names that contain a text. */
export interface ListWish {
  readonly kind?: AssetKind | undefined;
  readonly filter?: string | undefined;
}

/** The fields of an asset that a list shows. */
export type ListedAsset = Pick<Asset, 'kind' | 'familyId' | 'name' | 'sizeBytes' | 'createdAt'>;

/** The newest assets of a workspace, newest first, and how many there are in all. */
export interface Listing {
  readonly newest: readonly ListedAsset[];
  readonly total: number;
}

/** Of which workspace, of what and how many. */
interface ListingWish {
  readonly workspaceId: string;
  readonly wish: ListWish;
  readonly most: number;
  /** Whether a cached listing will do. */
  readonly reuse: boolean;
  readonly signal: AbortSignal;
}

/** Cache lifetime of a listing, in milliseconds. */
const cacheLifetimeMs = 60_000;

/** Cache limits, some megabytes: assets per listing, and listings. Pages beyond them are read again. */
const mostKept = 1_000;
const mostListings = 40;

const listings = new WeakMap<AssetSource, Map<string, { readonly at: number; readonly listing: Listing }>>();

/**
 * The newest `most` assets of a workspace. With `reuse`, as for further pages of a list, a cached listing of the last
 * minute is used if it is long enough; otherwise each page would list the whole workspace again. Throws ServiceFailure.
 */
export async function listNewest(
  { source, clock }: { readonly source: AssetSource; readonly clock: Pick<Clock, 'now'> },
  wanted: ListingWish,
): Promise<Listing> {
  const { workspaceId, wish, most, reuse } = wanted;
  const known = listings.get(source) ?? new Map();
  listings.set(source, known);
  const key = JSON.stringify([workspaceId, wish.kind ?? null, wish.filter ?? null]);
  const now = clock.now();
  const kept = known.get(key);
  if (reuse && kept !== undefined && now - kept.at < cacheLifetimeMs && most <= mostKept) return kept.listing;
  const listing = await readNewest(source, { ...wanted, most: Math.max(most, mostKept) });
  known.delete(key);
  known.set(key, { at: now, listing: { ...listing, newest: listing.newest.slice(0, mostKept) } });
  for (const [other, { at }] of known) {
    if (known.size > mostListings || now - at >= cacheLifetimeMs) known.delete(other);
  }
  return listing;
}

async function readNewest(
  source: AssetSource,
  { workspaceId, wish: { kind, filter }, most, signal }: ListingWish,
): Promise<Listing> {
  const named = filter === undefined ? null : holdsText(filter);
  const found: ListedAsset[] = [];
  let total = 0;
  for (const each of kind === undefined ? assetKinds : [kind]) {
    for await (const asset of source.list(workspaceId, each, signal)) {
      if (named !== null && !named(asset.name)) continue;
      total += 1;
      const { familyId, name, sizeBytes, createdAt } = asset;
      found.push({ kind: asset.kind, familyId, name, sizeBytes, createdAt });
      // Bounds memory: keeps only what the list can show.
      if (found.length > most * 2 + 500) found.sort(byAge).splice(most);
    }
  }
  return { newest: found.sort(byAge).slice(0, most), total };
}

/** Newest first, with a total order, so that no asset is skipped or repeated between two pages. */
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
