import { monthNumbers } from './calendar.ts';
import { exceptWords } from './learned/tag-features.ts';
import { actOf } from './lexicon/acts.ts';
import { afterObject, determiners, places } from './lexicon/object-phrase-words.ts';
import { makerVerbs, numberWords, ownVerbs, statusWords, superlatives } from './lexicon/selection-words.ts';
import { weekdays } from './lexicon/weekdays.ts';
import type { Utterance } from './utterance.ts';

/** Whose things a selection means, and the tokens `[from, to)` that say so. */
export interface OwnerPhrase {
  /** `me`, or a name or address as typed. */
  readonly owner: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The owner that a selection is limited to: "the ones I made", "mine", "made by Megan", "Megan's experiments", "what
 * Halvard made"; null when the words name none. "My datasets" names none, since it is what people say of a workspace
 * that they share.
 */
export function ownerIn(words: readonly string[], utterance: Utterance): OwnerPhrase | null {
  const found = firstOwner(words, utterance);
  return found === null || isDenied(words, utterance, found.from) ? null : found;
}

/** The first words that say whose something is, whether it is limited to that or not. */
export function firstOwner(words: readonly string[], utterance: Utterance): OwnerPhrase | null {
  for (const [index, word] of words.entries()) {
    const found = word === '' ? null : ownerAt(words, utterance, index, word);
    if (found !== null) return found;
  }
  return null;
}

/** "Except those made by Megan", "not Adele's, Megan's or mine": the opposite of a limit to that owner. */
function isDenied(words: readonly string[], utterance: Utterance, from: number): boolean {
  let start = from;
  const isOfList = (at: number) => coordinating.has(words[at] ?? '-') || isPersonWord(utterance, words, at);
  while (start > 0 && isOfList(start - 1)) start -= 1;
  return words
    .slice(Math.max(0, start - 5), from)
    .some((word) => exceptWords.has(word) || denials.has(word) || word.endsWith("n't"));
}

/** What stands between and behind the people of a list. */
const coordinating = new Set([',', 'and', 'or', 'nor', '&', 'plus', "'s", 'mine', 'me']);

const denials = new Set([
  'not',
  'never',
  'nor',
  'neither',
  'than',
  'exept',
  'w/o',
  'spare',
  'spared',
  'dont',
  'arent',
  'isnt',
]);

function ownerAt(words: readonly string[], utterance: Utterance, index: number, word: string): OwnerPhrase | null {
  const relative = isRelative(words[index - 1]) ? index - 1 : index;
  if (word === 'i') {
    const verb = ['myself', 'have', 'personally', 'once', 'only'].includes(words[index + 1] ?? '')
      ? index + 2
      : index + 1;
    if (!ownVerbs.has(words[verb] ?? '') || objects.has(words[verb + 1] ?? '')) return null;
    const isSaidOfThings = subjectsAfter.has(words[index - 1] ?? '') || words[index - 1] === 'do';
    if (!isSaidOfThings && !isBehindKind(utterance, index)) return null;
    return { owner: 'me', from: relative, to: verb + (words[verb + 1] === 'myself' ? 2 : 1) };
  }
  if (word === 'mine') {
    const isAre = ['are', 'is'].includes(words[index - 1] ?? '');
    // "Every experiment of mine" says no more than "my experiments".
    if (words[index - 1] === 'of') return null;
    const from = isAre ? index - (isRelative(words[index - 2]) ? 2 : 1) : index;
    return { owner: 'me', from: ['only', 'just'].includes(words[from - 1] ?? '') ? from - 1 : from, to: index + 1 };
  }
  const isMade = makerVerbs.has(word) && words[index + 1] === 'by';
  if (isMade || (word.startsWith('belong') && words[index + 1] === 'to')) {
    const from = ['is', 'are', 'was', 'were'].includes(words[index - 1] ?? '') ? index - 1 : index;
    const begin = isRelative(words[from - 1]) ? from - 1 : from;
    if (words[index + 2] === 'me') return { owner: 'me', from: begin, to: index + 3 };
    return personAt(utterance, words, index + 2, begin);
  }
  if (word === 'by' || word === 'of') return ofPerson(words, utterance, index);
  if (word === "'s") {
    if (!isHeadAhead(utterance, words, index + 1)) return null;
    const from = personBefore(utterance, words, index);
    return from === index ? null : { owner: textBetween(utterance, from, index), from, to: index + 1 };
  }
  return asSubject(words, utterance, index);
}

/** "Experiments of Dieter", "drafts by t_varga": directly behind what is owned. */
function ofPerson(words: readonly string[], utterance: Utterance, index: number): OwnerPhrase | null {
  if (
    !isBehindKind(utterance, index) &&
    !['ones', 'those', 'everything', 'stuff', 'drafts'].includes(words[index - 1] ?? '')
  )
    return null;
  if (words[index] === 'by' && words[index + 1] === 'me') return { owner: 'me', from: index, to: index + 2 };
  const person = personAt(utterance, words, index + 1, index);
  return person !== null && words[person.to] === "'s" ? { ...person, to: person.to + 1 } : person;
}

/** "Everything Halvard made", "the datasets that Rasmussen put into …", "what did Sørensen upload". */
function asSubject(words: readonly string[], utterance: Utterance, index: number): OwnerPhrase | null {
  const before = words[index - 1] ?? '';
  const isAsked = ['did', 'does', 'has'].includes(before);
  if (!isBehindKind(utterance, index) && !isAsked && !subjectsAfter.has(before)) return null;
  const person = personAt(utterance, words, index, isRelative(before) || isAsked ? index - 1 : index);
  if (person === null) return null;
  const verb = ['has', 'have', 'had', 'once'].includes(words[person.to] ?? '') ? person.to + 1 : person.to;
  const said = words[verb] ?? '';
  if (ownVerbs.has(said) || (isAsked && ['upload', 'make', 'create', 'have', 'own', 'build'].includes(said)))
    return { ...person, to: verb + 1 };
  return said === 'in' && verb > person.to
    ? { ...person, to: verb }
    : verb > person.to && isEnd(said)
      ? { ...person, to: verb }
      : null;
}

/** "I own this", "I made them": a remark about something, not a limit. */
const objects = new Set(['this', 'it', 'them', 'that', 'one', 'these', 'those', 'on', 'with']);

function isBehindKind({ kinds }: Utterance, index: number): boolean {
  return kinds.some(({ kind, end }) => kind !== 'workspace' && end === index);
}

function isEnd(word: string): boolean {
  return ['', '.', '?', '!', ','].includes(word);
}

const subjectsAfter = new Set(['that', 'which', 'who', 'everything', 'all', 'what', 'whatever', 'ones', 'stuff']);

function isRelative(word: string | undefined): boolean {
  return word === 'that' || word === 'which' || word === 'who';
}

/** "Megan's failed experiments", "Megan's stuff": what is owned follows, with words of limits before it at most. */
function isHeadAhead({ kinds }: Utterance, words: readonly string[], from: number): boolean {
  for (let at = from; at <= from + 2; at += 1) {
    const word = words[at] ?? '';
    if (['stuff', 'things', 'ones'].includes(word)) return true;
    if (kinds.some(({ kind, start }) => kind !== 'workspace' && start === at)) return true;
    const isLimit =
      statusWords.has(word) || superlatives.has(word) || numberWords.has(word) || word === 'own' || word === 'unused';
    if (!isLimit) return false;
  }
  return false;
}

/** Where a person's name begins that ends before this token; a verb that begins the sentence is no part of it. */
function personBefore(utterance: Utterance, words: readonly string[], end: number): number {
  let from = end;
  while (from > end - 3 && isPersonWord(utterance, words, from - 1)) from -= 1;
  const isFirst = from === 0 || ['.', '!', '?', ':', '\n'].includes(utterance.tokens[from - 1]?.lower ?? '');
  return end - from > 1 && isFirst && actOf(words[from] ?? '') !== null ? from + 1 : from;
}

/** A person of up to three words from here on; null when none begins here. */
export function personAt(
  utterance: Utterance,
  words: readonly string[],
  begin: number,
  from: number,
): OwnerPhrase | null {
  // "My colleague Megan".
  const noun = ['my', 'our', 'the'].includes(words[begin] ?? '') ? begin + 1 : begin;
  const start = colleagues.has(words[noun] ?? '') ? noun + 1 : begin;
  let to = start;
  while (to < start + 3 && isPersonWord(utterance, words, to)) {
    to += 1;
    if (utterance.tokens[to - 1]?.type === 'address') break;
  }
  return to === start || !isPersonNameEnd(words, utterance, to)
    ? null
    : { owner: textBetween(utterance, start, to), from, to };
}

const colleagues = new Set(
  'colleague coworker co-worker teammate boss manager lead intern friend assistant predecessor successor'.split(' '),
);

/** True when no further word of a name follows: "Megan bowen", "Anna Maria de Souza" would name somebody else. */
export function isPersonNameEnd(words: readonly string[], { kinds }: Utterance, at: number): boolean {
  const word = words[at] ?? '';
  const isVerb =
    ownVerbs.has(word) || ['has', 'have', 'had', 'once', 'upload', 'make', 'create', 'own', 'build'].includes(word);
  if (!/\p{L}/u.test(word) || word === "'s" || isVerb || exceptWords.has(word)) return true;
  if (kinds.some(({ start }) => start === at)) return true;
  return (
    (afterObject.has(word) || places.has(word) || determiners.has(word) || behindNames.has(word)) &&
    !particles.has(word)
  );
}

/** Parts of family names in small letters. */
const particles = new Set(['de', 'van', 'von', 'der', 'den', 'di', 'da', 'del', 'la', 'le', 'dos', 'el', 'bin', 'ibn']);
const behindNames = new Set([
  'that',
  'which',
  'who',
  'with',
  'before',
  'after',
  'from',
  'older',
  'newer',
  'delete',
  'remove',
  'export',
]);

const noPersons = new Set([
  ...monthNumbers.keys(),
  ...weekdays.keys(),
  'let',
  'it',
  'that',
  'here',
  'there',
  'what',
  'who',
]);

/** An address, a capitalised word, or a name of an account such as "t_varga". */
export function isPersonWord({ tokens, kinds }: Utterance, words: readonly string[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || words[at] === '' || words[at] === "'s") return false;
  if (token.type === 'address') return true;
  if (noPersons.has(words[at] ?? '')) return false;
  if (token.type !== 'word' || kinds.some(({ start, end }) => at >= start && at < end)) return false;
  if (/^[a-z]{1,12}[._]\p{L}{2,20}$/u.test(token.text)) return true;
  return /^\p{Lu}\p{L}/u.test(token.text) && token.text !== token.text.toUpperCase();
}

export function textBetween({ text, tokens }: Utterance, start: number, end: number): string {
  return text.slice(tokens[start]?.start ?? 0, tokens[end - 1]?.end ?? 0);
}
