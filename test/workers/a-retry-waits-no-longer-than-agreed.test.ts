import { describe, expect, it } from 'vitest';
import { ServiceFailure } from '../../src/domain/service-failure.ts';
import { sourceRefusal } from '../../src/requests/backoff.ts';
import { TestClock } from '../harness/clock.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('the next attempt after a failure of the source', () => {
  const clock = new TestClock();
  const inMs = (milliseconds: number) => new Date(clock.now() + milliseconds);
  const waitOf = (error: ServiceFailure) => Date.parse(sourceRefusal({ clock }, error).retryAt ?? '') - clock.now();
  const down = (retryInMs: number) =>
    new ServiceFailure('Studio', 'unreachable', 'Studio does not answer.', {
      outage: { service: 'Studio', since: inMs(-minute), retryAt: inMs(retryInMs) },
    });
  const throttled = (retryAfterMs: number) => new ServiceFailure('Studio', 'throttled', 'Slow down.', { retryAfterMs });

  it('is made when the service is tried again, or when it said to come back', () => {
    expect(waitOf(down(5 * minute))).toBe(5 * minute);
    expect(waitOf(throttled(10 * minute))).toBe(10 * minute);
  });

  it('is never more than an hour away, though another process wrote the moment by a clock that is ahead', () => {
    expect(waitOf(down(30 * hour))).toBe(hour);
    expect(waitOf(throttled(30 * hour))).toBe(hour);
  });
});
