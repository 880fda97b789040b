import { type ExistingName, NameIndex, ofAsset, ofWorkspace } from '../learned/name-index.ts';
import type { KnownNames } from '../learned/segment-features.ts';
import type { Utterance } from '../utterance.ts';
import { seeded } from './random.ts';
import type { Row } from './rows.ts';

/** The probability that a name in a message exists and is known in time. */
const existing = 0.85;
/** The probability that an ordinary word of a row is also an existing name. */
const coincidence = 0.3;

/** The names in a row: assets, exceptions, and the workspace. */
export function namesIn({ slots: { assets = [], except = [], workspace, workspaces } }: Row): ExistingName[] {
  const places = workspaces ?? (workspace === undefined ? [] : [workspace]);
  return [
    ...[...assets, ...except].map(({ name }): ExistingName => ({ name, isWorkspace: false })),
    ...places.map((name): ExistingName => ({ name, isWorkspace: true })),
  ];
}

/**
 * Simulates, for the rows of one writer, which existing names are known when a row is read: most of the names that the
 * writer uses anywhere, and sometimes one that is an ordinary word of the sentence.
 */
export function knownNames(names: readonly ExistingName[], seed: number): (utterance: Utterance) => KnownNames {
  const next = seeded(seed);
  const index = new NameIndex(names.filter(() => next() < existing));
  return (utterance) => {
    const known = index.in(utterance).map((ends) => new Map(ends));
    const words = utterance.tokens.flatMap(({ type }, at) => (type === 'word' ? [at] : []));
    const at = words[Math.floor(next() * words.length)];
    if (at !== undefined && next() < coincidence) known[at]?.set(at + 1, next() < 0.7 ? ofAsset : ofWorkspace);
    return known;
  };
}
