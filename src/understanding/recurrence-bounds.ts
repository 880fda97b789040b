import { isoDay, monthNumbers } from './calendar.ts';
import { freeWords, numberOf } from './free-words.ts';
import type { Slots } from './intents.ts';
import type { Span } from './learned/tags.ts';
import { weekdays } from './lexicon/weekdays.ts';
import { ordinals } from './month-ordinals.ts';
import type { Utterance } from './utterance.ts';

/** Words that say when something begins. */
export const beginWords = new Set('starting starts start beginning begining begin commencing kick'.split(' '));
const endWords = new Set(['until', 'till', 'til', 'through', 'thru', 'ending', 'untill']);
const dayMs = 86_400_000;

const startWords = new Set(
  `starting starts start started beginning begining begins begin commencing commences commence effective from since first 1st initial kick live
  as`.split(/\s+/u),
);
/** How many words may stand between the word that says "start" and its date. */
const startRoom = 9;

/** "from January on", "starting next month", "not before 8 January", "1 May 2027 onwards"; null for a day that is over. */
export function startIn(words: readonly string[], today: string): string | null {
  for (const [index, word] of words.entries()) {
    if (!startWords.has(word) && !isNotBefore(words, index)) continue;
    if (word === 'as' && !['of', 'from'].includes(words[index + 1] ?? '')) continue;
    // "The first Monday" is a rhythm.
    const isOrdinal = ordinals.has(word) && weekdays.has(words[index + 1] ?? '');
    const start = isOrdinal ? null : dayNear(words, index + 1, today);
    if (start !== null && start > today) return start;
  }
  return null;
}

/** "Not before", "no earlier than", "don't run before". */
function isNotBefore(words: readonly string[], index: number): boolean {
  if (!['before', 'earlier', 'early'].includes(words[index] ?? '')) return false;
  return words
    .slice(Math.max(0, index - 4), index)
    .some((word) => ['not', 'no', 'dont', "don't", 'never'].includes(word));
}

/** The first day that is named in the words from here on, up to what says an end. */
function dayNear(words: readonly string[], from: number, today: string): string | null {
  for (let at = from; at < Math.min(words.length, from + startRoom); at += 1) {
    const word = words[at] ?? '';
    if (endWords.has(word) || word === '.' || word === ';') return null;
    if (weekdays.has(word) && isBeforeDate(words, at)) continue;
    const day =
      soon(words, at, today, fromWord(words, from)) ?? (isDayWord(words, at) ? endAt(words, at, false, today) : null);
    if (day !== null) return day;
  }
  return null;
}

/** "Monday 14 December", "Monday, the 14th of December": the date says more than the day of the week. */
export function isBeforeDate(words: readonly string[], at: number): boolean {
  let next = at + 1;
  while ([',', 'the'].includes(words[next] ?? '')) next += 1;
  const day = words[next] ?? '';
  return /^\d{1,2}(?:st|nd|rd|th)?$/u.test(day) && isDayWord(words, next);
}

/** Behind the little words between "starting" and a weekday. */
function fromWord(words: readonly string[], from: number): number {
  let at = from;
  while (['on', 'off', 'from', 'of', 'with', 'this', 'coming', 'the', 'run', 'one', 'in'].includes(words[at] ?? ''))
    at += 1;
  return at;
}

/** True where a date may begin: a month, a year, or a number before or behind a month. */
function isDayWord(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (monthNumbers.has(word)) return word !== 'may' && word !== 'mar' ? true : /^\d/u.test(words[at + 1] ?? '');
  if (/^20\d\d(?:-\d{2}-\d{2})?$/u.test(word) || numericDay(word) !== null) return true;
  if (word === 'first' || word === 'the') return false;
  const next = words[at + 1] === 'of' ? words[at + 2] : words[at + 1];
  return /^\d{1,2}(?:st|nd|rd|th)?$/u.test(word) && monthNumbers.has(next ?? '');
}

/** "Tomorrow", "next week", "next month", "next year": its first day. */
function soon(words: readonly string[], at: number, today: string, from: number): string | null {
  if (words[at] === 'tomorrow') return later(today, 1, 'day');
  const weekday = (new Date(Date.parse(today)).getUTCDay() + 6) % 7;
  const [year = 0, month = 1] = today.split('-').map(Number);
  const named = [...new Set(weekdays.values())].indexOf(weekdays.get(words[at] ?? '') ?? '');
  // "Starting Friday", which is not the Friday of "every Friday".
  const isEvery = ['every', 'each'].includes(words[at - 1] ?? '') || (words[at] ?? '').endsWith('days');
  if (named >= 0 && !isEvery && at === from) return later(today, ((named - weekday + 6) % 7) + 1, 'day');
  // "The week after next".
  if (words[at + 1] === 'after' && words[at + 2] === 'next') {
    if (words[at] === 'week') return later(today, 14 - weekday, 'day');
    if (words[at] === 'month') return isoDay(Date.UTC(year, month + 1, 1));
  }
  if (words[at] !== 'next') return null;
  switch (words[at + 1]) {
    case 'week':
      return later(today, 7 - weekday, 'day');
    case 'month':
      return isoDay(Date.UTC(year, month, 1));
    case 'year':
      return `${year + 1}-01-01`;
    default:
      return null;
  }
}

/** "until December", "till the end of March", "through 2027", "for the next six months". */
export function endIn(words: readonly string[], today: string): string | null {
  for (const [index, word] of words.entries()) {
    if (endWords.has(word)) {
      const end = endAt(words, index + 1, word === 'through' || word === 'thru', today);
      if (end !== null) return end;
    }
    if (word !== 'for') continue;
    const from = ['the', 'next'].includes(words[index + 1] ?? '')
      ? words[index + 2] === 'next'
        ? index + 3
        : index + 2
      : index + 1;
    const count = words[from] === 'a' || words[from] === 'an' ? 1 : numberOf(words[from]);
    const unit = (words[from + 1] ?? '').replace(/s$/u, '');
    if (count !== null && ['day', 'week', 'month', 'year'].includes(unit)) return later(today, count, unit);
  }
  return null;
}

/** "15.12.2026", "15/12/2026": ISO 8601; null for anything else. */
function numericDay(word: string): string | null {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[./](\d{1,2})[./](20\d\d)$/u.exec(word) ?? [];
  if (year === '' || Number(month) > 12 || Number(month) < 1 || Number(day) < 1 || Number(day) > 31) return null;
  return isoDay(Date.UTC(Number(year), Number(month) - 1, Number(day)));
}

function endAt(words: readonly string[], start: number, isThrough: boolean, today: string): string | null {
  let at = start;
  let isEnd = isThrough;
  const skipped = new Set(['the', 'of', 'end', 'next', 'this', 'and', 'including', 'on', 'in']);
  while (skipped.has(words[at] ?? '')) {
    isEnd ||= words[at] === 'end' || words[at] === 'including';
    at += 1;
  }
  const [first = '', second = '', third = '', fourth = ''] = words.slice(at, at + 4);
  const feast = feasts.get(first === 'new' ? `new ${second.replace(/['’]?s$/u, '')}` : first);
  if (feast !== undefined) return nextOf(feast, today);
  const numeric = numericDay(first);
  if (numeric !== null) return isThrough ? later(numeric, 1, 'day') : numeric;
  if (/^\d{4}-\d{2}-\d{2}$/u.test(first)) return isThrough ? later(first, 1, 'day') : first;
  if (/^20\d\d$/u.test(first)) return `${Number(first) + (isEnd ? 1 : 0)}-01-01`;
  if (first === 'year') return `${Number(today.slice(0, 4)) + (words[at - 1] === 'next' ? 2 : 1)}-01-01`;
  const of = second === 'of' ? 1 : 0;
  const isDayFirst = /^\d{1,2}(?:st|nd|rd|th)?$/u.test(first);
  const month = monthNumbers.get(isDayFirst ? (of === 1 ? third : second) : first);
  if (month === undefined) return null;
  const dayWord = isDayFirst ? first : /^\d{1,2}(?:st|nd|rd|th)?$/u.test(second) ? second : null;
  const yearWord = [second, third, fourth].find((each) => /^20\d\d$/u.test(each));
  const thisYear = Number(today.slice(0, 4));
  const dayOf = (year: number) =>
    isoDay(
      Date.UTC(
        year,
        month - 1 + (dayWord === null && isEnd ? 1 : 0),
        dayWord === null ? 1 : Number.parseInt(dayWord, 10),
      ),
    );
  const relative = relativeYear(words.slice(at + 1, at + 6), thisYear);
  const nearest = dayOf(thisYear) > today ? thisYear : thisYear + 1;
  return dayOf(yearWord === undefined ? (relative ?? nearest) : Number(yearWord));
}

/** "December next year", "3 March of this year"; null when no year is said so. */
function relativeYear(words: readonly string[], thisYear: number): number | null {
  const at = words.indexOf('year');
  const before = words[at - 1];
  return before === 'next' ? thisYear + 1 : before === 'this' ? thisYear : null;
}

/** Days that people call by a name: month and day. */
const feasts = new Map([
  ['christmas', '12-25'],
  ['xmas', '12-25'],
  ['new year', '01-01'],
  ['newyear', '01-01'],
]);

function nextOf(day: string, today: string): string {
  const year = Number(today.slice(0, 4));
  return `${year}-${day}` > today ? `${year}-${day}` : `${year + 1}-${day}`;
}

/** True where the message says that something begins or ends, and no day was read there. */
export function hasUnreadBounds(
  utterance: Utterance,
  spans: readonly Span[],
  { from, until }: Pick<Slots, 'from' | 'until'>,
): boolean {
  const words = freeWords(utterance, spans);
  const begins = words.findIndex((word) => strictBeginWords.has(word));
  const isNow = begins >= 0 && words.slice(begins + 1, begins + 4).some((word) => nowWords.has(word));
  const ends = words.some((word) => endWords.has(word) && word !== 'through' && word !== 'thru');
  return (begins >= 0 && from === undefined && !isNow) || (ends && until === undefined);
}

const strictBeginWords = new Set('starting beginning commencing'.split(' '));
const nowWords = new Set('today now immediately once asap tonight straight stopped cancel told stop'.split(' '));

function later(day: string, count: number, unit: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  if (unit === 'day' || unit === 'week') return isoDay(Date.parse(day) + count * (unit === 'week' ? 7 : 1) * dayMs);
  const months = unit === 'year' ? 12 * count : count;
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return isoDay(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}
