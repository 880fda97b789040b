import type { Command } from './command.ts';
import type { Slots } from './intents.ts';
import { adjuncts } from './lexicon/boundaries.ts';
import { kindAt } from './lexicon/kind-words.ts';
import { known } from './lexicon/vocabulary.ts';
import { looksLikeIdentifier } from './names.ts';
import { unmarkedPlace } from './places.ts';
import { qualifier } from './qualifiers.ts';
import { skipSuffix } from './suffixes.ts';
import { parseTarget } from './targets.ts';
import { type Sentence, wordAt } from './tokens.ts';

/**
 * What follows a command that only refers to its object: nothing relevant, the names of the object, or something
 * unclear.
 */
export type Behind =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'names'; readonly slots: Slots }
  | { readonly kind: 'unclear' };

/**
 * Punctuation and words between a pronoun and the names that it stands for: "it: ", "it. I mean ", "these, namely ".
 */
const introductions =
  /^(?:[.,;:(-]|\.\.\.|i|we|mean|meant|namely|that|this|is|are|am|it|they|these|those|following|specifically|meaning|precisely|talking|about|which|to|be|precise|e|i\.e|ie|viz|one|ones|both|all)$/;

/**
 * Reads the words after a command whose object is a pronoun or a bare kind ("delete it: churn.csv"), up to `to`, where
 * the next command begins or the message ends. Such words name the object and replace what was said before; when they
 * cannot be parsed completely, the object is unclear. Linear: each token is parsed a bounded number of times.
 */
export function behind(sentence: Sentence, command: Command, to: number): Behind {
  const from = afterPoliteWords(sentence, command.qualifier.end);
  const start = from.index;
  const list = asList(sentence, start);
  let index = start;
  while (index < to && introductions.test(wordAt(list, index))) index += 1;
  if (index > start && index < to) {
    const target = parseTarget(list, index, to);
    if (target?.type === 'assets' && target.mark !== 'plain' && !target.foreign) {
      const narrowed = qualifier(list, target.end, target);
      if (endsHere(list, narrowed.end, to)) {
        const place = narrowed.workspace === undefined ? {} : { workspace: narrowed.workspace };
        return { kind: 'names', slots: { assets: target.assets, ...place } };
      }
    }
  }
  if (index > start && unmarkedPlace(list, index) !== undefined) return { kind: 'unclear' };
  if (namesSomething(sentence, command.qualifier.end, to)) return { kind: 'unclear' };
  return opensList(sentence, start, to) ? { kind: 'unclear' } : { kind: 'nothing' };
}

/**
 * Whether words that may name something follow the exceptions of a command. They may name more that is to be kept, so
 * the command must not be carried out on the rest.
 */
export function hasWordsAfterExceptions(sentence: Sentence, command: Command, to: number): boolean {
  const { index } = afterPoliteWords(sentence, command.qualifier.end);
  const lists = /^[,;:&+(-]$/.test(wordAt(sentence, index)) || isLineEnd(sentence, index);
  if (
    lists &&
    index + 1 < to &&
    !/^(?:please|thanks?|thank|cheers|then|so|because|since|as)$/.test(wordAt(sentence, index + 1))
  )
    return true;
  return namesSomething(sentence, command.qualifier.end, to);
}

/**
 * Whether words after a reference name another kind of thing than the referent, or exclude something: "delete it, the
 * dataset" when "it" was a workspace, "not the workspace".
 */
export function contradicts(sentence: Sentence, from: number, to: number, referent: Slots): boolean {
  const kinds = referent.assets?.map(({ kind }) => kind) ?? (referent.all === true ? [referent.kind] : ['workspace']);
  let takesAway = false;
  for (let index = from; index < to; index += 1) {
    takesAway ||= /^(?:not|only|except|without|but|instead|just)$/.test(wordAt(sentence, index));
    const kind = kindAt((position) => wordAt(sentence, position), index)?.kind;
    if (kind === undefined) continue;
    if (takesAway || !kinds.some((known) => known === kind || (known === undefined && kind !== 'workspace')))
      return true;
  }
  return false;
}

/** Whether tokens of this range name something: in quotes, as an identifier, after its kind, or as a place. */
function namesSomething(sentence: Sentence, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) {
    const token = sentence.tokens[index];
    if (token === undefined) return false;
    if (token.quoted !== undefined || looksLikeIdentifier(sentence.text.slice(token.start, token.end))) return true;
    if (/^(?:from|in|inside|within|of)$/.test(token.word) && unmarkedPlace(sentence, index + 1) !== undefined)
      return true;
    if (kindAt((position) => wordAt(sentence, position), index) === null) continue;
    const target = parseTarget(sentence, index, to);
    if (target?.type === 'assets' && target.mark !== 'plain') return true;
    if (target?.type === 'workspace' && target.name !== undefined) return true;
  }
  return false;
}

function afterPoliteWords(sentence: Sentence, start: number): { readonly index: number } {
  let index = start;
  for (;;) {
    const length = adjuncts.longest((position) => wordAt(sentence, position), index);
    if (length === 0) return { index };
    index += length;
  }
}

/** The sentence with the line ends after a token read as commas; positions do not change. */
function asList(sentence: Sentence, from: number): Sentence {
  const offset = sentence.offsets[from];
  if (offset === undefined) return sentence;
  const tokens = sentence.tokens.map((token, index) => {
    if (index <= from || !isLineEnd(sentence, index)) return token;
    return { ...token, word: ',' };
  });
  const canon = tokens.map(({ word }) => word).join(' ');
  return { ...sentence, tokens, canon };
}

function isLineEnd(sentence: Sentence, index: number): boolean {
  const token = sentence.tokens[index];
  return token !== undefined && sentence.text.slice(token.start, token.end) === '\n';
}

function endsHere(sentence: Sentence, index: number, to: number): boolean {
  const { end } = skipSuffix(sentence, index);
  for (let next = end; next < to; next += 1) if (!/^[.,!)]$/.test(wordAt(sentence, next))) return false;
  return true;
}

/**
 * A colon or a new line right after the command, followed by words that form no sentence: a list of names without other
 * marks.
 */
function opensList(sentence: Sentence, start: number, to: number): boolean {
  if (start >= to) return false;
  const word = wordAt(sentence, start);
  if (word === ':') return start + 1 < to;
  if (!isLineEnd(sentence, start)) return false;
  const next = wordAt(sentence, start + 1);
  if (start + 1 >= to || next === '') return false;
  return /^[-*•]$/.test(next) || (/^\p{L}/u.test(next) && !known.has(next));
}
