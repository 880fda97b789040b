import { noNames } from './lexicon/address-words.ts';
import { addressAt, type Capture } from './phrase-pattern.ts';

const longestNameTokens = 5;
const nameForm = /^\p{L}[\p{L}\p{M}.'-]{0,39}$/u;

/** An address, or the words of a name; longer names first. */
export const personAt: Capture = (tokens, from) => {
  if (addressAt(tokens, from).length > 0) return [1];
  const lengths: number[] = [];
  for (let length = 1; length <= longestNameTokens; length += 1) {
    const word = tokens[from + length - 1] ?? '';
    if (!nameForm.test(word) || noNames.has(word.toLowerCase())) break;
    lengths.unshift(length);
  }
  return lengths;
};
