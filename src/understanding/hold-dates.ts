import { isoDay } from './calendar.ts';
import { numberOf } from './free-words.ts';
import { endWords, startWords, timeUnits } from './lexicon/hold-words.ts';
import { weekdays } from './lexicon/weekdays.ts';
import { endIn, startIn } from './recurrence-bounds.ts';
import type { Token } from './token.ts';

const dayMs = 86_400_000;

/** The most words that say until when. */
const longestEnd = 7;

/** The end of a hold: the first day behind its last one (ISO), or the words that name none. */
export interface HoldEnd {
  readonly day: string | null;
  readonly unread: string | null;
}

/**
 * “Until 1 March”, “till Friday”, “until the end of the quarter”, “for two years”, “6 months”. A day that is named is the
 * last one of the hold, since keeping for a day too long loses nothing.
 */
export function holdUntil(tokens: readonly Token[], today: string): HoldEnd {
  const words = tokens.map(({ lower, quotation }) => (quotation === 0 ? lower : ''));
  const at = words.findIndex((word) => endWords.has(word));
  if (at < 0) return { day: lengthIn(words, today), unread: null };
  const behind = words.slice(at + 1, at + 1 + longestEnd);
  const near = nearEnd(behind, today);
  if (near !== null) return { day: near, unread: null };
  const day = endIn(['until', ...behind], today);
  const isNamedDay = behind.some((word) =>
    /^(?:\d{1,2}(?:st|nd|rd|th)?|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]20\d\d|christmas|xmas)$/u.test(word),
  );
  if (day !== null) return { day: isNamedDay ? later(day, 1) : day, unread: null };
  const length = behind.findIndex((word, index) => index > 0 && /^[,.;!?]$/u.test(word));
  const said = tokens.slice(at, at + 1 + (length < 0 ? behind.length : length));
  return { day: null, unread: said.map(({ text }) => text).join(' ') };
}

/** “From 1 June”, “starting next week”: the first day, ISO; null for today and for days that are over. */
export function holdFrom(tokens: readonly Token[], today: string): string | null {
  const words = tokens.map(({ lower, quotation }) => (quotation === 0 ? lower : ''));
  const at = words.findIndex(
    (word, index) => startWords.has(word) || (word === 'from' && /^\d/u.test(words[index + 1] ?? '')),
  );
  return at < 0
    ? null
    : startIn(['starting', ...words.slice(at + 1, at + 6).filter((word) => !endWords.has(word))], today);
}

/** “For two years”, “6 months”. */
function lengthIn(words: readonly string[], today: string): string | null {
  for (const [index, word] of words.entries()) {
    const count = word === 'a' || word === 'an' || word === 'one' ? 1 : numberOf(word);
    const isFor = words[index - 1] === 'for' || words[index - 2] === 'for' || /^\d/u.test(word);
    if (count !== null && isFor && timeUnits.has(words[index + 1] ?? '')) {
      return endIn(['for', String(count), words[index + 1] ?? ''], today);
    }
  }
  return null;
}

/** “Friday”, “tomorrow”, “the end of this month”: the first day behind it. */
function nearEnd(behind: readonly string[], today: string): string | null {
  const [first = '', ...rest] = behind.filter((word) => !['the', 'of', 'this', 'on', 'next', 'coming'].includes(word));
  const isNext = behind.includes('next');
  const weekday = (new Date(Date.parse(today)).getUTCDay() + 6) % 7;
  if (first === 'tomorrow') return later(today, 2);
  const named = [...new Set(weekdays.values())].indexOf(weekdays.get(first) ?? '');
  if (named >= 0) return later(today, ((named - weekday + 6) % 7) + 2);
  const unit = first === 'end' ? (rest[0] ?? '') : isNext ? first : '';
  const [year = 0, month = 1] = today.split('-').map(Number);
  // The next week, month or year ends it; the end of one is a whole one later.
  const more = first === 'end' && isNext ? 1 : 0;
  switch (unit) {
    case 'week':
      return later(today, 7 - weekday + 7 * more);
    case 'month':
      return isoDay(Date.UTC(year, month + more, 1));
    case 'quarter':
      return isoDay(Date.UTC(year, 3 * (Math.floor((month - 1) / 3) + 1 + more), 1));
    case 'year':
      return `${year + 1 + more}-01-01`;
    default:
      return null;
  }
}

function later(day: string, days: number): string {
  return isoDay(Date.parse(`${day}T00:00:00Z`) + days * dayMs);
}
