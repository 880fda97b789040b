import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeModel, encodeModel } from '../../src/understanding/learned/model-file.ts';
import { storedModel } from '../../src/understanding/training/quantise.ts';
import { rowsByWriter } from '../../src/understanding/training/rows.ts';
import { trainReader } from '../../src/understanding/training/train.ts';
import { madeFrom } from '../../src/understanding/training/train-command.ts';

const file = new URL('../../src/understanding/model/reader.bin', import.meta.url);
const utterances = new URL('utterances/', import.meta.url);

describe('the model file', () => {
  it('was made from the sentences and the code that stand here; if not: npm run understanding:train', () => {
    expect(decodeModel(readFileSync(file)).madeFrom).toBe(madeFrom());
  });

  it('is at most 5 MB', () => {
    expect(readFileSync(file).length).toBeLessThanOrEqual(5_000_000);
  });

  it('comes out the same twice, byte for byte', { timeout: 400_000 }, () => {
    const tenth = () =>
      new Map([...rowsByWriter(utterances)].map(([writer, rows]) => [writer, rows.filter((_, at) => at % 10 === 0)]));
    const made = () => Buffer.from(encodeModel(storedModel(trainReader(tenth()), 'test')));
    expect(made().equals(made())).toBe(true);
  });

  it('is refused when it is of another form', () => {
    expect(() => decodeModel(readFileSync(file).subarray(0, 1_000))).toThrow();
  });
});
