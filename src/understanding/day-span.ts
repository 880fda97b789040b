import { isoDay } from './calendar.ts';
import { numberOf } from './free-words.ts';
import { weekdays } from './lexicon/weekdays.ts';
import { endIn, isBeforeDate } from './recurrence-bounds.ts';

/** A time that was said in days of a calendar, ISO 8601. */
export interface DaySpan {
  /** Its first day; null for at once. */
  readonly from: string | null;
  /** The first day after it; null when no end was said. */
  readonly until: string | null;
}

const dayMs = 86_400_000;
const ends = new Set(['until', 'till', 'til', 'untill', 'through', 'thru', 'to', '-', '–']);
const begins = new Set(['from', 'starting', 'beginning']);
const fillers = new Set('the of on in at coming and including inclusive is it day'.split(' '));
const codes = [...new Set(weekdays.values())];
const dayNumber = /^\d{1,2}(?:st|nd|rd|th)?$/u;
const fullDay = /^(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]20\d\d)$/u;

/**
 * Reads a time to come, as words behind or before a wish: "until Friday", "for two weeks", "from Monday until 12 March",
 * "next week". A day that is named as an end belongs to it; a month or a week does not. `today` is an ISO 8601 day. Null
 * where a part of it is not understood, so that it is asked for.
 */
export function daySpanIn(text: string, today: string): DaySpan | null {
  const span = readSpan(text, today);
  const isOver = span !== null && span.until !== null && span.until <= (span.from ?? today);
  return isOver ? null : span;
}

function readSpan(text: string, today: string): DaySpan | null {
  const words = text
    .toLowerCase()
    .split(/[\s,]+/u)
    .filter((word) => word !== '' && word !== '.');
  const at = words.findIndex((word) => ends.has(word));
  const head = at < 0 ? words : words.slice(0, at);
  const tail = at < 0 ? [] : words.slice(at + 1);
  const duration = head.lastIndexOf('for');
  const start = (duration < 0 ? head : head.slice(0, duration)).filter((word) => !fillers.has(word));
  const isBegun = begins.has(start[0] ?? '');
  const first = startOf(isBegun ? start.slice(1) : start, tail, today);
  if (first === undefined) return null;
  const from = first === null || first.first <= today ? null : first.first;
  if (at >= 0) {
    const end = duration < 0 ? spanOf(tail, from ?? today) : null;
    return end === null ? null : { from, until: end.isPeriod ? end.first : end.next };
  }
  if (duration >= 0) {
    const said = head.slice(duration + 1).filter((word) => !fillers.has(word));
    // "For the next month", "for the next two weeks".
    const [next, ...behind] = said;
    const length = next !== 'next' ? said : behind.length === 1 ? ['a', ...behind] : behind;
    const until = isLength(length) ? endIn(['for', ...length], from ?? today) : null;
    return until === null ? null : { from, until };
  }
  return first === null ? null : { from, until: isBegun ? null : first.next };
}

function isLength([count, unit, ...rest]: readonly string[]): boolean {
  const isCount = count === 'a' || count === 'an' || numberOf(count) !== null;
  return isCount && /^(?:day|week|month)s?$/u.test(unit ?? '') && rest.length === 0;
}

interface NamedDays {
  readonly first: string;
  readonly next: string;
  /** A week or a month, of which the first day is meant as an end. */
  readonly isPeriod: boolean;
}

/** The days that the words before an end name; null for none, undefined where they are not understood. */
function startOf(words: readonly string[], tail: readonly string[], today: string): NamedDays | null | undefined {
  if (words.length === 0) return null;
  // "From 3 to 12 December."
  const month =
    words.length === 1 && dayNumber.test(words[0] ?? '') ? tail.filter((word) => !dayNumber.test(word)) : [];
  return spanOf([...words, ...month], today) ?? undefined;
}

function spanOf(given: readonly string[], today: string): NamedDays | null {
  const words = given.filter((word) => !fillers.has(word));
  const isEnd = words[0] === 'end';
  const named = isEnd ? words.slice(1) : words;
  const isNext = named[0] === 'next';
  const rest = isNext || named[0] === 'this' ? named.slice(1) : named;
  const [first = '', ...more] = rest;
  const weekday = codes.indexOf(weekdays.get(first) ?? '');
  // "Friday 18 December": the date says more than the day of the week.
  if (weekday >= 0 && isBeforeDate(rest, 0)) return spanOf(more, today);
  if (more.length === 0) {
    if (first === 'today' || first === 'tonight') return oneDay(today);
    if (first === 'tomorrow') return oneDay(plus(today, 1));
    const sinceMonday = (new Date(Date.parse(today)).getUTCDay() + 6) % 7;
    const monday = plus(today, -sinceMonday + (isNext ? 7 : 0));
    if (weekday >= 0)
      return oneDay(isNext ? plus(monday, weekday) : plus(today, ((weekday - sinceMonday + 6) % 7) + 1));
    if (first === 'week') return { first: monday, next: plus(monday, 7), isPeriod: !isEnd };
    if (first === 'month') return { ...monthOf(today, isNext ? 1 : 0), isPeriod: !isEnd };
    if (dayNumber.test(first)) return nextDated(Number.parseInt(first, 10), today);
  }
  const day = endIn(['until', ...(isEnd ? ['end', 'of'] : []), ...rest], today);
  if (day === null) return null;
  if (isEnd) return { first: plus(day, -1), next: day, isPeriod: false };
  if (rest.some((word) => dayNumber.test(word) || fullDay.test(word))) return oneDay(day);
  return { first: day, next: monthOf(day, 1).first, isPeriod: true };
}

function oneDay(day: string): NamedDays {
  return { first: day, next: plus(day, 1), isPeriod: false };
}

/** "Until the 12th": the next day of that number. */
function nextDated(number: number, today: string): NamedDays | null {
  for (let ahead = 1; ahead <= 62; ahead += 1) {
    const day = plus(today, ahead);
    if (Number(day.slice(8)) === number) return oneDay(day);
  }
  return null;
}

function monthOf(day: string, ahead: number): { readonly first: string; readonly next: string } {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const first = (count: number) => isoDay(Date.UTC(year, month - 1 + count, 1));
  return { first: first(ahead), next: first(ahead + 1) };
}

function plus(day: string, count: number): string {
  return isoDay(Date.parse(`${day}T00:00:00Z`) + count * dayMs);
}
