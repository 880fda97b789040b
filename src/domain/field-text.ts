import { withoutSecretsAndLinks } from './scrub-message.ts';
import { storable } from './storable-text.ts';

/** The longest reason that is kept, in UTF-16 units. */
export const maxReasonLength = 500;

/** Control characters, and halves of surrogate pairs. */
const controls = /[\p{Cc}\p{Cs}]/gu;
/** What has no glyph (format characters, Unicode's Default_Ignorable_Code_Point), and what `storable` writes for it. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}]|\ufffd(?:[0-9A-F]{4})?/gu;
/** What `withoutSecretsAndLinks` puts in the place of what it takes out. */
const placeholders = /\[link\]|\*\*\*/gu;
const wordCharacter = /[\p{L}\p{N}]/u;

/**
 * What somebody wrote into a field of a card, as it is kept: on one line, without secrets and links, of at most `most`
 * UTF-16 units. Secrets are taken out before it is cut, since a part of one would not be recognised. Null when nothing of
 * it could be seen.
 */
export function fieldText(written: string | undefined, most: number): string | null {
  const text = (written ?? '').replace(controls, ' ');
  const plain = withoutSecretsAndLinks(storable(text)).replace(/\s+/gu, ' ').trim();
  if (plain.replace(unseen, '').trim() === '') return null;
  // The cut may go through a surrogate pair.
  return plain.slice(0, most).replace(controls, '').trim();
}

/** A reason as it is kept; null when it says nothing in words. What was taken out of it is no reason. */
export function statedReason(written: string | undefined): string | null {
  const text = fieldText(written, maxReasonLength);
  const said = text?.replace(placeholders, '').replace(unseen, '') ?? '';
  return wordCharacter.test(said) ? text : null;
}
