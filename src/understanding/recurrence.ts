import { isoDay, monthNumbers } from './calendar.ts';
import { correctedWords, freeWords, meantBy, numberOf } from './free-words.ts';
import type { Slots } from './intents.ts';
import type { Span } from './learned/tags.ts';

import { weekdays } from './lexicon/weekdays.ts';
import type { Utterance } from './utterance.ts';

/** How often, from which day on, and until when. */
export type Recurring = Pick<Slots, 'recurrence' | 'from' | 'until'>;

const ordinals = new Map([
  ...['first', 'second', 'third', 'fourth', 'fifth'].map((word, index) => [word, index + 1] as const),
  ['last', -1] as const,
]);

/** One word, or a word behind "every", "each" or "once a". */
const frequencies = new Map(
  Object.entries({
    'FREQ=DAILY': 'daily nightly day night morning evening',
    'FREQ=WEEKLY': 'weekly week',
    'FREQ=WEEKLY;INTERVAL=2': 'biweekly fortnightly fortnight bi-weekly',
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR': 'weekday workday weekdays workdays',
    'FREQ=MONTHLY': 'monthly month',
    'FREQ=MONTHLY;INTERVAL=2': 'bimonthly',
    'FREQ=MONTHLY;INTERVAL=3': 'quarterly quarter',
    'FREQ=YEARLY': 'yearly annually year annual',
  }).flatMap(([rule, names]) => names.split(' ').map((name) => [name, rule] as const)),
);
const alone: ReadonlyMap<string, string> = new Map(
  'daily nightly weekly biweekly fortnightly bi-weekly monthly bimonthly quarterly yearly annually annual weekdays workdays'
    .split(' ')
    .map((word) => [word, frequencies.get(word) ?? ''] as const),
);
const every = new Set(['every', 'each', 'evry', 'evrey', 'eveyr']);

/**
 * How often something repeats, as an RFC 5545 rule, the first day on which it may, and the first day on which it no
 * longer does: "every first Monday from January until December". Empty when the message names no rhythm that this can express. Pure; linear in the number of tokens.
 */
export function recurrenceIn(utterance: Utterance, spans: readonly Span[], today: string | null): Recurring {
  const all = freeWords(utterance, spans);
  const corrected = correctedWords(all);
  const recurrence = (corrected === null ? null : ruleIn(corrected)) ?? ruleIn(all);
  if (recurrence === null) return {};
  const from = today === null ? null : startIn(all, today);
  const until = today === null ? null : endIn(all, today);
  return { recurrence, ...(from === null ? {} : { from }), ...(until === null ? {} : { until }) };
}

/** "The first working day of each quarter": a rhythm that no rule here says. */
export function hasUnreadRhythm(utterance: Utterance, spans: readonly Span[]): boolean {
  const words = freeWords(utterance, spans);
  return isOfWorkingDays(words) && intervalIn(words) !== null;
}

function isOfWorkingDays(words: readonly string[]): boolean {
  return words.some(
    (word, at) =>
      (word === 'working' || word === 'business') &&
      (words[at + 1] ?? '').startsWith('day') &&
      !every.has(words[at - 1] ?? ''),
  );
}

function ruleIn(words: readonly string[]): string | null {
  if (isOfWorkingDays(words)) return null;
  const onDays = daysOfMonth(words);
  const base = intervalIn(words);
  const ordinal = ordinalWeekday(words);
  if (ordinal !== null) return `${isMonths(base) ? base : 'FREQ=MONTHLY'};BYDAY=${ordinal}`;
  if (onDays !== null && (base === null || isMonths(base))) return `${base ?? 'FREQ=MONTHLY'};BYMONTHDAY=${onDays}`;
  const fortnight = fortnightly(words);
  if (fortnight !== null) return `FREQ=WEEKLY;INTERVAL=2;BYDAY=${fortnight}`;
  const days = weekdaysIn(words, base !== null);
  if (days !== null && (base === null || base.startsWith('FREQ=WEEKLY')))
    return `${base ?? 'FREQ=WEEKLY'};BYDAY=${days}`;
  return base;
}

function isMonths(rule: string | null): rule is string {
  return rule?.startsWith('FREQ=MONTHLY') === true;
}

/** "every month", "every other week", "every 3 months", "once a quarter", "monthly". */
function intervalIn(words: readonly string[]): string | null {
  for (const [index, word] of words.entries()) {
    const said = word === '' ? undefined : meantBy(alone, word);
    if (said !== undefined) return said;
    const isEvery = every.has(word) || (['a', 'per'].includes(word) && words[index - 1] === 'once');
    if (!isEvery) continue;
    const next = words[index + 1] ?? '';
    const single = frequencies.get(next) ?? meantBy(frequencies, next);
    if (single !== undefined) return single;
    const count = next === 'other' || next === 'second' ? 2 : numberOf(next);
    const unit = words[index + 2] ?? '';
    const rule = frequencies.get(unit.endsWith('s') ? unit.slice(0, -1) : unit);
    if (count !== null && rule !== undefined && !rule.includes(';'))
      return count === 1 ? rule : `${rule};INTERVAL=${count}`;
  }
  return null;
}

/** "the first Monday", "every last Friday": `1MO`, `-1FR`. */
function ordinalWeekday(words: readonly string[]): string | null {
  for (const [index, word] of words.entries()) {
    const place = ordinals.get(word);
    const day = weekdays.get(words[index + 1] ?? '');
    if (place === undefined || day === undefined) continue;
    // "Every second Monday" is a fortnight, unless "of the month" follows.
    if (word === 'second' && every.has(words[index - 1] ?? '') && words[index + 2] !== 'of') continue;
    return `${place}${day}`;
  }
  return null;
}

/** "on the 15th", "the last day of the month", "at the start of every month": 15, -1, 1. */
function daysOfMonth(words: readonly string[]): number | null {
  for (const [index, word] of words.entries()) {
    const isOfMonth = (from: number) =>
      words.slice(from, from + 4).some((each) => each === 'month' || each === 'months');
    const numbered = /^(\d{1,2})(?:st|nd|rd|th)$/u.exec(word)?.[1];
    if (numbered !== undefined && Number(numbered) >= 1 && Number(numbered) <= 31) {
      const isNear = ['the', 'on', 'every', 'each'].includes(words[index - 1] ?? '');
      if (words[index + 1] === 'of' && monthNumbers.has(words[index + 2] ?? '')) continue;
      if (isNear && !monthNumbers.has(words[index + 1] ?? '') && words[index + 2] !== 'of') return Number(numbered);
      if (isOfMonth(index + 1)) return Number(numbered);
    }
    if ((word === 'last' || word === 'first') && words[index + 1] === 'day' && isOfMonth(index + 2))
      return word === 'last' ? -1 : 1;
    if (word === 'first' && words[index + 1] === 'of' && isOfMonth(index + 2)) return 1;
    const isLast = index + 1 >= words.length || /^[,.;!?]$/u.test(words[index + 1] ?? '');
    if (word === 'first' && isLast && words[index - 1] === 'the' && words[index - 2] === 'on') return 1;
    if (['end', 'start', 'beginning'].includes(word) && words[index + 1] === 'of' && isOfMonth(index + 2)) {
      const isEvery =
        words.slice(index + 2, index + 5).some((each) => every.has(each)) || words.some((each) => every.has(each));
      if (isEvery && !['until', 'till', 'til', 'through'].includes(words[index - 2] ?? ''))
        return word === 'end' ? -1 : 1;
    }
  }
  return null;
}

/** "every other Thursday": `TH`. */
function fortnightly(words: readonly string[]): string | null {
  for (const [index, word] of words.entries()) {
    const isOther = (word === 'other' || word === 'second') && every.has(words[index - 1] ?? '');
    const day = weekdays.get(words[index + 1] ?? '');
    if (isOther && day !== undefined) return day;
  }
  return null;
}

/** "on Fridays", "every Monday and Thursday", "weekly on Tuesday": `MO,TH`. */
function weekdaysIn(words: readonly string[], isWeekly: boolean): string | null {
  const order = [...new Set(weekdays.values())];
  const found = new Set<string>();
  for (const [index, word] of words.entries()) {
    const day = weekdays.get(word);
    if (day === undefined) continue;
    const before = words[index - 1] ?? '';
    // "Every Friday, starting on Tuesday" runs on Fridays.
    if ([before, words[index - 2] ?? ''].some((word) => beginWords.has(word)) || isBeforeDate(words, index)) continue;
    const isSaid =
      every.has(before) ||
      word.endsWith('days') ||
      isWeekly ||
      found.size > 0 ||
      (before === 'second' && every.has(words[index - 2] ?? '')) ||
      (before === 'other' && every.has(words[index - 2] ?? ''));
    if (isSaid) found.add(day);
  }
  return found.size === 0 ? null : order.filter((day) => found.has(day)).join(',');
}

const beginWords = new Set('starting starts start beginning begining begin commencing kick'.split(' '));
const endWords = new Set(['until', 'till', 'til', 'through', 'thru', 'ending', 'untill']);
const dayMs = 86_400_000;

const startWords = new Set(
  `starting starts start started beginning begining begins begin commencing commences commence effective from since first 1st initial kick live
  as`.split(/\s+/u),
);
/** How many words may stand between the word that says "start" and its date. */
const startRoom = 9;

/** "from January on", "starting next month", "not before 8 January", "1 May 2027 onwards"; null for a day that is over. */
function startIn(words: readonly string[], today: string): string | null {
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
function isBeforeDate(words: readonly string[], at: number): boolean {
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
  const named = [...new Set(weekdays.values())].indexOf(weekdays.get(words[at] ?? '') ?? '');
  // "Starting Friday", which is not the Friday of "every Friday".
  const isEvery = ['every', 'each'].includes(words[at - 1] ?? '') || (words[at] ?? '').endsWith('days');
  if (named >= 0 && !isEvery && at === from) return later(today, ((named - weekday + 6) % 7) + 1, 'day');
  if (words[at] !== 'next') return null;
  const [year = 0, month = 1] = today.split('-').map(Number);
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
function endIn(words: readonly string[], today: string): string | null {
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
  const year = yearWord === undefined ? (dayOf(thisYear) > today ? thisYear : thisYear + 1) : Number(yearWord);
  return dayOf(year);
}

function later(day: string, count: number, unit: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  if (unit === 'day' || unit === 'week') return isoDay(Date.parse(day) + count * (unit === 'week' ? 7 : 1) * dayMs);
  const months = unit === 'year' ? 12 * count : count;
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return isoDay(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}
