import { wrapped } from '../wrapped-pattern.ts';

/** Heads that mail programs and chats put before somebody's words, in the languages of their common editions. */
const wrote =
  /^(?:on|am|le|el|il giorno|op|em|den|dne|w dniu)\b.{4,200}\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napsal|napisał)\b.{0,120}:/iu;
const from = /^\W{0,3}(?:from|von|de|da|van|från|fra|od)\W{0,3}:\W{0,3}\S/iu;
const sentOrTo =
  /(?:^|\s)\W{0,3}(?:sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|objet|à|enviado|asunto|para|inviato|oggetto|verzonden|onderwerp|skickat|ämne)\W{0,3}:/iu;
const separator = new RegExp(
  wrapped`
    ^[-_=*\s]{0,12}
    (?:
      original message|forwarded message|begin forwarded message|ursprüngliche nachricht|
      weitergeleitete nachricht|message d'origine|message transféré|mensaje original|messaggio originale
    )[-_=*:\s]{0,12}$
  `,
  'iu',
);
const chatStamp = /^\[[^[\]]{0,40}\d{1,2}[:.]\d{2}[^[\]]{0,12}\]\s*\S/u;
const chatHead =
  /^\p{Lu}[\p{L}\p{M}.'’-]{0,40}(?: [\p{L}\p{M}.'’-]{1,40}){1,4},?\s+(?:\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?,? )?\d{1,2}:\d{2}(?: ?[AP]\.?M\.?)?$/iu;

/** How many lines below "From:" the rest of a mail's head may begin. */
const headLines = 5;

/**
 * Splits lines of own words from those that are somebody else's by how they are pasted: lines behind ">", and all
 * that follows the head of a mail or of a copied chat. Linear: each line is looked at a fixed number of times.
 */
export function splitPasted(lines: readonly string[]): { own: string[]; quoted: string[]; pasted: string[] } {
  const head = lines.findIndex((_, index) => isHead(lines, index));
  const before = head < 0 ? lines : lines.slice(0, head);
  return {
    own: before.filter((line) => !isQuoted(line)),
    quoted: before.filter(isQuoted),
    pasted: head < 0 ? [] : lines.slice(head),
  };
}

function isQuoted(line: string): boolean {
  return /^\s*>/u.test(line);
}

function isHead(lines: readonly string[], index: number): boolean {
  const line = (lines[index] ?? '').trim();
  if (separator.test(line) || chatStamp.test(line) || chatHead.test(line)) return true;
  // Long lines of "On … wrote:" are broken in two.
  if (wrote.test(line) || wrote.test(`${line} ${(lines[index + 1] ?? '').trim()}`.slice(0, 500))) return true;
  if (!from.test(line)) return false;
  return lines.slice(index, index + headLines).some((each, nth) => sentOrTo.test(nth === 0 ? each.slice(5) : each));
}
