import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';

/** Days of the week as RFC 5545 writes them. */
export type RuleDay = 'MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU';

/** The part of RFC 5545 that a schedule can have. */
export interface RecurrenceRule {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  /** Days of the week; `place` counts within the month ("first" 1, "last" -1), null in weekly rules. */
  readonly weekdays: readonly { readonly day: RuleDay; readonly place: number | null }[];
  /** 1 to 31, or -1 for the last day; null when the rule names none. */
  readonly monthDay: number | null;
}

/** A rule with what makes dates of it. */
export interface Recurrence {
  /** RFC 5545, without DTSTART and UNTIL. */
  readonly rule: string;
  /** The day from which the rule counts (DTSTART), ISO 8601. */
  readonly anchor: string;
  /** IANA time zone. */
  readonly timeZone: string;
  /** The first day on which it no longer applies, ISO 8601; null for none. */
  readonly until: string | null;
}

/** Which run of which schedule a request is. */
export interface ScheduledRun {
  /** The schedule's number. */
  readonly of: number;
  /** How often it repeats: an RFC 5545 recurrence rule. */
  readonly rule: string;
  /** When it was due, ISO 8601. */
  readonly dueAt: string;
  readonly timeZone: string;
  /** Set when it began noticeably after its time. */
  readonly late?: true;
  /** Further dates that passed meanwhile and have no run of their own. */
  readonly missed?: number;
}

/** When a run begins, in local time. */
const runTime = '06:00';

const longestInterval = 99;
const dayPart = /^(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/u;

/** Parses a rule; null for anything that a schedule cannot have, since a rule may come from outside. */
export function parseRule(text: string): RecurrenceRule | null {
  if (text.length > 100) return null;
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const [name = '', value = '', ...more] = part.split('=');
    if (more.length > 0 || parts.has(name)) return null;
    parts.set(name, value);
  }
  const { FREQ, INTERVAL = '1', BYDAY, BYMONTHDAY, ...others } = Object.fromEntries(parts);
  const frequency = (['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const).find((each) => each === FREQ);
  const interval = /^[1-9]\d?$/u.test(INTERVAL) ? Number(INTERVAL) : longestInterval + 1;
  if (frequency === undefined || interval > longestInterval || Object.keys(others).length > 0) return null;
  const weekdays = BYDAY === undefined ? [] : weekdaysIn(BYDAY, frequency);
  const monthDay = BYMONTHDAY === undefined ? null : monthDayIn(BYMONTHDAY, frequency);
  if (weekdays === null || monthDay === undefined || (weekdays.length > 0 && monthDay !== null)) return null;
  return { frequency, interval, weekdays, monthDay };
}

function weekdaysIn(text: string, frequency: RecurrenceRule['frequency']): RecurrenceRule['weekdays'] | null {
  const found = text.split(',').map((each) => dayPart.exec(each));
  const days = found.map((match) => ({
    day: (match?.[2] ?? '') as RuleDay,
    place: match?.[1] === undefined ? null : Number(match[1]),
  }));
  const isPlaced = frequency === 'MONTHLY';
  const fits = days.every(({ place }, index) => found[index] !== null && (place !== null) === isPlaced);
  return fits && (isPlaced || frequency === 'WEEKLY') ? days : null;
}

/** Undefined when a rule cannot have it. */
function monthDayIn(text: string, frequency: RecurrenceRule['frequency']): number | undefined {
  if (frequency !== 'MONTHLY' || !/^(?:-1|[1-9]\d?)$/u.test(text)) return undefined;
  return Number(text) <= 31 ? Number(text) : undefined;
}

/** True for the name of a time zone that this system knows. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The day from which a rule counts when it is set up now. A rule that names days counts from the first of them, so that
 * "every other Monday" begins with the coming one; every other rule counts from today. `from`, an ISO 8601 day, is the
 * first day on which it may run, if that is later.
 */
export function anchorOf(rule: string, timeZone: string, now: number, from: string | null = null): string {
  const today = localDay(now, timeZone).toString();
  const isAhead = from !== null && from > today;
  const anchor = isAhead ? from : today;
  const parsed = parseRule(rule);
  if (parsed === null || (parsed.weekdays.length === 0 && parsed.monthDay === null)) return anchor;
  const after = isAhead ? Temporal.PlainDate.from(from).toZonedDateTime(timeZone).epochMilliseconds - 1 : now;
  const first = nextDue({ rule: rule.replace(/;INTERVAL=\d+/u, ''), anchor, timeZone, until: null }, after);
  return first === null ? anchor : localDay(first, timeZone).toString();
}

/**
 * The first moment after `after` at which a run is due; null when there is none any more. The local time stays the same
 * over changes of the clock. A day that a month does not have is its last day there: RFC 5545 leaves such months out, but
 * whoever says "every month" expects one run in each.
 */
export function nextDue(recurrence: Recurrence, after: number): number | null {
  const { until, timeZone } = recurrence;
  const days = daysOf(recurrence);
  // Days have no time zone, so the library counts them in UTC; a moment before the day begins finds the day itself.
  let from = Date.parse(`${localDay(after, timeZone).toString()}T00:00:00Z`) - 1;
  for (;;) {
    const found = days.next(new Date(from));
    if (found === null) return null;
    const day = found.toPlainDate().toString();
    if (until !== null && day >= until) return null;
    const moment = momentOf(`${day}T${runTime}`, timeZone);
    if (moment > after) return moment;
    from = found.epochMilliseconds;
  }
}

/** The next `count` moments, fewer when it ends before. */
export function nextDues(recurrence: Recurrence, after: number, count: number): readonly number[] {
  const found: number[] = [];
  for (let last: number | null = nextDue(recurrence, after); last !== null && found.length < count; ) {
    found.push(last);
    last = nextDue(recurrence, last);
  }
  return found;
}

/** The rule for the library, with DTSTART as a day in UTC. */
function daysOf({ rule, anchor }: Recurrence): RRuleTemporal {
  const parsed = parseRule(rule);
  if (parsed === null) throw new RangeError('a schedule has a rule that it cannot have');
  const { frequency, interval, weekdays, monthDay } = parsed;
  const first = Temporal.PlainDate.from(anchor);
  const parts = [`FREQ=${frequency}`, `INTERVAL=${interval}`];
  if (weekdays.length > 0) parts.push(`BYDAY=${weekdays.map(({ day, place }) => `${place ?? ''}${day}`).join(',')}`);
  else if (frequency === 'MONTHLY') parts.push(...lastOf(monthDay ?? first.day));
  else if (frequency === 'YEARLY') parts.push(`BYMONTH=${first.month}`, ...lastOf(first.day, first.month));
  const start = anchor.replaceAll('-', '');
  return new RRuleTemporal({ rruleString: `DTSTART:${start}T000000Z\nRRULE:${parts.join(';')}` });
}

/** The days that a day of the month can become in a shorter month, of which the last one counts. */
function lastOf(day: number, month: number | null = null): readonly string[] {
  if (day <= 28 || (month !== null && month !== 2)) return [`BYMONTHDAY=${day}`];
  const days = Array.from({ length: day - 27 }, (_, index) => 28 + index);
  return [`BYMONTHDAY=${days.join(',')}`, 'BYSETPOS=-1'];
}

/** The local calendar day of a moment. */
export function localDay(moment: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone).toPlainDate();
}

/**
 * The moment of a local time. Where clocks show it twice it is the first; where they leave it out, the first minute
 * after the gap.
 */
export function momentOf(localTime: string, timeZone: string): number {
  const local = Temporal.PlainDateTime.from(localTime);
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(local)) return earlier.epochMilliseconds;
  return (earlier.getTimeZoneTransition('next') ?? earlier).epochMilliseconds;
}
