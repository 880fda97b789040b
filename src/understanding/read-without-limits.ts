import { isDeepStrictEqual } from 'node:util';
import { objectOf } from './conversation.ts';
import type { IntentName, Reading } from './intents.ts';
import type { ModelReadings } from './model-readings.ts';
import { readOwnWords } from './read.ts';
import { limitsIn, withoutLimits } from './selection-limits.ts';

/** Prefix of `why` for what the rules read beside the limits of a selection. */
export const besideLimits = 'beside its limits';

const ofAssets: ReadonlySet<string> = new Set<IntentName>(['export.assets', 'delete.assets', 'list.assets']);

/**
 * What the rules read of a selection when its limits ("the two biggest", "of Megan") are left out, since they do not
 * know them; the reading itself keeps the limits of the trained model's slots.
 */
export function readWithoutLimits(
  ruled: Reading,
  { utterance, spans, readings }: ModelReadings,
  today: string | undefined,
): Reading {
  const [first] = readings;
  // Where the model prefers something else and the rules nothing, its reading of a selection may still be right.
  const isOpen = first === undefined || ofAssets.has(first.intent) || ruled.intent !== 'none';
  const best = isOpen ? first : readings.find(({ intent }) => ofAssets.has(intent));
  if (best === undefined || !ofAssets.has(best.intent) || best.slots.assets !== undefined) return ruled;
  const found = limitsIn(utterance, spans);
  if (found.covered.size === 0) return ruled;
  const simpler = readOwnWords(withoutLimits(utterance, found), undefined, today);
  const { then } = simpler.slots;
  // Of two commands the model may prefer either.
  const own = then === undefined ? best : readings.find(({ intent }) => intent === simpler.intent);
  if (own === undefined || own.slots.assets !== undefined || simpler.intent !== own.intent) return ruled;
  if (then === undefined) return { ...simpler, slots: own.slots, why: `${besideLimits}: ${simpler.why}` };
  // "Export the two oldest and then delete them": what refers back has the limits, too.
  const isSame = isDeepStrictEqual(objectOf(then.slots), objectOf(simpler.slots));
  // biome-ignore lint/suspicious/noThenProperty: the word for a second command, and what it holds is data only.
  return isSame ? { ...simpler, slots: { ...own.slots, then: { ...then, slots: own.slots } } } : ruled;
}
