import type { RestError, RetryStrategy } from '@azure/core-rest-pipeline';
import type { ServiceFailure } from '../../domain/service-failure.ts';
import type { HttpSettings } from './http-settings.ts';
import { isThrottled } from './throttling.ts';

/** Statuses of transient failures, after which the same call may succeed. 440 and 509 are specific to Studio. */
const transientStatuses: ReadonlySet<number> = new Set([408, 440, 500, 502, 503, 504, 509]);

/** True for a failed call that may succeed when it is retried a little later. */
export function isRetryableFailure({ reason, status }: ServiceFailure): boolean {
  return reason === 'throttled' || reason === 'unreachable' || (status !== null && transientStatuses.has(status));
}

/** The pipeline's error code for a call that timed out. */
export const timedOutCode = 'ETIMEDOUT';

/**
 * Retries a throttled call without a wait of its own, because the concurrency limiter keeps the pause for every call
 * to the host, this one included.
 */
export function throttledStrategy(): RetryStrategy {
  return {
    name: 'throttled',
    retry: ({ response }) => (response && isThrottled(response) ? { retryAfterInMs: 0 } : { skipStrategy: true }),
  };
}

/** Retries after a transient failure, with exponential backoff of which half is jitter. */
export function transientFailureStrategy(
  settings: Pick<HttpSettings, 'retryDelayMs' | 'maxRetryDelayMs'>,
  random: () => number,
): RetryStrategy {
  return {
    name: 'transient failure',
    retry({ response, responseError, retryCount }) {
      const transient = response ? transientStatuses.has(response.status) : isConnectionFailure(responseError);
      if (!transient) return { skipStrategy: true };
      return { retryAfterInMs: backoffMs(settings, random, retryCount) };
    },
  };
}

/** The wait before a retry, in milliseconds: exponential backoff of which half is jitter. */
export function backoffMs(
  settings: Pick<HttpSettings, 'retryDelayMs' | 'maxRetryDelayMs'>,
  random: () => number,
  retryCount: number,
): number {
  const backoff = Math.min(settings.retryDelayMs * 2 ** retryCount, settings.maxRetryDelayMs);
  return backoff / 2 + random() * (backoff / 2);
}

/** No response, or an incomplete one: a reset, a time-out, no such host, a truncated body. */
function isConnectionFailure(error: RestError | undefined): boolean {
  return error !== undefined && error.statusCode === undefined;
}
