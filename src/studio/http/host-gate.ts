import type { Clock } from '../../domain/clock.ts';
import type { HttpSettings } from './settings.ts';

/** The host asked for a pause that is longer than a call may wait. */
export class HostPausedError extends Error {
  override readonly name = 'HostPausedError';
  readonly pauseMs: number;

  constructor(pauseMs: number) {
    super('The host asked for a pause.');
    this.pauseMs = pauseMs;
  }
}

/** Successful calls after which one more call at a time is tried again. */
const callsPerRaise = 10;

/**
 * Bounds the calls to one host. When the host says "slow down", all calls to it wait, and afterwards
 * half as many run at a time; successes raise the number again, one by one.
 */
export class HostGate {
  readonly #clock: Clock;
  readonly #settings: HttpSettings;
  readonly #waiting: (() => void)[] = [];
  #limit: number;
  #active = 0;
  #pausedUntil = 0;
  #refusals = 0;
  #successes = 0;

  constructor(clock: Clock, settings: HttpSettings) {
    this.#clock = clock;
    this.#settings = settings;
    this.#limit = settings.maxConcurrentCalls;
  }

  /** How many calls may run at a time now. */
  get limit(): number {
    return this.#limit;
  }

  /** Waits for a place; every `enter` needs a `leave`. Throws HostPausedError, or the signal's reason. */
  async enter(signal?: AbortSignal): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      const pauseMs = this.#pausedUntil - this.#clock.now();
      if (pauseMs > this.#settings.maxPauseMs) throw new HostPausedError(pauseMs);
      if (pauseMs > 0) {
        await this.#clock.wait(pauseMs, signal);
      } else if (this.#active < this.#limit) {
        this.#active += 1;
        return;
      } else {
        await this.#turn(signal);
      }
    }
  }

  /** Gives the place back. */
  leave(): void {
    this.#active -= 1;
    this.#waiting.shift()?.();
  }

  /** Records that the host did what was asked. */
  succeeded(): void {
    this.#refusals = 0;
    this.#successes += 1;
    if (this.#successes < callsPerRaise || this.#limit >= this.#settings.maxConcurrentCalls) return;
    this.#successes = 0;
    this.#limit += 1;
    this.#waiting.shift()?.();
  }

  /** Records that the host asked to slow down; without a time of its own, pauses double from refusal to refusal. */
  throttled(retryAfterMs: number | null): void {
    const growing = this.#settings.retryDelayMs * 2 ** this.#refusals;
    const pauseMs = retryAfterMs ?? Math.min(growing, this.#settings.maxRetryDelayMs);
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + pauseMs);
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    this.#refusals += 1;
    this.#successes = 0;
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const abort = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(wake), 1);
        reject(signal?.reason);
      };
      this.#waiting.push(wake);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }
}
