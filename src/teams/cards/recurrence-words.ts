import { parseRule, type RecurrenceRule, type RuleDay } from '../../domain/recurrence-rule.ts';
import { capitalised, listWords } from './words.ts';

const dayNames: Readonly<Record<RuleDay, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};
const units = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const;
const places = ['last', '', 'first', 'second', 'third', 'fourth', 'fifth'] as const;

/**
 * How often a rule repeats: "every first Monday of the month", "every 3 months, on the 15th". With the day from which it
 * counts it also names the day that such a rule leaves open.
 */
export function everyWords(rule: string, anchor: string | null = null): string {
  const parsed = parseRule(rule);
  if (parsed === null) return 'again and again';
  const { interval, frequency, weekdays } = parsed;
  const unit = units[frequency];
  const every = interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`;
  if (weekdays.length > 0) return weekdayWords(parsed, every);
  const day = parsed.monthDay ?? (anchor === null ? null : Number(anchor.slice(8)));
  if (frequency === 'MONTHLY' && day !== null) return monthDayWords(day, interval, every);
  if (anchor === null || frequency === 'DAILY') return every;
  return `${every}, on ${spelled(anchor, frequency === 'WEEKLY' ? { weekday: 'long' } : { day: 'numeric', month: 'long' })}`;
}

function weekdayWords({ weekdays, frequency, interval }: RecurrenceRule, every: string): string {
  const names = weekdays.map(({ day, place }) => `${place === null ? '' : `${places[place + 1]} `}${dayNames[day]}`);
  const days = weekdays.map(({ day }) => day).join();
  if (days === 'MO,TU,WE,TH,FR' && interval === 1) return 'every weekday, Monday to Friday';
  if (frequency === 'MONTHLY') {
    return interval === 1 ? `every ${listWords(names)} of the month` : `${every}, on the ${listWords(names)}`;
  }
  return interval === 1 ? `every ${listWords(names)}` : `${every}, on ${listWords(names)}`;
}

function monthDayWords(day: number, interval: number, every: string): string {
  const named = day === -1 ? 'last day' : ordinal(day);
  const shorter = day > 28 ? ', or on the last day where a month is shorter' : '';
  return interval === 1 ? `on the ${named} of every month${shorter}` : `${every}, on the ${named}${shorter}`;
}

function ordinal(day: number): string {
  const last = day % 10;
  const suffix = day >= 11 && day <= 13 ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th';
  return `${day}${suffix}`;
}

/** What a request is called that a schedule made: "Monthly export", "Export every 2 weeks". */
export function repeatedExportWords(rule: string): string {
  const parsed = parseRule(rule);
  if (parsed === null) return 'Recurring export';
  const { frequency, interval } = parsed;
  if (interval > 1) return `Export every ${interval} ${units[frequency]}s`;
  return capitalised(`${{ DAILY: 'daily', WEEKLY: 'weekly', MONTHLY: 'monthly', YEARLY: 'yearly' }[frequency]} export`);
}

/** "Mon 7 Dec 2026, 06:00": a moment in the time zone of its schedule. */
export function dueWords(moment: number | Date, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(moment);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(moment);
  return `${day.replace(',', '')}, ${time}`;
}

/** An ISO 8601 day: "7 December 2026". */
export function dayInWords(day: string): string {
  return spelled(day, { day: 'numeric', month: 'long', year: 'numeric' });
}

function spelled(day: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...parts }).format(Date.parse(`${day}T00:00:00Z`));
}
