import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountWords,
  countWords,
  dayWords,
  durationWords,
  listWords,
  momentWords,
  plainMomentWords,
  sizeWords,
} from '../../src/teams/cards/words.ts';

describe('a size', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1023, '1023 bytes'],
    [1024, '1 KB'],
    [48_213, '47 KB'],
    [1_047_000, '1 MB'],
    [4_404_019, '4.2 MB'],
    [1_073_741_824, '1 GB'],
    [2_411_724_800, '2.2 GB'],
    [Number.MAX_SAFE_INTEGER, '8 PB'],
  ])('of %d bytes is %s', (bytes, words) => {
    expect(sizeWords(bytes)).toBe(words);
  });

  it('has three digits at most from 1 KB on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1024, max: 2 ** 50 - 2 ** 41 }), (bytes) => {
        expect(sizeWords(bytes)).toMatch(/^(\d{1,3}|\d\.\d) [KMGTP]B$/u);
      }),
    );
  });
});

describe('a number of things', () => {
  it('is in the singular for one', () => {
    expect([countWords(1, 'dataset'), countWords(0, 'dataset'), countWords(1), countWords(1204)]).toEqual([
      '1 dataset',
      '0 datasets',
      '1 asset',
      '1,204 assets',
    ]);
  });
});

describe('a moment', () => {
  const moment = new Date('2026-11-25T21:40:05.678Z');

  it('is left to the reader’s own clock, in the form that cards prescribe', () => {
    expect(momentWords(moment)).toBe('{{DATE(2026-11-25T21:40:05Z, SHORT)}} {{TIME(2026-11-25T21:40:05Z)}}');
  });

  it('names its time zone where no client converts it', () => {
    expect(plainMomentWords(moment)).toBe('25 Nov 2026, 21:40 UTC');
  });

  it('is a day without a weekday when it is long ago', () => {
    expect(dayWords(new Date('2019-06-05T08:40:00Z'))).toBe('5 Jun 2019');
  });
});

describe('a length of time', () => {
  it.each([
    [30_000, 'less than a minute'],
    [60_000, '1 minute'],
    [3_600_000, '1 hour'],
    [3_900_000, '1 hour 5 minutes'],
    [24 * 3_600_000, '24 hours'],
    [7 * 24 * 3_600_000, '7 days'],
  ])('of %d ms is %s', (milliseconds, words) => {
    expect(durationWords(milliseconds)).toBe(words);
  });
});

describe('an account type', () => {
  it('shows the service’s own word only where it says more', () => {
    expect(accountWords('standard', 'PaidPremium')).toBe('Standard account (PaidPremium)');
    expect(accountWords('guest', 'Anonymous')).toBe('Guest account');
  });
});

describe('a list', () => {
  it('reads like a sentence', () => {
    expect([listWords([]), listWords(['a']), listWords(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
  });
});
