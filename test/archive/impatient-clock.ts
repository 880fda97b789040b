import type { Clock } from '../../src/domain/clock.ts';

/** A clock without patience: waits are over at once, and move it by as much. */
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
