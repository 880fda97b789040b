import type { Clock } from '../../src/domain/clock.ts';

/** A clock that moves only when a test advances it. */
export class TestClock implements Clock {
  #now: number;
  readonly #waiting = new Set<{ readonly until: number; readonly wake: () => void }>();
  readonly #gates = new Set<() => void>();

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
        if (this.#waiting.delete(waiter)) this.#changed();
        reject(signal.reason);
      });
      this.#changed();
    });
  }

  /** The milliseconds that each wait under way has still to go, the shortest first. */
  get waits(): readonly number[] {
    return [...this.#waiting].map(({ until }) => until - this.#now).sort((a, b) => a - b);
  }

  /** Resolves as soon as the waits under way fit, so that a test can advance the time when it is waited for. */
  until(fits: (waits: readonly number[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const gate = () => {
        if (!fits(this.waits)) return;
        this.#gates.delete(gate);
        resolve();
      };
      this.#gates.add(gate);
      gate();
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
    this.#changed();
  }

  #changed(): void {
    for (const gate of [...this.#gates]) gate();
  }
}
