/** Longer texts, in UTF-16 units, are pasted documents; no command is read from them. */
const longestCommand = 1500;

/**
 * The speaker's own words, ready for tokenising. `text` and `plain` have the same length, so positions in one are valid
 * in the other.
 */
export interface Normalised {
  /** The text as the screen shows it: no invisible characters, single spaces. */
  readonly text: string;
  /** The same with ASCII characters for typographic quotes, dashes and apostrophes. */
  readonly plain: string;
  readonly tooLong: boolean;
}

// Zero-width, bidirectional and other format characters; they change how a text looks but not what it says.
const invisible = /\p{Cf}|\uFE0E|\uFE0F|[\uE000-\uF8FF]/gu;
const control = /\p{Cc}+/gu;

/** Cleans plain text from `messageParts`, in which markup is typed text. Pure; never throws. */
export function normalise(message: string): Normalised {
  const tooLong = message.length > longestCommand * 4;
  const text = message
    .slice(0, longestCommand * 4)
    .replace(/[\r\n\u2028\u2029]+/g, '\n')
    .replace(/\t/g, ' ')
    .replace(control, (found) => (found.includes('\n') ? ' \n ' : ''))
    .replace(invisible, '')
    .normalize('NFC')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
  return {
    text: text.slice(0, longestCommand),
    plain: plainly(text.slice(0, longestCommand)),
    tooLong: tooLong || text.length > longestCommand,
  };
}

/** Replaces typographic characters one by one by ASCII characters, so that positions do not change. */
function plainly(text: string): string {
  return text
    .replace(/[“”„‟«»″＂]/g, '"')
    .replace(/[‘’‚‛‹›′`´＇]/g, "'")
    .replace(/[–—―−]/g, '-')
    .replace(/\u00A0/g, ' ')
    .replace(/[？]/g, '?')
    .replace(/[！]/g, '!')
    .replace(/[，、]/g, ',')
    .replace(/[。]/g, '.')
    .replace(/[：]/g, ':');
}
