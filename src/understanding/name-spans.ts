import { isConjunction } from './joints.ts';
import type { Span } from './learned/tags.ts';
import type { KindPhrase, NamedKind } from './lexicon/kind-phrases.ts';
import { textOf, type Utterance } from './utterance.ts';

/** A named thing, with its kind when the message says it. */
export type Mention = { kind?: NamedKind; name: string; joinedBy?: string };

/** Words that may stand between a kind word and the name it belongs to. */
const introducing = new Set([
  'called',
  'named',
  'titled',
  'the',
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
  '(',
  'labelled',
  'name',
  '”',
  '’',
  '[',
  '-',
  '–',
]);
const quotes = new Set(['"', "'", '“', '”', '‘', '’', '`', '«', '»', '„', '´', ')']);
const joining = new Set([
  ',',
  'and',
  '&',
  ';',
  'plus',
  'or',
  '+',
  'also',
  'both',
  '/',
  'then',
  '\n',
  '-',
  '•',
  '*',
  'the',
  'as',
  'well',
  '.',
  '(',
  ')',
  '→',
  'und',
  'et',
  'y',
  'too',
  'to',
  'of',
  'one',
]);
const outerMarks = ' \t\n"\'“”‘’`«»„´,;:!?.·•';

/**
 * The named things with their kinds, taken from a kind word next to the name, from a plural for a whole list, or from a
 * kind word elsewhere in the message.
 */
export function mentions(utterance: Utterance, spans: readonly Span[], label: 'name' | 'except'): Mention[] {
  // A part of "web service" is no name, even when the tagger marks it.
  const isOfKind = ({ start, end }: Span) =>
    utterance.kinds.some((phrase) => phrase.end - phrase.start > 1 && start >= phrase.start && end <= phrase.end);
  const names = spans.filter((span) => span.label === label && !isOfKind(span));
  const free = utterance.kinds.filter(
    ({ kind, start }) =>
      kind !== 'workspace' &&
      kind !== 'asset' &&
      !spans.some((span) => span.label !== 'kind' && start >= span.start && start < span.end),
  );
  const used = new Set<KindPhrase>();
  const kinds: (KindPhrase | undefined)[] = names.map((span) => {
    const before = phraseBefore(utterance, free, span);
    if (before !== undefined) used.add(before);
    return before;
  });
  for (const [index, span] of names.entries()) {
    if (kinds[index] !== undefined) continue;
    const after = phraseAfter(utterance, free, span);
    if (after === undefined || used.has(after)) continue;
    kinds[index] = after;
    used.add(after);
  }
  spreadPlurals(utterance, names, kinds, spans);
  if (label === 'name') fromApart(free, used, kinds, names);
  const texts = names.map((span) => nameOf(utterance, span));
  const kindOf = (index: number) => kinds[index]?.kind as NamedKind | undefined;
  // "The dataset X is wrong. Delete X": the same thing, named twice.
  const isAgain = (index: number) =>
    texts.some(
      (text, other) =>
        text === texts[index] &&
        (kindOf(other) === kindOf(index) ? other < index : kindOf(index) === undefined && other !== index),
    );
  return names.flatMap((span, index) => {
    const name = texts[index] ?? '';
    const kind = kindOf(index);
    if (name === '' || isAgain(index) || isCorrected(utterance, span, names[index + 1])) return [];
    const next = names[index + 1];
    const joint = next === undefined ? undefined : jointBetween(utterance, span, next);
    return [{ ...(kind === undefined ? {} : { kind }), name, ...(joint === undefined ? {} : { joinedBy: joint }) }];
  });
}

const correcting = new Set(['sorry', 'mean', 'meant', 'correction', 'oops', 'rather', 'wrong', 'er', 'erm']);
const aroundCorrections = new Set(
  'no not i , . - – — : … the a called named actually wait that is it ( ) ! or to say'.split(' '),
);

/** True when only words of a correction stand between two names, so that the first is withdrawn: "A, no sorry, B". */
export function isCorrected({ tokens, kinds }: Utterance, { end }: Span, next: Span | undefined): boolean {
  if (next === undefined) return false;
  const between = tokens.slice(end, next.start);
  const isKind = (index: number) => kinds.some((phrase) => index >= phrase.start && index < phrase.end);
  return (
    between.some(({ lower }) => correcting.has(lower)) &&
    between.every(
      ({ lower, type }, offset) =>
        correcting.has(lower) || aroundCorrections.has(lower) || type === 'mark' || isKind(end + offset),
    )
  );
}

/** What stands between two unquoted names and could be part of one: "a and b.csv" may be a single name. */
function jointBetween({ text, tokens }: Utterance, first: Span, second: Span): string | undefined {
  const [end, start] = [tokens[first.end - 1], tokens[second.start]];
  if (end === undefined || start === undefined || end.quotation !== 0 || start.quotation !== 0) return undefined;
  const between = text.slice(end.end, start.start);
  return isConjunction(between) ? between : undefined;
}

function phraseBefore({ tokens }: Utterance, free: readonly KindPhrase[], { start }: Span): KindPhrase | undefined {
  let at = start;
  for (let skipped = 0; skipped < 5; skipped += 1) {
    const phrase = free.find(({ end }) => end === at);
    if (phrase !== undefined) return phrase;
    if (!introducing.has(tokens[at - 1]?.lower ?? '')) return undefined;
    at -= 1;
  }
  return undefined;
}

function phraseAfter({ tokens }: Utterance, free: readonly KindPhrase[], { end }: Span): KindPhrase | undefined {
  let at = end;
  while (at < end + 2 && quotes.has(tokens[at]?.text ?? '') && tokens[at]?.text !== '(') at += 1;
  if (tokens[at]?.lower === '(') at += 1;
  if (tokens[at]?.lower === 'the' || tokens[at]?.lower === 'a' || tokens[at]?.lower === 'an') return undefined;
  return free.find(({ start }) => start === at);
}

/** "datasets A, B and C", "A, B and C datasets": a plural applies to all names of its list. */
function spreadPlurals(
  { tokens }: Utterance,
  names: readonly Span[],
  kinds: (KindPhrase | undefined)[],
  spans: readonly Span[],
): void {
  const isListed = (from: number, to: number): boolean => {
    for (let index = from; index < to; index += 1) {
      const lower = tokens[index]?.lower ?? '';
      const isMarker = lower.length <= 2 && lower >= '0' && lower <= '99';
      if (
        !joining.has(lower) &&
        !quotes.has(lower) &&
        !isMarker &&
        !spans.some(({ label, start, end }) => label === 'kind' && index >= start && index < end)
      )
        return false;
    }
    return true;
  };
  for (let index = 1; index < names.length; index += 1) {
    const before = kinds[index - 1];
    if (
      kinds[index] === undefined &&
      before?.plural === true &&
      before.start < (names[index - 1]?.start ?? 0) &&
      isListed(names[index - 1]?.end ?? 0, names[index]?.start ?? 0)
    )
      kinds[index] = before;
  }
  for (let index = names.length - 2; index >= 0; index -= 1) {
    const after = kinds[index + 1];
    if (
      kinds[index] === undefined &&
      after?.plural === true &&
      after.start >= (names[index + 1]?.end ?? 0) &&
      isListed(names[index]?.end ?? 0, names[index + 1]?.start ?? 0)
    )
      kinds[index] = after;
    else if (
      kinds[index] === undefined &&
      after?.plural === true &&
      isListed(names[index]?.end ?? 0, names[index + 1]?.start ?? 0) &&
      after.start > (names[index]?.end ?? 0)
    ) {
      const ownBefore = after.end <= (names[index + 1]?.start ?? 0);
      if (!ownBefore) kinds[index] = after;
    }
  }
}

/**
 * "A & B: trash both datasets", "X can go, it is an experiment": a single kind word that stands apart from the names.
 */
function fromApart(
  free: readonly KindPhrase[],
  used: ReadonlySet<KindPhrase>,
  kinds: (KindPhrase | undefined)[],
  names: readonly Span[],
): void {
  const left = free.filter((phrase) => !used.has(phrase));
  const said = new Set(left.map(({ kind }) => kind));
  const phrase = left[0];
  if (said.size !== 1 || phrase === undefined) return;
  const unnamed = kinds.flatMap((kind, index) => (kind === undefined ? [index] : []));
  const isPlural = left.some(({ plural }) => plural);
  if (unnamed.length === names.length && (isPlural || names.length === 1))
    for (const index of unnamed) kinds[index] = phrase;
}

/** The text of a span; inside one quotation exactly as typed, otherwise without the punctuation around it. */
export function nameOf(utterance: Utterance, { start, end }: Span): string {
  const text = textOf(utterance, start, end);
  const quotation = utterance.tokens[start]?.quotation ?? 0;
  if (quotation !== 0 && utterance.tokens[end - 1]?.quotation === quotation) return text.trim();
  const name = trimmed(text);
  const isOfAddress = name.includes('@') && (name.endsWith("'s") || name.endsWith('’s'));
  return isOfAddress ? name.slice(0, -2) : name;
}

const openingMarks = outerMarks.replaceAll('.', '');

/** Removes the punctuation around a text, and an unbalanced bracket at its edge. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && openingMarks.includes(text.charAt(start))) start += 1;
  while (end > start && outerMarks.includes(text.charAt(end - 1))) end -= 1;
  const inner = text.slice(start, end);
  if (inner.startsWith('(') && !inner.includes(')')) return trimmed(inner.slice(1));
  if (inner.endsWith(')') && !inner.includes('(')) return trimmed(inner.slice(0, -1));
  return inner;
}
