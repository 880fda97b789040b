import { type CalendarSpan, isNumber, isoDay, monthNumbers, type Relation, relate, relationWords } from './calendar.ts';
import type { DateRange } from './intents.ts';
import type { Span } from './learned/tags.ts';
import { relativeRange } from './relative-dates.ts';
import type { Token } from './token.ts';
import type { Utterance } from './utterance.ts';

/**
 * The date filter of a selection: "before 2019", "in March 2018", "from 2020-01-01 to 2020-06-30", and, when today is
 * known, "older than 6 months" or "last year". Dates inside `spans` are parts of names. Undefined when there is no
 * date.
 */
export function dateRangeIn(utterance: Utterance, spans: readonly Span[], today: string | null): DateRange | undefined {
  const covered = new Uint8Array(utterance.tokens.length);
  for (const { label, start, end } of spans) if (label !== 'kind') covered.fill(1, start, end);
  const words = utterance.tokens.map(({ lower }, index) => (covered[index] === 1 ? '\u0000' : lower));
  const found = calendarSpans(utterance.tokens, words);
  if (found.length === 0) return today === null ? undefined : relativeRange(words, today);
  const [one, two] = found;
  if (one === undefined) return undefined;
  if (two !== undefined) {
    const between = words.slice(one.end, two.start);
    const before = words.slice(Math.max(0, one.start - 3), one.start);
    const isPeriod =
      before.some((word) => word === 'from' || word === 'between') ||
      between.every((word) =>
        [
          'to',
          '-',
          '–',
          '—',
          'and',
          'or',
          'until',
          'till',
          'through',
          'up',
          'including',
          'the',
          '/',
          '&',
          '.',
          'end',
          'of',
        ].includes(word),
      );
    if (isPeriod && between.length <= 4) {
      const exclusive = before.includes('after') && between.includes('before');
      return exclusive ? { after: one.next, before: two.first } : { after: one.first, before: two.next };
    }
    const first = relate(relationOf(words, one), one);
    const second = relate(relationOf(words, two), two);
    if (first.before === undefined && second.after === undefined) return { ...first, ...second };
    if (first.after === undefined && second.before === undefined) return { ...second, ...first };
  }
  return relate(relationOf(words, one), one);
}

/** "Not since 2019" is before it; "unused since 2019", too, while "unused and from before 2019" says two things. */
function denies(word: string, next: string, relation: Relation): boolean {
  if (word === 'untouched' || word === 'unused') return relation === 'since' || relation === 'after';
  return word === 'not' || word === 'nothing' || (word === 'no' && !answers.has(next)) || word.endsWith("n't");
}

function relationOf(words: readonly string[], { start, end }: CalendarSpan): Relation {
  const behind = words.slice(end, end + 3);
  if (
    behind.includes('onward') ||
    behind.includes('onwards') ||
    (behind[0] === 'on' && words[start - 1] === 'from') ||
    (behind[0] === 'and' && (behind[1] === 'later' || behind[1] === 'newer' || behind[1] === 'after')) ||
    (behind[0] === 'or' && (behind[1] === 'later' || behind[1] === 'newer')) ||
    behind[0] === '+'
  )
    return 'since';
  if (
    (behind[0] === 'or' || behind[0] === 'and') &&
    (behind[1] === 'earlier' || behind[1] === 'older' || behind[1] === 'before')
  )
    return 'upto';
  let negated = false;
  let relation: Relation | null = null;
  for (let index = start - 1; index >= Math.max(0, start - 6); index -= 1) {
    const word = words[index] ?? '';
    const next = words[index + 1] ?? '';
    if (word === '\u0000' || word === '\n') break;
    if (relation === null && word === 'than') continue;
    if (word === '<') return next === '=' ? 'upto' : 'before';
    if (word === '>') return next === '=' ? 'since' : 'after';
    if (relation === null && word === 'later' && words[index - 1] === 'no') return 'upto';
    const found = relationWords[word];
    if (found !== undefined) {
      if (relation === null) relation = found === 'since' && word === 'from' ? 'in' : found;
      else if (relation === 'in' && (found === 'before' || found === 'after' || found === 'upto')) relation = found;
    } else if (relation !== null && denies(word, next, relation)) {
      negated = true;
    }
  }
  if (relation === null) return 'in';
  if (!negated) return relation;
  return relation === 'after' ? 'upto' : relation === 'before' ? 'since' : relation === 'since' ? 'before' : relation;
}

/** Behind "no": it answers what was said, as in "no, only from before March". */
const answers = new Set([
  ',',
  '.',
  '!',
  'sorry',
  'wait',
  'only',
  'just',
  'actually',
  'i',
  'rather',
  'please',
  'but',
  '',
]);

function calendarSpans(tokens: readonly Token[], words: readonly string[]): CalendarSpan[] {
  const found: CalendarSpan[] = [];
  for (let index = 0; index < words.length; ) {
    const date = dateAt(tokens, words, index);
    if (date !== null) found.push(date);
    index = date?.end ?? index + 1;
  }
  return withYears(found, words);
}

/** "between March and June 2021": the first month takes the year of the second date. */
function withYears(found: readonly CalendarSpan[], words: readonly string[]): CalendarSpan[] {
  const first = found[0];
  if (first === undefined) return [];
  const joint = words[first.start - 1];
  const month = monthNumbers.get(words[first.start - 2] ?? '');
  if (month === undefined || !['and', 'to', '-', '–', 'until', 'till', 'through', 'or'].includes(joint ?? ''))
    return [...found];
  const year = Number(first.first.slice(0, 4));
  return [{ ...monthSpan(year, month), start: first.start - 2, end: first.start - 1 }, ...found];
}

function dateAt(tokens: readonly Token[], words: readonly string[], index: number): CalendarSpan | null {
  const word = words[index] ?? '';
  const iso = isoDate(word);
  if (iso !== null) return { ...daySpan(...iso), start: index, end: index + 1 };
  const [yearPart, monthPart, more] = word.split('-');
  if (
    more === undefined &&
    monthPart !== undefined &&
    yearOf(yearPart ?? '') !== null &&
    isNumber(monthPart, 1, 12) &&
    monthPart.length === 2
  ) {
    return { ...monthSpan(Number(yearPart), Number(monthPart)), start: index, end: index + 1 };
  }
  const day = dayNumber(word);
  const second = words[index + 1] ?? '';
  const of = second === 'of' ? 1 : 0;
  const month = monthNumbers.get(trimDot(words[index + 1 + of] ?? ''));
  if (day !== null && month !== undefined) {
    const comma = words[index + 2 + of] === ',' ? 1 : 0;
    const year = yearOf(words[index + 2 + of + comma] ?? '');
    if (year !== null) return { ...daySpan(year, month, day), start: index, end: index + 3 + of + comma };
  }
  const own = monthNumbers.get(trimDot(word));
  if (own !== undefined) {
    const dayBehind = dayNumber(second);
    const comma = words[index + 2] === ',' ? 1 : 0;
    const yearBehindDay = yearOf(words[index + 2 + comma] ?? '');
    if (dayBehind !== null && yearBehindDay !== null)
      return { ...daySpan(yearBehindDay, own, dayBehind), start: index, end: index + 3 + comma };
    const year = yearOf(second === ',' || second === 'of' ? (words[index + 2] ?? '') : second);
    if (year !== null)
      return { ...monthSpan(year, own), start: index, end: index + (second === ',' || second === 'of' ? 3 : 2) };
  }
  return (
    slashDate(words, index) ??
    dottedDate(word, index) ??
    quarter(words, index) ??
    partOfYear(words, index) ??
    loneYear(tokens, words, index)
  );
}

/** "03/2018" and "31/12/2018", where a day comes before a month. */
function slashDate(words: readonly string[], index: number): CalendarSpan | null {
  const [a = '', slash, b = '', slash2, c = ''] = words.slice(index, index + 5);
  if (slash !== '/') return null;
  const year = yearOf(b);
  if (isNumber(a, 1, 12) && year !== null) return { ...monthSpan(year, Number(a)), start: index, end: index + 3 };
  const last = slash2 === '/' ? yearOf(c) : null;
  if (last === null) return null;
  if (isNumber(a, 1, 31) && isNumber(b, 1, 12))
    return { ...daySpan(last, Number(b), Number(a)), start: index, end: index + 5 };
  return isNumber(b, 1, 31) && isNumber(a, 1, 12)
    ? { ...daySpan(last, Number(a), Number(b)), start: index, end: index + 5 }
    : null;
}

/** "31.12.2018" and "12.2018". */
function dottedDate(word: string, index: number): CalendarSpan | null {
  const parts = word.split('.');
  const year = yearOf(parts.at(-1) ?? '');
  if (year === null) return null;
  const [a = '', b = ''] = parts;
  if (parts.length === 2 && isNumber(a, 1, 12)) return { ...monthSpan(year, Number(a)), start: index, end: index + 1 };
  return parts.length === 3 && isNumber(a, 1, 31) && isNumber(b, 1, 12)
    ? { ...daySpan(year, Number(b), Number(a)), start: index, end: index + 1 }
    : null;
}

/** "Q3 2019". */
function quarter(words: readonly string[], index: number): CalendarSpan | null {
  const word = words[index] ?? '';
  const year = yearOf(words[index + 1] ?? '');
  if (word.length !== 2 || word.charAt(0) !== 'q' || year === null || !isNumber(word.charAt(1), 1, 4)) return null;
  const month = Number(word.charAt(1)) * 3;
  return { first: monthSpan(year, month - 2).first, next: monthSpan(year, month).next, start: index, end: index + 2 };
}

const parts = new Map([
  ...['first', 'second', 'third', 'fourth'].map((word, at) => [word, at + 1] as const),
  ...['1st', '2nd', '3rd', '4th'].map((word, at) => [word, at + 1] as const),
]);

/** "First half of 2019", "the last quarter of 2018", "H1 2019". */
function partOfYear(words: readonly string[], index: number): CalendarSpan | null {
  const [word = '', unit = '', of = '', behind = ''] = words.slice(index, index + 4);
  const isShort = word.length === 2 && word.startsWith('h') && isNumber(word.charAt(1), 1, 2);
  const months = isShort || unit === 'half' ? 6 : unit === 'quarter' ? 3 : null;
  const place = isShort ? Number(word.charAt(1)) : word === 'last' ? 12 / (months ?? 12) : parts.get(word);
  const year = isShort ? yearOf(unit) : yearOf(of === 'of' || of === 'in' ? behind : of);
  if (months === null || place === undefined || year === null || place * months > 12) return null;
  const end = index + (isShort ? 2 : of === 'of' || of === 'in' ? 4 : 3);
  const first = monthSpan(year, (place - 1) * months + 1).first;
  return { first, next: monthSpan(year, place * months).next, start: index, end };
}

function loneYear(tokens: readonly Token[], words: readonly string[], index: number): CalendarSpan | null {
  const year = yearOf(words[index] ?? '');
  if (year === null || (tokens[index]?.quotation ?? 0) !== 0) return null;
  const isEnd = words[index - 1] === 'of' && words[index - 2] === 'end' ? 3 : words[index - 1] === 'end' ? 2 : 0;
  return { first: `${year}-01-01`, next: `${year + 1}-01-01`, start: index - Math.max(0, isEnd - 1), end: index + 1 };
}

function isoDate(word: string): [number, number, number] | null {
  const [year = '', month = '', day = ''] = word.split('-');
  if (year.length !== 4 || month.length !== 2 || day.length !== 2 || word.length !== 10) return null;
  return yearOf(year) !== null && isNumber(month, 1, 12) && isNumber(day, 1, 31)
    ? [Number(year), Number(month), Number(day)]
    : null;
}

function yearOf(word: string): number | null {
  return word.length === 4 && isNumber(word, 1990, 2099) ? Number(word) : null;
}

function dayNumber(word: string): number | null {
  const digits = ['st', 'nd', 'rd', 'th'].includes(word.slice(-2)) ? word.slice(0, -2) : trimDot(word);
  return digits.length <= 2 && isNumber(digits, 1, 31) ? Number(digits) : null;
}

function trimDot(word: string): string {
  return word.endsWith('.') ? word.slice(0, -1) : word;
}

function daySpan(year: number, month: number, day: number): { first: string; next: string } {
  const time = Date.UTC(year, month - 1, day);
  return { first: isoDay(time), next: isoDay(time + 86_400_000) };
}

function monthSpan(year: number, month: number): { first: string; next: string } {
  return { first: isoDay(Date.UTC(year, month - 1, 1)), next: isoDay(Date.UTC(year, month, 1)) };
}
