import { foldName } from '../domain/name-folding.ts';
import { exceptionCue } from './excepted-limits.ts';
import { isCommand, type Offer, type Reading } from './intents.ts';
import type { NameIndex } from './learned/name-index.ts';
import { actOf } from './lexicon/acts.ts';
import { StemIndex } from './name-stems.ts';
import { normalise } from './normalise.ts';
import { tokenise } from './utterance.ts';

/** Confidence of a reading that only says what it is not sure of. */
const unsure = 0.5;

/**
 * "Take a copy of it, but without flowers.csv": what is named only behind a word of exception is never what is acted on.
 * With something to take it from, the words behind are read as what to leave out; otherwise they are named. `read` reads
 * a text by itself. Pure; linear in the text.
 */
export function withoutExceptedNames(reading: Reading, text: string, read: (text: string) => Reading): Reading {
  if (reading.offers !== undefined) {
    const offers = reading.offers.filter((each) => exceptedAt(each, text) === null);
    if (offers.length === reading.offers.length) return reading;
    const { offers: _all, ...rest } = reading;
    return offers.length === 0 ? rest : { ...rest, offers };
  }
  const at = exceptedAt(reading, text);
  if (at === null) return reading;
  const tail = text.slice(at);
  const left = pointing.test(text.slice(0, at)) ? read(tail) : null;
  if (left !== null && left.corrects === true && exceptedAt(left, tail) === null) return left;
  return {
    intent: 'none',
    slots: {},
    confidence: unsure,
    why: 'only what is excepted has a name',
    lost: tail.trim().slice(0, 60),
  };
}

const pointing = /\b(?:it|that|them|those|these|everything|all|the (?:rest|lot|others?))\b/iu;

/** Where the word of exception stands behind which every named asset stands; null where one stands in front of it. */
function exceptedAt({ intent, slots }: Offer, text: string): number | null {
  const { assets, all } = slots;
  if (!isCommand(intent) || assets === undefined || assets.length === 0 || all === true) return null;
  const lower = text.toLowerCase();
  const first = Math.min(...assets.map(({ name }) => lower.indexOf(name.toLowerCase())));
  if (first < 0) return null;
  const found = [...text.matchAll(exceptionCue)].findLast(
    ({ index, 0: said }) => index + said.length <= first && !/[.;!?\n]/u.test(text.slice(index, first)),
  );
  if (found === undefined) return null;
  // "Without further ado delete churn.csv", "except for now": a command behind it has an object of its own.
  return actedOn.test(text.slice(found.index, first)) ? null : found.index;
}

const actedOn = /\b(?:export|delete|remove|back ?up|download|erase|wipe|bin|copy|save|get rid|trash|ditch|drop)\b/iu;

const article = '(?:both|the|my|our|all|those|these|that|this)';
const nextIsName = '(?:(?:the|my|our|a|dataset|experiment|model|file|project|notebook) ){0,2}["“\'‘]?$';
const inFront = new RegExp(
  `\\b(${article} [^,.;!?\\n]{2,40}?)(?:,|,? (?:and|plus|n|&))(?: [^.;!?\\n]{0,60}?(?:,|,? (?:and|plus|n|&)))? ${nextIsName}`,
  'iu',
);

/**
 * "Both churn predictors, the training experiment and the Fraud model": what is listed in front of the first name. The
 * phrase that no name explains; null when there is none. Pure; linear in the text.
 */
export function droppedInFront({ intent, slots }: Offer, text: string, names: NameIndex | undefined): string | null {
  const { assets = [], all, then } = slots;
  if (!isCommand(intent) || assets.length === 0 || all === true || then !== undefined) return null;
  const lower = text.toLowerCase();
  const first = Math.min(...assets.map(({ name }) => lower.indexOf(name.toLowerCase())));
  if (first <= 0) return null;
  const clause =
    text
      .slice(Math.max(0, first - 160), first)
      .split(/[.;!?\n]/u)
      .at(-1) ?? '';
  const phrase = inFront.exec(clause)?.[1];
  if (phrase === undefined || actedOn.test(phrase) || announces(phrase, assets.length)) return null;
  const said = tokenise(normalise(phrase).text);
  const inside = names?.namesIn(said) ?? [];
  const held = new Set(assets.map(({ name }) => foldName(name)));
  // A name in it that nothing holds is dropped as well.
  const isDropped = inside.some(({ name, isWorkspace }) => !isWorkspace && !held.has(foldName(name)));
  return (inside.length > 0 && !isDropped) || noObject.test(phrase) ? null : phrase.trim();
}

const numbers = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const announcing =
  /^(?:these|those|the|both|all)(?: (?:the|of the))?(?: (following|\p{L}{3,5}|\d{1,2}))? (?:datasets|files|experiments|models|notebooks|projects|things|assets|ones|items)$/iu;

/** "These two datasets, A and B": the names are what it announces, as many of them. */
function announces(phrase: string, named: number): boolean {
  const found = announcing.exec(phrase.trim());
  if (found === null) return false;
  const number = found[1]?.toLowerCase();
  return number === undefined || number === 'following' || number === numbers[named] || number === String(named);
}

const noObject =
  /^(?:the|my|our|this|that) (?:workspace|moment|way|time|meantime|rest|weekend|morning|evening|week|month|year)\b|^(?:that|this|these|those) (?:is|was|are|were|'s)\b/iu;

const plainWords = '(?:(?:the|my|our|also|both|dataset|experiment|model|file|project|notebook|module) ){0,3}';

/**
 * "The old Churn training and CON": a known name that is joined to the last one and that nothing holds; null when there
 * is none.
 */
export function droppedBehind({ intent, slots }: Offer, text: string, names: NameIndex | undefined): string | null {
  const { assets = [], all, then } = slots;
  if (!isCommand(intent) || assets.length === 0 || all === true || then !== undefined || names === undefined)
    return null;
  const lower = text.toLowerCase();
  const end = Math.max(...assets.map(({ name }) => lower.lastIndexOf(name.toLowerCase()) + name.length));
  const joint = joining.exec(text.slice(end));
  if (joint === null) return null;
  const rest = text.slice(end + joint[0].length, end + joint[0].length + 100);
  const held = new Set(assets.map(({ name }) => foldName(name)));
  const dropped = names.namesIn(tokenise(normalise(rest).text)).find(({ name, isWorkspace }) => {
    const isNext = new RegExp(`^${plainWords}["“'‘]?${RegExp.escape(name)}(?![\\p{L}\\p{N}])`, 'iu').test(rest);
    return !isWorkspace && actOf(name.toLowerCase()) === null && isNext && !held.has(foldName(name));
  });
  return dropped === undefined ? null : `${joint[0].replace(/^\W+/u, '')}${dropped.name}`;
}

const joining = /^["”'’]?\s{0,3},?\s{0,3}(?:and|n|plus|&|,|as well as)\s{1,3}/iu;

/**
 * "Transactions 2018.csv and labels": a file that is named behind the last name, without its ending. What an export
 * takes along, and a deletion never does in silence. Null when there is none.
 */
export function stemBehind(
  { slots }: Offer,
  text: string,
  names: NameIndex | undefined,
): { name: string; said: string } | null {
  const { assets = [], all } = slots;
  if (assets.length === 0 || all === true || !(names instanceof StemIndex)) return null;
  const lower = text.toLowerCase();
  const end = Math.max(...assets.map(({ name }) => lower.lastIndexOf(name.toLowerCase()) + name.length));
  const joint = joining.exec(text.slice(end));
  if (joint === null) return null;
  const rest = text.slice(end + joint[0].length, end + joint[0].length + 80);
  const [stem] = names.stemsIn(tokenise(normalise(rest).text));
  return stem === undefined || stem.start > 0 || assets.some(({ name }) => name === stem.name)
    ? null
    : { name: stem.name, said: stem.stem };
}
