import { signsOf } from '../../src/understanding/certainty.ts';
import { isDestructive } from '../../src/understanding/intents.ts';
import type { ReaderModel } from '../../src/understanding/learned/reader-model.ts';
import { learn } from '../../src/understanding/model-readings.ts';
import { normalise } from '../../src/understanding/normalise.ts';
import { readOwnWords } from '../../src/understanding/read.ts';
import type { Row } from '../../src/understanding/training/rows.ts';
import { textOfRow } from '../../src/understanding/training/train.ts';
import { tokenise } from '../../src/understanding/utterance.ts';

/** A deletion that the model holds for likeliest in a row it has not seen, and whether it is one. */
export interface Evaluated {
  readonly signs: Readonly<Record<string, number>>;
  readonly isRight: boolean;
}

/** The rows that a model, which has not seen them, takes for deletions. */
export function evaluated(rows: readonly Row[], model: ReaderModel, today: string): Evaluated[] {
  return rows.flatMap((row) => {
    const text = textOfRow(row);
    const utterance = tokenise(normalise(text).text);
    const { readings, spans } = learn(utterance, model, today);
    const [reading] = readings;
    if (reading === undefined || !isDestructive(reading.intent)) return [];
    const ruled = readOwnWords(text, undefined, today);
    const signs = signsOf({ reading, readings, ruled, utterance, spans });
    return [{ signs, isRight: reading.intent === row.intent }];
  });
}

const rounds = 4_000;
const penalty = 2;
/** Signs that fewer rows have get no weight of their own. */
const leastRows = 8;

/** Weights of the signs: logistic regression by gradient descent, with a penalty on their squares. */
export function fittedWeights(rows: readonly Evaluated[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { signs } of rows) for (const sign of Object.keys(signs)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  const names = [...counts].flatMap(([sign, count]) => (count >= leastRows ? [sign] : []));
  const weights = new Map(names.map((name) => [name, 0]));
  const squares = new Map(names.map((name) => [name, 1e-6]));
  for (let round = 0; round < rounds; round += 1) {
    const gradients = new Map(names.map((name) => [name, name === 'always' ? 0 : penalty * (weights.get(name) ?? 0)]));
    for (const { signs, isRight } of rows) {
      const entries = Object.entries(signs).filter(([sign]) => weights.has(sign));
      const sum = entries.reduce((total, [sign, value]) => total + (weights.get(sign) ?? 0) * value, 0);
      const error = 1 / (1 + Math.exp(-sum)) - (isRight ? 1 : 0);
      for (const [sign, value] of entries) gradients.set(sign, (gradients.get(sign) ?? 0) + error * value);
    }
    for (const [name, gradient] of gradients) {
      const square = (squares.get(name) ?? 0) + gradient * gradient;
      squares.set(name, square);
      weights.set(name, (weights.get(name) ?? 0) - gradient / Math.sqrt(square));
    }
  }
  return Object.fromEntries(
    [...weights].map(([name, weight]) => [name, Math.round(weight * 100) / 100] as const).sort(([, a], [, b]) => b - a),
  );
}
