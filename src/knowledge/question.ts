import { distance } from 'fastest-levenshtein';
import type { PageAudience } from './page.ts';
import { isWayOfAsking, stemOf, type Term, worded, wordsOf } from './terms.ts';
import { fillers } from './wording.ts';

/** A term of a question. */
export interface QuestionTerm extends Term {
  /** False for a word that no page, no other wording and no lexicon knows. */
  readonly known: boolean;
  /** True for an unknown word that is written like a name; it says little about the subject. */
  readonly isName: boolean;
}

const fileName =
  /(?<![\p{L}\p{N}_-])(?!readme\.txt|manifest\.json|personal-data\.json)[\p{L}\p{N}_-]+\.(?:csv|tsv|txt|zip|json|ipynb|arff|rdata|xlsx?|docx?)\b/giu;
const quotation = /["“«][^"”»]{1,80}["”»]/gu;

/** Cuts a question into terms, in order: names of files and quoted names left out, typing errors mended. */
export function questionTerms(question: string, words: ReadonlySet<string>): QuestionTerm[] {
  const text = worded(question.replace(fileName, ' ').replace(quotation, (said) => keepIfKnown(said, words)));
  return wordsOf(text).flatMap(({ word, index }) => {
    if (isWayOfAsking(word)) return [{ word, stem: word, known: true, isName: false }];
    const lower = word.toLowerCase();
    if (fillers.has(lower) || /^\d+$/u.test(lower)) return [];
    const mended = mend(lower, words);
    if (mended !== null && fillers.has(mended)) return [];
    // A capital in the middle of a sentence.
    const isName = mended === null && /^\p{Lu}/u.test(word) && /[^.!?\s]\s*$/u.test(text.slice(0, index));
    return [{ word: mended ?? lower, stem: stemOf(mended ?? lower), known: mended !== null, isName }];
  });
}

/** The account types and roles that a question speaks of. */
export function audiencesIn(terms: readonly Term[]): PageAudience[] {
  const stems = new Set(terms.map(({ stem }) => stem));
  return (['guest', 'free', 'standard', 'owner', 'member'] as const).filter((each) => stems.has(stemOf(each)));
}

/** Quoted words that pages know are what the question is about; all others are a name. */
function keepIfKnown(said: string, words: ReadonlySet<string>): string {
  const isKnown = ({ word }: { word: string }) => words.has(word.toLowerCase()) || fillers.has(word.toLowerCase());
  return wordsOf(worded(said)).every(isKnown) ? said : ' ';
}

/** The word itself when it is known, else the known word that it is a typing error of, else null. */
function mend(word: string, words: ReadonlySet<string>): string | null {
  if (words.has(word) || fillers.has(word)) return word;
  if (word.length < 4 || /\d/u.test(word)) return null;
  const most = word.length >= 9 ? 2 : 1;
  let best: string | null = null;
  let least = most + 1;
  for (const known of words) {
    if (known.length < 4 || Math.abs(known.length - word.length) > most || known[0] !== word[0]) continue;
    const isSwap = isSwapped(word, known);
    // A letter for another makes other words of short ones ("charged", "changed"); one too many or too few rarely does.
    if (known.length === word.length && word.length < 8 && !isSwap) continue;
    const apart = isSwap ? 1 : distance(word, known);
    if (apart < least) {
      least = apart;
      best = known;
    }
  }
  return best;
}

/** True when two neighbouring letters changed places. */
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
