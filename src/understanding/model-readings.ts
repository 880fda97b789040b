import type { Offer } from './intents.ts';
import { type NameIndex, ofAsset } from './learned/name-index.ts';
import { type Candidate, candidatesOf, type ReaderModel } from './learned/reader-model.ts';
import type { KnownNames } from './learned/segment-features.ts';
import type { Span } from './learned/tags.ts';
import type { Utterance } from './utterance.ts';

/** What the trained model reads in a message. */
export interface ModelReadings {
  readonly utterance: Utterance;
  readonly spans: readonly Span[];
  /** Every reading, likeliest first. */
  readonly readings: readonly Offer[];
}

/** The most readings of the trained model that are looked at. */
const mostCandidates = 6;

/**
 * The readings of the trained model, most likely first. The id of a request has a digit, so a stretch that was taken
 * for one and has none ("how big is churn.csv?") is a name: the message is then read again with that name known.
 */
export function candidatesFor(model: ReaderModel, utterance: Utterance, names: NameIndex | undefined): Candidate[] {
  const known = names?.in(utterance) ?? [];
  const candidates = candidatesOf(model, utterance, mostCandidates, known);
  const [best] = candidates;
  const wrong = best?.spans.find(
    ({ label, start, end }) =>
      label === 'request' && !utterance.tokens.slice(start, end).some(({ text }) => /\d/u.test(text)),
  );
  if (wrong === undefined) return candidates;
  const also: KnownNames = utterance.tokens.map((_, index) =>
    index === wrong.start ? new Map([[wrong.end, ofAsset]]) : (known[index] ?? new Map()),
  );
  return candidatesOf(model, utterance, mostCandidates, also);
}
