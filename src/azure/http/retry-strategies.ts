import type { RestError, RetryStrategy } from '@azure/core-rest-pipeline';
import type { SourceError } from '../../domain/asset-source.ts';
import type { HttpSettings } from './http-settings.ts';
import { isThrottled } from './retry-after.ts';

/** Statuses after which the same call may succeed. 440 and 509 are Studio's own. */
const transientStatuses: ReadonlySet<number> = new Set([408, 440, 500, 502, 503, 504, 509]);

/** True for a failed call that may succeed when it is made again a little later. */
export function isWorthRepeating({ reason, status }: SourceError): boolean {
  return reason === 'throttled' || reason === 'unreachable' || (status !== null && transientStatuses.has(status));
}

/** The pipeline's code for a call that nobody answered in time. */
export const timedOutCode = 'ETIMEDOUT';

/**
 * Repeats a throttled call. At once, because the host's gate keeps the pause for every call to it,
 * this one included.
 */
export function throttledStrategy(): RetryStrategy {
  return {
    name: 'throttled',
    retry: ({ response }) => (response && isThrottled(response) ? { retryAfterInMs: 0 } : { skipStrategy: true }),
  };
}

/** Repeats after a passing failure, with exponential waits of which half is jitter. */
export function transientFailureStrategy(
  settings: Pick<HttpSettings, 'retryDelayMs' | 'maxRetryDelayMs'>,
  random: () => number,
): RetryStrategy {
  return {
    name: 'passing failure',
    retry({ response, responseError, retryCount }) {
      const transient = response ? transientStatuses.has(response.status) : isConnectionFailure(responseError);
      if (!transient) return { skipStrategy: true };
      return { retryAfterInMs: backoffMs(settings, random, retryCount) };
    },
  };
}

/** The wait before a repetition, in milliseconds: exponential backoff of which half is jitter. */
export function backoffMs(
  settings: Pick<HttpSettings, 'retryDelayMs' | 'maxRetryDelayMs'>,
  random: () => number,
  retryCount: number,
): number {
  const longest = Math.min(settings.retryDelayMs * 2 ** retryCount, settings.maxRetryDelayMs);
  return longest / 2 + random() * (longest / 2);
}

/** Nothing came back, or not all of it: a reset, a time-out, no such host, a body that broke off. */
function isConnectionFailure(error: RestError | undefined): boolean {
  return error !== undefined && error.statusCode === undefined;
}
