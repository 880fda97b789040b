import type { AssetKind } from '../domain/assets.ts';
import { determiners, nameMarks } from './lexicon/boundaries.ts';
import { kindAt } from './lexicon/kind-words.ts';
import {
  appositionWord,
  descriptiveWord,
  limitingWord,
  partNoun,
  reportNoun,
  vagueAdjective,
} from './lexicon/object-words.ts';
import { bracketedKind, endsNameAt, looksLikeIdentifier, nameEnd, startsLikeName } from './names.ts';
import { type Sentence, span, wordAt } from './tokens.ts';

/** One noun phrase: a named thing, or a kind without a name. */
export interface Item {
  readonly kind?: AssetKind | 'workspace';
  readonly name?: string;
  readonly plural: boolean;
  /** The kind stands after its names and may cover earlier ones too: "a and b (both datasets)". */
  readonly covers: boolean;
  /**
   * How certain the words are a name: quotes or a kind word mark it, an identifier has its form, plain words have
   * neither.
   */
  readonly mark: 'quoted' | 'kind' | 'identifier' | 'plain' | 'none';
  /** Token range `[from, to)` of the name. */
  readonly from: number;
  readonly to: number;
  readonly end: number;
  /** Said with "all", "every" or a possessive plural. */
  readonly all: boolean;
  /** "a workspace", "any dataset": no particular one. */
  readonly indefinite?: true;
  /** "Megan's workspace", "their datasets": the owner is not the speaker. */
  readonly someoneElses?: true;
  /**
   * A kind without a word before it that selects some: "datasets", "the datasets", but not "two" or "unused datasets".
   */
  readonly unlimited?: true;
}

/** Reads one noun phrase at `start`; null when there is none. */
export function parseItem(sentence: Sentence, start: number, to: number): Item | null {
  const at = (index: number) => (index < to ? wordAt(sentence, index) : '');
  const { index, all, indefinite, limited } = skipDeterminers(sentence, start, to);
  if (index >= to) return null;
  const token = sentence.tokens[index];
  if (token?.quoted !== undefined) return withKindBehind(sentence, index, index + 1, to, token.quoted, 'quoted');
  const kind = kindAt(at, index);
  if (kind !== null) {
    const listed = kind.plural && !all && listing.test(wordAt(sentence, index - 1));
    const named = nameAfterKind(sentence, index + kind.length, to, { listed, owned: all });
    if (named !== null) return { kind: kind.kind, ...named, plural: kind.plural, covers: false, all: false };
    const next = kindAt(at, index + kind.length);
    if (next === null || (next.kind !== 'workspace' && kind.kind !== 'workspace')) {
      return {
        kind: kind.kind,
        plural: kind.plural,
        covers: false,
        mark: 'none',
        from: index,
        to: index,
        end: index + kind.length,
        all,
        ...(indefinite ? { indefinite } : {}),
        ...(limited ? {} : { unlimited: true as const }),
      };
    }
  }
  if (reportNoun.test(at(index)) && /^(?:of|for|to|on|with)$/.test(at(index + 1))) {
    return {
      name: span(sentence, index, index + 1),
      plural: false,
      covers: false,
      mark: 'plain',
      from: index,
      to: index + 1,
      end: index + 1,
      all: false,
    };
  }
  if (endsNameAt(sentence, index, to)) return null;
  const end = nameEnd(sentence, index, to);
  return end > index ? plainName(sentence, index, end, to) : null;
}

interface Determiners {
  readonly index: number;
  readonly all: boolean;
  readonly indefinite: boolean;
  /** True when they select some, or may do so. */
  readonly limited: boolean;
}

function skipDeterminers(sentence: Sentence, start: number, to: number): Determiners {
  const at = (position: number) => (position < to ? wordAt(sentence, position) : '');
  let index = start;
  let all = false;
  let indefinite = false;
  let selective = false;
  let limited = false;
  for (;;) {
    const word = at(index);
    if (word === ':' && index === start) {
      index += 1;
      continue;
    }
    const length = determiners.longest(at, index);
    if (length === 0) return { index, all: all && !selective, indefinite, limited };
    // "the old Sandbox": an adjective before a capital is still a determiner; before small letters it may be the name.
    if (/^(?:old|azure|ml|studio|one|in|2|3|4|5|6)$/.test(word) && length === 1 && kindAt(at, index + 1) === null)
      return { index, all: all && !selective, indefinite, limited };
    if (/^(?:all|every|each|my|our|both)$/.test(word)) all = word !== 'both';
    if (/^(?:a|an|any|some|every|each|certain)$/.test(word)) indefinite = true;
    if (vagueAdjective.test(word)) selective = true;
    if (selective || limitingWord.test(word)) limited = true;
    index += length;
  }
}

const listing = /^(?:two|three|four|five|six|following|these|those|both|\d+|several|the)$/;
const preposition =
  /^(?:with|in|on|at|for|to|by|of|as|about|into|via|over|under|or|than|-|\(|from|inside|within|off|out|and|per|without)$/;

/** "the dataset preview", "workspace settings": a part of a thing, not a thing of that name. */
function namesPart(sentence: Sentence, index: number): boolean {
  const token = sentence.tokens[index];
  return (
    token !== undefined &&
    partNoun.test(token.word) &&
    !/^\p{Lu}\p{Ll}/u.test(sentence.text.slice(token.start, token.end))
  );
}

/**
 * Whether words right after a kind can be its name without "called" before them. After "my" or "all my" only words in
 * the form of a name are one: "my workspace Pilot", but not "my workspace in case they ask".
 */
function beginsName(sentence: Sentence, index: number, owned: boolean): boolean {
  const token = sentence.tokens[index];
  if (token === undefined) return false;
  const raw = sentence.text.slice(token.start, token.end);
  if (preposition.test(token.word)) return /^\p{Lu}\p{Ll}/u.test(raw) && !owned;
  const shouting = !/\p{Ll}/u.test(sentence.text);
  return !owned || (!shouting && /^\p{Lu}|\d/u.test(raw)) || looksLikeIdentifier(raw);
}

function nameAfterKind(
  sentence: Sentence,
  start: number,
  to: number,
  { listed, owned }: { listed: boolean; owned: boolean },
): Pick<Item, 'name' | 'mark' | 'from' | 'to' | 'end'> | null {
  const at = (index: number) => (index < to ? wordAt(sentence, index) : '');
  let index = start;
  let marked = false;
  const bare = wordAt(sentence, index) === '#' ? 1 : 0;
  index += bare;
  for (let length = nameMarks.longest(at, index); length > 0; length = nameMarks.longest(at, index)) {
    index += length;
    marked = true;
  }
  if (at(index) === ':' || at(index) === '=' || (listed && (at(index) === ',' || at(index) === '-'))) index += 1;
  while (marked && /^(?:the|is|as|,)$/.test(at(index)) && sentence.tokens[index + 1]?.quoted !== undefined) index += 1;
  const token = sentence.tokens[index];
  if (index < to && token?.quoted !== undefined) {
    return { name: token.quoted, mark: 'quoted', from: index, to: index + 1, end: index + 1 };
  }
  if (
    endsNameAt(sentence, index, to) &&
    !(marked && /^\p{L}/u.test(at(index)) && !/^(?:is|in|from|please|and)$/.test(at(index))) &&
    !startsLikeName(sentence, index, to)
  ) {
    return null;
  }
  if (!marked && kindAt(at, index)?.kind === 'workspace' && endsNameAt(sentence, index + 1, to)) return null;
  if (!marked && (!beginsName(sentence, index, owned) || namesPart(sentence, index))) return null;
  let end = nameEnd(sentence, index, to);
  if (end === index) end = nameEnd(sentence, index + 1, to);
  if (
    end <= index ||
    (!marked &&
      end === index + 1 &&
      /^(?:contents?|data|assets|stuff|export|backup|deletion|removal|erasure|copy|archive|download|exports|list)$/.test(
        at(index),
      ))
  )
    return null;
  return { name: span(sentence, index, end), mark: 'kind', from: index, to: end, end };
}

/** "the wrong dataset", "failed experiments": words that say which one without naming it. */
function onlyDescribes(sentence: Sentence, from: number, to: number, plural: boolean): boolean {
  const words = sentence.tokens.slice(from, to);
  if (words.at(-1)?.word === "'s") return true;
  if (
    words.every(
      ({ word, start, end }) => descriptiveWord.test(word) && !/^\p{Lu}/u.test(sentence.text.slice(start, end)),
    )
  )
    return true;
  const before = wordAt(sentence, from - 1);
  const listed = /^(?:,|and|&|\+|or)$/.test(before);
  return plural && !listed && !/[\p{Lu}\d_.]/u.test(span(sentence, from, to));
}

/** Whether the words name an owner other than the speaker: "Megan's", "my colleague's", "her". */
function namesOwner(sentence: Sentence, from: number, to: number): boolean {
  const words = sentence.tokens.slice(from, to).map(({ word }) => word);
  return words.at(-1) === "'s" || words.some((word) => /^(?:his|her|their)$/.test(word));
}

/** A name without a kind before it; the kind may be its last word, or follow in brackets or after a comma. */
function plainName(sentence: Sentence, from: number, end: number, to: number): Item | null {
  const at = (index: number) => (index < to ? wordAt(sentence, index) : '');
  for (let index = from + 1; index < end; index += 1) {
    const kind = kindAt(at, index);
    if (kind === null) continue;
    const behind = index + kind.length;
    if (behind === end && onlyDescribes(sentence, from, index, kind.plural)) {
      return {
        kind: kind.kind,
        plural: kind.plural,
        covers: false,
        mark: 'none',
        from: index,
        to: index,
        end,
        all: false,
        indefinite: true,
        ...(namesOwner(sentence, from, index) ? { someoneElses: true as const } : {}),
      };
    }
    if (behind === end) {
      // "Custom Scaler custom module": the longest kind phrase wins because the scan goes from the left.
      return {
        kind: kind.kind,
        name: span(sentence, from, index),
        plural: kind.plural,
        covers: kind.plural,
        mark: 'kind',
        from,
        to: index,
        end,
        all: false,
      };
    }
    if (kind.kind === 'workspace' && actionVerb.test(at(behind))) {
      return {
        kind: kind.kind,
        name: span(sentence, from, index),
        plural: kind.plural,
        covers: false,
        mark: 'kind',
        from,
        to: index,
        end: behind,
        all: false,
      };
    }
    if (behind < end && nameMarkBehind(sentence, behind, to)) break;
  }
  const name = span(sentence, from, end);
  return withKindBehind(sentence, from, end, to, name, looksLikeIdentifier(name) ? 'identifier' : 'plain');
}

const actionVerb = /^(?:export|delete|download|remove|erase|backup|wipe|copy|purge|archive|extract|list|show)$/;

function nameMarkBehind(sentence: Sentence, index: number, to: number): boolean {
  return nameMarks.longest((position) => (position < to ? wordAt(sentence, position) : ''), index) > 0;
}

function withKindBehind(
  sentence: Sentence,
  from: number,
  end: number,
  to: number,
  name: string,
  mark: 'quoted' | 'identifier' | 'plain',
): Item {
  const at = (index: number) => (index < to ? wordAt(sentence, index) : '');
  const base = { name, from, to: end, all: false };
  const bracket = bracketedKind(sentence, end);
  if (bracket !== null) {
    return {
      ...base,
      kind: bracket.kind.kind,
      plural: bracket.kind.plural,
      covers: bracket.kind.plural,
      mark: mark === 'plain' ? 'kind' : mark,
      end: bracket.end,
    };
  }
  const direct = kindAt(at, end);
  if (direct !== null && mark !== 'plain') {
    return { ...base, kind: direct.kind, plural: direct.plural, covers: direct.plural, mark, end: end + direct.length };
  }
  const apposition = appositionKind(sentence, end, to);
  if (apposition !== null) {
    const { kind } = apposition;
    return {
      ...base,
      kind: kind.kind,
      plural: kind.plural,
      covers: kind.plural,
      mark: mark === 'plain' ? 'kind' : mark,
      end: apposition.end,
    };
  }
  return { ...base, plural: false, covers: false, mark, end };
}

/** The kind in ", the whole workspace", ", they're experiments" or ", which is a dataset" right after a name. */
function appositionKind(
  sentence: Sentence,
  start: number,
  to: number,
): { kind: NonNullable<ReturnType<typeof kindAt>>; end: number } | null {
  const at = (index: number) => (index < to ? wordAt(sentence, index) : '');
  if (at(start) !== ',' && at(start) !== '-') return null;
  let index = start + 1;
  while (index < start + 6 && appositionWord.test(at(index))) index += 1;
  if (index === start + 1) return null;
  const kind = kindAt(at, index);
  if (kind === null) return null;
  const end = index + kind.length;
  return end >= to || endsNameAt(sentence, end, to) ? { kind, end } : null;
}

/** The kind in ", they're experiments" after a whole command, which applies to its object, and the token after it. */
export function kindAfter(sentence: Sentence, start: number): { kind: AssetKind; end: number } | null {
  const found = appositionKind(sentence, start, sentence.tokens.length);
  return found === null || found.kind.kind === 'workspace' ? null : { kind: found.kind.kind, end: found.end };
}
