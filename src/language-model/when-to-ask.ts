import { type Reading, sureEnough } from '../understanding/intents.ts';
import { stopWords } from '../understanding/lexicon/stop-words.ts';
import { known } from '../understanding/lexicon/vocabulary.ts';
import { normalise } from '../understanding/normalise.ts';
import { corrected } from '../understanding/spelling.ts';

/** From this confidence on the embedded reader knows why a text is no command (injected, pasted, empty). */
const certainlyNoCommand = 0.9;

/**
 * Whether a language model is asked about a message: when the embedded reader is unsure, or when it finds no intent and
 * the message does not look English, the only language of that reader. An English message without intent stays so.
 */
export function shouldAskModel(text: string, reading: Reading): boolean {
  const message = normalise(text);
  if (message.tooLong || !/\p{L}/u.test(message.text)) return false;
  // The embedded reader understood the message and asks the person for what is missing.
  if (reading.incomplete !== undefined) return false;
  if (reading.confidence < sureEnough) return true;
  return reading.intent === 'none' && reading.confidence < certainlyNoCommand && !looksEnglish(message.plain);
}

/** Names and addresses, which are no evidence of the language of a message. */
const nameOrAddress =
  /"[^"]*"|(?<!\p{L})'[^']*'(?!\p{L})|(?<!\S)[^\s@\d_/\\]*[@\d_/\\]\S*|(?<!\S)\S+\.\p{L}{1,5}(?=$|[\s,;:!?.])/gu;

/** Function words that hardly any language but English has; two of them decide, whatever else is there. */
const englishFunctionWords = new Set(
  'the and you your our this that these those with from please can could would should what how when who why are have been its they them their because'.split(
    ' ',
  ),
);

/** Whether it has two English function words, or the reader knows more than half of its words, misspelt or not. */
function looksEnglish(text: string): boolean {
  const words =
    text
      .toLowerCase()
      .replace(nameOrAddress, ' ')
      .match(/\p{L}[\p{L}\p{M}']*/gu) ?? [];
  if (new Set(words).intersection(englishFunctionWords).size >= 2) return true;
  return words.filter(isEnglish).length * 2 > words.length;
}

function isEnglish(word: string): boolean {
  // "don't", "workspace's"
  const stem = word.split("'", 1)[0] ?? '';
  return word.endsWith("n't") || isKnown(stem) || isKnown(corrected(stem));
}

function isKnown(word: string): boolean {
  return known.has(word) || stopWords.has(word);
}
