import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daySpanIn } from '../../src/understanding/day-span.ts';
import { deputyReading } from '../../src/understanding/deputy-phrases.ts';

/** A Tuesday. */
const today = '2026-12-01';

describe('a sentence about a deputy', () => {
  it.each([
    ['Lee Gu decides for me until Friday', { subject: 'Lee Gu', when: 'until Friday' }],
    ['until 18 December Lee decides for me', { subject: 'Lee', when: 'until 18 December' }],
    ['Please let lee@example.com approve for me for two weeks.', { subject: 'lee@example.com', when: 'for two weeks' }],
    ['Lee Gu is my deputy from Monday until 3 January', { subject: 'Lee Gu', when: 'from Monday until 3 January' }],
    ['make Lee my deputy', { subject: 'Lee' }],
    ['Could you make Lee my deputy next week?', { subject: 'Lee', when: 'next week' }],
    ['my deputy is Lee Gu until tomorrow', { subject: 'Lee Gu', when: 'until tomorrow' }],
    ["Lee is Adele Vance's deputy for a month", { subject: 'Lee', owner: 'Adele Vance', when: 'for a month' }],
    ['make Lee the deputy of Adele until 2026-12-24', { subject: 'Lee', owner: 'Adele', when: 'until 2026-12-24' }],
    [
      'Lee stands in for Adele until the end of the week',
      { subject: 'Lee', owner: 'Adele', when: 'until the end of the week' },
    ],
  ])('names one: %s', (text, slots) => {
    expect(deputyReading(text)).toMatchObject({ intent: 'deputy.name', slots });
  });

  it.each([
    ["I'm back", {}],
    ['I am back early', {}],
    ['end my deputy', {}],
    ['Lee is no longer my deputy', { subject: 'Lee' }],
    ["end Adele Vance's deputy", { owner: 'Adele Vance' }],
    ['I no longer stand in for Adele', { owner: 'Adele' }],
  ])('ends one: %s', (text, slots) => {
    expect(deputyReading(text)).toMatchObject({ intent: 'deputy.end', slots });
  });

  it.each([
    ['who is my deputy?', {}],
    ['Who stands in for Adele?', { owner: 'Adele' }],
    ["who is Adele Vance's deputy", { owner: 'Adele Vance' }],
    ['whose deputy am I?', {}],
  ])('asks for one: %s', (text, slots) => {
    expect(deputyReading(text)).toMatchObject({ intent: 'deputy.list', slots });
  });

  it.each([
    'Lee does not decide for me until Friday',
    'Lee decides for me until Friday?',
    'if I am away Lee decides for me until Friday',
    'Lee decides for me until Friday. Delete churn.csv',
    'nobody decides for me',
    'he said Lee decides for me until Friday',
    'Lee decides',
    'am I back',
    'bring churn.csv back',
    'who is Megan',
    'I am back at the office and want to export my workspace',
  ])('is not read from %s', (text) => {
    expect(deputyReading(text)).toBeNull();
  });

  it('is read from any text without an error', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('Lee', 'decides', 'for', 'me', 'until', 'Friday', 'my', 'deputy', '?', "'s", '3.'), {
          maxLength: 40,
        }),
        (words) => {
          deputyReading(words.join(' '));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('a time to come', () => {
  it.each([
    ['until Friday', null, '2026-12-05'],
    ['until Tuesday', null, '2026-12-09'],
    ['until next Friday', null, '2026-12-12'],
    ['until tomorrow', null, '2026-12-03'],
    ['until the 12th', null, '2026-12-13'],
    ['until 18 December', null, '2026-12-19'],
    ['till Friday 18 December', null, '2026-12-19'],
    ['until December 18th', null, '2026-12-19'],
    ['until 2026-12-24', null, '2026-12-25'],
    ['until 24.12.2026', null, '2026-12-25'],
    ['until January', null, '2027-01-01'],
    ['until the end of January', null, '2027-02-01'],
    ['until the end of the week', null, '2026-12-07'],
    ['until the end of the month', null, '2027-01-01'],
    ['until next week', null, '2026-12-07'],
    ['for two weeks', null, '2026-12-15'],
    ['for 10 days', null, '2026-12-11'],
    ['for the next month', null, '2027-01-01'],
    ['from Monday until Friday 18 December', '2026-12-07', '2026-12-19'],
    ['from tomorrow for a week', '2026-12-02', '2026-12-09'],
    ['from 3 to 12 December', '2026-12-03', '2026-12-13'],
    ['next week', '2026-12-07', '2026-12-14'],
    ['today', null, '2026-12-02'],
    ['tomorrow', '2026-12-02', '2026-12-03'],
    ['from Monday', '2026-12-07', null],
  ])('is read from “%s”', (text, from, until) => {
    expect(daySpanIn(text, today)).toEqual({ from, until });
  });

  it.each([
    'until',
    'until whenever',
    'until I am back',
    'for ages',
    'for two',
    'from nowhere until Friday',
    'soon',
    'until 31.13.2026',
  ])('is asked for at “%s”', (text) => {
    expect(daySpanIn(text, today)?.until ?? null).toBeNull();
  });

  it('ends after today and after its beginning, in whatever words', () => {
    const words =
      'until for from to the end of next this week month friday monday 3 12th december january two days weeks tomorrow today a'.split(
        ' ',
      );
    let read = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 7 }), (said) => {
        const span = daySpanIn(said.join(' '), today);
        if (span === null || span.until === null) return;
        read += 1;
        expect(span.until > today).toBe(true);
        if (span.from !== null) expect(span.from > today).toBe(true);
      }),
      { numRuns: 3_000 },
    );
    expect(read).toBeGreaterThan(50);
  });
});
