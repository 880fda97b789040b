import type { Offer } from './intents.ts';
import { type NameIndex, ofAsset } from './learned/name-index.ts';
import { actOf } from './lexicon/acts.ts';
import { properties, questionWords } from './lexicon/adjustment-words.ts';
import { namedPlaces } from './named-places.ts';
import type { Utterance } from './utterance.ts';
import { deletionSigns } from './vetoes.ts';

const endings = new Set('stop end cancel halt quit'.split(' '));

/** Longer messages, in tokens, do more than name an object with one verb. */
const mostTokens = 8;

/**
 * Offers for a message that no reader understands but that contains an existing name: "delete Big Lab". Empty when it
 * has words for both actions or for neither, or a veto against a deletion.
 */
export function offersOfNames(utterance: Utterance, names: NameIndex): Offer[] {
  const { tokens, kinds } = utterance;
  // "Payments archive 2017.zip": a word of a name asks for nothing.
  const named = new Set(
    names.in(utterance).flatMap((ends, start) => [...ends.keys()].flatMap((end) => range(start, end))),
  );
  const outside = tokens.filter((_, index) => !named.has(index));
  const acts = new Set(outside.map(({ lower }) => actOf(lower)).filter((act) => act === 'delete' || act === 'export'));
  const [act] = acts;
  // With a kind word in the message, the name is only a part of its object.
  if (act === undefined || acts.size > 1 || tokens.length > mostTokens || kinds.length > 0) return [];
  if (deletionSigns(utterance, []).vetoes.length > 0) return [];
  // "Stop the backup of Churn Lab" asks for the opposite of a backup.
  if (tokens.some(({ lower }) => endings.has(lower))) return [{ intent: 'schedule.stop', slots: {}, confidence: 0 }];
  const found = names.namesIn(utterance).sort((a, b) => b.name.length - a.name.length);
  return found.map(({ name, isWorkspace }) =>
    isWorkspace
      ? { intent: `${act}.workspace`, slots: { workspace: name }, confidence: 0 }
      : { intent: `${act}.assets`, slots: { assets: [{ name }] }, confidence: 0 },
  );
}

/** "Ok what uses trips 2018.csv": a question about a property of the one asset that is named; null for anything else. */
export function questionAboutName(utterance: Utterance, names: NameIndex): Offer | null {
  const places = namedPlaces(utterance, names, []);
  const [only] = places;
  if (only === undefined || places.length > 1 || (names.named(only.name) & ofAsset) === 0) return null;
  const words = utterance.tokens
    .filter((_, index) => index < only.start || index >= only.end)
    .map(({ lower }) => lower);
  const isQuestion = words.some((word) => questionWords.has(word)) && words.some((word) => properties.has(word));
  // "Does it get used" gets nothing.
  const isCommand = words.some((word) => word !== 'get' && ['delete', 'export'].includes(actOf(word) ?? ''));
  if (!isQuestion || isCommand || words.length > mostTokens) return null;
  return { intent: 'asset.show', slots: { assets: [{ name: only.name }] }, confidence: 0.6 };
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, offset) => start + offset);
}
