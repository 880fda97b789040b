import { traitsOf } from './actions.ts';
import type { RequestRecord } from './request.ts';

/**
 * Short runs have a lane (a separate priority range) of their own, so that they never wait behind one that takes hours.
 */
export type Lane = 'small' | 'large';

/** Largest size of a run in the small lane. */
const smallLaneLimits = { assets: 2_000, bytes: 256 * 1_048_576 };

/** Priorities of the small lane are above this value, those of the large lane at it or below; both fit into 31 bits. */
const laneBoundary = 2 ** 29;

/** Priorities per turn, to order the runs that share one. */
const placesPerTurn = 1_000;

/** The range of priorities that a lane's workers fetch. */
export const lanePriorities: Readonly<Record<Lane, { readonly least?: number; readonly most?: number }>> = {
  small: { least: laneBoundary + 1 },
  large: { most: laneBoundary },
};

/** The lane of a request's run. An unknown size counts as 0, so that only the number of assets decides. */
export function laneOf({ totals, action }: Pick<RequestRecord, 'totals' | 'action'>): Lane {
  const assets = totals.reduce((sum, { count }) => sum + count, 0);
  const bytes = traitsOf(action).archives ? totals.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) : 0;
  return assets <= smallLaneLimits.assets && bytes <= smallLaneLimits.bytes ? 'small' : 'large';
}

/** The turn of the first run. Turn 0 stays free for a newcomer whose run is enqueued after this one was overtaken. */
const firstTurn = 1;

/**
 * The turn of a person's next run: start-time fair queuing (Goyal, Vin, Cheng 1996), at a cost of one per run. It is
 * one after the person's last turn, but not before the lane's current one. So a person with many waiting runs gets one
 * per round, and a person who comes later does not wait behind all of them. `begun` is the newest turn that the lane
 * has started, `own` the newest of this person; null where there is none.
 */
export function nextTurn(begun: number | null, own: number | null): number {
  return Math.max(begun ?? firstTurn, own === null ? 0 : own + 1);
}

/**
 * The priority of a run: higher runs first, equal ones in order of arrival. `beside` is how many runs of the same turn
 * concern the same workspace; they are put later, since one host would have to serve them all at once.
 */
export function priorityOf(lane: Lane, turn: number, beside: number): number {
  const order = Math.min(turn * placesPerTurn + Math.min(beside, placesPerTurn - 1), laneBoundary - 1);
  return (lane === 'small' ? 2 : 1) * laneBoundary - order;
}
