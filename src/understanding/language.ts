import { eld } from 'eld/extrasmall';
import { englishMarks, languageMarks } from './lexicon/language-marks.ts';
import { normalise } from './normalise.ts';
import { tokenise, type Utterance } from './utterance.ts';

/** The languages besides English that are told apart, by their ISO 639-1 codes. */
export const otherLanguages = ['de', 'fr', 'es', 'pt', 'it', 'nl', 'pl'] as const;
export type OtherLanguage = (typeof otherLanguages)[number];

/** Only so much of a message is looked at, in UTF-16 units. */
const mostRead = 400;

/** Chosen on `test/understanding/fixtures/languages.jsonl`, and on all English writers. */
const weights = {
  /** What one mark of a language adds to its score, which is from 0 to 1. */
  mark: 0.2,
  /** More marks than these add nothing. */
  mostMarks: 3,
  /** The least by which a language must be ahead of English. */
  margin: 0.06,
  /** The same for a message with a mark of that language and none of English. */
  marginAlone: -0.05,
  /** The same for a message without any mark of that language, and the fewest words it must have. */
  unmarkedMargin: 0.1,
  unmarkedWords: 4,
  /** With fewer than two marks: the least by which any other language's n-grams must be ahead, for none to be told. */
  foreign: 0.12,
};

/** The marks of one language: whole words, and stems. */
class Marks {
  readonly #words: ReadonlySet<string>;
  readonly #stems: readonly string[];

  constructor(list: string) {
    const words = list.trim().split(/\s+/u);
    this.#words = new Set(words.filter((word) => !word.endsWith('*')));
    this.#stems = words.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1));
  }

  has(word: string): boolean {
    return this.#words.has(word) || this.#stems.some((stem) => word.startsWith(stem));
  }
}

const english = new Marks(englishMarks);
const marks = Object.fromEntries(otherLanguages.map((code) => [code, new Marks(languageMarks[code])])) as Readonly<
  Record<OtherLanguage, Marks>
>;

/**
 * The language of a message, null for English and whenever another one is not plain. An n-gram classifier scores the
 * words outside names; marks of each language decide short messages, of which n-grams tell little. `names` are those
 * that the reader found. Pure; looks at the first 400 characters only.
 */
export function languageOf(text: string, names: readonly string[] = []): OtherLanguage | null {
  const words = wordsOutsideNames(withoutNames(text.slice(0, mostRead), names));
  const scores: Readonly<Record<string, number>> = eld.detect(words.join(' ')).getScores();
  const scored = (code: string, ofLanguage: Marks) =>
    (scores[code] ?? 0) +
    weights.mark * Math.min(weights.mostMarks, words.filter((word) => ofLanguage.has(word)).length);
  const isEnglishToo = words.some((word) => english.has(word));
  const ownWords = words.filter((word) => word.length > 1 && !english.has(word));
  const marked = otherLanguages.filter((code) => ownWords.some((word) => marks[code].has(word)));
  const isShort = words.length < weights.unmarkedWords;
  if (marked.length === 0 && (isShort || isEnglishToo)) return null;
  const possible = marked.length > 0 && isShort ? marked : otherLanguages;
  const [best] = possible.map((code) => ({ code, score: scored(code, marks[code]) })).sort((a, b) => b.score - a.score);
  if (best === undefined) return null;
  const markCount = ownWords.filter((word) => marks[best.code].has(word)).length;
  const lead = Math.max(0, ...Object.values(scores)) - (scores[best.code] ?? 0);
  if (markCount < 2 && lead >= weights.foreign) return null;
  const isMarked = markCount > 0;
  if (!isMarked && isEnglishToo) return null;
  const margin = !isMarked ? weights.unmarkedMargin : isEnglishToo ? weights.margin : weights.marginAlone;
  return best.score >= scored('en', english) + margin ? best.code : null;
}

function withoutNames(text: string, names: readonly string[]): string {
  let rest = text;
  for (const name of names) if (name.length > 1) rest = rest.replaceAll(name, ' 0 ');
  return rest;
}

/** The words in lower case, without names, ids, addresses, quotations and words for kinds. */
function wordsOutsideNames(text: string): string[] {
  const utterance = tokenise(normalise(text).text);
  const isShouted = !/\p{Ll}/u.test(text);
  const kinds = new Set(utterance.kinds.flatMap(({ start, end }) => range(start, end)));
  return utterance.tokens.flatMap((token, index) => {
    if (token.type !== 'word' || token.quotation !== 0 || /[\d_.]/u.test(token.lower)) return [];
    const parts = english.has(token.lower) ? [token.lower] : token.lower.split(/['-]/u).filter((part) => part !== '');
    if (parts.some(isMark)) return parts;
    if (kinds.has(index) || token.lower.includes('-')) return [];
    return !isShouted && /^\p{Lu}/u.test(token.text) && !beginsSentence(utterance, index) ? [] : parts;
  });
}

function isMark(word: string): boolean {
  return english.has(word) || otherLanguages.some((code) => marks[code].has(word));
}

function beginsSentence({ tokens }: Utterance, index: number): boolean {
  const before = tokens[index - 1];
  return before === undefined || before.type === 'break' || /^[.!?¿¡]$/u.test(before.text);
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, offset) => start + offset);
}
