/**
 * Escaping of external text for storage. PostgreSQL accepts neither NUL nor unpaired surrogates in `text` and `jsonb`
 * (PostgreSQL manual, 8.3 and 8.14.1), unpaired surrogates cannot be encoded as UTF-8 either, and a text decoder drops
 * a byte order mark at the beginning (WHATWG Encoding, "BOM seen"; PGlite reads every value with one). Such characters
 * of names are written as U+FFFD and four hexadecimal digits, "�0000", which a person can see, compare and type.
 */

/** NUL and unpaired surrogates. With the flag `u` a whole pair is one character and does not match. */
const unstorable = /[\0\ud800-\udfff]/gu;
const byteOrderMark = '\ufeff';
const byteOrderMarks = /^\ufeff+/u;
const mark = '\ufffd';
/** The mark followed by four digits, which would read as an escape. */
const likeAnEscape = /\ufffd(?=[0-9A-F]{4})/gu;
const escapes = /\ufffd([0-9A-F]{4})/gu;

/**
 * The deepest nesting that is accepted: more than any service or Teams sends; deeper values would overflow the stack.
 */
const maxDepth = 200;

/** A value is nested too deeply to be read or stored. */
export class TooDeepError extends Error {
  override readonly name = 'TooDeepError';
}

function escapeOf(character: string): string {
  return mark + character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

/** True for text that the database returns unchanged. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0') && !text.startsWith(byteOrderMark);
}

/**
 * Replaces every character that cannot be stored with a visible escape, and drops byte order marks in front; all other
 * text is unchanged, escapes that it already contains too. For what people write, and as the last defence before the
 * database. Idempotent.
 */
export function storable(text: string): string {
  return isStorable(text) ? text : text.replace(byteOrderMarks, '').replace(unstorable, escapeOf);
}

/**
 * The reversible variant, which `originalText` decodes exactly: a mark that would read as an escape is escaped too.
 * Applied once to names and ids from a service, where they enter, so that two of them are equal here exactly when they
 * are equal there.
 */
export function encodedText(text: string): string {
  if (isStorable(text) && !text.includes(mark) && !text.includes(byteOrderMark)) return text;
  const marked = text.replace(likeAnEscape, `${mark}FFFD`);
  return marked.replace(unstorable, escapeOf).replaceAll(byteOrderMark, escapeOf);
}

/** Decodes `encodedText`: the text as the service has it. */
export function originalText(encoded: string): string {
  if (!encoded.includes(mark)) return encoded;
  return encoded.replace(escapes, (_escape, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/**
 * A JSON value with every string in it, field names included, passed through `make`. What needs no change is returned
 * as the same object. Everything but plain objects, arrays and strings (dates, numbers) stays as it is. Throws
 * TooDeepError for more than 200 levels.
 */
export function storableValue<Value>(value: Value, make: (text: string) => string = storable): Value {
  return converted(value, make, 0) as Value;
}

function converted(value: unknown, make: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return make(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > maxDepth) throw new TooDeepError(`A value is nested more than ${maxDepth} levels deep.`);
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
