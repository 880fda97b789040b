/**
 * Output encoding for names. They come from people and from Studio and may contain anything: Markdown, card date
 * functions, template expressions, bidirectional control characters. Not every Teams client honours backslash escapes,
 * so names are never put into a TextBlock. TextRuns show them, which do not interpret Markdown, in pieces that contain
 * no complete date function.
 */

/** The text of consecutive TextRuns; together they read as one text. */
export type Runs = readonly string[];

/** The longest name that a card shows in a list, in UTF-16 units. */
export const longestName = 80;

// Line breaks and tabs would break the layout of a row.
const whiteSpace = /[\s\u0085]+/gu;
// Control and format characters (some reverse the text), and characters without a glyph (Unicode's
// Default_Ignorable_Code_Point, which includes Hangul fillers and tags). Joiners and variation selectors are kept after
// characters that need them: emoji, and letters of scripts that join.
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
const joiner = /\u200c|\u200d|\ufe0e|\ufe0f/u;
const emoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;
const letter = /^[\p{L}\p{M}]$/u;
/** Scripts whose letters never join, so that a joiner after them would only be invisible. */
const unjoinedScript = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]$/u;

function replacement(hidden: string, at: number, name: string): string {
  const before = [...name.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
  const isNeeded = emoji.test(before) || (letter.test(before) && !unjoinedScript.test(before));
  return joiner.test(hidden) && isNeeded ? hidden : '\ufffd';
}

/** The name with all characters visible: white space as single spaces, invisible and control characters as "�". */
export function visible(name: string): string {
  const shown = name.replace(whiteSpace, ' ').replace(invisible, replacement).trim();
  return shown === '' ? '(no name)' : shown;
}

/** Shortens in the middle, so that a file extension stays visible. Never splits a surrogate pair. */
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
 * Text with names in it as TextRuns. The text is split inside everything that starts like a date function, so that no
 * piece is one; the pieces still read as one text.
 */
export function runs(...parts: readonly string[]): Runs {
  return parts
    .join('')
    .split(/(?<=\{)(?=\{(?:DATE|TIME)\()/u)
    .filter((piece) => piece !== '');
}

/** A sentence that may contain names, as TextRuns: with all characters visible, and clipped to `most`. */
export function prose(text: string, most = 600): Runs {
  return text === '' ? [] : runs(clip(visible(text), most));
}

/**
 * Text for `speak` and `fallbackText`. Some clients read the first as SSML and show the second as Markdown, so the
 * characters of tags, links and date functions are replaced by spaces.
 */
export function spoken(text: string): string {
  return text
    .replace(/[<>&[\]{}]/gu, ' ')
    .replace(/ {2,}/gu, ' ')
    .trim();
}
