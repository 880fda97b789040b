import type { AssetKind, AssetStatus } from './assets.ts';

/** An asset as a person named it. */
export interface AssetMention {
  readonly kind?: AssetKind;
  readonly name: string;
  /**
   * The separator typed between this name and the next one of a list, where both may be one name: "R&D.csv", "x,
   * y.csv".
   */
  readonly joinedBy?: string;
}

/** By what a number of assets is picked. Those without the date or size that decides are never picked. */
export const pickOrders = ['oldest', 'newest', 'biggest', 'smallest'] as const;

export type PickOrder = (typeof pickOrders)[number];

/** "The two biggest"; with `rest`, everything but them. */
export interface AssetPick {
  readonly by: PickOrder;
  readonly count: number;
  readonly rest?: true;
}

/** Bounds of a size in bytes, each included: "over 1 MB" and "up to 10 GB". */
export interface SizeRange {
  readonly over?: number;
  readonly under?: number;
}

/**
 * Whose things a selection leaves out, each `me` or a name or address as typed: one person, or several. Requests and
 * schedules that are stored hold one as a text.
 */
export type ExceptedOwners = string | readonly string[];

/** The people of an exception as a list; empty where nobody is left out. */
export function exceptedOwners(owners: ExceptedOwners | undefined): readonly string[] {
  if (owners === undefined) return [];
  return typeof owners === 'string' ? [owners] : owners;
}

/** Everybody whom either exception leaves out: it never becomes narrower by a further one. */
export function bothExcepted(
  first: ExceptedOwners | undefined,
  second: ExceptedOwners | undefined,
): { exceptOwner?: ExceptedOwners } {
  const all = [...new Set([...exceptedOwners(first), ...exceptedOwners(second)])];
  const [only, ...others] = all;
  if (only === undefined) return {};
  return { exceptOwner: others.length === 0 ? only : all };
}

/** Assets selected by a filter ("all my datasets older than 2020 except churn"). */
export interface AssetSelection {
  readonly kind?: AssetKind;
  /** A part of the name; case is ignored. */
  readonly filter?: string;
  /** The first day of the range, ISO 8601. */
  readonly after?: string;
  /** The first day after the range, ISO 8601. */
  readonly before?: string;
  readonly size?: SizeRange;
  /** Of all that match, only so many by age or size; or, with `rest`, all but those. */
  readonly pick?: AssetPick;
  /** Only what no other asset uses, as far as the service tells. */
  readonly unused?: true;
  /** Only what this person owns: `me` or a name or address as typed. */
  readonly owner?: string;
  /** Only what somebody other than these people owns for certain. */
  readonly exceptOwner?: ExceptedOwners;
  readonly status?: AssetStatus;
  /** Kinds to leave out. */
  readonly exceptKinds?: readonly AssetKind[];
  /** Named exceptions. Each must be found, otherwise the whole selection is refused. */
  readonly except: readonly AssetMention[];
}
