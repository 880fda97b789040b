import { keyOf, PickedAssets, type SelectionLimits, selectedKinds, selects } from '../domain/asset-selection.ts';
import type { AssetSource } from '../domain/asset-source.ts';
import type { Asset } from '../domain/assets.ts';
import type { Clock } from '../domain/clock.ts';
import type { Person } from '../domain/people.ts';

/** What is listed, and for whom: "mine" depends on who asks. */
export interface ListWish {
  readonly limits: SelectionLimits;
  readonly asker: Pick<Person, 'name' | 'addresses' | 'objectId'>;
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
  const asker = wish.limits.owner === 'me' ? wish.asker.objectId : null;
  const key = JSON.stringify([workspaceId, wish.limits, asker]);
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
  { workspaceId, wish: { limits, asker }, most, signal }: ListingWish,
): Promise<Listing> {
  const all = () => selected(source, workspaceId, { limits, asker }, signal);
  const picked = limits.pick === undefined ? null : new PickedAssets(limits.pick);
  if (picked !== null) for await (const asset of all()) picked.add(asset);
  const keys = picked?.keys;
  const isRest = limits.pick?.rest === true;
  const found: ListedAsset[] = [];
  let total = 0;
  for await (const asset of all()) {
    if (keys !== undefined && keys.has(keyOf(asset)) === isRest) continue;
    if (isRest && picked?.compares(asset) === false) continue;
    total += 1;
    const { kind, familyId, name, sizeBytes, createdAt } = asset;
    found.push({ kind, familyId, name, sizeBytes, createdAt });
    // Bounds memory: keeps only what the list can show.
    if (found.length > most * 2 + 500) found.sort(byAge).splice(most);
  }
  return { newest: found.sort(byAge).slice(0, most), total };
}

/** Assets whose use is looked up together. */
const batch = 200;

/** The assets within the limits, but for those of number. Throws ServiceFailure. */
async function* selected(
  source: AssetSource,
  workspaceId: string,
  { limits, asker }: ListWish,
  signal: AbortSignal,
): AsyncGenerator<Asset> {
  const members = limits.owner === undefined ? [] : await source.members(workspaceId, signal);
  const matches = selects(limits, asker, members);
  const dependantsOf = limits.unused === true ? source.dependants(workspaceId, signal) : null;
  let waiting: Asset[] = [];
  const unused = async () => {
    const some = waiting;
    waiting = [];
    const users = some.length === 0 ? null : await dependantsOf?.(some);
    return some.filter(({ id }) => users?.get(id)?.length === 0);
  };
  for (const kind of selectedKinds(limits)) {
    for await (const asset of source.list(workspaceId, kind, signal)) {
      if (!matches(asset)) continue;
      if (dependantsOf === null) yield asset;
      else if (waiting.push(asset) >= batch) yield* await unused();
    }
  }
  yield* await unused();
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
