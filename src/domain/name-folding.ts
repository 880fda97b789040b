/**
 * Names compared the way people compare them. Every comparison of a name that somebody wrote with a name that a
 * service keeps goes through these functions, so that what one rule takes for the same is the same for all others.
 */

/** Characters without a glyph of their own (Unicode's Default_Ignorable_Code_Point) and format characters. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const whiteSpace = /\s+/gu;
const singleQuotes = /[‘’‚‛‹›ʼʹ′`´＇]/gu;
const doubleQuotes = /[“”„‟«»″ˮ＂]/gu;
const dashes = /[\p{Pd}−]/gu;
/** Nearly all names are plain ASCII, which needs none of this; a workspace may list 100,000 of them. */
const ascii = /^[\x20-\x5F\x61-\x7E]*$/u;

/**
 * The name as it looks on a screen: compatibility composition (NFKC), no unseen characters, single blanks, one kind of
 * dash and of quotation marks. Whoever sees or types one of two names with the same look may mean the other.
 */
export function foldedLook(name: string): string {
  if (ascii.test(name)) return name.replace(/ {2,}/gu, ' ').trim();
  // Quotation marks first: NFKC takes some of them apart into a blank and a combining mark.
  const quoted = name.toWellFormed().replace(singleQuotes, "'").replace(doubleQuotes, '"');
  const plain = quoted.replace(unseen, '').normalize('NFKC').replace(dashes, '-');
  return plain.replace(unseen, '').replace(whiteSpace, ' ').trim().normalize('NFKC');
}

/** The look of a name without case (full case folding, by way of capitals, which also joins ß, ẞ and ss). */
export function foldName(name: string): string {
  const shape = foldedLook(name);
  return ascii.test(shape) ? shape.toLowerCase() : foldedLook(shape.toLowerCase().toUpperCase().toLowerCase());
}

/** True when two names are the same to a person who types one of them. */
export function sameName(a: string, b: string): boolean {
  return a === b || foldName(a) === foldName(b);
}

/** A test for names that hold some text, folded; for many names and one text. */
export function holdsText(part: string): (name: string) => boolean {
  const sought = foldName(part);
  return (name) => foldName(name).includes(sought);
}
