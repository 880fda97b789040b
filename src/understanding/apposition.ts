import type { Command } from './commands.ts';
import type { Slots } from './intents.ts';
import { adjuncts } from './lexicon/boundaries.ts';
import { kindAt } from './lexicon/kind-words.ts';
import { known } from './lexicon/vocabulary.ts';
import { looksLikeIdentifier } from './names.ts';
import { unmarkedPlace } from './places.ts';
import { qualifier } from './qualifiers.ts';
import { skipTail } from './suffixes.ts';
import { parseTarget } from './targets.ts';
import { type Sentence, wordAt } from './tokens.ts';

/** What stands behind a command that only refers to its object: nothing that matters, its names, or something unclear. */
export type Behind =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'names'; readonly slots: Slots }
  | { readonly kind: 'unclear' };

/** Marks and words that lead from a pronoun to what it stands for: "it: ", "it. I mean ", "these, namely ". */
const leads =
  /^(?:[.,;:(-]|\.\.\.|i|we|mean|meant|namely|that|this|is|are|am|it|they|these|those|following|specifically|meaning|precisely|talking|about|which|to|be|precise|e|i\.e|ie|viz|one|ones|both|all)$/;

/**
 * Reads what stands behind a command whose object is a pronoun or a bare kind ("delete it: churn.csv"), up to `to`, the
 * next command or the end. Such words say what the pronoun means, so they count and what was said before does not; when
 * they cannot be read to their end, nobody knows what is meant. Linear: each token is parsed a bounded number of times.
 */
export function behind(sentence: Sentence, command: Command, to: number): Behind {
  const from = politelyFrom(sentence, command.qualifier.end);
  const start = from.index;
  const list = asList(sentence, start);
  let index = start;
  while (index < to && leads.test(wordAt(list, index))) index += 1;
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
 * Whether words that may name something are left behind the exceptions of a command: what could be meant to be kept
 * must never be taken with the rest.
 */
export function goesOnBehindExceptions(sentence: Sentence, command: Command, to: number): boolean {
  const { index } = politelyFrom(sentence, command.qualifier.end);
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
 * Whether words behind a reference speak of another kind of thing than the one that is meant, or take away from it:
 * "delete it, the dataset" when "it" was a workspace, "not the workspace".
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

/** Whether the tokens between speak of something by its name: in quotes, as an identifier, by its kind, as a place. */
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

function politelyFrom(sentence: Sentence, start: number): { readonly index: number } {
  let index = start;
  for (;;) {
    const length = adjuncts.longest((position) => wordAt(sentence, position), index);
    if (length === 0) return { index };
    index += length;
  }
}

/** Lines and list signs read like commas, from a token on; the positions stay. */
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
  const { end } = skipTail(sentence, index);
  for (let next = end; next < to; next += 1) if (!/^[.,!)]$/.test(wordAt(sentence, next))) return false;
  return true;
}

/** A colon or a new line right behind, with words that are no sentence: a list whose names show by nothing else. */
function opensList(sentence: Sentence, start: number, to: number): boolean {
  if (start >= to) return false;
  const word = wordAt(sentence, start);
  if (word === ':') return start + 1 < to;
  if (!isLineEnd(sentence, start)) return false;
  const next = wordAt(sentence, start + 1);
  if (start + 1 >= to || next === '') return false;
  return /^[-*•]$/.test(next) || (/^\p{L}/u.test(next) && !known.has(next));
}
