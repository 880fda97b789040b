import type { Clock } from '../../src/domain/clock.ts';

/** A clock whose waits end at once and advance it by the same time. */
export interface FastClock extends Clock {
  readonly waits: number[];
  advance(milliseconds: number): void;
}

export function fastClock(start: number): FastClock {
  let now = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    wait: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      waits.push(milliseconds);
      now += milliseconds;
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
