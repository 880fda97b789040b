import { isObjectId, plainAddress } from './domain/people.ts';

/** E-mail addresses as directories store them: with `#EXT#` of guests, letters of any language, and subdomains. */
const addressForm = /^[^\s@,;:"'<>()[\]\\]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u;

/** Somebody in the settings, by object id or address, as it is compared; null when it is neither. */
export function namedPerson(entry: string): string | null {
  const text = entry.trim();
  const isId = isObjectId(text) && !/^[0-]+$/u.test(text);
  return isId || addressForm.test(text.normalize('NFC')) ? (plainAddress(text) ?? text.toLowerCase()) : null;
}
