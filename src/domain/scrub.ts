import { withoutNamedSecrets } from './secret-assignments.ts';
import { withoutSecretFormats } from './secret-shapes.ts';

/** How a text is scrubbed. */
export interface ScrubOptions {
  /** Known secrets, removed wherever they occur, percent-encoded too. Those shorter than six characters are ignored. */
  readonly known?: readonly string[];
  /** The replacement for a credential; the default is an empty string. */
  readonly instead?: string;
}

/** A text without credentials, and how many were removed. */
export interface Scrubbed {
  readonly text: string;
  readonly removed: number;
}

/**
 * Redacts the known forms of credentials: assignments to a name (`password = "…"` in any usual syntax), recognizable
 * formats (keys of well-known issuers, PEM, JWT, SAS, user information in URLs), and the known values. The text around
 * them stays, so that JSON, XML and scripts keep their form. Linear time. A credential without a name and without a
 * recognizable format cannot be told from data and stays.
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
  clean = withoutNamedSecrets(withoutSecretFormats(clean, instead, count), instead, count);
  return { text: clean, removed };
}

/** The text of `scrub` alone. */
export function withoutSecrets(text: string, options: ScrubOptions = {}): string {
  return scrub(text, options).text;
}
