import type { Clock } from '../domain/clock.ts';

/** Runs the given work, unless its last run was too recent. */
export type ProgressRate = (work: () => Promise<unknown>) => Promise<void>;

/** Throttle: runs work at most once per `intervalMs`, so that progress floods neither the database nor Teams. */
export function everySoOften(clock: Clock, intervalMs: number): ProgressRate {
  let last = clock.now();
  return async (work) => {
    const now = clock.now();
    if (now - last < intervalMs) return;
    last = now;
    await work();
  };
}
