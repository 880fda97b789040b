import type { StoredModel, StoredTagger } from '../learned/model-file.ts';
import type { SparseTable } from '../learned/sparse-table.ts';
import type { TrainedTagger } from './perceptron.ts';
import type { TrainedReader } from './train.ts';

/** Step in which inverse document frequencies are stored. */
const idfStep = 1 / 20;

/** The trained parts in the format of the file: weights quantised to one byte, without those near zero. */
export function storedModel({ blind, informed, classifier }: TrainedReader, madeFrom: string): StoredModel {
  const table = sparse(classifier.embedding, 96, 0.75);
  return {
    madeFrom,
    classes: classifier.classes,
    hiddenBias: [...classifier.hiddenBias].map(rounded),
    output: [...classifier.output].map(rounded),
    outputBias: [...classifier.outputBias].map(rounded),
    unknownIdf: rounded(classifier.unknownIdf),
    idfStep,
    idf: Uint8Array.from(table.keys, (key) => Math.round((classifier.idf.get(key) ?? 1) / idfStep)),
    classifier: table,
    blind: storedTagger(blind),
    informed: storedTagger(informed),
  };
}

function storedTagger({ tokens, segments, transitions }: TrainedTagger): StoredTagger {
  return {
    tokens: sparse(tokens, 80, 0.5),
    segments: sparse(segments, 80, 0.5),
    transitions: [...transitions].map(rounded),
  };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/**
 * Quantises weights to ±127, where 127 is `clip` standard deviations, and drops those below `least` steps. Features
 * without any remaining weight are dropped.
 */
function sparse(weights: ReadonlyMap<number, Float64Array | Float32Array>, clip: number, least: number): SparseTable {
  let squares = 0;
  let count = 0;
  for (const row of weights.values()) {
    for (const weight of row) {
      if (weight === 0) continue;
      squares += weight * weight;
      count += 1;
    }
  }
  const scale = (clip * Math.sqrt(squares / Math.max(1, count))) / 127;
  const keys: number[] = [];
  const offsets = [0];
  const columns: number[] = [];
  const values: number[] = [];
  for (const key of [...weights.keys()].sort((a, b) => a - b)) {
    const row = weights.get(key) ?? [];
    const before = columns.length;
    for (let column = 0; column < row.length; column += 1) {
      const value = Math.max(-127, Math.min(127, Math.round((row[column] ?? 0) / scale)));
      if (Math.abs(value) < least) continue;
      columns.push(column);
      values.push(value);
    }
    if (columns.length === before) continue;
    keys.push(key);
    offsets.push(columns.length);
  }
  return {
    keys: Uint32Array.from(keys),
    offsets: Uint32Array.from(offsets),
    columns: Uint8Array.from(columns),
    values: Int8Array.from(values),
    scale,
  };
}
