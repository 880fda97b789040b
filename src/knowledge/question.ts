import { distance } from 'fastest-levenshtein';
import type { PageAudience } from './page.ts';
import { isWayOfAsking, normalisePhrases, stemOf, type Term, wordsOf } from './terms.ts';
import { fillerWords } from './wording.ts';

/** A term of a question. */
export interface QuestionTerm extends Term {
  /** False for a word that occurs in no page and no wording, not even with a typing error. */
  readonly known: boolean;
  /** True for an unknown word written like a name, which says little about the topic. */
  readonly isName: boolean;
}

const fileName =
  /(?<![\p{L}\p{N}_-])(?!readme\.txt|manifest\.json|personal-data\.json)[\p{L}\p{N}_-]+\.(?:csv|tsv|txt|zip|json|ipynb|arff|rdata|xlsx?|docx?)\b/giu;
const quotation = /["“«][^"”»]{1,80}["”»]/gu;

/** Splits a question into terms, in order. File names and quoted names are left out, typing errors are corrected. */
export function questionTerms(question: string, words: ReadonlySet<string>): QuestionTerm[] {
  const text = normalisePhrases(question.replace(fileName, ' ').replace(quotation, (said) => keepIfKnown(said, words)));
  return wordsOf(text).flatMap(({ word, index }) => {
    if (isWayOfAsking(word)) return [{ word, stem: word, known: true, isName: false }];
    const lower = word.toLowerCase();
    if (fillerWords.has(lower) || /^\d+$/u.test(lower)) return [];
    const corrected = correct(lower, words);
    if (corrected !== null && fillerWords.has(corrected)) return [];
    // A capital letter at a word that does not begin a sentence.
    const isName = corrected === null && /^\p{Lu}/u.test(word) && /[^.!?\s]\s*$/u.test(text.slice(0, index));
    return [{ word: corrected ?? lower, stem: stemOf(corrected ?? lower), known: corrected !== null, isName }];
  });
}

/** The account types and roles that a question mentions. */
export function audiencesIn(terms: readonly Term[]): PageAudience[] {
  const stems = new Set(terms.map(({ stem }) => stem));
  return (['guest', 'free', 'standard', 'owner', 'member'] as const).filter((each) => stems.has(stemOf(each)));
}

/**
 * Keeps quoted words that pages contain, since they are the topic of the question; replaces all others, which are a
 * name.
 */
function keepIfKnown(said: string, words: ReadonlySet<string>): string {
  const isKnown = ({ word }: { word: string }) => words.has(word.toLowerCase()) || fillerWords.has(word.toLowerCase());
  return wordsOf(normalisePhrases(said)).every(isKnown) ? said : ' ';
}

/** The word itself when it is known, else the known word that it is probably a typing error of, else null. */
function correct(word: string, words: ReadonlySet<string>): string | null {
  if (words.has(word) || fillerWords.has(word)) return word;
  if (word.length < 4 || /\d/u.test(word)) return null;
  const maxDistance = word.length >= 9 ? 2 : 1;
  let best: string | null = null;
  let bestDistance = maxDistance + 1;
  for (const known of words) {
    if (known.length < 4 || Math.abs(known.length - word.length) > maxDistance || known[0] !== word[0]) continue;
    const isSwap = isSwapped(word, known);
    // In a short word a replaced letter often gives another word ("charged", "changed"); a missing or an extra letter
    // rarely does.
    if (known.length === word.length && word.length < 8 && !isSwap) continue;
    const editDistance = isSwap ? 1 : distance(word, known);
    if (editDistance < bestDistance) {
      bestDistance = editDistance;
      best = known;
    }
  }
  return best;
}

/** True when the words differ only in two neighbouring letters that are swapped. */
function isSwapped(typed: string, known: string): boolean {
  if (typed.length !== known.length) return false;
  const first = [...typed].findIndex((letter, index) => letter !== known[index]);
  return (
    first >= 0 &&
    typed[first] === known[first + 1] &&
    typed[first + 1] === known[first] &&
    typed.slice(first + 2) === known.slice(first + 2)
  );
}
