import type { AssetMention } from '../domain/asset-mentions.ts';
import { assetKinds } from '../domain/assets.ts';
import { holdFrom, holdUntil } from './hold-dates.ts';
import type { Slots } from './intents.ts';
import {
  askedBefore,
  askedBehind,
  beforeNames,
  holdNouns,
  nameEnds,
  namePrepositions,
  noThings,
  numberWords,
  reasonCues,
  referenceCues,
  timeUnits,
} from './lexicon/hold-words.ts';
import type { KindPhrase } from './lexicon/kind-phrases.ts';
import { normalise } from './normalise.ts';
import { titles, withoutTitle } from './slots.ts';
import { tokenise, type Utterance } from './utterance.ts';

/** What a message about legal holds says. Nothing of it decides: whoever answers looks all of it up. */
export interface HoldWords {
  /** The number of a hold. */
  readonly hold?: number;
  readonly assets?: readonly AssetMention[];
  readonly workspace?: string;
  /** Somebody, or what may be a person as well as a workspace. */
  readonly subject?: string;
  /** The number of the matter, as typed. */
  readonly reference?: string;
  readonly reason?: string;
  /** ISO days: the first one, and the first one behind the last. */
  readonly from?: string;
  readonly until?: string;
  /** Words that say until when and name no day, as typed. */
  readonly unreadEnd?: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads what a message says that was read as one about holds (`hold.*`), by rules over its tokens; what they do not find
 * is taken from the slots of the reading. `today` is an ISO day. Pure.
 */
export function holdWords(text: string, slots: Slots, today: string): HoldWords {
  const utterance = tokenise(normalise(text).text);
  const reference = referenceIn(utterance);
  const isFree = (at: number) => reference === null || at < reference.cue || at >= reference.end;
  const things = thingsIn(utterance, isFree);
  const workspace = things.workspaces[0] ?? placeOf(slots, things.assets);
  const until = holdUntil(utterance.tokens, today);
  const from = holdFrom(utterance.tokens, today);
  const said = reasonIn(utterance, slots, reference);
  // “Till the tribunal is done” says until when.
  const reason = said !== null && until.unread?.includes(said) === true ? null : said;
  const isNamed = things.assets.length > 0 || things.workspaces.length > 0;
  const subject = isNamed ? undefined : (subjectOf(slots) ?? subjectIn(utterance, isFree, workspace));
  const hold = numberIn(utterance);
  return {
    ...(hold === null ? {} : { hold }),
    ...(things.assets.length === 0 ? {} : { assets: things.assets }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(subject === undefined || subject === workspace ? {} : { subject }),
    ...(reference === null ? {} : { reference: reference.text }),
    ...(reason === null ? {} : { reason }),
    ...(from === null ? {} : { from }),
    ...(until.day === null ? {} : { until: until.day }),
    ...(until.unread === null ? {} : { unreadEnd: until.unread }),
  };
}

interface Reference extends Span {
  /** Where the words begin that say it is one. */
  readonly cue: number;
  readonly text: string;
}

/** “Matter 2024-118”, “docket 7:24-cv-115”, “Aktenzeichen 12 O 88/24”: the number behind a word for a matter. */
function referenceIn(utterance: Utterance): Reference | null {
  const { tokens } = utterance;
  for (const [cue, { lower, quotation }] of tokens.entries()) {
    const isCue = quotation === 0 && referenceCues.has(lower);
    if (!isCue && !isBareReference(utterance, cue)) continue;
    let start = isCue ? cue + 1 : cue;
    while (isCue && numberWords.has(tokens[start]?.lower ?? '')) start += 1;
    let end = start;
    while (end < tokens.length && (end === start || tokens[end]?.glued === true || goesOn(utterance, end))) end += 1;
    const text = textOf(utterance, { start, end });
    if (/\d/u.test(text)) return { cue, start, end, text };
  }
  return null;
}

/** “12 O 88/24”: short capital letters between two numbers. */
function goesOn({ tokens }: Utterance, at: number): boolean {
  const isCode = /^\p{Lu}{1,3}$/u.test(tokens[at]?.text ?? '');
  if (isCode) return /\d$/u.test(tokens[at - 1]?.text ?? '') && /^\d/u.test(tokens[at + 1]?.text ?? '');
  return /^\p{Lu}{1,3}$/u.test(tokens[at - 1]?.text ?? '') && /^\d/u.test(tokens[at]?.text ?? '');
}

/** “Lift it, LIT-0093”: what looks like the number of a matter, by itself. */
function isBareReference({ tokens }: Utterance, at: number): boolean {
  const before = tokens[at - 1]?.text ?? '';
  return [',', '(', ':', '-'].includes(before) && /^\p{Lu}{2,8}-\d[\p{L}\d-]{0,30}$/u.test(tokens[at]?.text ?? '');
}

/** “Lift hold 12”, “hold nr. 204”. */
function numberIn({ tokens }: Utterance): number | null {
  for (const [index, { lower, quotation }] of tokens.entries()) {
    if (quotation !== 0 || !holdNouns.has(lower)) continue;
    let at = index + 1;
    while (at < index + 4 && (numberWords.has(tokens[at]?.lower ?? '') || tokens[at]?.lower === 'order')) at += 1;
    const said = tokens[at]?.text ?? '';
    const isAlone = tokens[at + 1]?.glued !== true || /^[.,;:!?)]$/u.test(tokens[at + 1]?.text ?? '');
    if (/^\d{1,9}$/u.test(said) && isAlone && !timeUnits.has(tokens[at + 1]?.lower ?? '')) return Number(said);
  }
  return null;
}

/** The assets and workspaces that are named beside a word for their kind. */
function thingsIn(
  utterance: Utterance,
  isFree: (at: number) => boolean,
): { readonly assets: readonly AssetMention[]; readonly workspaces: readonly string[] } {
  const assets: AssetMention[] = [];
  const workspaces: string[] = [];
  for (const phrase of utterance.kinds) {
    const kind = assetKinds.find((each) => each === phrase.kind);
    if (kind === undefined && phrase.kind !== 'workspace') continue;
    for (const name of namesBeside(utterance, phrase, isFree)) {
      if (kind === undefined) workspaces.push(name);
      else assets.push({ kind, name });
    }
  }
  if (assets.length === 0 && workspaces.length === 0) {
    for (const { text, type } of utterance.tokens) {
      if (type === 'word' && /^[^@]{1,80}\.(?:csv|tsv|arff|zip|txt|json|ipynb|parquet)$/iu.test(text))
        assets.push({ name: text });
    }
  }
  return { assets, workspaces };
}

/** The names behind a kind, or else the one in front of it. */
function namesBeside(
  utterance: Utterance,
  { start, end, plural }: KindPhrase,
  isFree: (at: number) => boolean,
): readonly string[] {
  const { tokens } = utterance;
  let from = end;
  while (['called', 'named', ':', '"', '“', "'"].includes(tokens[from]?.lower ?? '') && tokens[from]?.quotation === 0)
    from += 1;
  const names: string[] = [];
  for (;;) {
    const to = nameEnd(utterance, from, isFree);
    if (to === from) break;
    names.push(textOf(utterance, { start: from, end: to }));
    // The mark that closes a quotation stands behind it.
    const next = tokens[from]?.quotation === 0 ? to : to + 1;
    if (!plural || !['and', ','].includes(tokens[next]?.lower ?? '')) break;
    from = next + 1;
    while (openMarks.has(tokens[from]?.text ?? '')) from += 1;
  }
  if (names.length > 0) return names;
  let first = start;
  while (first > 0 && isOfName(utterance, first - 1, isFree) && !beforeNames.has(tokens[first - 1]?.lower ?? ''))
    first -= 1;
  return first === start || !isNameLike(utterance, first) ? [] : [textOf(utterance, { start: first, end: start })];
}

/** Where a name that begins here ends: before a word that is of no name, a mark, or the word for a kind. */
function nameEnd(utterance: Utterance, from: number, isFree: (at: number) => boolean): number {
  const { tokens } = utterance;
  const quotation = tokens[from]?.quotation ?? 0;
  let at = from;
  if (quotation !== 0) {
    while (tokens[at]?.quotation === quotation) at += 1;
    return at;
  }
  while (at < tokens.length && isOfName(utterance, at, isFree) && !nameEnds.has(tokens[at]?.lower ?? '')) at += 1;
  return at;
}

function isOfName({ tokens, kinds }: Utterance, at: number, isFree: (at: number) => boolean): boolean {
  const token = tokens[at];
  if (token === undefined || !isFree(at) || token.type === 'break') return false;
  if (kinds.some(({ start, end }) => at >= start && at < end)) return false;
  const isTime = /^\d{1,3}$/u.test(token.text) && timeUnits.has(tokens[at + 1]?.lower ?? '');
  // Marks inside a word (“R&D”) are of it, those behind one are not.
  const isInside = token.glued && tokens[at + 1]?.glued === true && !/^[,;:!?]$/u.test(token.text);
  return !isTime && (token.type !== 'mark' || isInside);
}

function placeOf({ workspace }: Slots, assets: readonly AssetMention[]): string | undefined {
  if (workspace === undefined || assets.some(({ name }) => name.includes(workspace))) return undefined;
  return /^[\p{Lu}]{2,8}-\d/u.test(workspace) ? undefined : workspace;
}

function subjectOf({ subject }: Slots): string | undefined {
  return subject === undefined ? undefined : withoutTitle(subject);
}

/** An address, or the name behind “on”, “of” or the like. */
function subjectIn(
  utterance: Utterance,
  isFree: (at: number) => boolean,
  workspace: string | undefined,
): string | undefined {
  const { tokens } = utterance;
  const address = tokens.find(({ type }) => type === 'address');
  if (address !== undefined) return address.text;
  if (workspace !== undefined) return undefined;
  for (const [index, { lower, quotation }] of tokens.entries()) {
    const isAsked = askedBefore.has(lower);
    if (quotation !== 0 || !(isAsked || namePrepositions.has(lower)) || !isFree(index)) continue;
    let from = index + 1;
    while (isSkipped(utterance, from)) from += 1;
    const end = nameEnd(utterance, from, isFree);
    const isThing = end > from && isNameLike(utterance, from) && !noThings.has(tokens[from]?.lower ?? '');
    if (!isThing || (isAsked && !askedBehind.has(tokens[end]?.lower ?? ''))) continue;
    return withoutTitle(textOf(utterance, { start: from, end }).replace(/['’]s$/u, ''));
  }
  return undefined;
}

/** An article, a title (“Mr.”) or the mark that opens a quotation, in front of a name. */
function isSkipped({ tokens }: Utterance, at: number): boolean {
  const { lower = '', text = '', quotation = 0 } = tokens[at] ?? {};
  const isTitle = titles.has(lower) || (lower === '.' && titles.has(tokens[at - 1]?.lower ?? ''));
  return quotation === 0 && (lower === 'the' || isTitle || openMarks.has(text));
}

const openMarks = new Set(['"', '“', '„', "'", '‘']);

/** Names are quoted, begin with a capital letter, or hold a digit or a joint. */
function isNameLike({ tokens }: Utterance, at: number): boolean {
  const { text = '', quotation = 0 } = tokens[at] ?? {};
  return quotation !== 0 || /^\p{Lu}|[\d._-]/u.test(text);
}

/** The words behind “because”, or those that the trained reader took for the reason. */
function reasonIn(utterance: Utterance, { reason }: Slots, reference: Reference | null): string | null {
  const { tokens } = utterance;
  const cue = tokens.findIndex(
    ({ lower, quotation }, index) =>
      quotation === 0 && (reasonCues.has(lower) || (lower === 'due' && tokens[index + 1]?.lower === 'to')),
  );
  if (cue >= 0) {
    let start = cue + 1;
    while (['of', 'to', ':', 'is', 'that', ','].includes(tokens[start]?.lower ?? '')) start += 1;
    let end = start;
    const isEnd = (at: number) =>
      at === reference?.cue ||
      tokens[at]?.type === 'break' ||
      (tokens[at]?.type === 'mark' && /^[.;!?]$/u.test(tokens[at]?.text ?? ''));
    while (end < tokens.length && !isEnd(end)) end += 1;
    const said = textOf(utterance, { start, end }).replace(/,? (?:please|pls|thanks|thank you)$/iu, '');
    if (/\p{L}{2}/u.test(said)) return said;
  }
  if (reason === undefined) return null;
  // “Matter 2024-118” is the reference.
  return reference !== null && reason.includes(reference.text) ? null : reason;
}

function textOf({ text, tokens }: Utterance, { start, end }: Span): string {
  const said = text.slice(tokens[start]?.start ?? 0, tokens[end - 1]?.end ?? 0);
  return said.replace(/^[\s"“”'’(,:;-]{1,4}|[\s"“”'’),:;.!?-]{1,4}$/gu, '');
}
