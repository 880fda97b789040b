import { type Confidence, confidenceOf } from './secret-names.ts';
import { looksRandom } from './secret-shapes.ts';

/**
 * Redacts credentials that are assigned to a name: `password = "…"` and its equivalents in R, Python, SQL, PowerShell,
 * shell, YAML, INI, XML, JSON inside of JSON and connection strings. A scanner with one cursor: from each word that
 * could end such a name it reads the name, the sign and the value, and continues after them, so that every character is
 * read a bounded number of times.
 */
export function withoutNamedSecrets(text: string, instead: string, count: () => void): string {
  if (!possible.test(text)) return text;
  let clean = '';
  let from = 0;
  let scanned = 0;
  const search = new RegExp(possible, 'gi');
  for (let hit = search.exec(text); hit; hit = search.exec(text)) {
    const name = nameAround(text, hit.index, Math.max(from, scanned));
    scanned = name.end;
    search.lastIndex = name.end;
    const sureness = confidenceOf(name.text);
    if (sureness === null) continue;
    const value = announcedValue(text, name, sureness);
    if (value === null) continue;
    count();
    clean += text.slice(from, value.start) + instead;
    from = value.end;
    scanned = value.end;
    search.lastIndex = value.end;
  }
  return clean + text.slice(from);
}

const possible = /pass|pwd|pw\b|secret|token|key|credential|kennwort|fs\.azure\.sas/i;

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Name extends Span {
  readonly text: string;
}

/** The longest name that is read; longer words are data. */
const longestName = 120;
const nameCharacter = /[\w.$\-\u00c0-\u024f]/;

/** The name around a position, not starting before `least`. A qualifier that is a separate word belongs to it. */
function nameAround(text: string, at: number, least: number): Name {
  let start = at;
  while (start > least && at - start < longestName && nameCharacter.test(text[start - 1] ?? '')) start -= 1;
  let end = at;
  while (end < text.length && nameCharacter.test(text[end] ?? '')) end += 1;
  // The letter of an escape such as `\n`, in JSON inside of a text, does not belong to the name.
  if (text[start - 1] === '\\' && start < at && /[nrtbf]/.test(text[start] ?? '')) start += 1;
  let own = text.slice(start, Math.min(end, start + 2 * longestName));
  // "Account key: …": a bare key or token with the word before it.
  if (/^(?:key|token|secret)$/i.test(own) && text[start - 1] === ' ') {
    const before = /[A-Za-z]{2,20} $/.exec(text.slice(Math.max(least, start - 21), start))?.[0];
    if (before !== undefined) own = before + own;
  }
  return { text: own, start, end };
}

/** The text between a name and its value: closing quotes of the name, then a sign. Each part is bounded. */
const signs = /(?:\\{0,4}["'`]|&quot;|%22)?\]?\s{0,20}(?:(:=|=>|<-|->|==|=|:|：|%3D|%3A)|(,)|(>)|(\())[ \t]{0,20}/iy;
/** `"password", "value": "…"` and `key="password" value="…"`. */
const pairSign = /\\{0,4}["']\s{0,20},?\s{0,20}\\{0,4}["']?(?:value|Value)\\{0,4}["']?\s{0,20}[:=]\s{0,20}/y;
/** `password: str = "…"`: the type between name and value. */
const typed = /[A-Za-z][A-Za-z.<>[\]?]{0,40}\s{0,5}=\s{0,5}(?=[rbfuN@$]{0,2}\\{0,4}["'`])/y;
/** `--password …`, `-AccountKey …`. */
const optionSign = /[ \t]{1,5}(?=[^\s-])/y;
/** `PASSWORD 'x'` of SQL. */
const sqlSign = /\s{1,5}(?=N?')/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The position of the value that is assigned to a name; null when there is none, or when it is no credential. */
function announcedValue(text: string, name: Name, sureness: Confidence): Span | null {
  const pair = matchAt(pairSign, text, name.end);
  if (pair) return valueAt(text, name.end + pair[0].length, sureness, 'pair');
  const sign = matchAt(signs, text, name.end);
  if (sign) {
    const at = name.end + sign[0].length;
    if (sign[3] !== undefined) return text[name.start - 1] === '<' ? elementValue(text, at) : null;
    // A list or a call has many kinds of values; only those that clearly look like credentials are redacted.
    if (sign[2] !== undefined || sign[4] !== undefined) return valueAt(text, at, sureness, 'call');
    if (sign[1] === '->') return null;
    const type = sign[1] === ':' ? matchAt(typed, text, at) : null;
    return valueAt(text, at + (type?.[0].length ?? 0), sureness, sign[0].includes(' ') ? 'spaced' : 'tight');
  }
  const isOption = name.text.startsWith('-');
  const option = isOption || isDockerEnv(text, name.start) ? matchAt(optionSign, text, name.end) : null;
  if (option) return valueAt(text, name.end + option[0].length, 'sure', 'option');
  const sql = /^[A-Z]+$/.test(name.text) ? matchAt(sqlSign, text, name.end) : null;
  return sql ? valueAt(text, name.end + sql[0].length, sureness, 'spaced') : null;
}

function isDockerEnv(text: string, start: number): boolean {
  return /(?:^|\W)ENV\s{1,5}$/.test(text.slice(Math.max(0, start - 20), start));
}

/** True when the value of this name is a credential: in a JSON field, or in a parameter with a name and a value. */
export function isNamedSecret(name: string, value: string): boolean {
  const sureness = confidenceOf(name);
  return sureness !== null && isCredential(value, sureness, 'pair');
}

type Form = 'tight' | 'spaced' | 'pair' | 'call' | 'option';

const opening =
  /[[({]?\s{0,5}(?:[rbfuN@$]{1,2}(?=\\{0,4}["'`]))?((?:\\{1,4}["']){3}|\\{0,4}(?:"""|'''|["'`])|&quot;|%22)/y;

function valueAt(text: string, at: number, sureness: Confidence, form: Form): Span | null {
  const open = matchAt(opening, text, at);
  if (open) {
    const value = quotedValue(text, at + open[0].length, open[1] ?? '');
    return isCredential(text.slice(value.start, value.end), sureness, form) ? value : null;
  }
  if (form === 'call' || form === 'pair') return null;
  const value = bareValue(text, at, form);
  return isBareCredential(text, value, sureness, form) ? value : null;
}

/** The longest value in quotation marks. */
const longestQuoted = 2_000;

/** From after the opening quote to the same quote, skipping escapes; to the end of the line when it is not closed. */
function quotedValue(text: string, start: number, mark: string): Span {
  const limit = Math.min(text.length, start + longestQuoted);
  const plain = mark.length === 1;
  const many = /^(?:"""|''')$/.test(mark);
  let end = start;
  while (end < limit) {
    if (text.startsWith(mark, end) && (plain || text[end - 1] !== '\\' || end === start)) {
      // A doubled quote is part of the value (SQL, Visual Basic).
      if (!plain || text[end + 1] !== mark || end === start) return { start, end };
      end += 2;
    } else if (plain && text[end] === '\\') end += 2;
    else if (!many && text[end] === '\n') break;
    else end += 1;
  }
  return { start, end: Math.min(end, limit) };
}

const bareEnd = /[\s"'`<>;]|\\(?=["'`\\nrt])|%26|&(?:quot|amp);/g;

/** An unquoted value: to the end of the word, or of a connection string's field, which may hold spaces. */
function bareValue(text: string, start: number, form: Form): Span {
  if (text[start] === '{' && form === 'tight') {
    const close = text.slice(start, start + 300).indexOf('}');
    if (close > 0 && text[start + close + 1] !== '}') return { start: start + 1, end: start + close };
  }
  const window = text.slice(start, start + 500);
  bareEnd.lastIndex = 0;
  let length = bareEnd.exec(window)?.index ?? window.length;
  const query = /[?&][\w.-]{1,60}(?:=|%3D)$/i.test(text.slice(Math.max(0, start - 64), start));
  const ampersand = query ? window.indexOf('&') : -1;
  if (ampersand >= 0 && ampersand < length) return { start, end: start + ampersand };
  if (!fieldEnd.test(window.slice(length))) length = Math.min(length, closingAt(window, length));
  const rest = form === 'tight' ? fieldEnd.exec(window.slice(length))?.[0].length : undefined;
  return { start, end: start + length + (rest ?? 0) };
}

/**
 * The position of the comma or bracket that ends an argument or a list before the end of a value; the end when there is
 * none.
 */
function closingAt(value: string, end: number): number {
  for (let at = 0; at < end; at += 1) {
    if (!',)]}'.includes(value[at] ?? '')) continue;
    const next = value[at + 1];
    if (next === undefined || /[\s,;)\]}"']/.test(next)) return at;
  }
  return end;
}

/** The rest of a field up to its semicolon. */
const fieldEnd = /^[^;"'=\\\n]{0,100}(?=;)/;

/** Values that describe a credential instead of being one. */
const words: ReadonlySet<string> = new Set(
  `
  none null nil true false na nan undefined yes no required optional string str text number bytes any unknown
  void int bool boolean object securestring varchar nvarchar char empty missing hidden prompt default and or
  is in if for not`
    .trim()
    .split(/\s+/),
);

/** Algorithm and encoding names, which calls take beside a key. */
const algorithm = /^(?:base64|hex|utf-?\d{1,2}|sha-?\d{1,3}|md5|[hr]s\d{3}|aes-?\d{1,3}.{0,8}|latin-?1|iso-.{1,12})$/i;

function isCredential(value: string, sureness: Confidence, form: Form): boolean {
  const trimmed = value.trim();
  if (trimmed.length < 2 || words.has(trimmed.toLowerCase()) || isReference(trimmed)) return false;
  if (sureness === 'sure' && form !== 'call') return true;
  if (trimmed.length < 6 || /\s/.test(trimmed) || isName(trimmed) || algorithm.test(trimmed)) return false;
  return form === 'call' ? /\d/.test(trimmed) : looksRandom(trimmed);
}

function isBareCredential(text: string, { start, end }: Span, sureness: Confidence, form: Form): boolean {
  const value = text.slice(start, end);
  if (value.length < 2 || words.has(value.replace(/[,.;:)]{1,3}$/, '').toLowerCase()) || isReference(value))
    return false;
  if (/^[=(){}[\]|&!*+,./:?-]/.test(value) && !looksRandom(value)) return false;
  // A call, an element, an attribute: code that reads the credential from elsewhere.
  if (/^[A-Za-z_$][\w$:]{0,80}(?:\.[A-Za-z_]\w{0,80}){0,8}[([]/.test(value)) return false;
  // A field of a connection string or an address holds no code.
  const isField =
    form === 'tight' && (/[;&]/.test(text[end] ?? '') || /[;&?"']/.test(text[start - nameAndSign(text, start)] ?? ''));
  if (!isField && isName(value)) return false;
  if (form === 'spaced' && isCode(text, start, end)) return false;
  return sureness === 'sure' ? form !== 'spaced' || isOneWord(text, end) : value.length >= 8 && /\d/.test(value);
}

/** True for names of variables and attributes, and for values followed by what only code has. */
function isCode(text: string, start: number, end: number): boolean {
  const value = text.slice(start, end);
  if (!/^[A-Za-z_$][\w$?.]{0,120}[,;)}]{0,3}$/.test(value))
    return /^[A-Za-z_$][\w$.]{0,80}</.test(text.slice(start, end + 1));
  if (/^ {0,3}(?:[?|+*(]|&&)/.test(text.slice(end, end + 5))) return true;
  return !/\d/.test(value) && (/[.,;)}]/.test(value) || /^ {0,3}[,;)}]/.test(text.slice(end, end + 4)));
}

/** True when the value ends its line, field or list; in a sentence more words follow. */
function isOneWord(text: string, end: number): boolean {
  return !/^ {1,3}[A-Za-z]{2,30}\b/.test(text.slice(end, end + 36));
}

/** A variable, a placeholder or a template: `$cred`, `${X}`, `%PASSWORD%`, `{{password}}`, `<password>`, `@pw`. */
function isReference(value: string): boolean {
  return /^(?:\$\{|\{\{|<|\$\(|%[A-Za-z_]{1,60}%$|[$@:][A-Za-z_]{1,60}$|\*{2,}$|\.{2,}$|x{3,}$|#\{)/i.test(value);
}

/** `password = db_password`, `token=args.token`: the value is itself the name of a credential. */
function isName(value: string): boolean {
  return /^[A-Za-z_][\w.]{0,80}$/.test(value) && confidenceOf(value) !== null && !/\d/.test(value);
}

/** `<password>…</password>`: up to the next tag. */
function elementValue(text: string, start: number): Span | null {
  const length = text.slice(start, start + longestQuoted).indexOf('<');
  if (length < 2 || isReference(text.slice(start, start + length))) return null;
  return { start, end: start + length };
}

/** The distance from a value back to the character before its name. */
function nameAndSign(text: string, start: number): number {
  const before = text.slice(Math.max(0, start - 80), start);
  return (/[\w.-]{1,60}(?:=|%3D)$/i.exec(before)?.[0].length ?? 0) + 1;
}
