import type { ConversationContext } from './conversation.ts';
import { isCommand, isDestructive, type Reading, sureEnough } from './intents.ts';
import { saysDeletion } from './lexicon/adjustment-words.ts';

/** Readings that only show or answer something. */
const harmless = /^(?:list\.|request\.(?:list|status)|asset\.show|account\.info|schedule\.list|link\.renew|help$)/u;

const closing =
  /[,;] (?:we|i|it|that|they|he|she|since|because|as|cause|thanks|thank you|cheers|please|nobody|no one)\b([^;,]{0,120})$/iu;
const goingOn = /\b(?:but|and|or|except|without|also|plus|too)\b/iu;
const adverbs =
  /,? \b(?:together|in one (?:zip|go)|for (?:her|him|them|us|me)|right away|straight away|for good|as usual|would you|will you)\b/giu;
const counted = /\b(those|these|them|all) (?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\b/giu;
const denying =
  /\b(?:not|n['’]t|never|don['’]?t|unless|if|only|except|without|but|keep|leave|wait|instead|rather|undo|cancel|stop)\b/iu;
const dismissal = new RegExp(
  '^(?:(?:no|nope|nah|never ?mind(?: that| it)?|nvm|forget (?:it|that)|scrap that|not (?:a |that |this )?(?:new )?(?:one|now))' +
    '[ .,!;]{0,3}){1,6}(?:but |and |then |instead |please ){0,2}',
  'iu',
);

/** Nothing was read, not even possible readings. */
function isUnread({ intent, offers, lost, incomplete }: Reading): boolean {
  return intent === 'none' && offers === undefined && lost === undefined && incomplete === undefined;
}

/** Never a deletion: what stands around one may be what speaks against it. */
function isSure({ intent, confidence, offers }: Reading): boolean {
  if (isDestructive(intent) || offers !== undefined || confidence < sureEnough) return false;
  return isCommand(intent) || harmless.test(intent) || intent.startsWith('schedule.');
}

/**
 * Reads a message that nothing understood without what says nothing of what is wanted: a remark in front ("Very well."),
 * a reason behind ("…, we do not need that one"), "together", "for her". Of two sentences of which the second is a
 * question, the first is read and the question is said to be unanswered. The same reading when none of it helps. `read`
 * reads a text by itself. Pure; reads at most six texts.
 */
export function secondTry(
  reading: Reading,
  text: string,
  context: ConversationContext | undefined,
  read: (text: string) => Reading,
): Reading {
  const dismissed = dismissedAndWanted(reading, text, read);
  if (dismissed !== null) return dismissed;
  if (text.length > longest || !(isUnread(reading) || halfRead.test(reading.intent))) return reading;
  const two = questionBehind(text, read);
  if (two !== null) return two;
  const without = reading.intent === 'ask' ? text.replace(aside, '') : text;
  if (without !== text) {
    const listed = read(without);
    if (listed.intent === 'list.assets' && isSure(listed)) return listed;
  }
  if (!isUnread(reading)) return reading;
  const head = withoutReason(text);
  // A change of what was asked for stands in front of its reason. What changes a deletion is previewed anew.
  const changed = head === null || context === undefined ? null : read(head);
  if (changed?.corrects === true && changed.offers === undefined && changed.confidence >= sureEnough) return changed;
  const plain = text.replace(adverbs, '').replace(counted, '$1');
  const shorter = plain === text ? null : read(plain);
  if (shorter !== null && isSure(shorter)) return shorter;
  const [remark, ...others] = sentencesOf(text);
  if (remark === undefined || others.length === 0 || remark.length > 60) return reading;
  if (denying.test(remark) || saysDeletion.test(remark) || !isUnread(read(remark))) return reading;
  const behind = read(others.join(' '));
  return isSure(behind) ? behind : reading;
}

/** "…, which will be removed tonight": a remark on what is named. */
const aside = /, (?:which|who|that) (?:will|is|was|has|are|were|gets?|should)\b[^,;.!?]{1,60}/iu;
const longest = 400;
const halfRead = /^(?:ask|record\.show)$/u;

/** "Export frauds.csv from Fraud Detection; will Adele have to agree to that?" */
function questionBehind(text: string, read: (text: string) => Reading): Reading | null {
  const [first, second, ...others] = sentencesOf(text);
  if (first === undefined || second?.endsWith('?') !== true || others.length > 0) return null;
  if (denying.test(second) || denying.test(first.replace(/\bonly\b/giu, ''))) return null;
  const wanted = read(first);
  if (!isSure(wanted)) return null;
  const asked = read(second);
  return isCommand(asked.intent) ? null : { ...wanted, overlooked: second.slice(0, 100) };
}

/** "Never mind that, please show all my requests": what takes back, and a wish behind it. Neither is dropped. */
function dismissedAndWanted(reading: Reading, text: string, read: (text: string) => Reading): Reading | null {
  const isOpen = reading.intent === 'decline' || isUnread(reading);
  const plain = text.slice(0, longest).trim();
  const said = isOpen ? dismissal.exec(plain)?.[0] : undefined;
  const rest = plain.slice(said?.length ?? 0);
  if (said === undefined || rest === '') return null;
  const wanted = read(rest);
  const isDeletion =
    isDestructive(wanted.intent) || wanted.offers?.some(({ intent }) => isDestructive(intent)) === true;
  // What is taken back is, and the deletion behind it is named, to be asked for by itself.
  if (isDeletion && reading.intent === 'decline') return { ...reading, overlooked: rest.slice(0, 100) };
  if (!isSure(wanted)) return null;
  if (reading.intent !== 'decline') return wanted;
  const { intent, slots, confidence } = wanted;
  const offers = [
    { intent, slots, confidence },
    { intent: 'request.cancel' as const, slots: {}, confidence: 0.5 },
  ];
  return { intent: 'none', slots: {}, confidence: 0.5, why: 'takes something back and wants something', offers };
}

/** "Without the project, we do not need that one": the wish without its reason; null where it has none. */
function withoutReason(text: string): string | null {
  const found = closing.exec(text);
  return found === null || found.index < 4 || goingOn.test(found[1] ?? '') ? null : text.slice(0, found.index);
}

/** The sentences of a text; a dot within a word ends none. */
function sentencesOf(text: string): string[] {
  return text
    .slice(0, longest)
    .split(/(?<=[.;!?\n])\s/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
}
