import type { Offer } from './intents.ts';
import type { NameIndex } from './learned/name-index.ts';
import { actOf } from './lexicon/acts.ts';
import type { Utterance } from './utterance.ts';
import { deletionSigns } from './vetoes.ts';

/** Longer messages talk about names rather than ask for something by a word and a name. */
const mostTokens = 8;

/**
 * What a message that says nothing to the readers may mean by a name that exists: "delete Big Lab". To be offered only.
 * None when it speaks of both acts or neither, or when something speaks against a deletion.
 */
export function offersOfNames(utterance: Utterance, names: NameIndex): Offer[] {
  const { tokens, kinds } = utterance;
  const acts = new Set(tokens.map(({ lower }) => actOf(lower)).filter((act) => act === 'delete' || act === 'export'));
  const [act] = acts;
  // With a kind beside it, a name is only a part of what is said.
  if (act === undefined || acts.size > 1 || tokens.length > mostTokens || kinds.length > 0) return [];
  if (deletionSigns(utterance, []).vetoes.length > 0) return [];
  const found = names.namesIn(utterance).sort((a, b) => b.name.length - a.name.length);
  return found.map(({ name, isWorkspace }) =>
    isWorkspace
      ? { intent: `${act}.workspace`, slots: { workspace: name }, confidence: 0 }
      : { intent: `${act}.assets`, slots: { assets: [{ name }] }, confidence: 0 },
  );
}
