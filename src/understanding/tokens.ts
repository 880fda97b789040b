import { aliases, contractions } from './lexicon/spellings.ts';
import type { Normalised } from './normalise.ts';
import { corrected } from './spelling.ts';
import { wrapped } from './wrapped-pattern.ts';

/**
 * One word or punctuation mark. `word` is what the grammar matches: lower case, spelling corrected, `Q` for a
 * quotation, `E` for an e-mail address. `start` and `end` are its position in the text of the message; the parts of a
 * contraction share one position.
 */
interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** The text between the quotes, for `Q`. */
  readonly quoted?: string;
  /** True when `word` is a guessed spelling correction, which is used in commands but not inside a name. */
  readonly guessed?: true;
}

/** A tokenised message. `canon` is all words joined by single spaces, for regular expressions. */
export interface Sentence {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly canon: string;
  /** Position in `canon` of each token. */
  readonly offsets: readonly number[];
  /** Position in `canon` to token; the length of `canon` plus one maps to the number of tokens. */
  readonly at: ReadonlyMap<number, number>;
  /** True when a double quote opens but never closes, so that the end of the quotation is unknown. */
  readonly openQuote: boolean;
  /** The day of the message, ISO 8601, for "last year" and the like; null when unknown. */
  readonly today: string | null;
}

const pattern = new RegExp(
  wrapped`
    "([^"\n]*)"|
    (?<![\p{L}\p{N}])'(?=[^\s'])((?:[^'\n]|(?<=\p{L})'(?=\p{L}))*?[^\s'])'(?![\p{L}\p{N}])|
    ([\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6})|
    ([\p{L}\p{N}_@#$%](?:[\p{L}\p{M}\p{N}_@#$%/~\\]|[.'](?=[\p{L}\p{N}_])|-(?=[\p{L}\p{N}_-]))*(?:\+\+)?)|
    ('s(?![\p{L}\p{N}])|\.{2,}|\n|\S)
  `,
  'gu',
);

/** Splits a normalised message. A quotation becomes a single token, so that no command is read inside it. */
export function tokenise({ text, plain }: Normalised, today: string | null = null): Sentence {
  const tokens: Token[] = [];
  let openQuote = false;
  for (const match of plain.matchAll(pattern)) {
    const start = match.index;
    const end = start + match[0].length;
    const [, double, single, email, word, mark] = match;
    if (double !== undefined || single !== undefined) {
      const inner = text.slice(start + 1, end - 1).trim();
      if (inner !== '') tokens.push({ word: 'Q', start, end, quoted: inner });
    } else if (email !== undefined) {
      const trimmed = email.replace(/(?<![.-])[.-]+$/, '');
      tokens.push({ word: 'E', start, end: start + trimmed.length });
    } else if (word !== undefined) {
      pushWord(tokens, word, start, end);
    } else if (mark !== undefined) {
      if (mark === '"') openQuote = true;
      tokens.push({ word: mark === '\n' ? '.' : mark.startsWith('..') ? '...' : mark, start, end });
    }
  }
  const offsets: number[] = [];
  const at = new Map<number, number>();
  let canon = '';
  for (const [index, token] of tokens.entries()) {
    if (index > 0) canon += ' ';
    offsets.push(canon.length);
    at.set(canon.length, index);
    canon += token.word;
  }
  at.set(canon.length, tokens.length);
  at.set(canon.length + 1, tokens.length);
  return { text, tokens, canon, offsets, at, openQuote, today };
}

function pushWord(tokens: Token[], word: string, start: number, end: number): void {
  const lower = word.toLowerCase();
  const several = contractions.get(lower);
  if (several !== undefined) {
    for (const part of several.split(' ')) tokens.push({ word: part, start, end });
    return;
  }
  if (/[\p{L}\p{N}]'s$/u.test(lower)) {
    pushWord(tokens, word.slice(0, -2), start, end - 2);
    tokens.push({ word: "'s", start: end - 2, end });
    return;
  }
  const alias = aliases.get(lower);
  if (alias !== undefined && (word.length > 1 || word === lower)) {
    tokens.push({ word: alias, start, end });
    return;
  }
  const guess = corrected(lower);
  if (guess === lower) tokens.push({ word: lower, start, end });
  else tokens.push({ word: guess, start, end, guessed: true });
}

/** The text from one token up to, not including, another, as the person typed it. */
export function span(sentence: Sentence, from: number, to: number): string {
  const first = sentence.tokens[from];
  const last = sentence.tokens[to - 1];
  if (first === undefined || last === undefined || to <= from) return '';
  return sentence.text.slice(first.start, last.end);
}

/** True when the punctuation at the end contains a question mark: "… please?!" */
export function endsAsking(canon: string): boolean {
  return /(?<!\W)\W+$/.exec(` ${canon}`)?.[0].includes('?') ?? false;
}

/** The token's word, or an empty string past the end. */
export function wordAt(sentence: Sentence, index: number): string {
  return sentence.tokens[index]?.word ?? '';
}
