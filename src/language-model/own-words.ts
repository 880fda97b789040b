import { normalise } from '../understanding/normalise.ts';

const regexpSyntax = /[\\^$.*+?()[\]{}|/]/g;
/** Scripts without spaces between words, or where suffixes are attached to a name. */
const withoutWordSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const wordCharacter = /[\p{L}\p{M}\p{N}_]/u;

/**
 * A name as the person spelt it in the message, found regardless of case and spacing; null when it is not there. Only
 * whole words count.
 */
export function asTyped(name: string, message: string): string | null {
  const words = name.normalize('NFC').trim().split(/\s+/u);
  if (words[0] === '') return null;
  const { text } = normalise(message);
  const pattern = words.map((word) => word.replace(regexpSyntax, '\\$&')).join('\\s+');
  for (const found of text.matchAll(new RegExp(pattern, 'giu'))) {
    const [typed] = found;
    const end = found.index + typed.length;
    const before = [...text.slice(0, found.index)].at(-1);
    const after = [...text.slice(end)].at(0);
    if (isWordBoundary(before, [...typed].at(0)) && isWordBoundary(after, [...typed].at(-1))) return typed;
  }
  return null;
}

const quotedNames = /"([^"]+)"|(?<!\p{L})'([^']+)'(?!\p{L})/gu;
const address = /^[^@]+@[^@]+\.\p{L}+$/u;
const fileExtension = /\.\p{L}[\p{L}\d]{0,4}$/u;

/** Names that a message marks as names: quoted text, words with a file extension, and e-mail addresses. */
export function markedNames(message: string): string[] {
  const { plain } = normalise(message);
  const inQuotes = [...plain.matchAll(quotedNames)].map((found) => (found[1] ?? found[2] ?? '').trim());
  const words = plain.replace(quotedNames, ' ').split(/[\s"',;:!?()<>]+/u);
  return [...inQuotes, ...words.map((word) => word.replace(/(?<!\.)\.+$/u, '')).filter(isFileOrAddress)];
}

function isFileOrAddress(word: string): boolean {
  const ending = fileExtension.exec(word);
  return address.test(word) || (ending !== null && /\p{L}/u.test(word.slice(0, ending.index)));
}

function isWordBoundary(neighbour: string | undefined, edge: string | undefined): boolean {
  if (neighbour === undefined || edge === undefined || !wordCharacter.test(neighbour) || !wordCharacter.test(edge))
    return true;
  return withoutWordSpaces.test(neighbour) || withoutWordSpaces.test(edge);
}
