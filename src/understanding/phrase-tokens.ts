import { closings, openings, politeQuestions } from './lexicon/address-words.ts';

/** Longer messages, in tokens, say more than one command. */
const mostTokens = 30;

/** Words without the marks around them; `.` and `?` between sentences and the possessive `'s` are tokens. */
export function tokensOf(plain: string): string[] {
  const tokens: string[] = [];
  for (const raw of plain.replaceAll('\n', ' . ').split(' ')) {
    const { word, end } = peeled(raw.replace(/^(?:mailto:)/i, ''));
    const possessive = /'s$/i.test(word) && word.length > 2;
    if (word !== '') tokens.push(...(possessive ? [word.slice(0, -2), "'s"] : [word]));
    if (end !== '') tokens.push(end);
  }
  return tokens;
}

const openMarks = '"\'(<[{,;:-';
const closeMarks = '"\')>]},;:-!.?';

/** A word without marks around it, and the mark that ends a sentence behind it, if any. */
function peeled(raw: string): { readonly word: string; readonly end: '' | '.' | '?' } {
  let [from, to] = [0, raw.length];
  let end: '' | '.' | '?' = '';
  while (from < to && openMarks.includes(raw.charAt(from))) from += 1;
  while (to > from && closeMarks.includes(raw.charAt(to - 1))) {
    const mark = raw.charAt(to - 1);
    if (mark === '?') end = '?';
    else if ((mark === '.' || mark === '!' || mark === ';') && end === '') end = '.';
    to -= 1;
  }
  return { word: raw.slice(from, to), end };
}

interface Said {
  readonly tokens: readonly string[];
  /** Whether it ends with a question mark, and whether it asks politely for something. */
  readonly isAsked: boolean;
  readonly isPolite: boolean;
}

/** The tokens between courtesies; null when there are too many or none. */
export function withoutCourtesies(all: readonly string[]): Said | null {
  if (all.length > mostTokens) return null;
  let [from, to] = [0, all.length];
  let [isAsked, isPolite] = [false, false];
  const begins = (words: readonly string[], at: number) =>
    words.every((word, index) => all[at + index]?.toLowerCase() === word);
  for (let changed = true; changed && from < to; ) {
    changed = false;
    const last = all[to - 1];
    if (last === '.' || last === '?') {
      isAsked ||= last === '?';
      to -= 1;
      changed = true;
    }
    if (all[from] === '.') {
      from += 1;
      changed = true;
    }
    const closing = closings.find((words) => to - from > words.length && begins(words, to - words.length));
    const polite = politeQuestions.find((words) => begins(words, from));
    const opening = polite ?? openings.find((words) => begins(words, from));
    isPolite ||= polite !== undefined;
    if (closing !== undefined) to -= closing.length;
    if (opening !== undefined) from += opening.length;
    changed ||= closing !== undefined || opening !== undefined;
  }
  return from < to ? { tokens: all.slice(from, to), isAsked, isPolite } : null;
}
