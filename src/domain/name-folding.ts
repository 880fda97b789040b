/**
 * Normalization of names for comparison. Every comparison of a name that a person typed with a name from a service uses
 * these functions, so that all rules agree on which names are equal.
 */

/** Invisible characters: Unicode's Default_Ignorable_Code_Point and format characters. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const whiteSpace = /\s+/gu;
const singleQuotes = /[‘’‚‛‹›ʼʹ′`´＇]/gu;
const doubleQuotes = /[“”„‟«»″ˮ＂]/gu;
const dashes = /[\p{Pd}−]/gu;
/**
 * A fast path: nearly all names are plain ASCII without a backtick and need no normalization; a workspace may list
 * 100,000.
 */
const ascii = /^[\x20-\x5F\x61-\x7E]*$/u;

/**
 * The name as displayed: compatibility composition (NFKC), no invisible characters, single blanks, one kind of dash and
 * of quotation marks. Names that look alike become equal, since a person may mean either.
 */
export function displayedForm(name: string): string {
  if (ascii.test(name)) return name.replace(/ {2,}/gu, ' ').trim();
  // Quotation marks first: NFKC decomposes some of them into a blank and a combining mark.
  const quoted = name.toWellFormed().replace(singleQuotes, "'").replace(doubleQuotes, '"');
  const plain = quoted.replace(invisible, '').normalize('NFKC').replace(dashes, '-');
  return plain.replace(invisible, '').replace(whiteSpace, ' ').trim().normalize('NFKC');
}

/** The displayed form without case: full case folding, by way of upper case, which also equates ß, ẞ and ss. */
export function foldName(name: string): string {
  const displayed = displayedForm(name);
  return ascii.test(displayed)
    ? displayed.toLowerCase()
    : displayedForm(displayed.toLowerCase().toUpperCase().toLowerCase());
}

/** True when two names are equal after folding. */
export function sameName(a: string, b: string): boolean {
  return a === b || foldName(a) === foldName(b);
}

/** A test whether a name contains a text, both folded; the text is folded once for many names. */
export function holdsText(part: string): (name: string) => boolean {
  const sought = foldName(part);
  return (name) => foldName(name).includes(sought);
}
