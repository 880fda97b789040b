import type { Clock } from '../domain/clock.ts';

/** Runs the given work, unless its last run was too recent. */
export type ProgressThrottle = (work: () => Promise<unknown>) => Promise<void>;

/** Throttle: runs work at most once per `intervalMs`, so that progress floods neither the database nor Teams. */
function createProgressThrottle(clock: Clock, intervalMs: number): ProgressThrottle {
  let last = clock.now();
  return async (work) => {
    const now = clock.now();
    if (now - last < intervalMs) return;
    last = now;
    await work();
  };
}

/** How often a running request reports its progress, in milliseconds. */
const reportEveryMs = 2_000;

/** The rate at which a running request reports its progress. */
export function progressRateOf({ clock }: { readonly clock: Clock }): ProgressThrottle {
  return createProgressThrottle(clock, reportEveryMs);
}
