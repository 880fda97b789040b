import { withoutNamedSecrets } from './secret-assignments.ts';
import { withoutShapes } from './secret-shapes.ts';

/** How a text is scrubbed. */
export interface ScrubOptions {
  /** Values that are known to be secret; they go wherever they stand, percent-encoded too. Shorter ones than six are left. */
  readonly known?: readonly string[];
  /** What stands in a credential's place; nothing unless given. */
  readonly instead?: string;
}

/** A text without credentials, and how many were cut out. */
export interface Scrubbed {
  readonly text: string;
  readonly removed: number;
}

/**
 * The text without the known forms of credentials: what a name announces (`password = "…"` in any usual syntax), what
 * shows by its shape (keys of well-known issuers, PEM, JWT, SAS, user information in addresses), and the known values.
 * What stands around them stays, so that JSON, XML and scripts keep their form. Time grows with the text's length only.
 * A credential that nothing announces and that has no shape of its own cannot be told from data and stays.
 */
export function scrub(text: string, { known = [], instead = '' }: ScrubOptions = {}): Scrubbed {
  let removed = 0;
  const count = (): void => {
    removed += 1;
  };
  let clean = text;
  for (const secret of known) {
    if (secret.length < 6) continue;
    for (const spelling of new Set([secret, encodeURIComponent(secret.toWellFormed())])) {
      const pieces = clean.split(spelling);
      removed += pieces.length - 1;
      clean = pieces.join(instead);
    }
  }
  clean = withoutNamedSecrets(withoutShapes(clean, instead, count), instead, count);
  return { text: clean, removed };
}

/** The text of `scrub` alone. */
export function withoutSecrets(text: string, options: ScrubOptions = {}): string {
  return scrub(text, options).text;
}
