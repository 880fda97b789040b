/** Longer texts are pasted documents, not commands; nothing in them is read as one. */
const longestCommand = 1500;

/** A message ready for tokenising. `text` and `plain` have the same length, so a span of one is a span of the other. */
export interface Normalised {
  /** What the person sees on the screen: no markup, no mentions, no invisible characters, single spaces. */
  readonly text: string;
  /** The same with typographic quotes, dashes and apostrophes as their ASCII siblings. */
  readonly plain: string;
  readonly tooLong: boolean;
}

const entities: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    '#39': "'",
    '#34': '"',
  }),
);

// What Teams' editor writes. Other tags are text that somebody typed, such as "<system>" before an instruction.
const markup =
  /<\/?(?:a|at|attachment|b|blockquote|code|codeblock|del|div|em|emoji|font|h[1-6]|hr|i|img|ins|li|ol|p|pre|readonly|s|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul)(?:\s[^<>]*)?\/?>/gi;

// Zero-width, bidirectional and other format characters; they change how a text looks but not what it says.
const invisible = /\p{Cf}|\uFE0E|\uFE0F|[\uE000-\uF8FF]/gu;
const control = /\p{Cc}+/gu;

/** Turns a chat message (Teams HTML or plain text) into plain text. Pure; never throws. */
export function normalise(message: string): Normalised {
  const tooLong = message.length > longestCommand * 4;
  const text = withoutComments(message.slice(0, longestCommand * 4))
    .replace(/<at\b[^<>]*>[^<]*<\/at>/gi, ' ')
    .replace(/<(?:br|\/p|\/div|\/li)\b[^<>]*>/gi, '\n')
    .replace(markup, '')
    .replace(/&(#?\w{2,5});/g, (whole, name: string) => entities.get(name.toLowerCase()) ?? whole)
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

/** Word's comments, as they come with text that was pasted from it. */
function withoutComments(html: string): string {
  const [before = '', ...commented] = html.split('<!--');
  return (
    before + commented.map((part) => (part.includes('-->') ? part.slice(part.indexOf('-->') + 2) : part)).join(' ')
  );
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
