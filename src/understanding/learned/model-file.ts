import { gunzipSync, gzipSync } from 'node:zlib';
import { toProbabilities } from './probabilities.ts';
import type { ReaderModel } from './reader-model.ts';
import type { SentenceFeatures } from './sentence-features.ts';
import { type SparseTable, WeightTable } from './sparse-table.ts';
import type { TaggerWeights } from './tagger.ts';

/** The content of a model file. */
export interface StoredModel {
  /** SHA-256 of the data, the training code and the version of Node, to detect an outdated file. */
  readonly madeFrom: string;
  readonly classes: readonly string[];
  /** Biases of the hidden units, weights from each hidden unit to each class, and biases of the classes. */
  readonly hiddenBias: readonly number[];
  readonly output: readonly number[];
  readonly outputBias: readonly number[];
  /** The inverse document frequency of an unknown feature, and the step in which the others are stored. */
  readonly unknownIdf: number;
  readonly idfStep: number;
  readonly idf: Uint8Array;
  readonly classifier: SparseTable;
  readonly blind: StoredTagger;
  readonly informed: StoredTagger;
}

export interface StoredTagger {
  readonly tokens: SparseTable;
  readonly segments: SparseTable;
  readonly transitions: readonly number[];
}

interface Header {
  readonly madeFrom: string;
  readonly classes: readonly string[];
  readonly hiddenBias: readonly number[];
  readonly output: readonly number[];
  readonly outputBias: readonly number[];
  readonly unknownIdf: number;
  readonly idfStep: number;
  readonly transitions: readonly [readonly number[], readonly number[]];
  /** Number of features, number of entries and scale of each table, in the order of the file. */
  readonly tables: readonly (readonly [features: number, entries: number, scale: number])[];
}

/**
 * Encodes a model: the length of a JSON header, the header, then the tables, all gzipped. Equal models give equal
 * bytes.
 */
export function encodeModel(model: StoredModel): Uint8Array {
  const tables = [
    model.classifier,
    model.blind.tokens,
    model.blind.segments,
    model.informed.tokens,
    model.informed.segments,
  ];
  const header: Header = {
    madeFrom: model.madeFrom,
    classes: model.classes,
    hiddenBias: model.hiddenBias,
    output: model.output,
    outputBias: model.outputBias,
    unknownIdf: model.unknownIdf,
    idfStep: model.idfStep,
    transitions: [model.blind.transitions, model.informed.transitions],
    tables: tables.map(({ keys, columns, scale }) => [keys.length, columns.length, scale]),
  };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const parts = tables.flatMap(({ keys, offsets, columns, values }) => [
    bytesOf(keys),
    // The number of entries per feature, which is less than 256, instead of their offsets.
    Uint8Array.from(keys, (_, place) => (offsets[place + 1] ?? 0) - (offsets[place] ?? 0)),
    columns,
    bytesOf(values),
  ]);
  return gzipSync(Buffer.concat([length, text, model.idf, ...parts]), { level: 9 });
}

function bytesOf(list: Uint32Array | Int8Array): Uint8Array {
  return new Uint8Array(list.buffer, list.byteOffset, list.byteLength);
}

/** Decodes a model. Throws when the bytes are no model in this format. */
export function decodeModel(bytes: Uint8Array): StoredModel {
  const data = gunzipSync(bytes);
  const headerLength = data.readUInt32LE(0);
  const header = JSON.parse(data.subarray(4, 4 + headerLength).toString('utf8')) as Header;
  let at = 4 + headerLength;
  const take = (length: number): Uint8Array => {
    const part = Uint8Array.from(data.subarray(at, at + length));
    at += length;
    return part;
  };
  const idf = take(header.tables[0]?.[0] ?? 0);
  const tables = header.tables.map(([features, entries, scale]): SparseTable => {
    const keys = new Uint32Array(take(features * 4).buffer);
    const counts = take(features);
    const offsets = new Uint32Array(features + 1);
    for (let place = 0; place < features; place += 1) offsets[place + 1] = (offsets[place] ?? 0) + (counts[place] ?? 0);
    return { keys, offsets, columns: take(entries), values: new Int8Array(take(entries).buffer), scale };
  });
  const [classifier, blindTokens, blindSegments, informedTokens, informedSegments] = tables;
  if (!classifier || !blindTokens || !blindSegments || !informedTokens || !informedSegments || at !== data.length)
    throw new Error('This is no reader model of this version. Make it anew with npm run understanding:train.');
  return {
    ...header,
    idf,
    classifier,
    blind: { tokens: blindTokens, segments: blindSegments, transitions: header.transitions[0] },
    informed: { tokens: informedTokens, segments: informedSegments, transitions: header.transitions[1] },
  };
}

/** The model that a file's content describes. */
export function readerModel(stored: StoredModel): ReaderModel {
  const table = new WeightTable(stored.classifier);
  return {
    blind: taggerWeights(stored.blind),
    informed: taggerWeights(stored.informed),
    classes: stored.classes,
    classify: (input) => classify(stored, table, input),
  };
}

function taggerWeights({ tokens, segments, transitions }: StoredTagger): TaggerWeights {
  const tokenTable = new WeightTable(tokens);
  const segmentTable = new WeightTable(segments);
  return {
    addToken: (feature, scores) => tokenTable.add(feature, scores),
    addSegment: (feature, scores) => segmentTable.add(feature, scores),
    transitions: Float64Array.from(transitions),
  };
}

/**
 * A feed-forward network with one hidden layer: features are weighted by inverse document frequency, the row is scaled
 * to length 1, the hidden units are rectified (ReLU), and a softmax turns the class scores into probabilities.
 */
function classify(
  { hiddenBias, output, outputBias, idf, idfStep, unknownIdf }: StoredModel,
  table: WeightTable,
  { features, values }: SentenceFeatures,
): Float64Array {
  const units = new Float64Array(hiddenBias.length);
  let square = 0;
  for (let at = 0; at < features.length; at += 1) {
    const place = table.placeOf(features[at] ?? 0);
    const value = (values[at] ?? 0) * (place < 0 ? unknownIdf : (idf[place] ?? 0) * idfStep);
    square += value * value;
    if (place >= 0) table.addAt(place, units, value);
  }
  const norm = Math.sqrt(square) || 1;
  const scores = Float64Array.from(outputBias);
  for (let unit = 0; unit < units.length; unit += 1) {
    const active = (units[unit] ?? 0) / norm + (hiddenBias[unit] ?? 0);
    if (active <= 0) continue;
    const base = unit * scores.length;
    for (let column = 0; column < scores.length; column += 1)
      scores[column] = (scores[column] ?? 0) + active * (output[base + column] ?? 0);
  }
  toProbabilities(scores);
  return scores;
}
