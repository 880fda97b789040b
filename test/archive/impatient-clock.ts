import type { Clock } from '../../src/domain/clock.ts';

/** A clock without patience: waits are over at once, and move it by as much. */
export interface ImpatientClock extends Clock {
  readonly waits: number[];
  advance(milliseconds: number): void;
}

export function impatientClock(start: number): ImpatientClock {
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
