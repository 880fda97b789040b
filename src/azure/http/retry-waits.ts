import type { PipelinePolicy, PipelineRequest, RetryStrategy } from '@azure/core-rest-pipeline';
import type { Clock } from '../../domain/clock.ts';

/**
 * Makes the waits between retries use the injected clock; the library would use the real time. The wrapped strategy
 * notes how long to wait and returns 0 to the library, and the policy, which runs inside the library's loop, waits.
 */
export class RetryWaits {
  readonly #clock: Clock;
  readonly #waits = new WeakMap<PipelineRequest, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Wraps a strategy so that `policy` does its waits. */
  noted(strategy: RetryStrategy): RetryStrategy {
    return {
      ...strategy,
      retry: (answer) => {
        const modifiers = strategy.retry(answer);
        const request = answer.response?.request ?? answer.responseError?.request;
        if (request === undefined || modifiers.retryAfterInMs === undefined) return modifiers;
        this.#waits.set(request, modifiers.retryAfterInMs);
        return { ...modifiers, retryAfterInMs: 0 };
      },
    };
  }

  policy(): PipelinePolicy {
    return {
      name: 'retryWaitPolicy',
      sendRequest: async (request, next) => {
        const wait = this.#waits.get(request) ?? 0;
        this.#waits.delete(request);
        const signal = request.abortSignal;
        if (wait > 0) await this.#clock.wait(wait, signal instanceof AbortSignal ? signal : undefined);
        return next(request);
      },
    };
  }
}
