import { intentNames, type Offer, type Slots } from './intents.ts';
import { type NameIndex, ofAsset, ofWorkspace } from './learned/name-index.ts';
import { type Candidate, candidatesOf, type ReaderModel } from './learned/reader-model.ts';
import type { KnownNames } from './learned/segment-features.ts';
import type { Span } from './learned/tags.ts';
import { isPartial } from './selection-limits.ts';
import { slotsOf } from './slots.ts';
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
function candidatesFor(model: ReaderModel, utterance: Utterance, names: NameIndex | undefined): Candidate[] {
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

/** A whole workspace is not meant where only some of it is; "what was DSR-7 about again?" tries nothing again. */
function corrected(readingClass: string, utterance: Utterance, spans: readonly Span[]): string {
  if (readingClass === 'export.workspace') return isPartial(utterance, spans) ? 'export.assets/all' : readingClass;
  const isAsking = ['what', 'which', 'who', 'when', 'why', 'how', 'whats'].includes(utterance.tokens[0]?.lower ?? '');
  return readingClass === 'request.retry' && isAsking ? 'request.status' : readingClass;
}

/** The readings of the trained model for a message, before they are combined with those of the rules. */
export function learn(utterance: Utterance, model: ReaderModel, today?: string, names?: NameIndex): ModelReadings {
  const probabilities = new Map<string, number>();
  const best = new Map<string, { readonly slots: Slots; readonly spans: readonly Span[] }>();
  for (const { readingClass: whole, probability, spans } of candidatesFor(model, utterance, names)) {
    const readingClass = corrected(whole, utterance, spans);
    const [said = ''] = readingClass.split('/');
    const found = slotsOf(utterance, spans, readingClass, today ?? null);
    const ofData = dataOfWorkspace(said, found, names);
    const intent = ofData === null ? said : 'export.workspace';
    probabilities.set(intent, (probabilities.get(intent) ?? 0) + probability);
    if (!best.has(intent)) best.set(intent, { slots: ofData ?? found, spans });
  }
  const readings = intentNames
    .flatMap((intent): Offer[] => {
      const found = best.get(intent);
      const probability = probabilities.get(intent) ?? 0;
      return found === undefined ? [] : [{ intent, slots: found.slots, confidence: probability }];
    })
    .sort((a, b) => b.confidence - a.confidence);
  return { utterance, spans: best.get(readings[0]?.intent ?? '')?.spans ?? [], readings };
}

/** "Export the personal data of Fraud Detection": what has the name of a workspace, and of nobody, is that. */
export function dataOfWorkspace(intent: string, { subject }: Slots, names: NameIndex | undefined): Slots | null {
  if (intent !== 'dsr.export' || subject === undefined || names?.named(subject) !== ofWorkspace) return null;
  return { workspace: subject, data: 'personal' };
}
