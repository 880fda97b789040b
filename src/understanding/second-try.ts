import type { ConversationContext } from './conversation.ts';
import { isCommand, isDestructive, type Reading, sureEnough } from './intents.ts';

/** Readings that only show or answer something. */
const harmless = /^(?:list\.|request\.(?:list|status)|asset\.show|account\.info|schedule\.list|link\.renew|help$)/u;

const closing = '(?:we|i|it|that|they|he|she|since|because|as|cause|thanks|thank you|cheers|please|nobody|no one)';
const reason = new RegExp(
  `^([^,;]{4,120})[,;] ${closing}\\b(?![^.;]*\\b(?:but|and|or|except|without|also|plus|too)\\b)[^;]{0,120}$`,
  'iu',
);
const adverbs =
  /,? \b(?:together|in one (?:zip|go)|for (?:her|him|them|us|me)|right away|straight away|for good|as usual|if you would(?: be so kind)?|if that is ok(?:ay)?|would you|will you)\b/giu;
const counted = /\b(those|these|them|all) (?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\b/giu;
const denying =
  /\b(?:not|n['’]t|never|don['’]?t|unless|if|only|except|without|but|keep|leave|wait|instead|rather|undo|cancel|stop)\b/iu;
const dismissing =
  /^(?:\W*(?:no|nope|nah|never ?mind(?: that| it)?|nvm|forget (?:it|that|about (?:it|that))|scrap that|not (?:a |that |this )?(?:new )?(?:one|now))\b[^.!;,\n]{0,20}[.,!;]\s*){1,4}(?:but |and |then |instead |please )*(\S.*)$/isu;

/** Nothing was read, not even possible readings. */
function isUnread({ intent, offers, lost, incomplete }: Reading): boolean {
  return intent === 'none' && offers === undefined && lost === undefined && incomplete === undefined;
}

/** Never a deletion: what stands around one may be what speaks against it. */
function isSure({ intent, confidence, offers }: Reading): boolean {
  return (
    !isDestructive(intent) &&
    offers === undefined &&
    confidence >= sureEnough &&
    (isCommand(intent) || harmless.test(intent) || intent.startsWith('schedule.'))
  );
}

/**
 * Reads a message that nothing understood without what says nothing of what is wanted: a remark in front ("Very well."),
 * a reason behind ("…, we do not need that one"), "together", "for her". Of two sentences of which the second is a
 * question, the first is read and the question is said to be unanswered. The same reading when none of it helps. `read`
 * reads a text by itself. Pure; reads at most four texts.
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
  if (!isUnread(reading)) return reading;
  const head = reason.exec(text)?.[1];
  // A change of what was asked for stands in front of its reason.
  const changed = head === undefined || context === undefined ? null : read(head);
  // The preview of what changes a deletion is made anew, and shown.
  if (changed !== null && changed.corrects === true && changed.offers === undefined && changed.confidence >= sureEnough)
    return changed;
  const plain = text.replace(adverbs, '').replace(counted, '$1');
  const shorter = plain === text ? null : read(plain);
  if (shorter !== null && isSure(shorter)) return shorter;
  const [, remark, rest] = /^\s*((?:[^.!?\n]|\.(?=\S)){1,60})[.!]\s+(\S.*)$/su.exec(text) ?? [];
  if (remark === undefined || rest === undefined || denying.test(remark) || !isUnread(read(remark))) return reading;
  const behind = read(rest);
  return isSure(behind) ? behind : reading;
}

const longest = 400;
const halfRead = /^(?:ask|record\.show)$/u;

/** "Remove frauds.csv from Fraud Detection; will Adele have to agree to that?" */
function questionBehind(text: string, read: (text: string) => Reading): Reading | null {
  const [, first, second] =
    /^\s*((?:[^.;!?\n]|\.(?=\S)){4,200})[.;!?]\s+((?:and |but )?(?:[^.;!?\n]|\.(?=\S)){4,160}\?)\s*$/su.exec(text) ??
    [];
  if (first === undefined || second === undefined || denying.test(second) || denying.test(first)) return null;
  const wanted = read(first);
  if (!isSure(wanted)) return null;
  const asked = read(second);
  return isCommand(asked.intent) ? null : { ...wanted, overlooked: second.trim().slice(0, 100) };
}

/** "Never mind that, please show all my requests": what takes back, and a wish behind it. Neither is dropped. */
function dismissedAndWanted(reading: Reading, text: string, read: (text: string) => Reading): Reading | null {
  const rest =
    reading.intent === 'decline' || isUnread(reading) ? dismissing.exec(text.slice(0, longest))?.[1] : undefined;
  if (rest === undefined) return null;
  const wanted = read(rest);
  if (!isSure(wanted)) return null;
  if (reading.intent !== 'decline') return wanted;
  const { intent, slots, confidence } = wanted;
  const offers = [
    { intent, slots, confidence },
    { intent: 'request.cancel' as const, slots: {}, confidence: 0.5 },
  ];
  return { intent: 'none', slots: {}, confidence: 0.5, why: 'takes something back and wants something', offers };
}
