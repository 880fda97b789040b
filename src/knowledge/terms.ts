import { stemmer } from 'stemmer';
import { fillerWords, outsideWords, phrases, synonyms } from './wording.ts';

/** A word of a text with the stem by which it is searched. */
export interface Term {
  readonly word: string;
  readonly stem: string;
}

const canonicalStems: ReadonlyMap<string, string> = new Map(
  [...outsideWords, ...synonyms].flatMap((line) => {
    const stems = line.split(/\s+/u).map((each) => stemmer(each));
    return stems.map((stem) => [stem, stems[0] ?? stem] as const);
  }),
);

const mention = /<at\b[^<>]*>[^<]*<\/at>/giu;
const markup = /<[^<>]*>/gu;
// Letters and digits of any script; hyphens and apostrophes only inside a word.
const word = /[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu;
const wayOfAsking = /^(?:HOWTO|WHATIF|WHATIS|CAN|SHOULD|MUST|WHO|WHY|WHERE|WHEN|HOWLONG)$/u;

/** The text without mentions and markup, with known phrases replaced by one word each. Keeps capital letters. */
export function normalisePhrases(text: string): string {
  const plain = text.normalize('NFKC').replace(mention, ' ').replace(markup, ' ').replace(/[’‘]/gu, "'");
  return phrases.reduce((said, [pattern, instead]) => said.replace(pattern, ` ${instead} `), plain);
}

/** The words of a text prepared by `normalisePhrases`, with their positions. */
export function wordsOf(text: string): { readonly word: string; readonly index: number }[] {
  return [...text.matchAll(word)].map((match) => ({ word: match[0].replace(/'s$/iu, ''), index: match.index }));
}

/** The terms of each line, in order, without filler words. Much faster than processing line by line. */
export function termsOfLines(lines: readonly string[]): Term[][] {
  const stems = new Map<string, string>();
  const termOf = (lower: string): Term => {
    const stem = stems.get(lower) ?? stemOf(lower);
    stems.set(lower, stem);
    return { word: lower, stem };
  };
  const text = normalisePhrases(lines.map((line) => line.replace(/\n/gu, ' ')).join('\n'));
  return text.split('\n').map((line) =>
    wordsOf(line).flatMap(({ word: found }) => {
      if (isWayOfAsking(found)) return [{ word: found, stem: found }];
      const lower = found.toLowerCase();
      return fillerWords.has(lower) ? [] : [termOf(lower)];
    }),
  );
}

/** The stem by which a word is searched: its own, or that of the first word in its list of synonyms. */
export function stemOf(lower: string): string {
  const stem = stemmer(lower.replace(/'/gu, ''));
  return canonicalStems.get(stem) ?? stem;
}

/** True for a term that is the form of a question ("how to", "why") rather than its topic. */
export function isWayOfAsking(stem: string): boolean {
  return wayOfAsking.test(stem);
}
