import { longestSegment } from '../learned/segment-features.ts';
import {
  bestSpans,
  type LabelledSegment,
  labelledSegmentsOf,
  startState,
  stateCount,
  type TaggerInput,
  type TaggerWeights,
} from '../learned/tagger.ts';
import { type Span, spanLabels, tagCount } from '../learned/tags.ts';
import { shuffle } from './random.ts';

export interface TaggedRow {
  readonly input: TaggerInput;
  readonly spans: readonly Span[];
}

/** Assigns consecutive numbers to features in order of appearance. */
class Numbering {
  readonly ids = new Map<number, number>();

  of(features: Uint32Array): Uint32Array {
    return features.map((feature) => {
      const known = this.ids.get(feature);
      if (known !== undefined) return known;
      this.ids.set(feature, this.ids.size);
      return this.ids.size - 1;
    });
  }
}

/** Weights by feature number, and the running sums for their average. */
class Table {
  readonly #width: number;
  readonly #weights: Float64Array;
  readonly #sums: Float64Array;

  constructor(width: number, rows: number) {
    this.#width = width;
    this.#weights = new Float64Array(width * rows);
    this.#sums = new Float64Array(width * rows);
  }

  add(feature: number, scores: Float64Array): void {
    const base = feature * this.#width;
    for (let at = 0; at < this.#width; at += 1) scores[at] = (scores[at] ?? 0) + (this.#weights[base + at] ?? 0);
  }

  change(feature: number, column: number, by: number, step: number): void {
    const at = feature * this.#width + column;
    this.#weights[at] = (this.#weights[at] ?? 0) + by;
    this.#sums[at] = (this.#sums[at] ?? 0) + by * step;
  }

  averaged(ids: ReadonlyMap<number, number>, step: number): Map<number, Float64Array> {
    const found = new Map<number, Float64Array>();
    for (const [feature, id] of ids) {
      const base = id * this.#width;
      const list = Float64Array.from(
        { length: this.#width },
        (_, at) => (this.#weights[base + at] ?? 0) - (this.#sums[base + at] ?? 0) / step,
      );
      if (list.some((weight) => weight !== 0)) found.set(feature, list);
    }
    return found;
  }
}

/** A trained tagger: its weights by feature. */
export interface TrainedTagger {
  readonly tokens: ReadonlyMap<number, Float64Array>;
  readonly segments: ReadonlyMap<number, Float64Array>;
  readonly transitions: Float64Array;
}

/**
 * Trains an averaged structured perceptron (Collins 2002): each row is decoded, and where the result is wrong the
 * features of the correct segments gain weight and those of the predicted ones lose it. The average of the weights over
 * all steps generalises better than the final weights.
 */
export function trainTagger(rows: readonly TaggedRow[], rounds: number, seed: number): TrainedTagger {
  const tokenIds = new Numbering();
  const segmentIds = new Numbering();
  const inputs = rows.map(({ input }) => numbered(input, tokenIds, segmentIds));
  const tokens = new Table(tagCount, tokenIds.ids.size);
  const segments = new Table(spanLabels.length, segmentIds.ids.size);
  const transitions = new Float64Array(stateCount * stateCount);
  const transitionSums = new Float64Array(transitions.length);
  const current: TaggerWeights = {
    transitions,
    addToken: (feature, scores) => tokens.add(feature, scores),
    addSegment: (feature, scores) => segments.add(feature, scores),
  };
  let step = 1;
  const learn = (input: TaggerInput, list: readonly LabelledSegment[], by: number): void => {
    let before = startState;
    for (const [state, start, end] of list) {
      const at = before * stateCount + state;
      transitions[at] = (transitions[at] ?? 0) + by;
      transitionSums[at] = (transitionSums[at] ?? 0) + by * step;
      before = state;
      const isSpan = state < spanLabels.length;
      for (let index = start; index < end; index += 1) {
        const tag = isSpan ? 1 + 2 * state + (index > start ? 1 : 0) : 0;
        for (const feature of input.tokens[index] ?? []) tokens.change(feature, tag, by, step);
      }
      if (isSpan) for (const feature of input.stretch(start, end)) segments.change(feature, state, by, step);
    }
  };
  const order = rows.map((_, index) => index);
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, seed + round);
    for (const index of order) {
      const input = inputs[index];
      if (input === undefined) continue;
      const right = labelledSegmentsOf(rows[index]?.spans ?? [], input.tokens.length);
      const found = labelledSegmentsOf(bestSpans(input, current), input.tokens.length);
      if (String(right) !== String(found)) {
        learn(input, right, 1);
        learn(input, found, -1);
      }
      step += 1;
    }
  }
  return {
    tokens: tokens.averaged(tokenIds.ids, step),
    segments: segments.averaged(segmentIds.ids, step),
    transitions: transitions.map((weight, at) => weight - (transitionSums[at] ?? 0) / step),
  };
}

/** The same input with consecutive feature numbers, with every segment's features computed once. */
function numbered(input: TaggerInput, tokenIds: Numbering, segmentIds: Numbering): TaggerInput {
  const length = input.tokens.length;
  const stretches: Uint32Array[] = [];
  for (let start = 0; start < length; start += 1) {
    for (let end = start + 1; end <= Math.min(length, start + longestSegment); end += 1) {
      stretches[start * longestSegment + end - start - 1] = segmentIds.of(input.stretch(start, end).slice());
    }
  }
  const empty = new Uint32Array();
  return {
    tokens: input.tokens.map((features) => tokenIds.of(features)),
    stretch: (start, end) => stretches[start * longestSegment + end - start - 1] ?? empty,
  };
}

/** A trained tagger's weights, for decoding. */
export function weightsOf({ tokens, segments, transitions }: TrainedTagger): TaggerWeights {
  const adding = (table: ReadonlyMap<number, Float64Array>) => (feature: number, scores: Float64Array) => {
    const row = table.get(feature);
    if (row !== undefined) for (let at = 0; at < row.length; at += 1) scores[at] = (scores[at] ?? 0) + (row[at] ?? 0);
  };
  return { addToken: adding(tokens), addSegment: adding(segments), transitions };
}
