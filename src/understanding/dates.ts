import type { DateRange } from './intents.ts';
import type { Sentence } from './tokens.ts';
import { wrapped } from './wrapped-pattern.ts';

/** A date range in a sentence, and the index of the token after it. */
interface DatesFound {
  readonly dates: DateRange;
  readonly end: number;
}

/** Words before a date that say what happened to the asset then: "created", "last used". */
const lead =
  '(?:(?:that|which) (?:is|are|was|were) )?(?:(?:created|made|uploaded|modified|changed|used|from|last used|last modified|dated|built|trained) )?';

const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const span = `(\\d{1,3}|an?|half an?|${numbers.join('|')}) (day|week|month|year)s?`;

const absolutePattern = new RegExp(
  `^${lead}(older than|before|prior to|newer than|since|after|from|in|of|between|not used since|untouched since|until|up to|earlier than|later than) (.*)$`,
);
const agePattern = new RegExp(wrapped`
  ^${lead}
  (?:
    (older than) ${span}(?: old)?|(more than|over) ${span} (?:old|ago)|(newer than|younger than) ${span}|
    (less than|under) ${span} (?:old|ago)|
    ((?:from|in|within|during|of) the (?:last|past)) ${span}
  )(?= |$)
`);

const calendarPattern = new RegExp(
  `^${lead}(?:(from|in|of|before|prior to|earlier than|since|after|until|up to) (last) (year|month|week)|(from|of|since|before) (this) (year))(?= |$)`,
);

/**
 * Reads a date filter that begins at this token: "older than 2020", "from last year", "more than 3 months old". Dates
 * relative to today are read only when the sentence has `today`.
 */
export function datesAt(sentence: Sentence, start: number): DatesFound | null {
  const words = sentence.tokens.slice(start, start + 14).map(({ word }) => word);
  const text = words.join(' ');
  const found =
    (sentence.today === null ? null : (aged(text, sentence.today) ?? inCalendar(text, sentence.today))) ??
    absolute(text);
  if (found === null) return null;
  return { dates: found.dates, end: start + text.slice(0, found.length).trim().split(' ').length };
}

interface Match {
  readonly dates: DateRange;
  /** Characters of the text that were matched. */
  readonly length: number;
}

function absolute(text: string): Match | null {
  const match = absolutePattern.exec(text);
  if (match === null) return null;
  const [, relation = '', rest = ''] = match;
  const years = /^(?:the )?(?:year )?((?:19|20)\d\d)(?: (?:and|to|-) ((?:19|20)\d\d))?(?= |$)/.exec(rest);
  const iso = /^((?:19|20)\d\d-\d\d-\d\d)(?: and ((?:19|20)\d\d-\d\d-\d\d))?(?= |$)/.exec(rest);
  const used = years ?? iso;
  if (used === null) return null;
  const dates = rangeOf(relation, used[1] ?? '', used[2]);
  return { dates, length: text.length - rest.length + used[0].length };
}

/** Days that "older than 2020", "since 2021", "in 2019" and "between 2018 and 2019" stand for. */
function rangeOf(relation: string, first: string, second: string | undefined): DateRange {
  const day = (text: string) => (text.length === 4 ? `${text}-01-01` : text);
  const next = (text: string) => (text.length === 4 ? `${Number(text) + 1}-01-01` : daysAfter(text, 1));
  return relate(relation, day(first), next(second ?? first));
}

/** The date range for a relation to the days from `first` up to, and without, `next`. */
function relate(relation: string, first: string, next: string): DateRange {
  switch (relation) {
    case 'older than':
    case 'before':
    case 'prior to':
    case 'earlier than':
    case 'not used since':
    case 'untouched since':
      return { before: first };
    case 'until':
    case 'up to':
      return { before: next };
    case 'newer than':
    case 'after':
    case 'later than':
      return { after: next };
    case 'since':
      return { after: first };
    default:
      return { after: first, before: next };
  }
}

/** "older than 3 months", "less than a week old", "from the last 2 years". */
function aged(text: string, today: string): Match | null {
  const match = agePattern.exec(text);
  if (match === null) return null;
  const [whole, ...groups] = match;
  const at = groups.findIndex((group) => group !== undefined);
  const [relation = '', count = '', unit = ''] = groups.slice(at);
  const day = dayAgo(today, count, unit);
  if (day === null) return null;
  const length = whole.length;
  if (/^(?:older than|more than|over)$/.test(relation)) return { dates: { before: day }, length };
  if (/^(?:newer|younger|less|under)/.test(relation)) return { dates: { after: daysAfter(day, 1) }, length };
  return { dates: { after: day }, length };
}

/** "from last year", "before last month", "since this year". */
function inCalendar(text: string, today: string): Match | null {
  const match = calendarPattern.exec(text);
  if (match === null) return null;
  const [whole, ...groups] = match;
  const [relation = '', which = '', unit = ''] = groups.slice(groups.findIndex((group) => group !== undefined));
  const start = startOf(today, unit);
  const [first, next] = which === 'last' ? [before(start, 1, unit), start] : [start, before(start, -1, unit)];
  return { dates: relate(relation, first, next), length: whole.length };
}

/** The first day of the year, month or week (from Monday) that a day is in. */
function startOf(day: string, unit: string): string {
  if (unit === 'year') return `${day.slice(0, 4)}-01-01`;
  if (unit === 'month') return `${day.slice(0, 7)}-01`;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return daysAfter(day, -((weekday + 6) % 7));
}

function dayAgo(today: string, said: string, unit: string): string | null {
  if (said.startsWith('half')) return unit === 'year' ? before(today, 6, 'month') : null;
  const count = /^an?$/.test(said) ? 1 : /^\d/.test(said) ? Number(said) : numbers.indexOf(said) + 1;
  // "older than 0 days" would mean everything.
  return count === 0 ? null : before(today, count, unit);
}

/** The day `count` units before another; the month's last day where the month is too short for the day. */
function before(day: string, count: number, unit: string): string {
  if (unit === 'day') return daysAfter(day, -count);
  if (unit === 'week') return daysAfter(day, -7 * count);
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const months = year * 12 + month - 1 - count * (unit === 'year' ? 12 : 1);
  const [targetYear, targetMonth] = [Math.floor(months / 12), months % 12];
  // The day before the next month's first.
  const last = new Date(Date.UTC(targetYear, targetMonth + 1, 0)).getUTCDate();
  return isoDay(Date.UTC(targetYear, targetMonth, Math.min(date, last)));
}

function daysAfter(day: string, count: number): string {
  return isoDay(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000);
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
