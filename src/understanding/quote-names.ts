import { foldName } from '../domain/name-folding.ts';
import type { Reading } from './intents.ts';
import { type NameIndex, ofWorkspace } from './learned/name-index.ts';
import { exceptWords } from './learned/tag-features.ts';
import { dataOfWorkspace } from './model-readings.ts';
import { textOf, type Utterance } from './utterance.ts';

interface Place {
  readonly start: number;
  readonly end: number;
  readonly isWorkspace: boolean;
}

/**
 * The message with quotes around the existing names that a reading left out or cut, and "workspace" before those of
 * workspaces: `delete payments archive 2017.zip` becomes `delete "payments archive 2017.zip"`. Of names that overlap the
 * longest counts; one plain word in small letters may be no name. Null when the reading holds them all.
 */
export function quoteNames(reading: Reading, utterance: Utterance, names: NameIndex): string | null {
  const { text, tokens } = utterance;
  const places = placesOf(utterance, names);
  const held = namesHeld(reading);
  const isHeld = ({ start, end }: Place) => held.has(foldName(textOf(utterance, start, end)));
  if (places.every(isHeld)) return null;
  let quoted = '';
  let at = 0;
  for (const { start, end, isWorkspace } of places) {
    const [first, last] = [tokens[start], tokens[end - 1]];
    if (first === undefined || last === undefined) continue;
    const isSaid = utterance.kinds.some((kind) => kind.end === start || kind.start === end);
    const kind = isWorkspace && !isSaid ? 'workspace ' : '';
    quoted += `${text.slice(at, first.start)}${kind}"${text.slice(first.start, last.end)}"`;
    at = last.end;
  }
  return `${quoted}${text.slice(at)}`;
}

/** True when a reading names every existing name of the message in full. */
export function holdsNames(reading: Reading, utterance: Utterance, names: NameIndex): boolean {
  const held = namesHeld(reading);
  return placesOf(utterance, names).every(({ start, end }) => held.has(foldName(textOf(utterance, start, end))));
}

/**
 * The reading with the workspace that its message names elsewhere: "back up the fraud detection workspace every month".
 * The same reading when it has one, or none or several are named.
 */
export function withPlace(reading: Reading, utterance: Utterance, names: NameIndex): Reading {
  const { assets = [], workspace, workspaces } = reading.slots;
  if (workspace !== undefined || workspaces !== undefined || !inOnePlace.has(reading.intent)) return reading;
  const places = placesOf(utterance, names).filter(({ isWorkspace }) => isWorkspace);
  const [only] = places;
  if (only === undefined || places.length > 1) return reading;
  const name = textOf(utterance, only.start, only.end);
  if (assets.some((asset) => foldName(asset.name) === foldName(name))) return reading;
  // "Except those in Churn Lab" is about all other workspaces.
  if (utterance.tokens.slice(0, only.start).some(({ lower }) => exceptWords.has(lower))) return reading;
  return { ...reading, slots: { ...reading.slots, workspace: name } };
}

const months = 'january|february|march|april|may|june|july|august|september|october|november|december';
const day = `(?:\\d{1,2}(?:st|nd|rd|th)?\\.? )?(?:(?:${months}),? ?(?:\\d{4})?|\\d{4})`;
const dated = new RegExp(`^(.+?),? (?:from|of|dated|made in|created in) ${day}$`, 'iu');
const aDate = new RegExp(`^${day}$`, 'iu');

/** "Aux.txt from April 2018" is aux.txt, where that exists and the longer name does not. The preview shows its date. */
export function withoutDates(reading: Reading, names: NameIndex): Reading {
  const { assets } = reading.slots;
  if (assets === undefined || reading.slots.then !== undefined) return reading;
  const plain = assets.map((asset) => {
    const name = names.named(asset.name) === 0 ? dated.exec(asset.name)?.[1] : undefined;
    return name !== undefined && names.named(name) !== 0 ? { ...asset, name } : asset;
  });
  const kept = plain.filter(({ name }) => names.named(name) !== 0 || !aDate.test(name));
  return kept.length === 0 ? reading : { ...reading, slots: { ...reading.slots, assets: kept } };
}

/** Intents that a workspace only narrows. */
const inOnePlace: ReadonlySet<string> = new Set([
  'export.workspace',
  'schedule.create',
  'schedule.stop',
  'list.assets',
  'export.assets',
  'delete.assets',
]);

/** The same for what the rules read as the data of a person. */
export function ofWorkspaceData(reading: Reading, names: NameIndex | undefined): Reading {
  const slots = dataOfWorkspace(reading.intent, reading.slots, names);
  return slots === null ? reading : { ...reading, intent: 'export.workspace', slots };
}

/**
 * The reading with each asset that is a part of one existing name replaced by that name: "what uses transactions
 * 2018.csv" is not about "2018.csv". The same reading when there is nothing to replace.
 */
function withWholeNames(reading: Reading, utterance: Utterance, names: NameIndex): Reading {
  const { assets } = reading.slots;
  if (assets === undefined) return reading;
  const known = placesOf(utterance, names).map(({ start, end }) => textOf(utterance, start, end));
  const whole = assets.map((mention) => {
    if (names.named(mention.name) !== 0) return mention;
    const around = known.filter((name) => ` ${foldName(name)} `.includes(` ${foldName(mention.name)} `));
    return around.length === 1 ? { ...mention, name: around[0] ?? mention.name } : mention;
  });
  return { ...reading, slots: { ...reading.slots, assets: whole } };
}

/** The same for what is offered. */
export function withWholeOffers(reading: Reading, utterance: Utterance, names: NameIndex): Reading {
  const whole = withWholeNames(reading, utterance, names);
  const offers = whole.offers?.map((offer) => ({
    ...offer,
    slots: withWholeNames({ ...offer, why: '' }, utterance, names).slots,
  }));
  return offers === undefined ? whole : { ...whole, offers };
}

function placesOf(utterance: Utterance, names: NameIndex): Place[] {
  const { tokens } = utterance;
  const places: Place[] = [];
  const found = names.in(utterance);
  for (let start = 0; start < tokens.length; start += 1) {
    const end = Math.max(0, ...(found[start]?.keys() ?? []));
    if (end <= start || tokens.slice(start, end).some(({ quotation }) => quotation !== 0)) continue;
    const name = textOf(utterance, start, end);
    if (end - start === 1 && /^\p{Ll}+$/u.test(name)) continue;
    places.push({ start, end, isWorkspace: found[start]?.get(end) === ofWorkspace });
    start = end - 1;
  }
  return places;
}

function namesHeld({ slots, offers = [] }: Reading): ReadonlySet<string> {
  const all = [slots, ...(slots.then === undefined ? [] : [slots.then.slots]), ...offers.map((offer) => offer.slots)];
  const said = all.flatMap(({ assets = [], except = [], workspace, workspaces = [], filter, owner, subject }) => [
    ...[...assets, ...except].map(({ name }) => name),
    ...[workspace, filter, owner, subject, ...workspaces].filter((name) => name !== undefined),
  ]);
  return new Set(said.map(foldName));
}
