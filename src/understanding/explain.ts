import { signsOf } from './certainty.ts';
import type { ReadingContext } from './decide.ts';
import { isDestructive } from './intents.ts';
import type { ReaderModel } from './learned/reader-model.ts';
import { learn } from './model-readings.ts';
import { normalise } from './normalise.ts';
import { readOwnWords } from './read.ts';
import { textOf, tokenise } from './utterance.ts';

/** What decided how a message is read. */
export interface Explanation {
  /** The probability of each reading, likeliest first. */
  readonly readings: readonly (readonly [intent: string, probability: number])[];
  /** The spans that the tagger marked, with their labels. */
  readonly spans: readonly (readonly [label: string, text: string])[];
  /** How much the probability of the best reading drops when a word is left out, largest drop first. */
  readonly words: readonly (readonly [word: string, less: number])[];
  /** The signs for and against a deletion, with their strength; empty for another reading. */
  readonly signs: Readonly<Record<string, number>>;
}

const mostWords = 8;

/** In longer messages, in words, no word is left out. */
const longestTried = 60;

/** Explains why a message is read as it is, for people who train the reader. Pure. */
export function explain(text: string, model: ReaderModel, { today, names }: ReadingContext = {}): Explanation {
  const utterance = tokenise(normalise(text).text);
  const { readings, spans } = learn(utterance, model, today, names);
  const [best] = readings;
  if (best === undefined) return { readings: [], spans: [], words: [], signs: {} };
  const without = (start: number, end: number) => {
    const rest = tokenise(`${utterance.text.slice(0, start)}${utterance.text.slice(end)}`);
    const again = learn(rest, model, today, names).readings.find(({ intent }) => intent === best.intent);
    return best.confidence - (again?.confidence ?? 0);
  };
  const words = utterance.tokens.length > longestTried ? [] : utterance.tokens.filter(({ type }) => type === 'word');
  const ruled = readOwnWords(text, undefined, today);
  return {
    readings: readings.map(({ intent, confidence }) => [intent, rounded(confidence)]),
    spans: spans.map(({ label, start, end }) => [label, textOf(utterance, start, end)]),
    words: words
      .map((word) => [word.text, rounded(without(word.start, word.end))] as const)
      .sort(([, a], [, b]) => b - a)
      .slice(0, mostWords),
    signs: isDestructive(best.intent) ? signsOf({ reading: best, readings, ruled, utterance, spans }) : {},
  };
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
