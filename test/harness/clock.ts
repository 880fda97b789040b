import type { Clock } from '../../src/domain/clock.ts';

/** A clock that moves only when a test advances it. */
export class TestClock implements Clock {
  #now: number;
  readonly #waiting = new Set<{ readonly until: number; readonly wake: () => void }>();

  constructor(start = '2026-11-24T12:00:00Z') {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (milliseconds <= 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const waiter = { until: this.#now + milliseconds, wake: resolve };
      this.#waiting.add(waiter);
      signal?.addEventListener('abort', () => {
        this.#waiting.delete(waiter);
        reject(signal.reason);
      });
    });
  }

  /** Advances the time and resolves the waits that end on the way. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    for (const waiter of [...this.#waiting]) {
      if (waiter.until > this.#now) continue;
      this.#waiting.delete(waiter);
      waiter.wake();
    }
  }
}
