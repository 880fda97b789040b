import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { encodeModel } from '../learned/model-file.ts';
import { storedModel } from './quantise.ts';
import { rowsByWriter } from './rows.ts';
import { trainReader } from './train.ts';

/**
 * The labelled utterances. `npm run understanding:train` makes the model file from all of them; the result is always
 * the same.
 */
const utterances = new URL('../../../test/understanding/utterances/', import.meta.url);
const model = new URL('../model/reader.bin', import.meta.url);

/**
 * A hash of everything a model depends on: the utterances, the reader's code that is used in training, and the version
 * of Node.
 */
export function madeFrom(): string {
  const hash = createHash('sha256').update(process.version);
  const room = new URL('../', import.meta.url);
  for (const [folder, ending] of [
    [utterances, '.jsonl'],
    [new URL('learned/', room), '.ts'],
    [new URL('training/', room), '.ts'],
    [new URL('lexicon/', room), 'kind-phrases.ts'],
    [new URL('lexicon/', room), 'kinds-in-other-languages.ts'],
    [new URL('lexicon/', room), 'acts.ts'],
    [new URL('lexicon/', room), 'veto-cues.ts'],
    [new URL('lexicon/', room), 'other-languages.ts'],
  ] as const) {
    for (const file of readdirSync(folder).sort()) {
      if (file.endsWith(ending)) hash.update(file).update(readFileSync(new URL(file, folder)));
    }
  }
  for (const file of ['utterance.ts', 'vetoes.ts']) hash.update(readFileSync(new URL(file, room)));
  return hash.digest('hex');
}

if (import.meta.main) {
  const writers = rowsByWriter(utterances);
  const rows = [...writers.values()].reduce((sum, list) => sum + list.length, 0);
  const bytes = encodeModel(storedModel(trainReader(writers), madeFrom()));
  writeFileSync(model, bytes);
  console.log(`${rows} sentences of ${writers.size} writers; ${(bytes.length / 1e6).toFixed(2)} MB written.`);
}
