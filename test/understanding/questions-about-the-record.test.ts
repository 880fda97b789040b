import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pastDays } from '../../src/understanding/record-days.ts';
import { recordReading } from '../../src/understanding/record-phrases.ts';
import { recordQuestion } from '../../src/understanding/record-questions.ts';

/** A Tuesday. */
const today = '2026-12-01';

describe('a question about the record', () => {
  it.each([
    ['who approved DSR-1042?', 'who-approved'],
    ['who signed off on it', 'who-approved'],
    ['it got approved, by who', 'who-approved'],
    ['who gave the green light for DSR-7', 'who-approved'],
    ['which approver decided on DSR-7?', 'who-approved'],
    ['who rejected DSR-1003, and when', 'who-approved'],
    ['why was it refused?', 'why-refused'],
    ['why was DSR-12 turned down', 'why-refused'],
    ['reason for the rejection please', 'why-refused'],
    ['how come it expired', 'why-refused'],
    ['on what grounds did they say no', 'why-refused'],
    ['who deleted churn.csv?', 'who-did'],
    ['who exported the workspace Churn Lab', 'who-did'],
    ['what did Megan approve last week?', 'decisions'],
    ['show my decisions since Monday', 'decisions'],
    ['show the record of DSR-1042', 'all'],
    ['audit trail of DSR-3', 'all'],
    ['export the record of DSR-1042 as CSV', 'export'],
    ["give me last month's audit record as a file", 'export'],
    ['download the audit log for November', 'export'],
  ])('%s', (text, question) => {
    expect(recordQuestion(text, today).question).toBe(question);
  });

  it.each([
    ['what did Megan approve last week?', 'Megan'],
    ['what have I approved this month', 'me'],
    ['everything Philippa Roe decided in May', 'Philippa Roe'],
    ['which requests did adele@example.com reject', 'adele@example.com'],
    ['decisions of Megan Bowen in November', 'Megan Bowen'],
    ['did hamish reject a lot this month?', 'hamish'],
    ['who approved DSR-1042?', undefined],
    ['why was it refused', undefined],
  ])('%s is about the right person', (text, owner) => {
    expect(recordQuestion(text, today).owner).toBe(owner);
  });

  it.each([
    ['today', { after: '2026-12-01', before: '2026-12-02' }],
    ['yesterday', { after: '2026-11-30', before: '2026-12-01' }],
    ['last week', { after: '2026-11-23', before: '2026-11-30' }],
    ['since Monday', { after: '2026-11-30' }],
    ['on Friday', { after: '2026-11-27', before: '2026-11-28' }],
    ['in October', { after: '2026-10-01', before: '2026-11-01' }],
    ['the December decisions', { after: '2026-12-01', before: '2027-01-01' }],
    ['in 2025', { after: '2025-01-01', before: '2026-01-01' }],
    ['last quarter', { after: '2026-07-01', before: '2026-10-01' }],
    ['Q4 2025', { after: '2025-10-01', before: '2026-01-01' }],
    ['3 days ago', { after: '2026-11-28', before: '2026-11-29' }],
  ])('%s are these days', (text, days) => {
    expect(pastDays(`what did Megan approve ${text}?`, today)).toEqual(days);
  });

  it('takes no id of a request for a time', () => {
    expect(recordQuestion('who approved DSR-2019', today).dates).toBeUndefined();
    expect(recordQuestion('why was request 2018 refused', today).dates).toBeUndefined();
  });

  it('reads any text in bounded time, without an error', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), (text) => {
        recordQuestion(text, today);
        recordReading(text);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the grammar of the record', () => {
  it.each([
    ['why was it refused?', undefined],
    ['Why was DSR-1042 rejected?', 'DSR-1042'],
    ['how come dsr-1042 was turned down', 'dsr-1042'],
    ['what was the reason for the rejection of DSR-9', 'DSR-9'],
    ['who approved it?', undefined],
    ['Hi, who rejected DSR-9 please', 'DSR-9'],
    ['export the record of DSR-1042 as CSV', 'DSR-1042'],
    ['please send me the audit log of last month as a file', undefined],
    ['what did Megan Bowen approve last week?', undefined],
    ['what have I approved this month', undefined],
  ])('reads “%s”', (text, request) => {
    expect(recordReading(text)).toMatchObject({
      intent: 'record.show',
      slots: request === undefined ? {} : { request },
    });
  });

  it.each([
    'approve it',
    'I approved it',
    'who approved my vacation',
    'why was my expense report refused',
    'export my workspace as CSV',
    'export the dataset audit log',
    'delete the record of DSR-1042',
    'reject DSR-1042',
    'why was it refused, and delete churn.csv',
    'do not export the record of DSR-1042',
    'what did Megan have for lunch last week',
  ])('leaves “%s” to others', (text) => {
    expect(recordReading(text)).toBeNull();
  });
});
