import { parseItem } from './items.ts';
import { elsewhere } from './lexicon/elsewhere.ts';
import { type Sentence, wordAt } from './tokens.ts';
import { wrapped } from './wrapped-pattern.ts';

/** A workspace's name and the tokens it takes. */
export interface Place {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const notStudio = new RegExp(wrapped`
  ^(?:
    studio|azure|teams|microsoft|sharepoint|onedrive|excel|github|outlook|word|windows|kaggle|january|february|
    march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|
    friday|saturday|sunday|spring|summer|autumn|winter|english|german|french|question|progress|total|general|
    hell|short|full|bulk|particular|order
  )$
`);

/**
 * The workspace that is named at `index` without the word "workspace": "experiments inside Nimbus Lab". Quotes, the
 * form of an identifier, or capitals mark the name; whether such a workspace exists is checked later.
 */
export function unmarkedPlace(sentence: Sentence, index: number): Place | undefined {
  const item = parseItem(sentence, index, sentence.tokens.length);
  if (item?.name === undefined || item.kind !== undefined) return undefined;
  const place = { name: item.name, from: item.from, to: item.to };
  if (item.mark === 'quoted') return place;
  if (notStudio.test(wordAt(sentence, index)) || notStudio.test(wordAt(sentence, item.from))) return undefined;
  if (item.mark === 'identifier') return /\.\p{L}+$/u.test(item.name) ? undefined : place;
  const at = (position: number) => (position < item.to ? wordAt(sentence, position) : '');
  for (let position = item.from; position < item.to; position += 1) {
    const length = elsewhere.longest(at, position);
    if (length > 0 && position + length === item.to) return undefined;
  }
  const determined = item.from > index && !(item.from === index + 1 && wordAt(sentence, index) === 'the');
  const shouted = !/\p{Ll}/u.test(sentence.text);
  if (determined) return undefined;
  return labName.test(item.name) || (!shouted && isProperName(item.name)) ? place : undefined;
}

// Names that only workspaces have, typed without capitals.
const labName = /^(?:[\p{L}\p{N}-]+ ){1,3}(?:labs?|sandbox|playground|analytics|ml)$/iu;

/** "Big Lab", "Lab 2", "House of Cards", "Big lab", but not "Berlin because the audit is near". */
function isProperName(name: string): boolean {
  const words = name.split(/\s+/);
  const [first = '', second = ''] = words;
  if (!/^\p{Lu}/u.test(first)) return false;
  if (words.length === 2 && /^\p{Ll}/u.test(second)) return true;
  return words.every((word) => !/^\p{Ll}/u.test(word) || /^(?:of|and|for|the|in|on)$/.test(word));
}
