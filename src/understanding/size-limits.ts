import type { SizeRange } from '../domain/asset-mentions.ts';
import type { Span } from './learned/tags.ts';
import { sizeBounds, sizeUnits } from './lexicon/selection-words.ts';
import type { Utterance } from './utterance.ts';

/** A size that a message states as a limit, and which of its tokens say it. */
interface FoundSize {
  readonly size: SizeRange;
  readonly covered: readonly number[];
}

/** An amount of bytes that begins at a token, and the token behind it. */
interface Amount {
  readonly bytes: number;
  readonly end: number;
}

/**
 * The bounds of a size: "over 10 MB", "smaller than 1.5 GB", "between 1 and 5 MB", "2 GB or more". A number without a
 * unit, a bound that is said twice and "exactly" are not read. `words` are those outside names, one a token. Pure;
 * linear in the number of tokens.
 */
export function sizeIn(words: readonly string[]): FoundSize | null {
  const covered: number[] = [];
  const size: { over?: number; under?: number } = {};
  let at = 0;
  while (at < words.length) {
    const found = rangeAt(words, at) ?? boundAt(words, at) ?? boundBehindAt(words, at);
    if (found === null) {
      at += 1;
      continue;
    }
    for (const bound of ['over', 'under'] as const) {
      const bytes = found.size[bound];
      if (bytes === undefined) continue;
      if (size[bound] !== undefined) return null;
      size[bound] = bytes;
    }
    const from = leadingFrom(words, at);
    for (let index = from; index < found.end; index += 1) covered.push(index);
    at = found.end;
  }
  if (covered.length === 0 || (size.over ?? 0) > (size.under ?? Number.POSITIVE_INFINITY)) return null;
  return { size, covered };
}

/** Where a size is said that could not be read, "about 1,000 MB": a unit outside names; null when there is none. */
export function unreadSize({ tokens }: Utterance, spans: readonly Span[], covered: ReadonlySet<number>): number | null {
  const found = tokens.findIndex(({ lower, quotation }, index) => {
    if (quotation !== 0 || covered.has(index) || spans.some(({ start, end }) => index >= start && index < end))
      return false;
    return unitWords.has(lower) || /^\d+(?:[.,]\d+)?(?:[kmgt]i?b)$/u.test(lower);
  });
  if (found < 0) return null;
  // "About half a gig" is named whole.
  let start = found;
  while (start > 0 && found - start < 3 && beforeUnit.test(tokens[start - 1]?.lower ?? '')) start -= 1;
  return start;
}

const beforeUnit = /^(?:[\d.,]+|half|a|an|of|about|around|exactly|near|nearly|roughly|almost|than|over|under)$/u;

const unitWords = new Set(
  'kb mb gb tb kib mib gib tib bytes kilobyte kilobytes megabyte megabytes gigabyte gigabytes terabyte terabytes meg megs gig gigs'.split(
    ' ',
  ),
);

interface Found {
  readonly size: SizeRange;
  readonly end: number;
}

/** "Between 1 and 5 MB", "between 500 KB and 2 MB". */
function rangeAt(words: readonly string[], at: number): Found | null {
  if (!['between', 'zwischen', 'entre'].includes(words[at] ?? '')) return null;
  const whole = amountAt(words, at + 1);
  const and = whole?.end ?? at + 2;
  if (!['and', '-', '–', 'und', 'et', 'y'].includes(words[and] ?? '')) return null;
  const last = amountAt(words, and + 1);
  const first = whole ?? amountOf(words[at + 1], words[(last?.end ?? 0) - 1]);
  return last === null || first === null
    ? null
    : { size: { over: first.bytes, under: last.bytes }, end: behind(words, last.end) };
}

/** "Over 10 MB", "bigger than 10 MB". */
function boundAt(words: readonly string[], at: number): Found | null {
  for (const length of [3, 2, 1]) {
    const bound = sizeBounds.get(words.slice(at, at + length).join(' '));
    if (bound === undefined) continue;
    // "Bigger than like 5 MB".
    const from = at + length + (words[at + length] === 'like' ? 1 : 0);
    const amount = amountAt(words, from);
    return amount === null ? null : { size: { [bound]: amount.bytes }, end: behind(words, amount.end) };
  }
  return null;
}

const orMore = new Set(['more', 'bigger', 'larger', 'above', 'up', 'over', 'mehr', 'größer']);
const orLess = new Set(['less', 'smaller', 'below', 'under', 'weniger', 'kleiner']);

/** "10 MB or more", "10 MB and up", "10 MB+". */
function boundBehindAt(words: readonly string[], at: number): Found | null {
  const amount = amountAt(words, at);
  if (amount === null) return null;
  if (words[amount.end] === '+') return { size: { over: amount.bytes }, end: amount.end + 1 };
  if (!['or', 'and', 'oder'].includes(words[amount.end] ?? '')) return null;
  const word = words[amount.end + 1] ?? '';
  const bound = orMore.has(word) ? 'over' : orLess.has(word) ? 'under' : null;
  return bound === null ? null : { size: { [bound]: amount.bytes }, end: behind(words, amount.end + 2) };
}

/** The amount of bytes that begins at a token: "10 MB", "1.5gb"; null when there is none. */
export function amountAt(words: readonly string[], at: number): Amount | null {
  const glued = /^(\d{1,6}(?:[.,]\d{1,2})?)([a-z]{1,9})$/u.exec(words[at] ?? '');
  const bytes = glued === null ? null : bytesOf(glued[1], glued[2]);
  if (bytes !== null) return { bytes, end: at + 1 };
  const spaced = amountOf(words[at], words[at + 1]);
  return spaced === null ? null : { ...spaced, end: at + 2 };
}

/** A number with a unit that stands apart from it. */
function amountOf(number: string | undefined, unit: string | undefined): Amount | null {
  const bytes = bytesOf(number, /\d([a-z]{1,9})$/u.exec(unit ?? '')?.[1] ?? unit);
  return bytes === null ? null : { bytes, end: 0 };
}

/** "1,000" and "1.000" are a thousand to some and one to others, so they are no number here. */
function bytesOf(number = '', unit = ''): number | null {
  const bytes = sizeUnits.get(unit);
  const isOne = number === 'a' || number === 'one' || number === 'ein' || number === 'un';
  if (bytes === undefined || !(isOne || /^\d{1,6}(?:[.,]\d{1,2})?$/u.test(number))) return null;
  return Math.round((isOne ? 1 : Number(number.replace(',', '.'))) * bytes);
}

/** Words that belong to a size in front of it: "that are", "with a size of". */
const leading = new Set([
  'that',
  'which',
  'are',
  'is',
  'with',
  'a',
  'the',
  'size',
  'sizes',
  'of',
  'sized',
  'have',
  'has',
  'and',
  'but',
]);

function leadingFrom(words: readonly string[], at: number): number {
  let from = at;
  while (from > 0 && leading.has(words[from - 1] ?? '')) from -= 1;
  return from;
}

/** "10 MB in size", "10 MB each". */
function behind(words: readonly string[], end: number): number {
  if (words[end] === 'in' && words[end + 1] === 'size') return end + 2;
  return ['each', 'big', 'large'].includes(words[end] ?? '') ? end + 1 : end;
}
