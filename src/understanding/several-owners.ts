import type { ExceptedOwners } from '../domain/asset-mentions.ts';
import { ownerExceptions } from './exception-words.ts';
import { makerVerbs, ownVerbs } from './lexicon/selection-words.ts';
import { isPersonNameEnd, isPersonWord, textBetween } from './owner-phrases.ts';
import type { Utterance } from './utterance.ts';

/** Whose things are left out, and the tokens `[from, to)` that say so. */
export interface ExceptedOwnersPhrase {
  readonly owner: ExceptedOwners;
  readonly from: number;
  readonly to: number;
}

/** Most people of one exception; a longer list is not read. */
const mostExceptedOwners = 10;

/**
 * Several people in one exception: "except Megan's and Adele's", "not made by Megan or me", "that neither Megan nor I
 * made", "by anyone but me and Megan". A coordination behind one word of denial (recursive descent, one token at a
 * time); null for fewer than two people, since one person is read by `exceptedOwnerIn`. Pure; linear in the number of
 * tokens.
 */
export function severalExceptedOwners(words: readonly string[], utterance: Utterance): ExceptedOwnersPhrase | null {
  for (let at = 0; at < words.length; at += 1) {
    const cue = cueAt(words, at);
    const found = cue === null ? null : listBehind(words, utterance, cue);
    if (found !== null) return found;
  }
  return null;
}

/** A word of denial: where its phrase begins, where its object begins, and how the people are joined to it. */
interface Cue {
  readonly from: number;
  readonly next: number;
  readonly denial: 'not' | 'except' | 'anyone' | 'relative';
}

const phrases = new Map([
  ['apart', 'from'],
  ['aside', 'from'],
  ['other', 'than'],
]);
const wholes = new Set(['all', 'everything', 'every', 'anything', 'each']);
const isDenial = (word: string) =>
  word === 'not' || word === 'neither' || word === 'never' || /^(?:are|is|were|was)n['’]?t$/u.test(word);
const isDidNot = (word: string) => /^(?:did|do|does|have|has)n['’]?t$/u.test(word) || word === 'never';
const isRelative = (word: string | undefined) => word === 'that' || word === 'which' || word === 'who';
const isAnyone = (word: string | undefined) => /^(?:some|any|every)(?:one|body)$/u.test(word ?? '');

function cueAt(words: readonly string[], at: number): Cue | null {
  const word = words[at] ?? '';
  const next = phrases.get(word) === words[at + 1] && phrases.has(word) ? at + 2 : at + 1;
  const isException = ownerExceptions.has(word) || next === at + 2 || word === 'but';
  if (isException && isAnyone(words[at - 1])) {
    const by = words[at - 2] === 'by' ? at - 2 : at - 1;
    const made = by === at - 2 && makerVerbs.has(words[by - 1] ?? '') ? by - 1 : by;
    return { from: begin(words, made), next, denial: 'anyone' };
  }
  if (word === 'but' && !words.slice(Math.max(0, at - 4), at).some((each) => wholes.has(each))) return null;
  if (isException) return { from: at, next, denial: 'except' };
  if (isDenial(word)) {
    const from = begin(words, at);
    return { from: words[from - 1] === 'but' ? from - 1 : from, next: at + 1, denial: 'not' };
  }
  return isRelative(word) ? { from: at, next: at + 1, denial: 'relative' } : null;
}

/** The tokens of a relative clause that stand before its verb. */
function begin(words: readonly string[], at: number): number {
  const verb = ['are', 'is', 'was', 'were'].includes(words[at - 1] ?? '') ? at - 1 : at;
  return isRelative(words[verb - 1]) ? verb - 1 : verb;
}

/** What may stand between a word of denial and a person. */
const bridges = new Set(
  'for from than the those all any ones what that which are is was were made created owned uploaded built by of to'.split(
    ' ',
  ),
);
const mostBridges = 6;
const introducing = new Set(['by', 'of', 'from', 'to']);
const separators = new Set([',', 'and', 'or', 'nor', '&', 'plus']);

interface Item {
  readonly owner: string;
  /** "Megan's", "mine": whose the things are, without a further word. */
  readonly isPossessive: boolean;
  readonly to: number;
}

function listBehind(words: readonly string[], utterance: Utterance, cue: Cue): ExceptedOwnersPhrase | null {
  const start = cue.denial === 'relative' ? cue.next : behindBridges(words, utterance, cue.next);
  let isIntroduced = cue.denial === 'anyone' || introducing.has(words[start - 1] ?? '');
  const items: Item[] = [];
  let at = start;
  for (;;) {
    const item = itemAt(words, utterance, at);
    if (item === null) break;
    items.push(item);
    const next = behindSeparator(words, utterance, item.to, cue);
    if (next === null || itemAt(words, utterance, next) === null) break;
    isIntroduced ||= introducing.has(words[next - 1] ?? '');
    at = next;
  }
  const last = items.at(-1);
  if (last === undefined || items.length < 2 || items.length > mostExceptedOwners) return null;
  const to = endOfList(words, utterance, { cue, items, last, isIntroduced });
  return to === null ? null : { owner: [...new Set(items.map(({ owner }) => owner))], from: cue.from, to };
}

/** "Megan's", "mine and Adele's": people from one token on, with whom nothing else is said; null for anything else. */
export function peopleAt(
  words: readonly string[],
  utterance: Utterance,
  from: number,
): { readonly people: readonly string[]; readonly to: number } | null {
  const cue: Cue = { from, next: from, denial: 'except' };
  const isIntroduced = introducing.has(words[from - 1] ?? '');
  const people: string[] = [];
  let at = from;
  for (;;) {
    const item = itemAt(words, utterance, at);
    if (item === null || !(item.isPossessive || isIntroduced)) return null;
    people.push(item.owner);
    const next = behindSeparator(words, utterance, item.to, cue);
    if (next === null || people.length >= mostExceptedOwners) return { people, to: item.to };
    at = next;
  }
}

function behindBridges(words: readonly string[], { kinds }: Utterance, from: number): number {
  let at = from;
  while (at < from + mostBridges) {
    const kind = kinds.find(({ start, kind }) => start === at && kind !== 'workspace');
    if (kind === undefined && !bridges.has(words[at] ?? '')) break;
    at = kind?.end ?? at + 1;
  }
  return at;
}

/** Behind "and", ", or", "and those made by", "and not": where a further person may begin; null without a separator. */
function behindSeparator(words: readonly string[], utterance: Utterance, from: number, { denial }: Cue): number | null {
  let at = from;
  while (separators.has(words[at] ?? '') && at < from + 2) at += 1;
  if (words[from] === 'as' && words[from + 1] === 'well' && words[from + 2] === 'as') at = from + 3;
  if (at === from) return null;
  const isRepeated = denial === 'not' ? isDenial : (word: string) => ownerExceptions.has(word);
  if (words[at] === 'also' || isRepeated(words[at] ?? '')) at += 1;
  return behindBridges(words, utterance, at);
}

function itemAt(words: readonly string[], utterance: Utterance, at: number): Item | null {
  const word = words[at] ?? '';
  if (word === 'mine') return { owner: 'me', isPossessive: true, to: at + 1 };
  if (word === 'me' || word === 'myself' || word === 'i') return { owner: 'me', isPossessive: false, to: at + 1 };
  let end = at;
  while (end < at + 3 && isPersonWord(utterance, words, end)) {
    end += 1;
    if (utterance.tokens[end - 1]?.type === 'address') break;
  }
  if (end === at) return null;
  const owner = textBetween(utterance, at, end);
  if (words[end] !== "'s") return { owner, isPossessive: false, to: end };
  return { owner, isPossessive: true, to: behindHead(words, utterance, end + 1) };
}

/** "Megan's ones", "Megan's datasets" where datasets are what is selected: the head says nothing further. */
function behindHead(words: readonly string[], { kinds }: Utterance, at: number): number {
  if (['ones', 'stuff', 'things'].includes(words[at] ?? '')) return at + 1;
  const head = kinds.find(({ start }) => start === at);
  const isSame = kinds.some(({ kind, start }) => start < at && kind === head?.kind);
  return head !== undefined && isSame ? head.end : at;
}

interface Found {
  readonly cue: Cue;
  readonly items: readonly Item[];
  readonly last: Item;
  readonly isIntroduced: boolean;
}

/** The end of a list that says whose things are meant; null for names of anything else, or with a word behind that is not read. */
function endOfList(words: readonly string[], utterance: Utterance, { cue, items, last, isIntroduced }: Found) {
  const behind = words[last.to] ?? '';
  if (cue.denial === 'relative') {
    const isLong = ['did', 'do', 'have'].includes(behind) && words[last.to + 1] === 'not';
    if (!isLong && !isDidNot(behind)) return null;
    return behindVerb(words, last.to + (isLong ? 2 : 1));
  }
  if (ownVerbs.has(behind)) return behindVerb(words, last.to);
  const isSaid = items.every(({ isPossessive }) => isPossessive || isIntroduced);
  if (!isSaid) return null;
  if (last.isPossessive) return ends.has(behind) ? last.to : null;
  return isPersonNameEnd(words, utterance, last.to) ? last.to : null;
}

const bare = new Set(['make', 'create', 'upload', 'own', 'build', 'write', 'train']);

function behindVerb(words: readonly string[], at: number): number | null {
  const verb = words[at] ?? '';
  const isOfOther = ['it', 'them', 'this'].includes(words[at + 1] ?? '');
  return (bare.has(verb) || ownVerbs.has(verb)) && !isOfOther ? at + 1 : null;
}

const ends = new Set([
  '',
  '.',
  '!',
  '?',
  ',',
  'in',
  'from',
  'please',
  'and',
  'every',
  'before',
  'after',
  'older',
  'then',
]);
