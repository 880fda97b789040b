import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { retryAfterMs } from '../../domain/retry-after.ts';

/** Error codes of the scoring and management services that mean throttling when the status is 503. */
const throttlingCodes = /RequestThrottled|TooManyConcurrentRequests/;

/** The pause that a response asks for, in milliseconds; null when it asks for none. */
export function pauseOf({ headers }: Pick<PipelineResponse, 'headers'>, now: number): number | null {
  return retryAfterMs((name) => headers.get(name), now);
}

/** True for a throttled call: the service gets too many calls and did not execute this one. */
export function isThrottled(response: Pick<PipelineResponse, 'status' | 'headers' | 'bodyAsText'>): boolean {
  if (response.status === 429) return true;
  if (response.status !== 503) return false;
  return pauseOf(response, 0) !== null || throttlingCodes.test(response.bodyAsText ?? '');
}
