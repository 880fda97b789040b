import { isoDay, monthNumbers } from './calendar.ts';
import { dateRangeIn } from './date-range.ts';
import type { DateRange } from './intents.ts';
import { weekdays } from './lexicon/weekdays.ts';
import { tokenise } from './utterance.ts';

const dayMs = 86_400_000;
const codes = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const short: readonly (readonly [RegExp, string])[] = [
  [/\bwks?\b/giu, 'week'],
  [/\b(?:mth|mnth)s?\b/giu, 'month'],
  [/\byrs?\b/giu, 'year'],
  [/\b(?:y'?day|yest|ystd?y|yesterday'?s)\b/giu, 'yesterday'],
  [/\blast night\b/giu, 'yesterday'],
  [/\b(?:tonight|this (?:morning|afternoon|evening)|todays?)\b/giu, 'today'],
  [/\bfor (?=(?:the )?(?:last|past|previous|\p{L}{3,9}\b))/giu, 'in '],
];

/**
 * The days that a question about the past names, ISO 8601 and in UTC: "yesterday", "last week", "since Monday", "in
 * October". A day of the week or a month without a year is the last one that has begun. Undefined when none is named.
 */
export function pastDays(text: string, today: string): DateRange | undefined {
  const plain = short.reduce((said, [pattern, word]) => said.replace(pattern, word), text);
  const utterance = tokenise(plain);
  const words = utterance.tokens.map(({ lower }) => lower);
  return (
    singleDay(words, today) ??
    weekday(words, today) ??
    quarter(words, today) ??
    dateRangeIn(utterance, [], today) ??
    month(words, today)
  );
}

function rangeFrom(words: readonly string[], at: number, first: string, next: string): DateRange {
  const before = words.slice(Math.max(0, at - 2), at);
  if (before.includes('since') || before.includes('from')) return { after: first };
  return before.includes('before') || before.includes('until') ? { before: first } : { after: first, before: next };
}

function daysFrom(day: string, days: number): string {
  return isoDay(Date.parse(`${day}T00:00:00Z`) + days * dayMs);
}

function singleDay(words: readonly string[], today: string): DateRange | undefined {
  for (const [index, word] of words.entries()) {
    if (word === 'today') return rangeFrom(words, index, today, daysFrom(today, 1));
    if (word !== 'yesterday') continue;
    return rangeFrom(words, index, daysFrom(today, -1), today);
  }
  const ago = words.indexOf('ago');
  const count = Number(words[ago - 2]);
  if (ago < 2 || !/^days?$/u.test(words[ago - 1] ?? '') || !(count > 0 && count < 1_000)) return undefined;
  return { after: daysFrom(today, -count), before: daysFrom(today, 1 - count) };
}

function weekday(words: readonly string[], today: string): DateRange | undefined {
  const at = words.findIndex((word) => weekdays.has(word) && word !== 'sun' && word !== 'sat');
  const code = weekdays.get(words[at] ?? '');
  if (code === undefined || monthNumbers.has(words[at + 1] ?? '') || /^\d/u.test(words[at + 1] ?? '')) return undefined;
  const back = (new Date(`${today}T00:00:00Z`).getUTCDay() - codes.indexOf(code) + 7) % 7 || 7;
  return rangeFrom(words, at, daysFrom(today, -back), daysFrom(today, 1 - back));
}

/** "Q3 2025", "last quarter". */
function quarter(words: readonly string[], today: string): DateRange | undefined {
  const [year = 0, current = 1] = today.split('-').map(Number);
  const running = year * 4 + Math.floor((current - 1) / 3);
  const rangeOf = (index: number) => {
    const first = (at: number) => `${Math.floor(at / 4)}-${String((at % 4) * 3 + 1).padStart(2, '0')}-01`;
    return { after: first(index), before: first(index + 1) };
  };
  const named = words.findIndex((word) => /^q[1-4]$/u.test(word));
  if (named >= 0) {
    const said = Number(words[named + 1]);
    const index = Number(words[named]?.slice(1)) - 1;
    const own = said > 1990 && said < 2100 ? said : year * 4 + index > running ? year - 1 : year;
    return rangeOf(own * 4 + index);
  }
  const at = words.indexOf('quarter');
  if (at < 0) return undefined;
  const isThis = words[at - 1] === 'this' || words[at - 1] === 'current';
  return rangeOf(isThis ? running : running - 1);
}

/** A month in any other place: "the November decisions". */
function month(words: readonly string[], today: string): DateRange | undefined {
  const at = words.findIndex((word) => monthNumbers.has(word) && word !== 'may' && word !== 'mar' && word !== 'march');
  const number = monthNumbers.get(words[at] ?? '');
  if (number === undefined) return undefined;
  const [year = 0, current = 0] = today.split('-').map(Number);
  const first = (number > current ? year - 1 : year) * 12 + number - 1;
  const day = (index: number) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;
  return { after: day(first), before: day(first + 1) };
}
