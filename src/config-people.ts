import { groupOfEntry } from './domain/directory-groups.ts';
import { isObjectId, plainAddress } from './domain/people.ts';

/** E-mail addresses as directories store them: with `#EXT#` of guests, letters of any language, and subdomains. */
const addressForm = /^[^\s@,;:"'<>()[\]\\]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u;

/** What an entry of people has to be, as the end of a sentence about one that is not. */
export const neitherPersonNorGroup =
  'is neither an e-mail address nor an object id, nor "group:" with the object id of a group';

/**
 * Somebody in the settings, by object id or address, or a Microsoft Entra group (`group:<object id>`), as it is compared;
 * null when it is neither.
 */
export function namedEntry(entry: string): string | null {
  const text = entry.trim();
  const group = groupOfEntry(text);
  if (group !== null) return isPlaceholder(group) ? null : `group:${group}`;
  const isId = isObjectId(text) && !isPlaceholder(text);
  return isId || addressForm.test(text.normalize('NFC')) ? (plainAddress(text) ?? text.toLowerCase()) : null;
}

function isPlaceholder(id: string): boolean {
  return /^[0-]+$/u.test(id);
}
