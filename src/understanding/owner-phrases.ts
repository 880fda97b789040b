import { monthNumbers } from './date-range.ts';
import { actOf } from './lexicon/acts.ts';
import { makerVerbs, ownVerbs } from './lexicon/selection-words.ts';
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
  for (const [index, word] of words.entries()) {
    const found = word === '' ? null : ownerAt(words, utterance, index, word);
    if (found !== null) return found;
  }
  return null;
}

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
  if (!isBehindKind(utterance, index) && !['ones', 'everything', 'stuff', 'drafts'].includes(words[index - 1] ?? ''))
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

/** "Megan's failed experiments", "Megan's stuff": what is owned follows within three words. */
function isHeadAhead({ kinds }: Utterance, words: readonly string[], from: number): boolean {
  if (['stuff', 'things', 'ones', 'own'].includes(words[from] ?? '')) return true;
  return kinds.some(({ kind, start }) => kind !== 'workspace' && start >= from && start <= from + 2);
}

/** Where a person's name begins that ends before this token; a verb that begins the sentence is no part of it. */
function personBefore(utterance: Utterance, words: readonly string[], end: number): number {
  let from = end;
  while (from > end - 3 && isPersonWord(utterance, words, from - 1)) from -= 1;
  const isFirst = from === 0 || ['.', '!', '?', ':', '\n'].includes(utterance.tokens[from - 1]?.lower ?? '');
  return end - from > 1 && isFirst && actOf(words[from] ?? '') !== null ? from + 1 : from;
}

/** A person of up to three words from here on; null when none begins here. */
function personAt(utterance: Utterance, words: readonly string[], start: number, from: number): OwnerPhrase | null {
  let to = start;
  while (to < start + 3 && isPersonWord(utterance, words, to)) {
    to += 1;
    if (utterance.tokens[to - 1]?.type === 'address') break;
  }
  return to === start ? null : { owner: textBetween(utterance, start, to), from, to };
}

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
function isPersonWord({ tokens, kinds }: Utterance, words: readonly string[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || words[at] === '' || words[at] === "'s") return false;
  if (token.type === 'address') return true;
  if (noPersons.has(words[at] ?? '')) return false;
  if (token.type !== 'word' || kinds.some(({ start, end }) => at >= start && at < end)) return false;
  if (/^[a-z]{1,12}[._]\p{L}{2,20}$/u.test(token.text)) return true;
  return /^\p{Lu}\p{L}/u.test(token.text) && token.text !== token.text.toUpperCase();
}

function textBetween({ text, tokens }: Utterance, start: number, end: number): string {
  return text.slice(tokens[start]?.start ?? 0, tokens[end - 1]?.end ?? 0);
}
