import type { Offer } from './intents.ts';
import type { NameIndex } from './learned/name-index.ts';
import { actOf } from './lexicon/acts.ts';
import type { Utterance } from './utterance.ts';
import { deletionSigns } from './vetoes.ts';

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
  const found = names.namesIn(utterance).sort((a, b) => b.name.length - a.name.length);
  return found.map(({ name, isWorkspace }) =>
    isWorkspace
      ? { intent: `${act}.workspace`, slots: { workspace: name }, confidence: 0 }
      : { intent: `${act}.assets`, slots: { assets: [{ name }] }, confidence: 0 },
  );
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, offset) => start + offset);
}
