import { normalise } from '../understanding/normalise.ts';

const special = /[\\^$.*+?()[\]{}|/]/g;
/** Scripts that write words without spaces between them, or with endings that stick to a name. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const inWord = /[\p{L}\p{M}\p{N}_]/u;

/**
 * A name as the person spelt it in their message, found without regard to case and spacing; null when they did not
 * write it. A part of a longer word is not a name they wrote.
 */
export function asTyped(name: string, message: string): string | null {
  const words = name.normalize('NFC').trim().split(/\s+/u);
  if (words[0] === '') return null;
  const { text } = normalise(message);
  const pattern = words.map((word) => word.replace(special, '\\$&')).join('\\s+');
  for (const found of text.matchAll(new RegExp(pattern, 'giu'))) {
    const [typed] = found;
    const end = found.index + typed.length;
    const before = [...text.slice(0, found.index)].at(-1);
    const after = [...text.slice(end)].at(0);
    if (standsFree(before, [...typed].at(0)) && standsFree(after, [...typed].at(-1))) return typed;
  }
  return null;
}

const quoted = /"([^"]+)"|(?<!\p{L})'([^']+)'(?!\p{L})/gu;
const address = /^[^@]+@[^@]+\.\p{L}+$/u;
const fileEnding = /\.\p{L}[\p{L}\d]{0,4}$/u;

/** Names that a message marks as such: in quotes, with a file ending, or an e-mail address. */
export function markedNames(message: string): string[] {
  const { plain } = normalise(message);
  const inQuotes = [...plain.matchAll(quoted)].map((found) => (found[1] ?? found[2] ?? '').trim());
  const words = plain.replace(quoted, ' ').split(/[\s"',;:!?()<>]+/u);
  return [...inQuotes, ...words.map((word) => word.replace(/(?<!\.)\.+$/u, '')).filter(isFileOrAddress)];
}

function isFileOrAddress(word: string): boolean {
  const ending = fileEnding.exec(word);
  return address.test(word) || (ending !== null && /\p{L}/u.test(word.slice(0, ending.index)));
}

function standsFree(neighbour: string | undefined, edge: string | undefined): boolean {
  if (neighbour === undefined || edge === undefined || !inWord.test(neighbour) || !inWord.test(edge)) return true;
  return unspaced.test(neighbour) || unspaced.test(edge);
}
