import { parseItem } from './items.ts';
import { adjuncts } from './lexicon/boundaries.ts';
import { type Sentence, wordAt } from './tokens.ts';
import { wrapped } from './wrapped-pattern.ts';

/** Matches an expression after a token; returns the index of the token after the match, or null. */
export function matchBehind(sentence: Sentence, expression: RegExp, end: number): number | null {
  const position = end < sentence.tokens.length ? (sentence.offsets[end] ?? 0) - 1 : sentence.canon.length;
  expression.lastIndex = Math.max(0, position);
  const match = expression.exec(sentence.canon);
  if (match === null) return null;
  return sentence.at.get(position + match[0].length + 1) ?? sentence.at.get(position + match[0].length) ?? end;
}

/** Punctuation and words at which the clause of a command may end. */
const clauseEnd = new RegExp(wrapped`
  ^(?:
    [.,;:!?()-]|\.\.\.|and|because|since|as|so|but|which|that|it|they|i|we|due|if|who|this|before|while|
    once|after|given|or|though|although|they|there|then|when|unless|rather|not|no|lol|haha|once
  )$
`);

/**
 * Skips polite words, times and places after a command. `licensed` is true when the clause of the command ends there.
 */
export function skipSuffix(sentence: Sentence, start: number): { end: number; licensed: boolean } {
  const at = (index: number) => wordAt(sentence, index);
  let index = start;
  for (;;) {
    const word = at(index);
    if (word === '') return { end: index, licensed: true };
    if (/^\p{Extended_Pictographic}/u.test(word) && !/^\d/.test(word)) {
      index += 1;
      continue;
    }
    if (/^(?:first|beforehand)$/.test(word) && /^(?:[.,;:!-]?|and|then|but|before)$/.test(at(index + 1))) {
      index += 1;
      continue;
    }
    const length = adjuncts.longest(at, index);
    if (length > 0) {
      index += length;
      if (
        /^(?:from|off|of|in|on|into|at|within|out|for|to|as|like|with|by|using|via|before|until|till|inside|under|per|via)$/.test(
          word,
        )
      )
        index = phraseEnd(sentence, index);
      continue;
    }
    if (/^(?:from|in|inside|of|on|out|off)$/.test(word)) {
      const place = parseItem(sentence, index + 1, sentence.tokens.length);
      if (place?.kind === 'workspace') {
        index = place.end;
        continue;
      }
    }
    return {
      end: index,
      licensed: clauseEnd.test(word),
    };
  }
}

/** The end of a short phrase such as "my laptop", "the audit", "Monday morning". */
function phraseEnd(sentence: Sentence, start: number): number {
  let index = start;
  while (index < sentence.tokens.length && index < start + 6) {
    const word = wordAt(sentence, index);
    if (
      /^[.,;:!?()-]$|^\.\.\.$|^(?:and|because|since|so|but|please|thanks|is|are|was|were|has|have|should|must|would|will|can|said|says|which|that|who|if|when|i|we|he|she|they|or)$/.test(
        word,
      )
    )
      break;
    index += 1;
  }
  return index;
}

/** True when the clause that continues at a token ends in a question mark. */
export function questionMark(sentence: Sentence, index: number): boolean {
  for (let ahead = index; ahead < sentence.tokens.length; ahead += 1) {
    const word = wordAt(sentence, ahead);
    if (word === '?') return true;
    if (/^[.!;,:]$/.test(word)) return false;
  }
  return false;
}
