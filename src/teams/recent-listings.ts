import { exceptedOwners, type PickOrder } from '../domain/asset-mentions.ts';
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
export type ListedAsset = Pick<Asset, 'kind' | 'familyId' | 'name' | 'sizeBytes' | 'createdAt' | 'owner'>;

/** The first assets of a workspace in the order of the list, and the sums of all that match. */
export interface Listing {
  /** Newest first, or by the age or size by which they are picked. */
  readonly first: readonly ListedAsset[];
  readonly total: number;
  /** The known sizes together, in bytes. */
  readonly sizeBytes: number;
  /** The service tells no size of some. */
  readonly sizeIncomplete: boolean;
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
 * The first `most` assets of a workspace and the sums of all. With `reuse`, as for further pages of a list, a cached listing of the last
 * minute is used if it is long enough; otherwise each page would list the whole workspace again. Throws ServiceFailure.
 */
export async function listFirst(
  { source, clock }: { readonly source: AssetSource; readonly clock: Pick<Clock, 'now'> },
  wanted: ListingWish,
): Promise<Listing> {
  const { workspaceId, wish, most, reuse } = wanted;
  const known = listings.get(source) ?? new Map();
  listings.set(source, known);
  const { owner, exceptOwner } = wish.limits;
  const asker = owner === 'me' || exceptedOwners(exceptOwner).includes('me') ? wish.asker.objectId : null;
  const key = JSON.stringify([workspaceId, wish.limits, asker]);
  const now = clock.now();
  const kept = known.get(key);
  if (reuse && kept !== undefined && now - kept.at < cacheLifetimeMs && most <= mostKept) return kept.listing;
  const listing = await readFirst(source, { ...wanted, most: Math.max(most, mostKept) });
  known.delete(key);
  known.set(key, { at: now, listing: { ...listing, first: listing.first.slice(0, mostKept) } });
  for (const [other, { at }] of known) {
    if (known.size > mostListings || now - at >= cacheLifetimeMs) known.delete(other);
  }
  return listing;
}

async function readFirst(
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
  let sum = 0;
  let sizeIncomplete = false;
  const order = limits.pick === undefined || isRest ? byAge : orders[limits.pick.by];
  for await (const asset of all()) {
    if (keys !== undefined && keys.has(keyOf(asset)) === isRest) continue;
    if (isRest && picked?.compares(asset) === false) continue;
    const { kind, familyId, name, sizeBytes, createdAt, owner } = asset;
    total += 1;
    if (sizeBytes === null) sizeIncomplete = true;
    else sum += sizeBytes;
    found.push({ kind, familyId, name, sizeBytes, createdAt, owner });
    // Bounds memory: keeps only what the list can show.
    if (found.length > most * 2 + 500) found.sort(order).splice(most);
  }
  return { first: found.sort(order).slice(0, most), total, sizeBytes: sum, sizeIncomplete };
}

/** An asset and the workspace where it is. */
export interface Placed {
  readonly asset: Asset;
  readonly workspaceId: string;
}

/**
 * The assets that `limits.pick` picks from all these workspaces together, best first; the whole lists are read twice,
 * in memory for as many as are picked. Throws ServiceFailure.
 */
export async function pickAssets(
  source: AssetSource,
  workspaceIds: readonly string[],
  { limits, asker }: ListWish,
  signal: AbortSignal,
): Promise<readonly Placed[]> {
  const { pick, ...others } = limits;
  if (pick === undefined) return [];
  const all = async function* () {
    for (const workspaceId of workspaceIds) {
      for await (const asset of selected(source, workspaceId, { limits: others, asker }, signal))
        yield { asset, workspaceId };
    }
  };
  const picked = new PickedAssets(pick);
  for await (const { asset } of all()) picked.add(asset);
  const { keys } = picked;
  const found: Placed[] = [];
  for await (const placed of all()) if (keys.has(keyOf(placed.asset)) && found.length < keys.size) found.push(placed);
  return found.sort((a, b) => orders[pick.by](a.asset, b.asset));
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
  const hasOwner = limits.owner !== undefined || limits.exceptOwner !== undefined;
  const members = hasOwner ? await source.members(workspaceId, signal) : [];
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

const bySize = (a: ListedAsset, b: ListedAsset) => (b.sizeBytes ?? 0) - (a.sizeBytes ?? 0) || byAge(a, b);

/** Each with a total order, as `byAge`. */
const orders: Readonly<Record<PickOrder, (a: ListedAsset, b: ListedAsset) => number>> = {
  newest: byAge,
  oldest: (a, b) => byAge(b, a),
  biggest: bySize,
  smallest: (a, b) => bySize(b, a),
};

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
