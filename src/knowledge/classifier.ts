import { isWayOfAsking } from './terms.ts';
import { lightWords } from './wording.ts';

/** A training example: a question as stems in order, and its class. */
export interface Example {
  readonly stems: readonly string[];
  readonly label: number;
  /** Weight in training: 1 for a question, less for a sentence of an answer. */
  readonly weight: number;
}

/** The probability of each class for a question; they sum to 1. */
export type Classifier = (stems: readonly string[]) => Float64Array;

/** Number of passes over all examples, and the initial learning rate. Found by cross-validation. */
const rounds = 12;
const initialRate = 1;
const negligible = 0.002;
/** Weight of question forms and light words, from 0 to 1. */
const lightWeight = 0.5;
/** Weight of a word that no example contains. */
const unknownWeight = 0.9;

/**
 * Trains a multinomial logistic regression on stems and on pairs of neighbouring stems, each weighted by how few
 * classes it occurs in. Deterministic; takes some tens of milliseconds for a thousand examples.
 */
export function learn(examples: readonly Example[], classes: number): Classifier {
  const featured = examples.map(({ stems, label, weight }) => ({ features: featuresOf(stems), label, weight }));
  const known = knownFeatures(featured, classes);
  const rows = featured.map(({ features, label, weight }) => ({ ...vector(features, known), label, weight }));
  const weights = new Float32Array(known.size * classes);
  const scores = new Float64Array(classes);
  // A stride that is coprime to the number of rows visits every row once per pass, and rows of the same class far
  // apart.
  const stride = coprime(Math.floor(rows.length * 0.618) + 1, rows.length);
  for (let round = 0; round < rounds; round += 1) {
    const step = initialRate * (1 - round / (rounds * 1.2));
    for (let turn = 0, next = round; turn < rows.length; turn += 1, next = (next + stride) % rows.length) {
      const row = rows[next];
      if (row === undefined) continue;
      probabilities(row.columns, row.values, weights, scores);
      scores[row.label] = (scores[row.label] ?? 0) - 1;
      for (let label = 0; label < classes; label += 1) {
        const error = scores[label] ?? 0;
        // Most classes soon have a probability near 0; correcting them further only costs time.
        if (Math.abs(error) < negligible) continue;
        const correction = error * step * row.weight;
        for (let index = 0; index < row.columns.length; index += 1) {
          const at = (row.columns[index] ?? 0) * classes + label;
          weights[at] = (weights[at] ?? 0) - correction * (row.values[index] ?? 0);
        }
      }
    }
  }
  return (stems) => {
    const row = vector(featuresOf(stems), known);
    const result = new Float64Array(classes);
    probabilities(row.columns, row.values, weights, result);
    return result;
  };
}

/** Writes the softmax of a row's scores into `scores`. */
function probabilities(
  columns: readonly number[],
  values: readonly number[],
  weights: Float32Array,
  scores: Float64Array,
): void {
  const classes = scores.length;
  scores.fill(0);
  for (let index = 0; index < columns.length; index += 1) {
    const from = (columns[index] ?? 0) * classes;
    const value = values[index] ?? 0;
    for (let label = 0; label < classes; label += 1) {
      scores[label] = (scores[label] ?? 0) + value * (weights[from + label] ?? 0);
    }
  }
  const top = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let label = 0; label < classes; label += 1) {
    const part = Math.exp((scores[label] ?? 0) - top);
    scores[label] = part;
    sum += part;
  }
  for (let label = 0; label < classes; label += 1) scores[label] = (scores[label] ?? 0) / sum;
}

/** A feature that occurs in the examples. */
interface KnownFeature {
  readonly column: number;
  /** Weight of the feature: the more classes it occurs in, the smaller. */
  readonly weight: number;
}

/** A text's features as a sparse vector of length 1. Unknown features count towards the length only. */
function vector(
  features: readonly string[],
  known: ReadonlyMap<string, KnownFeature>,
): { columns: readonly number[]; values: readonly number[] } {
  const columns: number[] = [];
  const values: number[] = [];
  let square = 0;
  for (const feature of features) {
    const found = known.get(feature);
    const weight = found?.weight ?? (feature.includes(' ') ? unknownWeight / 2 : unknownWeight);
    square += weight ** 2;
    if (found === undefined) continue;
    columns.push(found.column);
    values.push(weight);
  }
  const length = Math.sqrt(square) || 1;
  return { columns, values: values.map((value) => value / length) };
}

function featuresOf(stems: readonly string[]): string[] {
  const pairs = stems.slice(1).map((stem, index) => `${stems[index]} ${stem}`);
  return [...new Set([...stems, ...pairs])];
}

function knownFeatures(
  examples: readonly { readonly features: readonly string[]; readonly label: number }[],
  classes: number,
): ReadonlyMap<string, KnownFeature> {
  const labels = new Map<string, Set<number>>();
  for (const { features, label } of examples) {
    for (const feature of features) {
      const seen = labels.get(feature);
      if (seen) seen.add(label);
      else labels.set(feature, new Set([label]));
    }
  }
  const known = new Map<string, KnownFeature>();
  for (const [feature, { size }] of labels)
    known.set(feature, { column: known.size, weight: weightOf(feature, size, classes) });
  return known;
}

function weightOf(feature: string, classCount: number, classes: number): number {
  if (isWayOfAsking(feature) || lightWords.has(feature)) return lightWeight;
  const rarity = Math.log(1 + classes / classCount) / Math.log(1 + classes);
  // Half the weight, since a pair repeats the information of its words.
  return feature.includes(' ') ? rarity / 2 : rarity;
}

function coprime(start: number, other: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let candidate = start;
  while (divisor(candidate, other) !== 1) candidate += 1;
  return candidate;
}
