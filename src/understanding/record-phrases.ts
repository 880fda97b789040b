import { requestNumber } from '../domain/request.ts';
import type { Reading } from './intents.ts';
import { noPeople } from './lexicon/record-question-words.ts';
import { recordPhrases } from './lexicon/record-wording.ts';
import { normalise } from './normalise.ts';
import { addressAt, type Capture, matchPhrase, phrase } from './phrase-pattern.ts';
import { tokensOf, withoutCourtesies } from './phrase-tokens.ts';
import { pastDays } from './record-days.ts';

const phrases = recordPhrases.map(phrase);

const longestPerson = 3;
const longestTime = 7;
const nameForm = /^\p{L}[\p{L}\p{M}.'-]{0,39}$/u;

/** "DSR-1042", "DSR 1042", "1042". */
const requestAt: Capture = (tokens, from) =>
  [2, 1].filter((length) => {
    const said = tokens.slice(from, from + length).join(' ');
    return from + length <= tokens.length && /\d/u.test(said) && requestNumber(said) !== null;
  });

const personAt: Capture = (tokens, from) => {
  if (addressAt(tokens, from).length > 0) return [1];
  const lengths: number[] = [];
  for (let length = 1; length <= longestPerson; length += 1) {
    const word = tokens[from + length - 1] ?? '';
    if (!nameForm.test(word) || noPeople.has(word.toLowerCase())) break;
    lengths.unshift(length);
  }
  return lengths;
};

/** A thing: one word with a mark inside, or words in quotation marks, which are gone by now. */
const nameAt: Capture = (tokens, from) => [1, 2, 3, 4].filter((length) => from + length <= tokens.length);

const timeWords =
  /^(?:today|yesterday|this|last|past|previous|in|on|since|from|during|before|until|between|for|q[1-4]|\p{L}{3,9})$/iu;

const timeAt =
  (today: string): Capture =>
  (tokens, from) => {
    if (!timeWords.test(tokens[from] ?? '')) return [];
    return [7, 6, 5, 4, 3, 2, 1].filter((length) => {
      if (length > longestTime || from + length > tokens.length) return false;
      const said = tokens.slice(from, from + length);
      return pastDays(said.join(' '), today) !== undefined;
    });
  };

const orNothing =
  (capture: Capture): Capture =>
  (tokens, from) => [...capture(tokens, from), 0];

/** Any day: whether words name a time does not depend on it. */
const someDay = '2026-12-01';

const captures: Readonly<Record<string, Capture>> = {
  R: requestAt,
  P: personAt,
  N: nameAt,
  D: timeAt(someDay),
  O: orNothing(personAt),
  T: orNothing(timeAt(someDay)),
};

/**
 * Reads a question about the record; null unless one of the known phrases explains every word of the message, apart from
 * courtesies around it. What it asks for in detail is read by `record-questions.ts`. Pure.
 */
export function recordReading(text: string): Reading | null {
  const { plain, tooLong } = normalise(text);
  if (tooLong || plain.length > 200) return null;
  const said = withoutCourtesies(tokensOf(plain));
  if (said === null) return null;
  for (const each of phrases) {
    const found = matchPhrase(each, said.tokens, captures);
    if (found === null) continue;
    const range = found.get('R');
    const request = range === undefined ? undefined : said.tokens.slice(...range).join(' ');
    const slots = request === undefined ? {} : { request };
    return { intent: 'record.show', slots, confidence: 0.95, why: 'a question about the record' };
  }
  return null;
}
