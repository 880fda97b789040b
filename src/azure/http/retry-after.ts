import type { PipelineResponse } from '@azure/core-rest-pipeline';

/** Error codes of the scoring and management services that mean throttling when the status is 503. */
const throttlingCodes = /RequestThrottled|TooManyConcurrentRequests/;

/**
 * The pause a response asks for, in milliseconds; null when it gives none.
 * Reads `retry-after-ms` and `x-ms-retry-after-ms` (Azure), and `Retry-After` as seconds or a date (RFC 9110).
 */
export function retryAfterMs(response: Pick<PipelineResponse, 'headers'>, now: number): number | null {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const milliseconds = Number.parseFloat(response.headers.get(name) ?? '');
    if (milliseconds >= 0) return milliseconds;
  }
  const value = response.headers.get('Retry-After')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** True for a throttled call: the service gets too many calls and did not execute this one. */
export function isThrottled(response: Pick<PipelineResponse, 'status' | 'headers' | 'bodyAsText'>): boolean {
  if (response.status === 429) return true;
  if (response.status !== 503) return false;
  return retryAfterMs(response, 0) !== null || throttlingCodes.test(response.bodyAsText ?? '');
}
