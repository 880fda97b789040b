/**
 * Text from outside, made storable. PostgreSQL takes neither the character NUL nor half a surrogate pair in `text` and
 * `jsonb` (PostgreSQL manual, 8.3 and 8.14.1), half a pair cannot be sent as UTF-8 either, and a text decoder takes a
 * byte order mark at the beginning for no part of the text (WHATWG Encoding, "BOM seen"; PGlite reads every value with
 * one). Such characters of names are written as U+FFFD and four hexadecimal digits, "�0000", which a person can see, compare and
 * type.
 */

/** NUL and half a surrogate pair. With the flag `u` a whole pair is one character and does not match. */
const unstorable = /[\0\ud800-\udfff]/gu;
const byteOrderMark = '\ufeff';
const byteOrderMarks = /^\ufeff+/u;
const mark = '\ufffd';
/** The mark where four digits follow it, so that it would read as an escape. */
const likeAnEscape = /\ufffd(?=[0-9A-F]{4})/gu;
const escapes = /\ufffd([0-9A-F]{4})/gu;

/** Deeper values than any service or Teams sends; reading them would use up the stack. */
const deepest = 200;

/** A value is nested deeper than anything that is read or stored. */
export class TooDeepError extends Error {
  override readonly name = 'TooDeepError';
}

function escapeOf(character: string): string {
  return mark + character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

/** True for text that the database takes and gives back as it is. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0') && !text.startsWith(byteOrderMark);
}

/**
 * The text with every character that cannot be stored as a visible escape, and without byte order marks in front; all
 * other text is left alone, escapes that it holds already too. For what people write, and as the last line of defence before the database: doing it twice
 * changes nothing.
 */
export function storable(text: string): string {
  return isStorable(text) ? text : text.replace(byteOrderMarks, '').replace(unstorable, escapeOf);
}

/**
 * The same as a code that `originalText` reads back exactly: a mark that would read as an escape is escaped too. For
 * names and ids from a service, once, where they come in; so two of them are equal here exactly when they are there.
 */
export function encodedText(text: string): string {
  if (isStorable(text) && !text.includes(mark) && !text.includes(byteOrderMark)) return text;
  const marked = text.replace(likeAnEscape, `${mark}FFFD`);
  return marked.replace(unstorable, escapeOf).replaceAll(byteOrderMark, escapeOf);
}

/** What `encodedText` was given: the text as the service knows it. */
export function originalText(encoded: string): string {
  if (!encoded.includes(mark)) return encoded;
  return encoded.replace(escapes, (_escape, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/**
 * A value out of JSON with every text in it, names of fields included, passed through `make`. What needs no change is
 * given back as the same object. Anything but plain objects, arrays and texts (dates, numbers) stays as it is.
 * Throws TooDeepError for more than 200 levels.
 */
export function storableValue<Value>(value: Value, make: (text: string) => string = storable): Value {
  return converted(value, make, 0) as Value;
}

function converted(value: unknown, make: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return make(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) throw new TooDeepError(`A value is nested more than ${deepest} levels deep.`);
  if (Array.isArray(value)) {
    const items = value.map((item) => converted(item, make, depth + 1));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  let changed = false;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const entry: [string, unknown] = [make(key), converted(inner, make, depth + 1)];
    changed ||= entry[0] !== key || entry[1] !== inner;
    return entry;
  });
  return changed ? Object.fromEntries(entries) : value;
}
