import { foldName } from '../domain/name-folding.ts';
import { type Offer, type Reading, sureEnough } from './intents.ts';
import type { NameIndex } from './learned/name-index.ts';
import type { Span } from './learned/tags.ts';
import { actOf } from './lexicon/acts.ts';
import { afterObject } from './lexicon/object-phrase-words.ts';
import { lostCondition } from './list-conditions.ts';
import { hasUnreadRhythm } from './recurrence.ts';
import { hasUnreadBounds } from './recurrence-bounds.ts';
import { isPartial } from './selection-limits.ts';
import { textOf, type Utterance } from './utterance.ts';
import { isAssetName, isName, lostLimit } from './widening.ts';

/**
 * True when a reading has the object that it requires, and a deletion by selection has every limit that the message
 * states.
 */
export function isComplete({ intent, slots }: Offer, utterance: Utterance, spans: readonly Span[]): boolean {
  const { assets, all, workspace, workspaces = [], subject } = slots;
  const places = workspace === undefined ? workspaces : [workspace];
  // "The workspaces A, B and C" of which one was found: the others may not be dropped.
  if (workspace !== undefined && namesSeveral(utterance, spans)) return false;
  if (places.length === 0 && all === true && saysWorkspaces(utterance)) return false;
  switch (intent) {
    case 'export.assets':
    case 'delete.assets':
      if (assets !== undefined) return assets.every(({ name }) => isAssetName(name, utterance));
      if (all !== true || Object.keys(slots).length === 1) return false;
      return lostLimit(slots, utterance, spans, intent === 'delete.assets') === null;
    case 'asset.show':
      return assets?.every(({ name }) => isName(name, utterance)) === true;
    case 'schedule.create':
      return (
        (slots.recurrence !== undefined || hasUnreadRhythm(utterance, spans)) &&
        !hasUnreadBounds(utterance, spans, slots) &&
        places.every((name) => isName(name, utterance))
      );
    case 'export.workspace':
    case 'delete.workspace':
      return !isPartial(utterance, spans) && places.every((name) => isName(name, utterance));
    case 'list.assets':
      if (lostCondition(slots, utterance, spans) !== null) return false;
      return places.every((name) => isName(name, utterance));
    case 'schedule.stop':
      return places.every((name) => isName(name, utterance));
    case 'dsr.export':
    case 'dsr.erase':
    case 'dsr.discover':
    case 'directory.export':
      return subject !== undefined && (subject === 'me' ? isOfSpeaker(utterance) : isName(subject, utterance));
    default:
      return true;
  }
}

/** What a selection leaves out of what the message says, as typed, in a few words; null when that is nothing. */
export function lostWords({ intent, slots }: Offer, utterance: Utterance, spans: readonly Span[]): string | null {
  const isSelection = (intent === 'export.assets' || intent === 'delete.assets') && slots.all === true;
  if (!isSelection && intent !== 'list.assets') return null;
  const start = isSelection
    ? lostLimit(slots, utterance, spans, intent === 'delete.assets')
    : lostCondition(slots, utterance, spans);
  if (start === null) return null;
  const isEnd = (index: number) => {
    const { type, lower } = utterance.tokens[index] ?? {};
    return type !== 'word' || afterObject.has(lower ?? '');
  };
  let end = start + 1;
  while (end < start + mostLostWords && end < utterance.tokens.length && !isEnd(end)) end += 1;
  return textOf(utterance, start, end);
}

const mostLostWords = 5;

/** True when a plural "workspaces" stands beside a name: more than one is meant. */
function namesSeveral({ kinds, tokens }: Utterance, spans: readonly Span[]): boolean {
  return kinds.some(
    ({ kind, plural, start, end }) =>
      kind === 'workspace' &&
      plural &&
      tokens[start]?.quotation === 0 &&
      spans.some(
        (span) => span.label === 'workspace' && (Math.abs(span.start - end) <= 3 || Math.abs(start - span.end) <= 1),
      ),
  );
}

/** True when the message mentions the speaker; "erase all personal data" does not. */
function isOfSpeaker({ tokens }: Utterance): boolean {
  return tokens.some(({ lower }) => speakers.has(lower));
}

const speakers = new Set("i me my mine myself i'm im i'd i've our us we moi self".split(' '));

/** "… in the workspaces A and B" of which none was found. */
function saysWorkspaces({ kinds, tokens }: Utterance): boolean {
  return kinds.some(({ kind, plural, start }) => kind === 'workspace' && plural && tokens[start]?.quotation === 0);
}

/** From these probabilities on, a question is about one asset: by itself, and where its name looks like that of a file. */
const aboutOne = 0.3;
const aboutOneFile = 0.03;

/** "What would break if I deleted churn.csv?" asks about that file, not about the rules; null when none is named. */
export function questionAboutOne(
  readings: readonly Offer[],
  utterance: Utterance,
  spans: readonly Span[],
): Offer | null {
  const one = readings.find(({ intent }) => intent === 'asset.show');
  if (one === undefined || !isComplete(one, utterance, spans)) return consequenceOfOne(utterance);
  const isFile = one.slots.assets?.every(({ name }) => /[._\d]/u.test(name)) === true;
  return one.confidence >= (isFile ? aboutOneFile : aboutOne) ? one : consequenceOfOne(utterance);
}

const consequences = new Set(
  'break breaks broken affected affects depend depends happen happens fail fails suffer'.split(' '),
);

/** "What happens if I delete churn.csv": a word of consequence, and exactly one file. */
function consequenceOfOne({ tokens }: Utterance): Offer | null {
  const files = tokens.filter(({ text, type }) => type === 'word' && isFileName(text));
  const [file, ...others] = files;
  if (file === undefined || others.length > 0 || !tokens.some(({ lower }) => consequences.has(lower))) return null;
  return { intent: 'asset.show', slots: { assets: [{ name: file.text }] }, confidence: aboutOne };
}

/**
 * True when the message holds a name that exists and an export or deletion would leave it out in silence: "export Churn
 * Lab, Fraud Detection" read as one workspace. One plain word in small letters may be no name here.
 */
export function dropsName({ intent, slots }: Offer, utterance: Utterance, names: NameIndex | undefined): boolean {
  if (names === undefined || !(intent.startsWith('export.') || intent.startsWith('delete.'))) return false;
  const said = foldName(JSON.stringify(slots));
  return names.in(utterance).some((ends, start) =>
    [...ends.keys()].some((end) => {
      const name = textOf(utterance, start, end);
      const isPlain = end - start === 1 && /^\p{Ll}+$/u.test(name);
      return (
        !isPlain &&
        utterance.tokens[start]?.quotation === 0 &&
        !said.includes(foldName(JSON.stringify(name).slice(1, -1)))
      );
    }),
  );
}

/**
 * Offers without those of a whole workspace where an asset that exists is named. A question alone is answered, not
 * offered.
 */
export function settledOffers(reading: Reading, utterance: Utterance, names: NameIndex | undefined): Reading {
  const { offers, ...rest } = reading;
  if (offers === undefined) return reading;
  const kept = offers.filter((each) => !each.intent.endsWith('.workspace') || !dropsName(each, utterance, names));
  const [only, ...others] = kept;
  if (only === undefined) return rest;
  if (only.intent !== 'ask' || others.length > 0) return { ...rest, offers: kept };
  // "Could you delete all boring datasets" is no question about rules.
  const isCommand = utterance.tokens.some(({ lower }) => ['delete', 'export'].includes(actOf(lower) ?? ''));
  if (isCommand) return rest;
  return { intent: 'ask', slots: {}, confidence: sureEnough, why: `a question at most: ${rest.why}` };
}

/** A name with an ending, such as "churn.csv". */
function isFileName(text: string): boolean {
  const dot = text.lastIndexOf('.');
  return dot > 0 && /^[a-z]{1,8}$/u.test(text.slice(dot + 1)) && /\p{L}/u.test(text.slice(0, dot));
}
