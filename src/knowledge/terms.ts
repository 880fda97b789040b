import { stemmer } from 'stemmer';
import { fillers, outsideWords, phrases, synonyms } from './wording.ts';

/** A word of a text with what it is searched by. */
export interface Term {
  readonly word: string;
  readonly stem: string;
}

const standsFor: ReadonlyMap<string, string> = new Map(
  [...outsideWords, ...synonyms].flatMap((line) => {
    const stems = line.split(/\s+/u).map((each) => stemmer(each));
    return stems.map((stem) => [stem, stems[0] ?? stem] as const);
  }),
);

const mention = /<at\b[^<>]*>[^<]*<\/at>/giu;
const markup = /<[^<>]*>/gu;
// Letters and digits of any script; hyphens and apostrophes only inside.
const word = /[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu;
const wayOfAsking = /^(?:HOWTO|WHATIF|WHATIS|CAN|SHOULD|MUST|WHO|WHY|WHERE|WHEN|HOWLONG)$/u;

/** The text as terms are cut from it: mentions and markup gone, known phrases as one word each. Keeps capitals. */
export function worded(text: string): string {
  const plain = text.normalize('NFKC').replace(mention, ' ').replace(markup, ' ').replace(/[’‘]/gu, "'");
  return phrases.reduce((said, [pattern, instead]) => said.replace(pattern, ` ${instead} `), plain);
}

/** The words of a text that was prepared with `worded`, with their positions. */
export function wordsOf(text: string): { readonly word: string; readonly index: number }[] {
  return [...text.matchAll(word)].map((match) => ({ word: match[0].replace(/'s$/iu, ''), index: match.index }));
}

/** The terms of each line, in order. Words that say nothing are left out. Much quicker than line by line. */
export function termsOfLines(lines: readonly string[]): Term[][] {
  const stems = new Map<string, string>();
  const termOf = (lower: string): Term => {
    const stem = stems.get(lower) ?? stemOf(lower);
    stems.set(lower, stem);
    return { word: lower, stem };
  };
  const text = worded(lines.map((line) => line.replace(/\n/gu, ' ')).join('\n'));
  return text.split('\n').map((line) =>
    wordsOf(line).flatMap(({ word: found }) => {
      if (isWayOfAsking(found)) return [{ word: found, stem: found }];
      const lower = found.toLowerCase();
      return fillers.has(lower) ? [] : [termOf(lower)];
    }),
  );
}

/** What a word is searched by: its stem, or that of the word that stands for all of its meaning. */
export function stemOf(lower: string): string {
  const stem = stemmer(lower.replace(/'/gu, ''));
  return standsFor.get(stem) ?? stem;
}

/** True for a term that says how something is asked rather than what about. */
export function isWayOfAsking(stem: string): boolean {
  return wayOfAsking.test(stem);
}
