import type { Utterance } from '../utterance.ts';
import { hashOf } from './hash.ts';
import { shapeOf } from './tag-features.ts';

/** Combines two hashes into one, depending on their order: the hash of the conjunction of two features. */
function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ b;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const name = (text: string) => hashOf(`seg:${text}`);
const ids = {
  before: name('before'),
  after: name('after'),
  around: name('around'),
  kindBefore: name('kind before'),
  kindAfter: name('kind after'),
  kinds: name('kinds'),
  quote: name('quote'),
  brackets: name('brackets'),
  length: name('length'),
  looks: name('looks'),
  first: name('first'),
  last: name('last'),
  edges: name('edges'),
  next: name('next'),
  inside: name('inside'),
  known: name('known'),
  whole: name('whole'),
  beforeKind: name('before kind'),
  sameAround: name('same around'),
} as const;

const introducing = new Set([
  'called',
  'named',
  ':',
  '=',
  '"',
  "'",
  '“',
  '‘',
  '`',
  '«',
  '„',
  '´',
  'titled',
  'the',
  '(',
  '-',
  '–',
  '—',
  'is',
  'with',
  'name',
  'of',
  'under',
]);
const openers = new Map([
  ['(', 1],
  ['[', 1],
  ['{', 1],
  [')', -1],
  [']', -1],
  ['}', -1],
]);
const fileEndings = new Set(
  'csv tsv txt parquet json xlsx xls zip ipynb arff pkl onnx h5 pt yaml yml geojson r py rdata avro orc feather wav jpg png'.split(
    ' ',
  ),
);

/**
 * The existing names in a message: per token at which a name begins, a map from the token after its end to the kind of
 * name.
 */
export type KnownNames = readonly ReadonlyMap<number, number>[];

/** Numbers per token from which the features of every segment are computed without building strings. */
export interface SegmentContext {
  readonly length: number;
  readonly word: Uint32Array;
  readonly shape: Uint32Array;
  /** 1 capital letter, 2 small letter, 3 digit, 4 mark, 5 other. */
  readonly appearance: Uint8Array;
  readonly depth: Int16Array;
  readonly opened: Uint8Array;
  readonly quotation: Int32Array;
  readonly kindBefore: Uint32Array;
  readonly kindAfter: Uint32Array;
  readonly kind: Uint8Array;
  readonly ending: Uint8Array;
  readonly joint: Uint8Array;
  readonly glued: Uint8Array;
  readonly intent: number;
  /** The existing names, by start and end. */
  readonly known: KnownNames;
}

export function segmentContext(utterance: Utterance, intent: string | null, known: KnownNames = []): SegmentContext {
  const { tokens, kinds } = utterance;
  const length = tokens.length;
  const kindAt: (string | null)[] = new Array(length).fill(null);
  const kind = new Uint8Array(length + 1);
  for (const { kind: which, plural, start, end } of kinds) {
    for (let index = start; index < end; index += 1) {
      kindAt[index] = `${which === 'workspace' || which === 'asset' ? which : 'kind'}${plural ? 's' : ''}`;
      kind[index] = which === 'workspace' ? 2 : 1;
    }
  }
  const appearance = Uint8Array.from(tokens, ({ text, type }) =>
    type === 'mark' || type === 'break' ? 4 : isCapital(text) ? 1 : isDigit(text) ? 3 : isSmall(text) ? 2 : 5,
  );
  const kindBefore = new Uint32Array(length + 1);
  const kindAfter = new Uint32Array(length + 1);
  for (let index = 0; index <= length; index += 1) {
    let back = index - 1;
    let skipped = 0;
    while (back >= 0 && skipped < 4 && kindAt[back] === null && introducing.has(tokens[back]?.lower ?? '')) {
      back -= 1;
      skipped += 1;
    }
    kindBefore[index] = hashOf(`${kindAt[back] ?? '-'}${skipped === 0 ? '' : '+'}`);
    let ahead = index;
    while (
      ahead < length &&
      ahead < index + 2 &&
      tokens[ahead]?.type === 'mark' &&
      '"\'”’“`»«'.includes(tokens[ahead]?.text ?? '')
    )
      ahead += 1;
    kindAfter[index] = hashOf(kindAt[ahead] ?? '-');
  }
  const depth = new Int16Array(length + 1);
  const opened = new Uint8Array(length + 1);
  for (let index = 0; index < length; index += 1) {
    const turn = openers.get(tokens[index]?.text ?? '') ?? 0;
    depth[index + 1] = (depth[index] ?? 0) + turn;
    opened[index + 1] = Math.min(255, (opened[index] ?? 0) + (turn === 1 ? 1 : 0));
  }
  return {
    length,
    word: Uint32Array.from(tokens, (token) => hashOf(token.type === 'address' ? '<address>' : token.lower)),
    shape: Uint32Array.from(tokens, ({ text }) => hashOf(shapeOf(text))),
    appearance,
    depth,
    opened,
    quotation: Int32Array.from(tokens, ({ quotation }) => quotation),
    kindBefore,
    kindAfter,
    kind,
    ending: Uint8Array.from(tokens, ({ lower }) =>
      fileEndings.has(lower.slice(lower.lastIndexOf('.') + 1)) && lower.includes('.') ? 1 : 0,
    ),
    joint: Uint8Array.from(tokens, ({ lower }) =>
      lower === 'and' || lower === '&' || lower === 'or' || lower === ',' || lower === 'plus' || lower === '+'
        ? 1
        : lower === 'in' || lower === 'from' || lower === 'of' || lower === 'for' || lower === 'to'
          ? 2
          : 0,
    ),
    glued: Uint8Array.from(tokens, ({ glued }) => (glued ? 1 : 0)),
    intent: intent === null ? 0 : hashOf(intent),
    known,
  };
}

/** Maximum length of a name, in tokens. */
export const longestSegment = 16;

const none = hashOf('-');
const edge = hashOf('^');

/** Writes the hashed features of the segment `[start, end)` into `into`; returns their number. */
export function segmentFeatures(context: SegmentContext, start: number, end: number, into: Uint32Array): number {
  const {
    word,
    shape,
    appearance,
    depth,
    opened,
    quotation,
    kindBefore,
    kindAfter,
    kind,
    ending,
    joint,

    intent,
    known,
    length,
  } = context;
  const before = start > 0 ? (word[start - 1] ?? edge) : edge;
  const after = end < length ? (word[end] ?? edge) : edge;
  const startKind = kindBefore[start] ?? none;
  const endKind = kindAfter[end] ?? none;
  let looks = 0;
  let capitals = 0;
  let marks = 0;
  let joints = 0;
  let kinds = 0;
  let endings = 0;
  for (let index = start; index < end; index += 1) {
    const type = appearance[index] ?? 0;
    looks |= 1 << type;
    if (type === 1) capitals += 1;
    if (type === 4) marks += 1;
    if (joint[index] === 1) joints += 1;
    if (kind[index] !== 0) kinds += 1;
    if (ending[index] === 1) endings += 1;
  }
  const size = end - start;
  const quoteIn = quotation[start] ?? 0;
  const whole =
    quoteIn !== 0 && quotation[end - 1] === quoteIn && quotation[start - 1] !== quoteIn && quotation[end] !== quoteIn;
  const quote = whole
    ? 1
    : quoteIn === 0 && quotation[end - 1] === 0
      ? hasQuotation(quotation, start, end)
        ? 2
        : 0
      : 3;
  const balanced = depth[start] === depth[end] ? ((opened[end] ?? 0) > (opened[start] ?? 0) ? 2 : 1) : 0;
  const nextShape = end < length ? (appearance[end] ?? 0) : 0;
  const previousShape = start > 0 ? (appearance[start - 1] ?? 0) : 0;
  const firstShape = appearance[start] ?? 0;
  const lastShape = appearance[end - 1] ?? 0;
  const bucket = Math.min(size, 8);
  const pure = capitals === size ? 1 : capitals === 0 ? 0 : capitals + marks === size ? 2 : 3;
  const form =
    looks | (pure << 6) | (Math.min(joints, 1) << 9) | (Math.min(kinds, 1) << 10) | (Math.min(endings, 2) << 11);
  const ended = ending[end - 1] === 1 ? 1 : 0;
  let count = 0;
  const put = (feature: number): void => {
    into[count] = feature;
    count += 1;
  };
  put(mix(ids.around, mix(before, after)));
  put(mix(ids.kindBefore, startKind));
  put(mix(ids.kindAfter, endKind));
  put(mix(ids.kinds, mix(startKind, endKind)));
  put(mix(ids.quote, quote * 8 + balanced));
  put(mix(ids.brackets, mix(quote * 64 + balanced * 16 + bucket, nextShape)));
  put(mix(ids.length, bucket * 8 + quote));
  put(mix(ids.looks, form * 8 + quote));
  put(mix(ids.whole, mix(form, mix(startKind, endKind))));
  put(mix(ids.edges, previousShape * 4096 + firstShape * 512 + lastShape * 64 + nextShape * 8 + quote));
  put(mix(ids.first, mix(word[start] ?? 0, startKind)));
  put(mix(ids.last, mix(word[end - 1] ?? 0, endKind)));
  put(mix(ids.next, mix(shape[end - 1] ?? 0, end < length ? (shape[end] ?? 0) : edge)));
  put(mix(ids.before, mix(before, pure * 8 + quote)));
  put(mix(ids.after, mix(after, mix(pure * 8 + quote, ended))));
  put(mix(ids.inside, mix(joints * 64 + ended * 32 + Math.min(endings, 3) * 8 + quote, pure)));
  put(mix(ids.beforeKind, mix(mix(before, endKind), start > 1 ? (word[start - 2] ?? edge) : edge)));
  if (intent !== 0) {
    put(mix(intent, mix(ids.kinds, mix(startKind, endKind))));
    put(mix(intent, mix(ids.looks, pure * 8 + quote)));
    put(mix(intent, mix(ids.before, before)));
    put(mix(intent, mix(ids.length, bucket)));
  }
  const exists = known[start]?.get(end);
  if (exists !== undefined) {
    put(mix(ids.known, exists));
    // A conjunction with the form and size: a one-word name may occur in a message as an ordinary word.
    put(mix(ids.known, mix(exists, mix(form * 8 + quote, Math.min(size, 3)))));
    put(mix(mix(ids.known, exists), mix(startKind, endKind)));
  }
  return count;
}

/** Maximum number of features of a segment. */
export const mostSegmentFeatures = 24;

function hasQuotation(quotation: Int32Array, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (quotation[index] !== 0) return true;
  return false;
}

function isCapital(text: string): boolean {
  const first = text.slice(0, 1);
  return first !== first.toLowerCase();
}

function isDigit(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 48 && code <= 57;
}

function isSmall(text: string): boolean {
  const first = text.slice(0, 1);
  return first !== first.toUpperCase();
}
