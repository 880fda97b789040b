import type { ExceptedOwners } from '../domain/asset-mentions.ts';
import { ownerExceptions } from './exception-words.ts';
import { isCommand, type Offer, type Reading, type Slots } from './intents.ts';
import { makerVerbs, ownVerbs } from './lexicon/selection-words.ts';
import { normalise } from './normalise.ts';
import { firstOwner, isPersonWord, type OwnerPhrase, personAt, textBetween } from './owner-phrases.ts';
import { type ExceptedOwnersPhrase, severalExceptedOwners } from './several-owners.ts';
import { tokenise, type Utterance } from './utterance.ts';

/**
 * The owner whose things a selection leaves out: "not mine", "except Megan's", "that I didn't make", "by anyone but me",
 * "other people's", "except Megan's and Adele's"; null when the words leave out nobody's. What is said once is read, and nothing between a word of
 * denial and the owner may say anything of its own. Pure; linear in the number of tokens.
 */
export function exceptedOwnerIn(words: readonly string[], utterance: Utterance): ExceptedOwnersPhrase | null {
  const several = severalExceptedOwners(words, utterance);
  if (several !== null) return several;
  return ofOthers(words) ?? notMade(words, utterance) ?? keptFrom(words, utterance) ?? deniedOwner(words, utterance);
}

const isDenial = (word: string) => word === 'not' || word === 'never' || /^(?:are|is|were|was)n['’]?t$/u.test(word);
const isDidNot = (word: string) => /^(?:did|do|does|have|has)n['’]?t$/u.test(word) || word === 'never';
const isRelative = (word: string | undefined) => word === 'that' || word === 'which' || word === 'who';
const isBeing = (word: string | undefined) => ['are', 'is', 'was', 'were'].includes(word ?? '');
/** What may stand between a word of exception and the owner's words. */
const between = new Set(['for', 'from', 'than', 'the', 'those', 'all', 'ones', 'what', 'that', 'which', 'are', 'is']);
const others = new Set(['others', 'colleagues', 'teammates', 'coworkers', 'co-workers']);

/** "Made by others", "that somebody else owns", "other people's": the opposite of the speaker's own. */
function ofOthers(words: readonly string[]): OwnerPhrase | null {
  for (const [index, word] of words.entries()) {
    const end = othersEnd(words, index, word);
    if (end === null) continue;
    // "Not counting what others put there" is the speaker's own, which is not read here.
    const isTurned = words
      .slice(Math.max(0, index - 5), index)
      .some((each) => isDenial(each) || ownerExceptions.has(each));
    if (isTurned) return null;
    const before = begin(words, words[index - 1] === 'the' ? index - 1 : index);
    const isOwnedBy = (words[index - 2] ?? '').startsWith('belong') && words[index - 1] === 'to';
    if (words[end] === "'s" || words[end] === "'") return { owner: 'me', from: index, to: end + 1 };
    if (ownVerbs.has(words[end] ?? '') || words[end] === 'own') return { owner: 'me', from: before, to: end + 1 };
    if (words[index - 1] === 'by' && (makerVerbs.has(words[index - 2] ?? '') || index >= 2)) {
      const made = makerVerbs.has(words[index - 2] ?? '') ? index - 2 : index - 1;
      return { owner: 'me', from: begin(words, made), to: end };
    }
    const isOfThings = ['from', 'of'].includes(words[index - 1] ?? '') && things.has(words[index - 2] ?? '');
    if (isOfThings) return { owner: 'me', from: index - 1, to: end };
    if (isOwnedBy) return { owner: 'me', from: begin(words, index - 2), to: end };
  }
  return null;
}

const things = new Set(
  'stuff things everything assets datasets dataset experiments models notebooks files ones transforms projects'.split(
    ' ',
  ),
);

/** The end of "somebody else", "other people", "anyone but me"; null where none begins. */
function othersEnd(words: readonly string[], index: number, word: string): number | null {
  const [next, third] = [words[index + 1], words[index + 2]];
  if (/^(?:some|any|every)(?:one|body)$/u.test(word)) {
    if (next === 'else') return index + 2;
    return (next === 'but' || next === 'except') && third === 'me' ? index + 3 : null;
  }
  if (word === 'other' && ['people', 'persons', 'users', 'members'].includes(next ?? '')) return index + 2;
  if (word === 'my' && others.has(next ?? '')) return index + 2;
  const isAlone = words[index - 1] !== 'the' && words[index - 1] !== 'all';
  return others.has(word) && (isAlone || ownVerbs.has(next ?? '')) ? index + 1 : null;
}

/** "That I didn't make", "Megan did not upload". */
function notMade(words: readonly string[], utterance: Utterance): OwnerPhrase | null {
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const isLong = word === 'not' && ['did', 'do', 'does', 'have', 'has'].includes(words[at - 1] ?? '');
    if (!isLong && !isDidNot(word)) continue;
    const subject = isLong ? at - 1 : at;
    const verb = words[at + 1] ?? '';
    const bare = ['make', 'create', 'upload', 'own', 'build', 'write', 'train'];
    if (!bare.includes(verb) && !ownVerbs.has(verb)) continue;
    if (words[at + 2] === 'it' || words[at + 2] === 'them') continue;
    let from = subject;
    while (from > subject - 3 && isPersonWord(utterance, words, from - 1)) from -= 1;
    const isMe = words[subject - 1] === 'i' || (words[subject - 2] === 'i' && words[subject - 1] === 'myself');
    if (isMe) from = subject - (words[subject - 1] === 'i' ? 1 : 2);
    if (from === subject || !isRelative(words[from - 1])) continue;
    return { owner: isMe ? 'me' : textBetween(utterance, from, subject), from: from - 1, to: at + 2 };
  }
  return null;
}

/** "Except Megan's", "apart from Megan's", "all but mine": whose things stay, with nothing behind. */
function keptFrom(words: readonly string[], utterance: Utterance): OwnerPhrase | null {
  const at = words.findLastIndex((word, index) => word === "'s" && isEndOf(words, index + 1));
  if (at < 1) return null;
  let from = at;
  while (from > at - 3 && isPersonWord(utterance, words, from - 1)) from -= 1;
  const start = from === at ? null : (exceptionBefore(words, from) ?? denialBefore(words, from));
  return start === null ? null : { owner: textBetween(utterance, from, at), from: start, to: at + 1 };
}

/** The end of a phrase: nothing, a mark, or the place. */
function isEndOf(words: readonly string[], at: number): boolean {
  return ['', '.', '!', '?', ',', 'in', 'from', 'please', 'and', 'either', 'too'].includes(words[at] ?? '');
}

/** "Except those made by Megan", "that are not mine", "not by Megan". */
function deniedOwner(words: readonly string[], utterance: Utterance): OwnerPhrase | null {
  for (const [at, word] of words.entries()) {
    // "Not by Megan", "aren't by me".
    const by = isDenial(word) && words[at + 1] === 'by' ? at + 1 : -1;
    const person = by < 0 ? null : personAt(utterance, words, by + 1, by);
    if (person !== null) return { ...person, from: begin(words, at) };
    if (by > 0 && words[by + 1] === 'me') return { owner: 'me', from: begin(words, at), to: by + 2 };
  }
  const found = firstOwner(words, utterance);
  if (found === null) return null;
  const start = exceptionBefore(words, found.from) ?? denialBefore(words, found.from);
  return start === null ? null : { ...found, from: start };
}

/** Where a word of exception begins whose object starts here; null when there is none. */
function exceptionBefore(words: readonly string[], from: number): number | null {
  let at = from - 1;
  while (at > from - 5 && between.has(words[at] ?? '')) at -= 1;
  const word = words[at] ?? '';
  if (ownerExceptions.has(word)) return at;
  const isPhrase = ['apart', 'aside', 'other'].includes(word) && ['from', 'than'].includes(words[at + 1] ?? '');
  if (isPhrase) return at;
  const isAllBut = word === 'but' && words.slice(Math.max(0, at - 4), at).some((each) => wholes.has(each));
  return isAllBut ? at : null;
}

const wholes = new Set(['all', 'everything', 'every', 'anything', 'each']);

/** Where a denial before the owner's words begins: "(that are) not", "(which) aren't", "but not those". */
function denialBefore(words: readonly string[], from: number): number | null {
  let at = from - 1;
  while (at > from - 3 && ['the', 'those', 'ones'].includes(words[at] ?? '')) at -= 1;
  if (!isDenial(words[at] ?? '')) return null;
  const start = begin(words, at);
  return words[start - 1] === 'but' ? start - 1 : start;
}

/** The tokens of a relative clause that stand before its verb. */
function begin(words: readonly string[], at: number): number {
  const verb = isBeing(words[at - 1]) ? at - 1 : at;
  return isRelative(words[verb - 1]) ? verb - 1 : verb;
}

const bridge =
  'for|from|than|the|those|ones?|that|which|are|is|was|were|made|created|owned|uploaded|built|by|of|any(?:thing)?|what|datasets?|experiments?|models?|notebooks?|stuff|things';
const exception = "not|never|except|exept|excpet|besides|excluding|without|but|other|apart|aside|\\p{L}{2,6}n['’]t";
const denied = new RegExp(`(?:^|[^\\p{L}])(?:${exception})(?: (?:${bridge})){0,6} $`, 'iu');

/** The slot for a person who stands in a text: whose things are meant, or, behind "not by" and the like, left out. */
export function slotOf(person: string, text: string): 'owner' | 'exceptOwner' {
  return denied.test(text.slice(0, text.indexOf(person))) ? 'exceptOwner' : 'owner';
}

const aboutRequests = /\b(?:requests?|dsr|approv\p{L}{0,5}|jobs?|exports?|deletions?|tickets?|cases?)\b/iu;

/** "Show me everything that isn't mine" is about things, and not about the requests that are the speaker's. */
export function withOthersThings(reading: Reading, text: string): Reading {
  const { offers, ...rest } = reading;
  const isErasure = offers?.some(({ intent }) => intent === 'dsr.erase') === true;
  if ((reading.intent !== 'request.list' && !isErasure) || aboutRequests.test(text)) return reading;
  const utterance = tokenise(normalise(text).text);
  const words = utterance.tokens.map(({ lower, quotation }) => (quotation === 0 ? lower : ''));
  const found = exceptedOwnerIn(words, utterance);
  if (found === null) return reading;
  if (offers !== undefined) {
    // What is somebody else's is not the speaker's personal data.
    const others = offers.filter(({ intent }) => !intent.startsWith('dsr.'));
    return others.length === 0 ? rest : { ...rest, offers: others };
  }
  const { confidence } = reading;
  return { intent: 'list.assets', slots: { exceptOwner: found.owner }, confidence, why: 'about what is not theirs' };
}

const selecting: ReadonlySet<string> = new Set(['export.assets', 'delete.assets', 'list.assets', 'schedule.create']);

/**
 * What a message leaves out as somebody's is left out of every selection that it is read as, on a button, too: that only
 * ever narrows one. A whole workspace becomes a selection to export, and is not deleted.
 */
export function withExceptedOwner(reading: Reading, utterance: Utterance): Reading {
  const words = utterance.tokens.map(({ lower, quotation }) => (quotation === 0 ? lower : ''));
  const found = exceptedOwnerIn(words, utterance);
  if (found === null) return reading;
  const said = textBetween(utterance, found.from, found.to);
  const { offers, ...rest } = reading;
  if (offers !== undefined) {
    const left = offers.flatMap((offer) => narrowed(offer, found.owner, said) ?? []);
    return left.length === 0 ? rest : { ...rest, offers: left };
  }
  const own = narrowed(reading, found.owner, said);
  return own ?? { intent: 'none', slots: {}, confidence: 0.5, why: 'a part that is left out', lost: said };
}

function narrowed<Wish extends Pick<Offer, 'intent' | 'slots'>>(
  wish: Wish,
  exceptOwner: ExceptedOwners,
  said: string,
): Wish | null {
  const { intent, slots } = wish;
  // "The models that are not Megan's & Adele's" names no model “& Adele's”.
  if (isCommand(intent) && slots.assets?.some(({ name }) => said.includes(name)) === true) return null;
  if (intent === 'delete.workspace') return null;
  if (slots.exceptOwner !== undefined || slots.owner !== undefined) return wish;
  if (intent === 'export.workspace')
    return { ...wish, intent: 'export.assets', slots: { ...slots, all: true, exceptOwner } };
  const isSelection = selecting.has(intent) && slots.assets === undefined && slots.subject === undefined;
  if (!isSelection) return wish;
  const all = intent === 'list.assets' ? {} : { all: true as const };
  return { ...wish, slots: { ...slots, ...all, exceptOwner } as Slots };
}
