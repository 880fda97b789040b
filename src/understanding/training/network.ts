import { toProbabilities } from '../learned/probabilities.ts';
import type { SentenceFeatures } from '../learned/sentence-features.ts';
import { seeded, shuffle } from './random.ts';

export interface ClassifiedRow {
  readonly input: SentenceFeatures;
  readonly target: string;
}

/** A trained network: the weights from each feature to the hidden units, and from these to the classes. */
export interface TrainedClassifier {
  readonly classes: readonly string[];
  /** Per feature, one weight for each hidden unit. */
  readonly embedding: ReadonlyMap<number, Float32Array>;
  readonly hiddenBias: Float32Array;
  /** Weights by hidden unit and class, in the order of the units. */
  readonly output: Float32Array;
  readonly outputBias: Float32Array;
  readonly idf: ReadonlyMap<number, number>;
  /** The inverse document frequency of a feature that does not occur in training. */
  readonly unknownIdf: number;
}

export interface NetworkOptions {
  readonly hidden: number;
  readonly epochs: number;
  /** The share of a row's features that dropout removes each time the row is used. */
  readonly dropout: number;
  readonly rate: number;
  readonly leastRows: number;
  readonly seed: number;
}

interface Example {
  /** Feature numbers and values, weighted by inverse document frequency and scaled to length 1. */
  readonly ids: Uint32Array;
  readonly values: Float32Array;
  readonly target: number;
}

/**
 * Trains a feed-forward network with one hidden layer of rectified linear units over a bag of features (fastText's
 * shape with a nonlinearity), by AdaGrad with dropout of features. Deterministic for a seed.
 */
export function trainClassifier(rows: readonly ClassifiedRow[], options: NetworkOptions): TrainedClassifier {
  const counts = new Map<number, number>();
  for (const { input } of rows)
    for (const feature of input.features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const frequent = [...counts].filter(([, count]) => count >= options.leastRows);
  const ids = new Map(frequent.map(([feature], id) => [feature, id]));
  const idfs = frequent.map(([, count]) => 1 + Math.log((1 + rows.length) / (1 + count)));
  const unknownIdf = 1 + Math.log(1 + rows.length);
  const classes = [...new Set(rows.map(({ target }) => target))].sort();
  const numbers = new Map(classes.map((target, index) => [target, index]));
  const examples = rows.map(({ input, target }) => ({
    ...weighted(input, ids, idfs, unknownIdf),
    target: numbers.get(target) ?? 0,
  }));
  const network = new Network(ids.size, classes.length, options);
  const order = examples.map((_, index) => index);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, options.seed + epoch);
    const rate = options.rate * (1 - (0.9 * epoch) / options.epochs);
    for (const index of order) network.learn(examples[index] as Example, rate);
  }
  return {
    classes,
    ...network.weights(ids),
    idf: new Map(frequent.map(([feature], id) => [feature, idfs[id] ?? 1])),
    unknownIdf,
  };
}

function weighted(
  input: SentenceFeatures,
  ids: ReadonlyMap<number, number>,
  idfs: readonly number[],
  unknownIdf: number,
): Pick<Example, 'ids' | 'values'> {
  const known: number[] = [];
  const values: number[] = [];
  let square = 0;
  for (const [at, feature] of input.features.entries()) {
    const id = ids.get(feature);
    const value = (input.values[at] ?? 0) * (id === undefined ? unknownIdf : (idfs[id] ?? 1));
    square += value * value;
    if (id === undefined) continue;
    known.push(id);
    values.push(value);
  }
  const norm = Math.sqrt(square) || 1;
  return { ids: Uint32Array.from(known), values: Float32Array.from(values, (value) => value / norm) };
}

/** Weights with the sums of their squared gradients, as AdaGrad needs them. */
class Adaptive {
  readonly values: Float32Array;
  readonly #squares: Float32Array;

  constructor(size: number) {
    this.values = new Float32Array(size);
    this.#squares = new Float32Array(size).fill(1e-2);
  }

  step(at: number, gradient: number, rate: number): void {
    const square = (this.#squares[at] ?? 0) + gradient * gradient;
    this.#squares[at] = square;
    this.values[at] = (this.values[at] ?? 0) - (rate * gradient) / Math.sqrt(square);
  }
}

/** Gradients below this would only cost time. */
const negligible = 1e-4;
/** Biases occur in every row and weights only in some, so biases learn more slowly. */
const biasRate = 0.02;

class Network {
  readonly #hidden: number;
  readonly #classes: number;
  readonly #dropout: number;
  readonly #random: () => number;
  readonly #embedding: Adaptive;
  readonly #output: Adaptive;
  readonly #hiddenBias: Float32Array;
  readonly #outputBias: Float32Array;
  readonly #units: Float32Array;
  readonly #errors: Float32Array;
  readonly #scores: Float64Array;

  constructor(features: number, classes: number, { hidden, dropout, seed }: NetworkOptions) {
    this.#hidden = hidden;
    this.#classes = classes;
    this.#dropout = dropout;
    this.#random = seeded(seed);
    // Zeros, so that a feature has no effect before it is trained; the random weights of the output make the units
    // differ.
    this.#embedding = new Adaptive(features * hidden);
    this.#output = new Adaptive(hidden * classes);
    for (let at = 0; at < hidden * classes; at += 1)
      this.#output.values[at] = ((this.#random() - 0.5) * 2) / Math.sqrt(hidden);
    this.#hiddenBias = new Float32Array(hidden).fill(0.1);
    this.#outputBias = new Float32Array(classes);
    this.#units = new Float32Array(hidden);
    this.#errors = new Float32Array(hidden);
    this.#scores = new Float64Array(classes);
  }

  /** One step of stochastic gradient descent. */
  learn(example: Example, rate: number): void {
    const kept = this.#kept(example);
    this.#forward(kept);
    const scores = this.#scores;
    scores[example.target] = (scores[example.target] ?? 0) - 1;
    this.#learnOutput(rate);
    this.#learnEmbedding(kept, rate);
  }

  weights(ids: ReadonlyMap<number, number>) {
    const { values } = this.#embedding;
    const rowOf = (id: number) => values.slice(id * this.#hidden, (id + 1) * this.#hidden);
    return {
      embedding: new Map([...ids].map(([feature, id]) => [feature, rowOf(id)])),
      hiddenBias: this.#hiddenBias,
      output: this.#output.values,
      outputBias: this.#outputBias,
    };
  }

  /** Dropout: the row without some of its features, the others scaled up to compensate. */
  #kept({ ids, values }: Example): Pick<Example, 'ids' | 'values'> {
    const places: number[] = [];
    for (let at = 0; at < ids.length; at += 1) if (this.#random() >= this.#dropout) places.push(at);
    return {
      ids: Uint32Array.from(places, (at) => ids[at] ?? 0),
      values: Float32Array.from(places, (at) => (values[at] ?? 0) / (1 - this.#dropout)),
    };
  }

  #forward({ ids, values }: Pick<Example, 'ids' | 'values'>): void {
    const units = this.#units;
    units.set(this.#hiddenBias);
    const embedding = this.#embedding.values;
    for (let at = 0; at < ids.length; at += 1) {
      const base = (ids[at] ?? 0) * this.#hidden;
      const value = values[at] ?? 0;
      for (let unit = 0; unit < units.length; unit += 1)
        units[unit] = (units[unit] ?? 0) + value * (embedding[base + unit] ?? 0);
    }
    const scores = this.#scores;
    scores.set(this.#outputBias);
    const output = this.#output.values;
    for (let unit = 0; unit < units.length; unit += 1) {
      const active = Math.max(0, units[unit] ?? 0);
      units[unit] = active;
      if (active === 0) continue;
      const base = unit * this.#classes;
      for (let column = 0; column < scores.length; column += 1)
        scores[column] = (scores[column] ?? 0) + active * (output[base + column] ?? 0);
    }
    toProbabilities(scores);
  }

  /**
   * Backpropagation through the output layer. Reads its errors from `#scores` and writes those of the hidden units to
   * `#errors`.
   */
  #learnOutput(rate: number): void {
    const [scores, errors] = [this.#scores, this.#errors];
    errors.fill(0);
    for (let unit = 0; unit < this.#hidden; unit += 1) {
      const active = this.#units[unit] ?? 0;
      if (active === 0) continue;
      const base = unit * this.#classes;
      let error = 0;
      for (let column = 0; column < scores.length; column += 1) {
        const gradient = scores[column] ?? 0;
        if (Math.abs(gradient) < negligible) continue;
        error += gradient * (this.#output.values[base + column] ?? 0);
        this.#output.step(base + column, gradient * active, rate);
      }
      errors[unit] = error;
      this.#hiddenBias[unit] = (this.#hiddenBias[unit] ?? 0) - rate * biasRate * error;
    }
    for (let column = 0; column < scores.length; column += 1)
      this.#outputBias[column] = (this.#outputBias[column] ?? 0) - rate * biasRate * (scores[column] ?? 0);
  }

  #learnEmbedding({ ids, values }: Pick<Example, 'ids' | 'values'>, rate: number): void {
    for (let at = 0; at < ids.length; at += 1) {
      const base = (ids[at] ?? 0) * this.#hidden;
      const value = values[at] ?? 0;
      for (let unit = 0; unit < this.#hidden; unit += 1) {
        const error = this.#errors[unit] ?? 0;
        if (error !== 0) this.#embedding.step(base + unit, error * value, rate);
      }
    }
  }
}
