import { wrapped } from '../wrapped-pattern.ts';

/** Headers that mail programs and chats put before quoted words, in the languages of their common editions. */
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

/** How many lines after "From:" the rest of the header of a mail may begin. */
const headLines = 5;

/**
 * Separates the lines of own words from those of others: quoted lines begin with ">", and everything after the header
 * of a mail or of a copied chat is pasted. Linear: each line is matched a fixed number of times.
 */
export function splitPasted(lines: readonly string[]): { own: string[]; quoted: string[]; pasted: string[] } {
  const head = lines.findIndex((_, index) => isHead(lines, index));
  const before = head < 0 ? lines : lines.slice(0, head);
  return {
    own: before.filter((textLine) => !isQuoted(textLine)),
    quoted: before.filter(isQuoted),
    pasted: head < 0 ? [] : lines.slice(head),
  };
}

function isQuoted(textLine: string): boolean {
  return /^\s*>/u.test(textLine);
}

function isHead(lines: readonly string[], index: number): boolean {
  const textLine = (lines[index] ?? '').trim();
  if (separator.test(textLine) || chatStamp.test(textLine)) return true;
  // “Export Churn Lab every Friday 18:00” looks like the head of a copied chat, but has no words of others behind it.
  if (chatHead.test(textLine) && lines.slice(index + 1).some((each) => each.trim() !== '')) return true;
  // Long headers of the form "On … wrote:" are broken into two lines.
  if (wrote.test(textLine) || wrote.test(`${textLine} ${(lines[index + 1] ?? '').trim()}`.slice(0, 500))) return true;
  if (!from.test(textLine)) return false;
  return lines.slice(index, index + headLines).some((each, nth) => sentOrTo.test(nth === 0 ? each.slice(5) : each));
}
