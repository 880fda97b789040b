import { type Reading, sureEnough } from '../understanding/intents.ts';
import { stopWords } from '../understanding/lexicon/stop-words.ts';
import { known } from '../understanding/lexicon/vocabulary.ts';
import { normalise } from '../understanding/normalise.ts';
import { corrected } from '../understanding/spelling.ts';

/** From here on the embedded reader knows why a text is no command (injected, pasted, empty); nobody is asked again. */
const certain = 0.9;

/**
 * Whether a language model is asked about a message: when the embedded reader is unsure of it, or finds nothing in
 * it and it does not look like the reader's own language. What it plainly declined in English stays declined.
 */
export function worthAsking(text: string, reading: Reading): boolean {
  const message = normalise(text);
  if (message.tooLong || !/\p{L}/u.test(message.text)) return false;
  // The reader understood and has a question of its own.
  if (reading.incomplete !== undefined) return false;
  if (reading.confidence < sureEnough) return true;
  return reading.intent === 'none' && reading.confidence < certain && !looksEnglish(message.plain);
}

/** Names and addresses say nothing about the language around them. */
const names =
  /"[^"]*"|(?<!\p{L})'[^']*'(?!\p{L})|(?<!\S)[^\s@\d_/\\]*[@\d_/\\]\S*|(?<!\S)\S+\.\p{L}{1,5}(?=$|[\s,;:!?.])/gu;

/** Small words that are English and hardly any other language's; two of them settle it, whatever else is there. */
const tellingWords = new Set(
  'the and you your our this that these those with from please can could would should what how when who why are have been its they them their because'.split(
    ' ',
  ),
);

/** Whether it has two telling words, or more than half of its words are known to the reader, misspelt or not. */
function looksEnglish(text: string): boolean {
  const words =
    text
      .toLowerCase()
      .replace(names, ' ')
      .match(/\p{L}[\p{L}\p{M}']*/gu) ?? [];
  if (new Set(words).intersection(tellingWords).size >= 2) return true;
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
