import type { Clock } from '../domain/clock.ts';

/** Runs the given work, unless it ran too short a while ago. */
export type ProgressRate = (work: () => Promise<unknown>) => Promise<void>;

/** Lets work through at most once in `intervalMs`, so that progress neither floods the database nor Teams. */
export function everySoOften(clock: Clock, intervalMs: number): ProgressRate {
  let last = clock.now();
  return async (work) => {
    const now = clock.now();
    if (now - last < intervalMs) return;
    last = now;
    await work();
  };
}
