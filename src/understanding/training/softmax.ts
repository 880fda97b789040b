import { toProbabilities } from '../learned/probabilities.ts';
import type { SentenceFeatures } from '../learned/sentence-features.ts';
import { shuffle } from './random.ts';

export interface ClassifiedRow {
  readonly input: SentenceFeatures;
  readonly target: string;
  readonly weight?: number;
}

/** A trained multinomial logistic regression: weights by feature, one number a class, the feature's idf already in them. */
export interface TrainedClassifier {
  readonly classes: readonly string[];
  readonly bias: Float64Array;
  readonly weights: ReadonlyMap<number, Float64Array>;
  readonly idf: ReadonlyMap<number, number>;
  /** The idf of a feature that training has not seen. */
  readonly unknownIdf: number;
}

export interface SoftmaxOptions {
  readonly epochs: number;
  /** L2 penalty a step. */
  readonly penalty: number;
  readonly rate: number;
  readonly leastRows: number;
  readonly seed: number;
}

/** Trains multinomial logistic regression by AdaGrad; features are weighted by inverse document frequency and rows have length 1. */
export function trainClassifier(rows: readonly ClassifiedRow[], options: SoftmaxOptions): TrainedClassifier {
  const counts = new Map<number, number>();
  for (const { input } of rows)
    for (const feature of input.features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const ids = new Map<number, number>();
  const idfs: number[] = [];
  for (const [feature, count] of counts) {
    if (count < options.leastRows) continue;
    ids.set(feature, ids.size);
    idfs.push(1 + Math.log((1 + rows.length) / (1 + count)));
  }
  const classes = [...new Set(rows.map(({ target }) => target))].sort();
  const width = classes.length;
  const examples = rows.map(({ input, target, weight }) => {
    const known: number[] = [];
    const values: number[] = [];
    let square = 0;
    for (const [at, feature] of input.features.entries()) {
      const id = ids.get(feature);
      const idf = id === undefined ? 1 + Math.log(1 + rows.length) : (idfs[id] ?? 1);
      const value = (input.values[at] ?? 0) * idf;
      square += value * value;
      if (id === undefined) continue;
      known.push(id);
      values.push(value);
    }
    const norm = Math.sqrt(square) || 1;
    return {
      ids: Uint32Array.from(known),
      values: Float64Array.from(values, (value) => value / norm),
      target: classes.indexOf(target),
      weight: weight ?? 1,
    };
  });
  const weights = new Float64Array(ids.size * width);
  const squares = new Float64Array(ids.size * width).fill(1e-3);
  const bias = new Float64Array(width);
  const biasSquares = new Float64Array(width).fill(1e-3);
  const scores = new Float64Array(width);
  const order = examples.map((_, index) => index);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, options.seed + epoch);
    const rate = options.rate * (1 - (0.9 * epoch) / options.epochs);
    for (const index of order) {
      const example = examples[index];
      if (example === undefined) continue;
      scores.set(bias);
      for (let at = 0; at < example.ids.length; at += 1) {
        const base = (example.ids[at] ?? 0) * width;
        const value = example.values[at] ?? 0;
        for (let column = 0; column < width; column += 1)
          scores[column] = (scores[column] ?? 0) + value * (weights[base + column] ?? 0);
      }
      toProbabilities(scores);
      scores[example.target] = (scores[example.target] ?? 0) - 1;
      for (let column = 0; column < width; column += 1) {
        const gradient = (scores[column] ?? 0) * example.weight;
        if (Math.abs(gradient) < 1e-4) {
          scores[column] = 0;
          continue;
        }
        scores[column] = gradient;
        biasSquares[column] = (biasSquares[column] ?? 0) + gradient * gradient;
        bias[column] = (bias[column] ?? 0) - (rate * 0.1 * gradient) / Math.sqrt(biasSquares[column] ?? 1);
      }
      for (let at = 0; at < example.ids.length; at += 1) {
        const base = (example.ids[at] ?? 0) * width;
        const value = example.values[at] ?? 0;
        for (let column = 0; column < width; column += 1) {
          const part = scores[column] ?? 0;
          if (part === 0) continue;
          const weight = weights[base + column] ?? 0;
          const gradient = part * value + options.penalty * weight;
          const square = (squares[base + column] ?? 0) + gradient * gradient;
          squares[base + column] = square;
          weights[base + column] = weight - (rate * gradient) / Math.sqrt(square);
        }
      }
    }
  }
  const byFeature = new Map<number, Float64Array>();
  for (const [feature, id] of ids) byFeature.set(feature, weights.slice(id * width, (id + 1) * width));
  return {
    classes,
    bias,
    weights: byFeature,
    idf: new Map([...ids].map(([feature, id]) => [feature, idfs[id] ?? 1])),
    unknownIdf: 1 + Math.log(1 + rows.length),
  };
}
