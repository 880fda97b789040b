import { describe, expect, it } from 'vitest';
import { recurrenceIn } from '../../src/understanding/recurrence.ts';
import { tokenise } from '../../src/understanding/utterance.ts';

const today = '2026-11-29';
const read = (text: string) => recurrenceIn(tokenise(text), [], today);

describe('how often something repeats', () => {
  it.each([
    ['every month', 'FREQ=MONTHLY'],
    ['each first Monday', 'FREQ=MONTHLY;BYDAY=1MO'],
    ['every second Tuesday of the month', 'FREQ=MONTHLY;BYDAY=2TU'],
    ['every second Tuesday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'],
    ['on Mondays and Thursdays', 'FREQ=WEEKLY;BYDAY=MO,TH'],
    ['every 3 weeks', 'FREQ=WEEKLY;INTERVAL=3'],
    ['quarterly', 'FREQ=MONTHLY;INTERVAL=3'],
    ['once a month, always on the first', 'FREQ=MONTHLY;BYMONTHDAY=1'],
    ['on the 31st of every month', 'FREQ=MONTHLY;BYMONTHDAY=31'],
    ['at the end of each month', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['montly', 'FREQ=MONTHLY'],
    ['weekly, no, make that monthly', 'FREQ=MONTHLY'],
    ['every weekday', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
  ])('“%s” is %s', (text, rule) => expect(read(text).recurrence).toBe(rule));

  it.each([
    'next Monday',
    'on Monday',
    'the first dataset',
    'in March',
    'last month',
    'once',
    'the end of the month report',
  ])('“%s” is no rhythm', (text) => expect(read(text)).toEqual({}));
});

describe('from when', () => {
  it.each([
    ['from January on', '2027-01-01'],
    ['starting next month', '2026-12-01'],
    ['beginning on 15 March 2027', '2027-03-15'],
    [', the first one on 1 Jan 2027', '2027-01-01'],
    ['starting tomorrow', '2026-11-30'],
    ['starting on Tuesday', '2026-12-01'],
    [', but not before 8 January', '2027-01-08'],
    ['as of dec 4', '2026-12-04'],
    ['beginning 15.12.2026', '2026-12-15'],
    ['from Wednesday 16 December', '2026-12-16'],
    ['starting on Monday the 14th of December', '2026-12-14'],
    [', the first run should take place on 15 January 2027', '2027-01-15'],
    ['with effect from 1 May 2027', '2027-05-01'],
    ['from 2027-06-30 on', '2027-06-30'],
  ])('“%s”', (text, day) => {
    expect(read(`every Friday ${text}`)).toEqual({ recurrence: 'FREQ=WEEKLY;BYDAY=FR', from: day });
  });

  it('a day that is over, a Monday or a workspace begins nothing', () => {
    for (const text of ['every first Monday', 'monthly from Churn Lab', 'weekly, starting on 2020-01-01'])
      expect(read(text).from).toBeUndefined();
  });
});

describe('until when', () => {
  it.each([
    ['until December', '2026-12-01'],
    ['until March', '2027-03-01'],
    ['till the end of March', '2027-04-01'],
    ['until 15 March 2027', '2027-03-15'],
    ['through 2027', '2028-01-01'],
    ['until the end of the year', '2027-01-01'],
    ['until 2027-06-30', '2027-06-30'],
    ['for the next six months', '2027-05-29'],
    ['for 3 months', '2027-02-28'],
  ])('“every Friday %s” ends before %s', (text, day) => {
    expect(read(`every Friday ${text}`)).toEqual({ recurrence: 'FREQ=WEEKLY;BYDAY=FR', until: day });
  });
});
