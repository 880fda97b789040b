import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actions } from '../../src/domain/actions.ts';
import { begin, decide, type Lifecycle } from '../../src/domain/lifecycle.ts';
import { anchorOf, momentOf, nextDue, nextDues, parseRule, type Recurrence } from '../../src/domain/recurrence-rule.ts';
import type { Ask } from '../../src/domain/request.ts';
import { decideSchedule, mayRepeat, type ScheduleEvent, type ScheduleLifecycle } from '../../src/domain/schedule.ts';
import { termsWith } from '../harness/policies.ts';

const hour = 3_600_000;
const day = 24 * hour;
const alex = { tenantId: 'tenant', objectId: 'alex' };
const megan = { tenantId: 'tenant', objectId: 'megan' };

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia', 'UTC'];

/** A rule that is set up at this moment. */
function setUp(rule: string, at: string, timeZone = 'Europe/Berlin', until: string | null = null): Recurrence {
  return { rule, timeZone, until, anchor: anchorOf(rule, timeZone, Date.parse(at)) };
}

/** The next dates in UTC, to the minute. */
function dates(recurrence: Recurrence, after: string, count: number): string[] {
  return nextDues(recurrence, Date.parse(after), count).map((moment) => new Date(moment).toISOString().slice(0, 16));
}

function locally(moment: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(moment);
}

describe('the dates of a rule', () => {
  it('begin with the first that is not before the day from which they count', () => {
    const rules = [
      'FREQ=DAILY',
      'FREQ=MONTHLY;INTERVAL=3',
      'FREQ=MONTHLY;BYDAY=1MO',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR',
    ];
    const asked = Date.parse('2026-11-24T12:00Z');
    fc.assert(
      fc.property(
        fc.constantFrom(...rules),
        fc.constantFrom(...zones),
        fc.integer({ min: 1, max: 900 }),
        (rule, timeZone, ahead) => {
          const from = new Date(asked + ahead * day).toISOString().slice(0, 10);
          const recurrence = { rule, timeZone, until: null, anchor: anchorOf(rule, timeZone, asked, from) };
          const first = nextDue(recurrence, asked);
          expect(first).not.toBeNull();
          expect(locally(first ?? 0, timeZone).slice(0, 10) >= from).toBe(true);
          if (rule === 'FREQ=MONTHLY;INTERVAL=3') expect(locally(first ?? 0, timeZone).slice(0, 10)).toBe(from);
        },
      ),
    );
  });

  it.each([
    // The last day of a month, where others have it; leap years too.
    ['FREQ=MONTHLY;BYMONTHDAY=31', '2026-11-30T01:00Z', ['2026-11-30', '2026-12-31', '2027-01-31', '2027-02-28']],
    ['FREQ=MONTHLY;BYMONTHDAY=30', '2028-01-30T01:00Z', ['2028-01-30', '2028-02-29', '2028-03-30', '2028-04-30']],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '2026-01-31T01:00Z', ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']],
    ['FREQ=MONTHLY', '2027-12-31T12:00Z', ['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31']],
    ['FREQ=MONTHLY;INTERVAL=3', '2026-11-24T12:00Z', ['2026-11-24', '2027-02-24', '2027-05-24', '2027-08-24']],
    ['FREQ=YEARLY', '2028-02-29T12:00Z', ['2028-02-29', '2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29']],
    ['FREQ=MONTHLY;BYDAY=1MO', '2026-11-24T12:00Z', ['2026-12-07', '2027-01-04', '2027-02-01']],
    ['FREQ=MONTHLY;BYDAY=-1FR', '2026-11-24T12:00Z', ['2026-11-27', '2026-12-25', '2027-01-29']],
    // "Every other Monday", said on a Tuesday, begins with the coming Monday.
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', '2026-11-24T12:00Z', ['2026-11-30', '2026-12-14', '2026-12-28']],
    ['FREQ=WEEKLY;BYDAY=MO,TH', '2026-11-24T12:00Z', ['2026-11-26', '2026-11-30', '2026-12-03']],
    ['FREQ=WEEKLY', '2026-11-24T12:00Z', ['2026-11-24', '2026-12-01', '2026-12-08']],
    ['FREQ=DAILY', '2028-02-28T12:00Z', ['2028-02-28', '2028-02-29', '2028-03-01']],
  ])('of %s, set up at %s', (rule, at, days) => {
    const from = `${at.slice(0, 10)}T00:00Z`;
    expect(dates(setUp(rule, at), from, days.length).map((each) => each.slice(0, 10))).toEqual(days);
  });

  it('keep the local time when the clock changes', () => {
    expect(dates(setUp('FREQ=DAILY', '2026-03-27T12:00Z'), '2026-03-27T12:00Z', 3)).toEqual([
      '2026-03-28T05:00',
      '2026-03-29T04:00',
      '2026-03-30T04:00',
    ]);
    expect(dates(setUp('FREQ=MONTHLY', '2026-10-15T12:00Z', 'America/New_York'), '2026-10-15T12:00Z', 2)).toEqual([
      '2026-11-15T11:00',
      '2026-12-15T11:00',
    ]);
    // Lord Howe moves its clock by half an hour.
    expect(dates(setUp('FREQ=DAILY', '2026-10-02T12:00Z', 'Australia/Lord_Howe'), '2026-10-02T12:00Z', 3)).toEqual([
      '2026-10-02T19:30',
      '2026-10-03T19:00',
      '2026-10-04T19:00',
    ]);
    // Apia left out the 30th: what was due then comes when the 31st begins.
    expect(dates(setUp('FREQ=DAILY', '2011-12-28T12:00Z', 'Pacific/Apia'), '2011-12-28T17:00Z', 3)).toEqual([
      '2011-12-29T16:00',
      '2011-12-30T10:00',
      '2011-12-30T16:00',
    ]);
  });

  it('take the first minute after a gap of the clock, and the first of two equal times', () => {
    expect(new Date(momentOf('2026-03-29T02:30', 'Europe/Berlin')).toISOString()).toBe('2026-03-29T01:00:00.000Z');
    expect(new Date(momentOf('2026-10-25T02:30', 'Europe/Berlin')).toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(new Date(momentOf('2026-10-04T02:10', 'Australia/Lord_Howe')).toISOString()).toBe(
      '2026-10-03T15:30:00.000Z',
    );
  });

  it('end before the day until which it repeats', () => {
    const weekly = setUp('FREQ=WEEKLY', '2026-11-24T12:00Z', 'UTC', '2026-12-15');
    expect(dates(weekly, '2026-11-24T12:00Z', 9)).toEqual(['2026-12-01T06:00', '2026-12-08T06:00']);
    expect(nextDue(weekly, Date.parse('2026-12-08T06:00Z'))).toBeNull();
  });

  it.each([
    '',
    'FREQ=SECONDLY',
    'FREQ=DAILY;COUNT=3',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;INTERVAL=100',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=MONTHLY;BYDAY=MO',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=1MO',
    'FREQ=WEEKLY;BYMONTHDAY=1',
    'FREQ=DAILY;FREQ=WEEKLY',
    'FREQ=DAILY\nRRULE:FREQ=SECONDLY',
    `FREQ=WEEKLY;BYDAY=${'MO,'.repeat(100)}MO`,
  ])('of %j do not exist', (rule) => {
    expect(parseRule(rule)).toBeNull();
  });
});

const rules = fc.oneof(
  fc
    .record({ freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'), n: fc.integer({ min: 1, max: 4 }) })
    .map(({ freq, n }) => `FREQ=${freq};INTERVAL=${n}`),
  fc.integer({ min: 1, max: 31 }).map((date) => `FREQ=MONTHLY;BYMONTHDAY=${date}`),
  fc.constantFrom('FREQ=MONTHLY;BYMONTHDAY=-1', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU'),
  fc
    .record({ place: fc.constantFrom(1, 2, 3, 4, -1), of: fc.constantFrom('MO', 'WE', 'SU') })
    .map(({ place, of }) => `FREQ=MONTHLY;BYDAY=${place}${of}`),
);
const moments = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2040-01-01') });
const recurrences = fc
  .record({
    rule: rules,
    at: moments,
    timeZone: fc.constantFrom(...zones),
    length: fc.option(fc.integer({ min: 0, max: 900 })),
  })
  .map(({ rule, at, timeZone, length }) => ({
    at,
    recurrence: {
      rule,
      timeZone,
      anchor: anchorOf(rule, timeZone, at),
      until: length === null ? null : new Date(at + length * day).toISOString().slice(0, 10),
    },
  }));

describe('any rule', () => {
  it('has dates in the future only, each after the one before, at six o’clock, none from its end on', () => {
    fc.assert(
      fc.property(recurrences, ({ recurrence, at }) => {
        let last = at;
        for (const moment of nextDues(recurrence, at, 5)) {
          expect(moment).toBeGreaterThan(last);
          const [localDay, localTime] = locally(moment, recurrence.timeZone).split(' ');
          expect(localTime).toBe('06:00');
          if (recurrence.until !== null) expect(localDay).toSatisfy((each: string) => each < `${recurrence.until}`);
          last = moment;
        }
      }),
    );
  });

  it('that repeats by months leaves out no month', () => {
    const monthly = fc.integer({ min: 1, max: 31 }).map((date) => `FREQ=MONTHLY;BYMONTHDAY=${date}`);
    fc.assert(
      fc.property(monthly, moments, fc.constantFrom(...zones), (rule, at, timeZone) => {
        const months = nextDues({ rule, timeZone, until: null, anchor: anchorOf(rule, timeZone, at) }, at, 14).map(
          (each) => Number(locally(each, timeZone).slice(0, 4)) * 12 + Number(locally(each, timeZone).slice(5, 7)),
        );
        months.forEach((month, index) => {
          expect(month).toBe((months[0] ?? 0) + index);
        });
      }),
      { numRuns: 40 },
    );
  });
});

const waiting: ScheduleLifecycle = {
  ...setUp('FREQ=MONTHLY;BYMONTHDAY=31', '2026-11-24T12:00Z'),
  state: 'awaiting-confirmation',
  version: 1,
  owner: alex,
  nextDueAt: null,
  expiresAt: Date.parse('2026-11-25T12:00Z'),
  skippedFor: null,
  end: null,
};

function accepted(now: ScheduleLifecycle, event: ScheduleEvent) {
  const decision = decideSchedule(now, event);
  if (!decision.accepted) throw new Error(`refused: ${decision.refusal}`);
  return decision;
}

const at = (text: string): number => Date.parse(text);
const active = accepted(waiting, { type: 'confirmed', by: alex, version: 1, at: at('2026-11-24T13:00Z') }).next;

describe('a schedule', () => {
  it('begins with the press of the person who asked, on the card they saw, while it is valid', () => {
    expect(active).toMatchObject({ state: 'active', nextDueAt: at('2026-11-30T05:00Z'), version: 2 });
    const press = { type: 'confirmed', by: alex, version: 1, at: at('2026-11-24T13:00Z') } as const;
    expect(decideSchedule(waiting, { ...press, by: megan })).toMatchObject({ refusal: 'not-yours' });
    expect(decideSchedule(waiting, { ...press, version: 2 })).toMatchObject({ refusal: 'outdated-card' });
    expect(decideSchedule(active, { ...press, version: 2 })).toMatchObject({ refusal: 'already-confirmed' });
    const late = accepted(waiting, { ...press, at: at('2026-11-25T12:00Z') });
    expect(late.next).toMatchObject({ state: 'ended', end: 'expired' });
  });

  it('runs once for a date, and not before it', () => {
    const due = { type: 'due', at: at('2026-11-30T05:00Z'), unfinished: null } as const;
    expect(decideSchedule(active, { ...due, at: due.at - 1 })).toMatchObject({ refusal: 'not-due' });
    const { next, run } = accepted(active, due);
    expect(run).toEqual({ kind: 'run', dueAt: due.at, late: false, missed: 0 });
    expect(next.nextDueAt).toBe(at('2026-12-31T05:00Z'));
    expect(decideSchedule(next, due)).toMatchObject({ refusal: 'not-due' });
  });

  it('runs once, late, for all the dates that passed without a worker', () => {
    const { next, run } = accepted(active, { type: 'due', at: at('2027-02-10T09:00Z'), unfinished: null });
    expect(run).toEqual({ kind: 'run', dueAt: at('2026-11-30T05:00Z'), late: true, missed: 2 });
    expect(next.nextDueAt).toBe(at('2027-02-28T05:00Z'));
  });

  it('leaves out what would overlap, and says so once for the same unfinished run', () => {
    const first = accepted(active, { type: 'due', at: at('2026-11-30T05:00Z'), unfinished: 7 });
    expect(first.run?.kind).toBe('skip');
    const second = accepted(first.next, { type: 'due', at: at('2026-12-31T05:00Z'), unfinished: 7 });
    expect(second.run?.kind).toBe('skip-unsaid');
    const third = accepted(second.next, { type: 'due', at: at('2027-01-31T05:00Z'), unfinished: 8 });
    expect(third.run?.kind).toBe('skip');
    const fourth = accepted(third.next, { type: 'due', at: at('2027-02-28T05:00Z'), unfinished: null });
    expect(fourth.run?.kind).toBe('run');
  });

  it('ends with its last date, a late one after its end included', () => {
    const short = { ...active, until: '2026-12-31' };
    const { next, run } = accepted(short, { type: 'due', at: at('2027-03-01T00:00Z'), unfinished: null });
    expect(run).toMatchObject({ kind: 'run', late: true, missed: 0 });
    expect(next).toMatchObject({ state: 'ended', end: 'until-reached', nextDueAt: null });
  });

  it.each([
    ['not-a-member', 'right-lost'],
    ['no-longer-allowed', 'right-lost'],
    ['unknown-asset', 'nothing-left'],
  ] as const)('ends when a run is refused as %s', (refusal, end) => {
    expect(accepted(active, { type: 'run-ended', refusal }).next).toMatchObject({ state: 'ended', end });
  });

  it('goes on after a run that failed for another reason', () => {
    for (const refusal of [null, 'service-down', 'storage-unavailable', 'gave-up'] as const) {
      expect(decideSchedule(active, { type: 'run-ended', refusal }).accepted).toBe(false);
    }
  });

  it('ends when its person stops it, from an older card too, and when they leave; nobody else ends it', () => {
    expect(accepted(active, { type: 'stopped', by: alex, version: 1 }).next).toMatchObject({ end: 'stopped' });
    expect(accepted(active, { type: 'stopped', by: alex, version: null }).next).toMatchObject({ end: 'stopped' });
    expect(decideSchedule(active, { type: 'stopped', by: megan, version: 2 })).toMatchObject({ refusal: 'not-yours' });
    expect(decideSchedule(active, { type: 'stopped', by: alex, version: 9 })).toMatchObject({
      refusal: 'outdated-card',
    });
    expect(accepted(active, { type: 'left' }).next).toMatchObject({ state: 'ended', end: 'left' });
  });

  it('never runs twice for a date, keeps its next one in the future, and changes nothing once it has ended', () => {
    const event: fc.Arbitrary<ScheduleEvent & { readonly wait: number }> = fc
      .oneof(
        {
          weight: 6,
          arbitrary: fc.record({ type: fc.constant('due' as const), wait: fc.integer({ min: 0, max: 90 }) }),
        },
        fc.record({ type: fc.constant('run-ended' as const), wait: fc.constant(0) }),
        fc.record({ type: fc.constant('stopped' as const), wait: fc.constant(0) }),
      )
      .map(({ type, wait }) => {
        if (type === 'due') return { type, wait, at: 0, unfinished: null };
        return type === 'stopped' ? { type, wait, by: megan, version: null } : { type, wait, refusal: null };
      });
    fc.assert(
      fc.property(recurrences, fc.array(event, { maxLength: 12 }), ({ recurrence, at: start }, events) => {
        let now: ScheduleLifecycle = { ...waiting, ...recurrence, expiresAt: start + day };
        now = accepted(now, { type: 'confirmed', by: alex, version: 1, at: start }).next;
        let clock = start;
        const ran: number[] = [];
        for (const { wait, ...each } of events) {
          clock += wait * day;
          const decision = decideSchedule(now, each.type === 'due' ? { ...each, at: clock } : each);
          if (now.state === 'ended') expect(decision.accepted).toBe(false);
          if (!decision.accepted) continue;
          now = decision.next;
          if (decision.run !== null) ran.push(decision.run.dueAt);
          if (now.state === 'active') expect(now.nextDueAt).toBeGreaterThan(clock);
          else expect(now.nextDueAt).toBeNull();
        }
        expect(new Set(ran).size).toBe(ran.length);
        expect(ran).toEqual(ran.toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('what repeats', () => {
  it('is an export and nothing else', () => {
    const repeatable = actions.filter((action) =>
      mayRepeat({ action, target: 'workspace', data: 'all', mentions: [] } as unknown as Ask),
    );
    expect(repeatable).toEqual(['export']);
  });

  it('is confirmed ahead, but never as a deletion and never without a needed approval', () => {
    const requester = { ...alex, userPrincipalName: null, mail: null };
    for (const action of actions) {
      for (const approvalsNeeded of [2, 0]) {
        const now: Lifecycle = { ...begin(action, requester).next, confirmedAhead: true };
        const decision = decide(now, { type: 'previewed', version: 1, terms: termsWith(approvalsNeeded) });
        expect(decision).toMatchObject({
          accepted: true,
          next: { state: action === 'export' && approvalsNeeded === 0 ? 'scheduled' : 'awaiting-confirmation' },
        });
      }
    }
  });
});
