import { monthNumbers } from './calendar.ts';
import type { Reading } from './intents.ts';
import { decidingVerbs, endPhrases, listPhrases, namePhrases, timeOpeners, timeWords } from './lexicon/deputy-words.ts';
import { weekdays } from './lexicon/weekdays.ts';
import { normalise } from './normalise.ts';
import { personAt } from './person-capture.ts';
import { type Capture, matchPhrase, type Phrase, phrase } from './phrase-pattern.ts';
import { tokensOf, withoutCourtesies } from './phrase-tokens.ts';

const compiled = (sources: readonly string[]): readonly Phrase[] => sources.map(phrase);
const names = compiled(namePhrases.flatMap((each) => [each, `${each} W`, `W ${each}`]));
const ends = compiled(endPhrases);
const lists = compiled(listPhrases);

const longestTime = 14;
const dateForm = /^(?:\d{1,2}(?:st|nd|rd|th)?|\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})$/u;

/** The words of a time; longer ones first. Whether they make sense together is for whoever reads the time. */
const timeAt: Capture = (tokens, from) => {
  if (!timeOpeners.has(tokens[from]?.toLowerCase() ?? '')) return [];
  const lengths: number[] = [];
  for (let length = 1; length <= longestTime; length += 1) {
    const word = tokens[from + length - 1]?.toLowerCase() ?? '';
    if (!timeWords.has(word) && !weekdays.has(word) && !monthNumbers.has(word) && !dateForm.test(word)) break;
    lengths.unshift(length);
  }
  return lengths;
};

const captures = { D: personAt, A: personAt, W: timeAt };

/**
 * Reads a sentence about who decides for whom: names a deputy, ends that or asks who it is. Null unless one of the known
 * phrases explains every word of the message, apart from courtesies around it. Pure.
 */
export function deputyReading(text: string): Reading | null {
  const { plain, tooLong } = normalise(text);
  if (tooLong || plain.length > 300) return null;
  const said = withoutCourtesies(withForMe(tokensOf(plain)));
  if (said === null) return null;
  const { tokens, isAsked, isPolite } = said;
  const asked = slotsOf(lists, tokens);
  if (asked !== null) return { intent: 'deputy.list', slots: asked, confidence: 1, why: 'asks for a deputy' };
  if (isAsked && !isPolite) return null;
  const ended = slotsOf(ends, tokens);
  if (ended !== null) return { intent: 'deputy.end', slots: ended, confidence: 1, why: 'ends a deputyship' };
  const named = slotsOf(names, tokens);
  return named === null ? null : { intent: 'deputy.name', slots: named, confidence: 1, why: 'names a deputy' };
}

/** "Decides for me" holds no courtesy, so its last words are one token, which no list of courtesies has. */
function withForMe(tokens: readonly string[]): readonly string[] {
  const isForMe = (at: number) =>
    decidingVerbs.has(tokens[at - 1]?.toLowerCase() ?? '') &&
    tokens[at]?.toLowerCase() === 'for' &&
    tokens[at + 1]?.toLowerCase() === 'me';
  return tokens.flatMap((token, at) => (isForMe(at) ? ['for-me'] : isForMe(at - 1) ? [] : [token]));
}

function slotsOf(phrases: readonly Phrase[], tokens: readonly string[]): Reading['slots'] | null {
  for (const each of phrases) {
    const found = matchPhrase(each, tokens, captures);
    if (found === null) continue;
    const textOf = (name: string) => {
      const range = found.get(name);
      return range === undefined ? null : tokens.slice(...range).join(' ');
    };
    const [subject, owner, when] = [textOf('D'), textOf('A'), textOf('W')];
    return {
      ...(subject === null ? {} : { subject }),
      ...(owner === null ? {} : { owner }),
      ...(when === null ? {} : { when }),
    };
  }
  return null;
}
