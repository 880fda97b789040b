import type { RequestRecord } from './request.ts';

/** Runs of the small lane are over soon, so they never stand behind one that takes hours. */
export type Lane = 'small' | 'large';

/** The most that a run of the small lane moves or deletes. */
const smallAtMost = { assets: 2_000, bytes: 256 * 1_048_576 };

/** Priorities of the small lane lie above this one, those of the large lane at it or below; both fit into 31 bits. */
const lanesMeetAt = 2 ** 29;

/** Places between two turns, for those who share one. */
const placesATurn = 1_000;

/** Which priorities a lane's workers take. */
export const lanePriorities: Readonly<Record<Lane, { readonly least?: number; readonly most?: number }>> = {
  small: { least: lanesMeetAt + 1 },
  large: { most: lanesMeetAt },
};

/** The lane of a request's run. A size that is not known counts as none; the number of assets then decides. */
export function laneOf({ totals, action }: Pick<RequestRecord, 'totals' | 'action'>): Lane {
  const assets = totals.reduce((sum, { count }) => sum + count, 0);
  const bytes = action === 'delete' ? 0 : totals.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return assets <= smallAtMost.assets && bytes <= smallAtMost.bytes ? 'small' : 'large';
}

/** The turn of the very first run. One place before it is left for whoever comes when that one was overtaken. */
const firstTurn = 1;

/**
 * The turn of somebody's next run: start-time fair queuing (Goyal, Vin, Cheng 1996), with one unit a run. It is the one
 * after their last, but none that has begun already. So whoever has many runs waiting gets one in each round, and
 * somebody who comes later does not stand behind all of them. `begun` is the newest turn that the lane has
 * come to, `own` the newest of that person; null where there is none.
 */
export function nextTurn(begun: number | null, own: number | null): number {
  return Math.max(begun ?? firstTurn, own === null ? 0 : own + 1);
}

/**
 * The priority of a run: higher comes first, equal ones in the order in which they came. `beside` is how many runs of
 * the same turn concern the same workspace, which its host would have to serve at once.
 */
export function priorityOf(lane: Lane, turn: number, beside: number): number {
  const order = Math.min(turn * placesATurn + Math.min(beside, placesATurn - 1), lanesMeetAt - 1);
  return (lane === 'small' ? 2 : 1) * lanesMeetAt - order;
}
