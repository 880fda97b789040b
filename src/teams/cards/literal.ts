/**
 * Names come from people and from Studio and may hold anything: Markdown, card date functions, template
 * expressions, characters that turn the text around. Backslash escapes are not honoured by every Teams client,
 * so names are never put into a TextBlock. They are shown by TextRuns, which know no Markdown, in pieces that
 * hold no complete date function.
 */

/** What a TextRun each is made of; several in a row read as one text. */
export type Runs = readonly string[];

/** The longest name that a card shows in a list, in UTF-16 units. */
export const longestName = 80;

// Line breaks and tabs would tear a row apart.
const whiteSpace = /[\s\u0085]+/gu;
// Controls, and whatever reverses text or hides inside it: format characters, and those without a glyph (Unicode's
// Default_Ignorable_Code_Point, Hangul fillers and tags among them). Joiners and variation selectors stay behind what
// needs them: emoji, and the scripts whose letters join.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
const joiner = /\u200c|\u200d|\ufe0e|\ufe0f/u;
const emoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;
const letter = /^[\p{L}\p{M}]$/u;
/** Scripts whose letters never join; a joiner between them only hides. */
const loose = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]$/u;

function seen(hidden: string, at: number, name: string): string {
  const before = [...name.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
  const isNeeded = emoji.test(before) || (letter.test(before) && !loose.test(before));
  return joiner.test(hidden) && isNeeded ? hidden : '\ufffd';
}

/** The name with everything visible: white space as single spaces, hidden and control characters as "�". */
export function visible(name: string): string {
  const shown = name.replace(whiteSpace, ' ').replace(unseen, seen).trim();
  return shown === '' ? '(no name)' : shown;
}

/** Shortens in the middle, so that a file ending stays in sight. Never cuts a character in half. */
export function clip(name: string, most: number = longestName): string {
  if (name.length <= most) return name;
  const tail = Math.min(12, Math.floor(most / 3));
  return `${name
    .slice(0, most - tail - 1)
    .toWellFormed()
    .replace(/\ufffd$/u, '')}…${name
    .slice(-tail)
    .toWellFormed()
    .replace(/^\ufffd/u, '')}`;
}

/** A name for the plain text of a button, of speech or of the fallback. */
export function plainName(name: string, most: number = longestName): string {
  return clip(visible(name), most);
}

/** A name as TextRuns, in quotation marks. */
export function quoted(name: string, most: number = longestName): Runs {
  return runs('“', plainName(name, most), '”');
}

/**
 * Text with names in it as TextRuns. It is cut inside everything that begins like a date function, so that no piece
 * is one; the pieces still read as one text.
 */
export function runs(...parts: readonly string[]): Runs {
  return parts
    .join('')
    .split(/(?<=\{)(?=\{(?:DATE|TIME)\()/u)
    .filter((piece) => piece !== '');
}

/** A sentence that may hold names, as TextRuns: everything visible, and never longer than a card can bear. */
export function prose(text: string, most = 600): Runs {
  return text === '' ? [] : runs(clip(visible(text), most));
}

/**
 * Text for `speak` and `fallbackText`: some clients read the one as SSML and show the other as Markdown, so the
 * characters that tags, links and date functions are made of become spaces.
 */
export function spoken(text: string): string {
  return text
    .replace(/[<>&[\]{}]/gu, ' ')
    .replace(/ {2,}/gu, ' ')
    .trim();
}
