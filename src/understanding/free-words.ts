import { distance } from 'fastest-levenshtein';
import type { Span } from './learned/tags.ts';
import { numberWords } from './lexicon/selection-words.ts';
import type { Utterance } from './utterance.ts';

/** The words of a message in lower case, one a token; the empty string inside names and quotations. */
export function freeWords({ tokens }: Utterance, spans: readonly Span[]): string[] {
  const words = tokens.map(({ lower, quotation }) => (quotation === 0 ? lower : ''));
  for (const { label, start, end } of spans) if (label !== 'kind') words.fill('', start, Math.min(end, words.length));
  return words;
}

/** A number from 1 to 9,999, in digits or as a word up to twelve; null for anything else. */
export function numberOf(word: string | undefined): number | null {
  if (word === undefined || word === '') return null;
  const said = numberWords.get(word);
  if (said !== undefined) return said;
  return /^\d{1,4}$/u.test(word) && Number(word) >= 1 ? Number(word) : null;
}

/** The least length of a word that is compared with wrong letters, so that it does not become another real word. */
const leastFuzzy = 6;

/** A table's value for a word, also with one wrong letter or two that are swapped, in words long enough for that. */
export function meantBy<T>(table: ReadonlyMap<string, T>, word: string): T | undefined {
  const exact = table.get(word);
  if (exact !== undefined || word.length < leastFuzzy - 1) return exact;
  for (const [known, value] of table) {
    if (known.length < leastFuzzy || Math.abs(known.length - word.length) > 1 || known[0] !== word[0]) continue;
    if (distance(known, word) <= 1 || isSwapped(known, word)) return value;
  }
  return undefined;
}

function isSwapped(known: string, word: string): boolean {
  if (known.length !== word.length) return false;
  let at = 0;
  while (at < known.length && known[at] === word[at]) at += 1;
  return known[at] === word[at + 1] && known[at + 1] === word[at] && known.slice(at + 2) === word.slice(at + 2);
}

const corrections = new Set(['sorry', 'rather', 'correction', 'oops', 'actually']);

/**
 * The words behind a correction ("weekly, no, make that monthly"), those before it blanked; null when there is none.
 */
export function correctedWords(words: readonly string[]): string[] | null {
  const at = words.findLastIndex(
    (word, index) =>
      corrections.has(word) ||
      (word === 'no' && (words[index + 1] === ',' || words[index + 1] === 'make') && words[index - 1] !== '') ||
      (word === 'oh' && words[index + 1] === 'no') ||
      (word === 'i' && (words[index + 1] === 'mean' || words[index + 1] === 'meant')),
  );
  return at <= 0 ? null : words.map((word, index) => (index <= at ? '' : word));
}
