import { rulingPhrases } from './lexicon/ruling-phrases.ts';
import type { Utterance } from './utterance.ts';

/** Tokens that "…" may stand for. */
const longestGap = 6;

const byFirst = new Map<string, (readonly string[])[]>();
for (const phrase of rulingPhrases) {
  const words = phrase.split(' ');
  const first = words[0] ?? '';
  byFirst.set(first, [...(byFirst.get(first) ?? []), words]);
}

/**
 * Whether a phrase outside quotations rules a deletion out. Unquoted names are not left out, since the tagger may take
 * such a phrase for part of one. Linear in the number of tokens.
 */
export function holdsRulingPhrase({ tokens }: Utterance): boolean {
  const words = tokens.map(({ lower, quotation }) => (quotation === 0 ? lower : ''));
  // A sentence that ends with the text ends like any other.
  words.push('.');
  return words.some((word, at) => (byFirst.get(word) ?? []).some((phrase) => stands(phrase, words, at)));
}

function stands(phrase: readonly string[], words: readonly string[], from: number): boolean {
  let at = from;
  for (const [index, part] of phrase.entries()) {
    if (part !== '…') {
      if (words[at] !== part) return false;
      at += 1;
      continue;
    }
    const gap = words.slice(at, at + longestGap + 1).indexOf(phrase[index + 1] ?? '');
    if (gap < 0) return false;
    at += gap;
  }
  return true;
}
