import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './domain/clock.ts';

/** The real time. The only place that reads it from the operating system. */
export const systemClock: Clock = {
  now: () => Date.now(),
  wait: async (milliseconds, signal) => {
    signal?.throwIfAborted();
    if (milliseconds <= 0) return;
    await sleep(milliseconds, undefined, signal ? { signal } : {}).catch((error: unknown) => {
      throw signal?.aborted ? signal.reason : error;
    });
  },
};
