import { readFileSync } from 'node:fs';
import { decodeModel, readerModel } from './model-file.ts';
import type { ReaderModel } from './reader-model.ts';

let loaded: ReaderModel | null = null;

/** The model file in this repository, made by `npm run understanding:train`. Read once. */
export function shippedModel(): ReaderModel {
  loaded ??= readerModel(decodeModel(readFileSync(new URL('../model/reader.bin', import.meta.url))));
  return loaded;
}
