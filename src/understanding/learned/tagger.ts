import { longestSegment } from './segment-features.ts';
import { type Span, type SpanLabel, spanLabels, tagCount } from './tags.ts';

const labelCount = spanLabels.length;
/** Number of states of segments: each label, outside, and the start. */
export const stateCount = labelCount + 2;
const outsideState = labelCount;
export const startState = labelCount + 1;

/** Weights of a segment tagger. Each `add` function adds the weights of one feature to the scores. */
export interface TaggerWeights {
  /** Adds to the scores of all tags (`tagCount`). */
  addToken(feature: number, scores: Float64Array): void;
  /** Adds to the scores of all labels. */
  addSegment(feature: number, scores: Float64Array): void;
  /** Transition weights between states, `stateCount` × `stateCount`. */
  readonly transitions: Float64Array;
}

/** The tagger's view of a message: the features of each token, and of each segment `[start, end)`. */
export interface TaggerInput {
  readonly tokens: readonly Uint32Array[];
  stretch(start: number, end: number): Uint32Array;
}

/**
 * The best segmentation of a message into labelled segments and single words outside them: Viterbi decoding of a
 * semi-Markov model (Sarawagi and Cohen 2004), which evaluates each candidate name as a whole. Linear in the number of
 * tokens, since no segment is longer than `longestSegment`.
 */
export function bestSpans(input: TaggerInput, weights: TaggerWeights, rules: SpanRules = {}): Span[] {
  const spans = decode(input, weights, rules, 0);
  const { required } = rules;
  if (required === undefined || spans.some(({ label }) => label === required)) return spans;
  // When the required label is missing, decodes again with a growing bonus for it until it occurs.
  for (let preference = 2; preference <= 32; preference *= 2) {
    const preferred = decode(input, weights, rules, preference);
    if (preferred.some(({ label }) => label === required)) return preferred;
  }
  return spans;
}

/** Constraints on the spans of a reading. */
export interface SpanRules {
  /** A label that must occur, if possible. */
  readonly required?: SpanLabel;
  /** Labels that may occur; all by default. */
  readonly allowed?: readonly SpanLabel[];
}

function decode(
  input: TaggerInput,
  weights: TaggerWeights,
  { required, allowed }: SpanRules,
  preference: number,
): Span[] {
  const { tokens } = input;
  const length = tokens.length;
  const { begin, inside } = tokenScores(tokens, weights);
  const best = new Float64Array((length + 1) * stateCount).fill(Number.NEGATIVE_INFINITY);
  const fromStart = new Int32Array((length + 1) * stateCount);
  const fromState = new Uint8Array((length + 1) * stateCount);
  best[startState] = 0;
  const barred = Uint8Array.from(spanLabels, (label) => (allowed === undefined || allowed.includes(label) ? 0 : 1));
  const wanted = required === undefined ? -1 : spanLabels.indexOf(required);
  const scores = new Float64Array(labelCount);
  const bestBefore = new Float64Array(stateCount);
  const stateBefore = new Uint8Array(stateCount);
  for (let start = 0; start < length; start += 1) {
    enter(start, best, weights.transitions, bestBefore, stateBefore);
    const keep = (end: number, state: number, score: number): void => {
      const at = end * stateCount + state;
      const total = (bestBefore[state] ?? 0) + score;
      if (total <= (best[at] ?? 0)) return;
      best[at] = total;
      fromStart[at] = start;
      fromState[at] = stateBefore[state] ?? 0;
    };
    keep(start + 1, outsideState, begin[start * tagCount] ?? 0);
    const last = Math.min(length, start + longestSegment);
    for (let end = start + 1; end <= last; end += 1) {
      scores.fill(0);
      for (const feature of input.stretch(start, end)) weights.addSegment(feature, scores);
      for (let label = 0; label < labelCount; label += 1) {
        if (barred[label] === 1) continue;
        const words =
          (begin[start * tagCount + 1 + 2 * label] ?? 0) +
          (inside[end * labelCount + label] ?? 0) -
          (inside[(start + 1) * labelCount + label] ?? 0);
        keep(end, label, words + (scores[label] ?? 0) + (label === wanted ? preference : 0));
      }
    }
  }
  return traceBack(length, best, fromStart, fromState);
}

/** The best predecessor of each state at this position. */
function enter(
  start: number,
  best: Float64Array,
  transitions: Float64Array,
  score: Float64Array,
  from: Uint8Array,
): void {
  for (let state = 0; state < startState; state += 1) {
    let most = Number.NEGATIVE_INFINITY;
    for (let before = 0; before < stateCount; before += 1) {
      const total = (best[start * stateCount + before] ?? 0) + (transitions[before * stateCount + state] ?? 0);
      if (total > most) {
        most = total;
        from[state] = before;
      }
    }
    score[state] = most;
  }
}

/** The scores of each token's tags, and prefix sums of the scores of inner tags by label. */
function tokenScores(
  tokens: readonly Uint32Array[],
  weights: TaggerWeights,
): { begin: Float64Array; inside: Float64Array } {
  const begin = new Float64Array(tokens.length * tagCount);
  const inside = new Float64Array((tokens.length + 1) * labelCount);
  const scores = new Float64Array(tagCount);
  for (const [index, features] of tokens.entries()) {
    scores.fill(0);
    for (const feature of features) weights.addToken(feature, scores);
    begin.set(scores, index * tagCount);
    for (let label = 0; label < labelCount; label += 1) {
      inside[(index + 1) * labelCount + label] =
        (inside[index * labelCount + label] ?? 0) + (scores[2 + 2 * label] ?? 0);
    }
  }
  return { begin, inside };
}

function traceBack(length: number, best: Float64Array, fromStart: Int32Array, fromState: Uint8Array): Span[] {
  let state = 0;
  for (let candidate = 1; candidate < stateCount; candidate += 1) {
    if ((best[length * stateCount + candidate] ?? 0) > (best[length * stateCount + state] ?? 0)) state = candidate;
  }
  const spans: Span[] = [];
  let end = length;
  while (end > 0) {
    const at = end * stateCount + state;
    const start = fromStart[at] ?? 0;
    const label = spanLabels[state];
    if (label !== undefined) spans.push({ label, start, end });
    state = fromState[at] ?? 0;
    end = start;
  }
  return joined(spans.reverse());
}

/** Joins adjacent reasons, since a reason may be longer than one segment. */
function joined(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) {
    const before = kept.at(-1);
    if (before !== undefined && before.label === 'reason' && span.label === 'reason' && before.end === span.start) {
      kept[kept.length - 1] = { ...before, end: span.end };
    } else kept.push(span);
  }
  return kept;
}

/** A segment with its state, `[start, end)`. */
export type LabelledSegment = readonly [state: number, start: number, end: number];

/** The segments of a segmentation, including single words outside of spans. */
export function labelledSegmentsOf(spans: readonly Span[], length: number): LabelledSegment[] {
  const found: LabelledSegment[] = [];
  let index = 0;
  for (const { label, start, end } of spans) {
    for (; index < start; index += 1) found.push([outsideState, index, index + 1]);
    for (; index < end; index = Math.min(end, index + longestSegment)) {
      found.push([spanLabels.indexOf(label), index, Math.min(end, index + longestSegment)]);
    }
  }
  for (; index < length; index += 1) found.push([outsideState, index, index + 1]);
  return found;
}
