import { type KindPhrase, kindPhraseAt } from './lexicon/kind-phrases.ts';
import type { Token } from './token.ts';

/** A tokenised message. */
export interface Utterance {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** The kind phrases ("web services", "ds") outside quotations, from left to right. */
  readonly kinds: readonly KindPhrase[];
}

const opening = new Map([
  ['"', '"'],
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ['»', '«'],
  ['‘', '’'],
  ['’', '’'],
  ["'", "'"],
  ['`', '`'],
  ['´', '´'],
  ['‚', '‘'],
]);
/** Marks that also close what a mark of another shape opened, as keyboards mix them. */
const closing: Readonly<Record<string, string>> = {
  '"': '"”“″',
  '“': '”"“',
  '„': '“”"',
  "'": "'’",
  '‘': "’'",
  '’': "’'",
  '`': "`'´",
};
/** Marks that stand inside a word when letters or digits stand on both sides. */
const joints = new Set(['.', '-', '_', "'", '’', '‑']);

/** Splits cleaned text into tokens. One pass over the characters, so linear in the length of the text. */
export function tokenise(text: string): Utterance {
  const raw = split(text);
  const tokens = markQuotations(text, raw);
  return { text, tokens, kinds: kindsIn(tokens) };
}

interface Raw {
  readonly start: number;
  readonly end: number;
  readonly type: Token['type'];
}

function split(text: string): Raw[] {
  const found: Raw[] = [];
  let index = 0;
  while (index < text.length) {
    const code = text.codePointAt(index) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    const character = text.slice(index, index + width);
    if (character === '\n') {
      found.push({ start: index, end: index + 1, type: 'break' });
      index += 1;
    } else if (isSpace(code)) {
      index += width;
    } else if (isWordCode(code)) {
      const end = wordEnd(text, index);
      const addressEnd = text[end] === '@' ? addressEndAt(text, end) : end;
      if (addressEnd > end) found.push({ start: index, end: addressEnd, type: 'address' });
      else pushWord(text, index, end, found);
      index = addressEnd;
    } else {
      found.push({ start: index, end: index + width, type: 'mark' });
      index += width;
    }
  }
  return found;
}

/** The end of the word that begins here: letters, digits, underscores, and joints between them. */
function wordEnd(text: string, start: number): number {
  let index = start;
  while (index < text.length) {
    const code = text.codePointAt(index) ?? 0;
    if (isWordCode(code)) index += code > 0xffff ? 2 : 1;
    else if (joints.has(text.charAt(index)) && isWordCode(text.codePointAt(index + 1) ?? 0)) index += 1;
    else if (
      text.charAt(index) === '+' &&
      isWordCode(text.codePointAt(index + 1) ?? 0) &&
      text.indexOf('@', index) > 0 &&
      isLocalPart(text, index)
    )
      index += 1;
    else break;
  }
  return index;
}

/** True when from a "+" on only word characters and joints stand before the next "@", within 64 characters. */
function isLocalPart(text: string, plus: number): boolean {
  for (let index = plus + 1; index < plus + 64 && index < text.length; index += 1) {
    if (text.charAt(index) === '@') return true;
    if (!isWordCode(text.codePointAt(index) ?? 0) && !joints.has(text.charAt(index))) return false;
  }
  return false;
}

/** The end of an e-mail address whose "@" stands here; `at` itself when no domain follows. */
function addressEndAt(text: string, at: number): number {
  const end = wordEnd(text, at + 1);
  return text.slice(at + 1, end).includes('.') ? end : at;
}

/** A possessive ending is a token of its own, so that a name before it ends where it ends. */
function pushWord(text: string, start: number, end: number, found: Raw[]): void {
  const apostrophe = text.charAt(end - 2);
  const isPossessive =
    end - start > 2 && (apostrophe === "'" || apostrophe === '’') && text.charAt(end - 1).toLowerCase() === 's';
  found.push({ start, end: isPossessive ? end - 2 : end, type: 'word' });
  if (isPossessive) found.push({ start: end - 2, end, type: 'word' });
}

function markQuotations(text: string, raw: readonly Raw[]): Token[] {
  const tokens: Token[] = [];
  const quotationOf = quotations(text, raw);
  let before = 0;
  for (const [index, { start, end, type }] of raw.entries()) {
    const said = text.slice(start, end);
    tokens.push({
      text: said,
      lower: said.toLowerCase().replaceAll('’', "'"),
      start,
      end,
      glued: index > 0 && start === before,
      quotation: quotationOf[index] ?? 0,
      type,
    });
    before = end;
  }
  return tokens;
}

/** Pairs quotation marks: a mark opens where a word begins behind it and none ends before it; its partner ends a word. */
function quotations(text: string, raw: readonly Raw[]): Int32Array {
  const marks = new Int32Array(raw.length);
  const lastOf = lastMarks(text, raw);
  let count = 0;
  for (let index = 0; index < raw.length; index += 1) {
    const token = raw[index];
    if (token === undefined || token.type !== 'mark') continue;
    const mark = text.charAt(token.start);
    if (!opening.has(mark) || !opens(text, token.start)) continue;
    const partners = closing[mark] ?? opening.get(mark) ?? '';
    if ((lastOf.get(mark) ?? -1) <= index) continue;
    const end = closingMark(text, raw, index, partners);
    if (end <= index + 1) continue;
    count += 1;
    for (let inside = index + 1; inside < end; inside += 1) marks[inside] = count;
    index = end;
  }
  return marks;
}

/** The last place of a partner of each opening mark, so that a search for a missing partner is made once. */
function lastMarks(text: string, raw: readonly Raw[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const [index, { start, type }] of raw.entries()) {
    if (type !== 'mark') continue;
    for (const mark of opening.keys()) {
      if ((closing[mark] ?? opening.get(mark) ?? '').includes(text.charAt(start))) last.set(mark, index);
    }
  }
  return last;
}

function closingMark(text: string, raw: readonly Raw[], from: number, partners: string): number {
  for (let index = from + 1; index < raw.length && index < from + 40; index += 1) {
    const token = raw[index];
    if (token === undefined || token.type === 'break') return -1;
    if (token.type === 'mark' && partners.includes(text.charAt(token.start)) && closes(text, token.end)) return index;
  }
  return -1;
}

function opens(text: string, at: number): boolean {
  return !isWordCode(text.codePointAt(at - 1) ?? 32) && !isSpace(text.codePointAt(at + 1) ?? 32);
}

function closes(text: string, end: number): boolean {
  return !isWordCode(text.codePointAt(end) ?? 32);
}

function kindsIn(tokens: readonly Token[]): KindPhrase[] {
  const found: KindPhrase[] = [];
  for (let index = 0; index < tokens.length; ) {
    const phrase = kindPhraseAt(tokens, index);
    if (phrase !== null) found.push(phrase);
    index = phrase?.end ?? index + 1;
  }
  return found;
}

function isSpace(code: number): boolean {
  return code <= 32 || code === 0xa0 || (code >= 0x2000 && code <= 0x200b) || code === 0x3000;
}

const letterOrDigit = /[\p{L}\p{M}\p{N}_]/u;

/** True for letters, digits and the underscore of any script. */
function isWordCode(code: number): boolean {
  if (code < 128)
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
  return letterOrDigit.test(String.fromCodePoint(code));
}

/** The text from one token up to, not including, another, as typed. */
export function textOf(utterance: Utterance, from: number, to: number): string {
  const first = utterance.tokens[from];
  const last = utterance.tokens[to - 1];
  return first === undefined || last === undefined ? '' : utterance.text.slice(first.start, last.end);
}
