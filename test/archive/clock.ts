import type { Clock } from '../../src/domain/clock.ts';

/** A clock that a test moves. Waits are over at once, and move it by as much. */
export interface TestClock extends Clock {
  readonly waits: number[];
  advance(milliseconds: number): void;
}

export function testClock(start: number): TestClock {
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
