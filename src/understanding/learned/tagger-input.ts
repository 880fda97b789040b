import type { Utterance } from '../utterance.ts';
import { type KnownNames, mostSegmentFeatures, segmentContext, segmentFeatures } from './segment-features.ts';
import { tagFeatures } from './tag-features.ts';
import type { TaggerInput } from './tagger.ts';

/** The tagger's input for a message that is assumed to mean `intent`; null when its meaning is unknown. */
export function taggerInput(utterance: Utterance, intent: string | null, known: KnownNames = []): TaggerInput {
  const context = segmentContext(utterance, intent, known);
  const features = new Uint32Array(mostSegmentFeatures);
  return {
    tokens: tagFeatures(utterance, intent),
    stretch: (start, end) => features.subarray(0, segmentFeatures(context, start, end, features)),
  };
}
