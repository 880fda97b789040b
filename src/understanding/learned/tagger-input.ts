import type { Utterance } from '../utterance.ts';
import { type KnownNames, mostSegmentFeatures, segmentContext, segmentFeatures } from './segment-features.ts';
import { tagFeatures } from './tag-features.ts';
import type { TaggerInput } from './tagger.ts';

/** Everything the tagger sees of a message that is taken to mean `intent`; null when nothing is known of its meaning. */
export function taggerInput(utterance: Utterance, intent: string | null, known: KnownNames = []): TaggerInput {
  const context = segmentContext(utterance, intent, known);
  const features = new Uint32Array(mostSegmentFeatures);
  return {
    tokens: tagFeatures(utterance, intent),
    stretch: (start, end) => features.subarray(0, segmentFeatures(context, start, end, features)),
  };
}
