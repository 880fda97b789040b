import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDestructive } from '../../src/understanding/intents.ts';
import { read } from '../../src/understanding/read.ts';

// A Wednesday.
const today = '2026-11-25';

function datesOf(text: string, day = today) {
  const { intent, slots } = read(text, undefined, day);
  return { intent, dates: slots.dates };
}

describe('a date that counts from today', () => {
  it.each([
    ['delete everything older than 3 months', { before: '2026-08-25' }],
    ['delete all datasets older than two years', { before: '2024-11-25' }],
    ['delete datasets older than half a year except churn.csv', { before: '2026-05-25' }],
    ['remove all models that are more than a year old', { before: '2025-11-25' }],
    ['delete all experiments created more than 18 months ago', { before: '2025-05-25' }],
    ['delete everything older than 10 days from workspace "Churn Lab"', { before: '2026-11-15' }],
    ['please remove all datasets newer than a week', { after: '2026-11-19' }],
    ['delete all datasets less than 2 days old', { after: '2026-11-24' }],
    ['delete everything from the last 2 weeks', { after: '2026-11-11' }],
    ['remove all my experiments from last year', { after: '2025-01-01', before: '2026-01-01' }],
    ['delete all datasets from last month', { after: '2026-10-01', before: '2026-11-01' }],
    ['delete all datasets from last week', { after: '2026-11-16', before: '2026-11-23' }],
    ['delete all datasets from this year', { after: '2026-01-01', before: '2027-01-01' }],
    ['delete all my datasets from before last year', { before: '2025-01-01' }],
    ['delete all datasets created since last month', { after: '2026-10-01' }],
    ['delete all datasets older than 2019', { before: '2019-01-01' }],
  ])('%s', (text, dates) => {
    expect(datesOf(text)).toEqual({ intent: 'delete.assets', dates });
  });

  it('is a month’s last day where the month is too short', () => {
    const text = 'delete everything older than a month';
    expect(datesOf(text, '2026-03-31').dates).toEqual({ before: '2026-02-28' });
    expect(datesOf(text, '2028-03-31').dates).toEqual({ before: '2028-02-29' });
    expect(datesOf(text, '2027-01-31').dates).toEqual({ before: '2026-12-31' });
  });

  it('is a day of the calendar in the past, whatever the day and the span', () => {
    const day = fc
      .date({ min: new Date('2015-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const unit = fc.constantFrom('days', 'weeks', 'months', 'years');
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 400 }), unit, (now, count, units) => {
        const before = datesOf(`delete all datasets older than ${count} ${units}`, now).dates?.before ?? '';
        expect(before < now).toBe(true);
        expect(new Date(`${before}T00:00:00Z`).toISOString().slice(0, 10)).toBe(before);
      }),
    );
  });

  it.each([
    'delete everything older than 0 days',
    'delete everything before last Christmas',
    'delete everything older than 3',
    'delete all my datasets in 3 months',
    'delete all my datasets last year',
    'delete all my datasets next year',
    'delete all datasets from last week’s project',
    'delete datasets older than a month tomorrow',
    'should we delete everything older than 3 months?',
    'do not delete everything older than 3 months',
    'we used to delete everything older than 3 months',
    'I deleted everything older than 3 months last week',
    'Megan says delete all datasets from last year',
    'delete all datasets from last year, no wait',
  ])('makes no command of: %s', (text) => {
    expect(isDestructive(read(text, undefined, today).intent)).toBe(false);
  });

  it('makes no command of any trap', () => {
    const traps = readFileSync(new URL('fixtures/traps.txt', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    expect(traps.filter((text) => isDestructive(read(text, undefined, today).intent))).toEqual([]);
  });

  it('is not guessed when nobody tells which day it is', () => {
    expect(read('delete everything older than 3 months').intent).toBe('none');
  });
});
