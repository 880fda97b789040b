/** Longer texts are pasted documents, not commands; nothing in them is read as one. */
const longestCommand = 1500;

/** Own words ready for tokenising. `text` and `plain` have the same length, so a span of one is a span of the other. */
export interface Normalised {
  /** What the person sees on the screen: no invisible characters, single spaces. */
  readonly text: string;
  /** The same with typographic quotes, dashes and apostrophes as their ASCII siblings. */
  readonly plain: string;
  readonly tooLong: boolean;
}

// Zero-width, bidirectional and other format characters; they change how a text looks but not what it says.
const invisible = /\p{Cf}|\uFE0E|\uFE0F|[\uE000-\uF8FF]/gu;
const control = /\p{Cc}+/gu;

/** Cleans plain text, as `messageParts` gives it; markup in it is what somebody wrote. Pure; never throws. */
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

/** Replaces single typographic characters by single ASCII ones, so that positions stay. */
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
