import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classifyStatus,
  conversationLimits,
  isRetryBudgetUsedUp,
  retryDelayMs,
  waitForConversation,
} from '../../src/teams/limits.ts';

describe('calls into a conversation', () => {
  it('never exceed any of Teams’ limits, however eager the bot is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 300 }), (pauses) => {
        const sent: number[] = [];
        let now = 1_000_000;
        for (const pause of pauses) {
          now += pause;
          now += waitForConversation(sent, now);
          sent.push(now);
        }
        for (const { calls, windowMs } of conversationLimits) {
          for (const at of sent) {
            expect(sent.filter((other) => other <= at && other > at - windowMs).length).toBeLessThanOrEqual(calls);
          }
        }
      }),
    );
  });

  it('go out at once after a silence', () => {
    expect(waitForConversation([], 0)).toBe(0);
    expect(waitForConversation([1, 2, 3, 4, 5, 6], 10)).toBe(0);
    expect(waitForConversation([1, 2, 3, 4, 5, 6, 7], 10)).toBe(991);
  });
});

describe('a failed call', () => {
  it.each([
    [412, 'too-fast'],
    [429, 'too-fast'],
    [500, 'not-now'],
    [502, 'not-now'],
    [504, 'not-now'],
    [null, 'not-now'],
    [401, 'not-now'],
    [408, 'not-now'],
    [302, 'not-now'],
    [403, 'no-entry'],
    [404, 'no-entry'],
    [410, 'no-entry'],
    [413, 'too-large'],
    [400, 'not-accepted'],
    [422, 'not-accepted'],
  ])('with %s is %s, and never a reason to give up at once', (status, answered) => {
    expect(classifyStatus(status)).toBe(answered);
    for (let attempt = 1; attempt <= 30; attempt += 1)
      expect(isRetryBudgetUsedUp(classifyStatus(status), attempt, 60_000)).toBe(false);
    expect(isRetryBudgetUsedUp(classifyStatus(status), 1, 30 * 24 * 3_600_000)).toBe(false);
  });

  it('waits longer each time, never less than asked for and never more than five minutes of its own', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.option(fc.integer({ min: 0, max: 3_600_000 })),
        (attempt, random, asked) => {
          const delay = retryDelayMs(attempt, random, asked);
          expect(delay).toBeGreaterThanOrEqual(asked ?? 0);
          expect(delay).toBeLessThanOrEqual(Math.max(300_000, asked ?? 0));
          expect(delay).toBeGreaterThan(0);
        },
      ),
    );
    expect(retryDelayMs(6, 0, null)).toBeGreaterThan(retryDelayMs(2, 0.99, null));
  });
});
