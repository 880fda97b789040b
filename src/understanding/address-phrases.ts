import { plainAddress } from '../domain/people.ts';
import type { Reading } from './intents.ts';
import {
  addressWords,
  closings,
  linkPhrases,
  noNames,
  openings,
  politeQuestions,
  unlinkPhrases,
  whosePhrases,
} from './lexicon/address-words.ts';
import { normalise } from './normalise.ts';
import { type Capture, matchPhrase, type Phrase, phrase } from './phrase-pattern.ts';

/** A wish about which account an address belongs to. */
export type AddressCommand =
  | {
      readonly kind: 'link';
      readonly address: string;
      /** An address of the account, or a name, as typed. */
      readonly person: string;
    }
  | {
      readonly kind: 'unlink';
      readonly address: string;
      /** From whom, as typed; null when it was not said. */
      readonly person: string | null;
    }
  | { readonly kind: 'whose'; readonly address: string };

/** Longer messages, in tokens, say more than one of these commands. */
const mostTokens = 30;
const longestNameTokens = 5;

const compiled = (sources: readonly string[]): readonly Phrase[] =>
  sources.map((source) => phrase(source.replaceAll('{address}', addressWords)));
const links = compiled(linkPhrases);
const unlinks = compiled(unlinkPhrases);
const whose = compiled(whosePhrases);

const addressForm = /^[^\s@,;:"'<>()[\]\\]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}$/u;
const nameForm = /^\p{L}[\p{L}\p{M}.'-]{0,39}$/u;

const addressAt: Capture = (tokens, from) => (addressForm.test(tokens[from] ?? '') ? [1] : []);

/** An address, or the words of a name; longer names first. */
const personAt: Capture = (tokens, from) => {
  if (addressForm.test(tokens[from] ?? '')) return [1];
  const lengths: number[] = [];
  for (let length = 1; length <= longestNameTokens; length += 1) {
    const word = tokens[from + length - 1] ?? '';
    if (!nameForm.test(word) || noNames.has(word.toLowerCase())) break;
    lengths.unshift(length);
  }
  return lengths;
};

const captures = { A: addressAt, P: personAt };

/**
 * Reads a command about the account of an address; null unless one of the known phrases explains every word of the
 * message, apart from courtesies around it. Negated, reported and hypothetical ones are therefore not read. Pure.
 */
export function addressCommand(text: string): AddressCommand | null {
  const { plain, tooLong } = normalise(text);
  if (tooLong || !plain.includes('@') || plain.length > 400) return null;
  const said = withoutCourtesies(tokensOf(plain));
  if (said === null) return null;
  const { tokens, isAsked, isPolite } = said;
  const asked = firstMatch(whose, tokens);
  if (asked !== null) return asked.address === null ? null : { kind: 'whose', address: asked.address };
  if (isAsked && !isPolite) return null;
  const unlinked = firstMatch(unlinks, tokens);
  if (unlinked?.address) return { kind: 'unlink', address: unlinked.address, person: unlinked.person };
  const linked = firstMatch(links, tokens);
  if (!linked?.address || linked.person === null) return null;
  return { kind: 'link', address: linked.address, person: linked.person };
}

/** The reading of such a command. It has no slots: whoever answers reads the text again, so that nothing stores it. */
export function addressReading(text: string): Reading | null {
  const command = addressCommand(text);
  if (command === null) return null;
  return { intent: 'address.link', slots: {}, confidence: 1, why: `an address: ${command.kind}` };
}

function firstMatch(
  phrases: readonly Phrase[],
  tokens: readonly string[],
): { readonly address: string | null; readonly person: string | null } | null {
  for (const each of phrases) {
    const found = matchPhrase(each, tokens, captures);
    if (found === null) continue;
    const textOf = (name: string) => {
      const range = found.get(name);
      return range === undefined ? null : tokens.slice(...range).join(' ');
    };
    return { address: plainAddress(textOf('A')), person: textOf('P') };
  }
  return null;
}

/** Words without the marks around them; `.` and `?` between sentences and the possessive `'s` are tokens. */
function tokensOf(plain: string): string[] {
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
function withoutCourtesies(all: readonly string[]): Said | null {
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
