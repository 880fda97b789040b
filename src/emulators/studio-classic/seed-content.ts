import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { ZipFile } from 'yazl';
import type { Generate } from './seed-format.ts';
import { rowsOf } from './seed-rows.ts';

const chunkCharacters = 65_536;
/** A fixed modification time, so that zips are the same at every start. */
const zipTime = new Date('2019-06-20T10:00:00Z');

/**
 * The bytes that a `generate` directive describes: the same directive gives the same bytes, about as many as it asks
 * for.
 */
export function generatedContent(wanted: Generate): Readable {
  switch (wanted.kind) {
    case 'csv':
    case 'tsv':
    case 'arff':
    case 'text':
      return Readable.from(textOf(wanted), { objectMode: false });
    case 'zip':
      return zipOf(wanted);
    case 'rdata':
      return Readable.from(textOf({ ...wanted, kind: 'text' }), { objectMode: false }).pipe(createGzip({ level: 1 }));
    case 'binary':
      return Readable.from(numbersOf(wanted), { objectMode: false });
  }
}

/** Whole lines until the size is reached; characters outside ASCII make it a little inexact. */
function* textOf(wanted: Generate): Generator<string> {
  const { head, rows } = rowsOf(wanted);
  let text = wanted.header ? head : '';
  let left = wanted.bytes - text.length;
  for (const row of rows) {
    if (left <= 0) break;
    text += row;
    left -= row.length;
    if (text.length >= chunkCharacters) {
      // Characters outside ASCII take more than one byte.
      left -= Buffer.byteLength(text) - text.length;
      yield text;
      text = '';
    }
  }
  if (text !== '') yield text;
}

/** A zip with four tables and a note. The wanted size is that of the tables before compression. */
function zipOf(wanted: Generate): Readable {
  const zip = new ZipFile();
  const options = { mtime: zipTime, forceDosTimestamp: true, compressionLevel: 1 };
  zip.addBuffer(Buffer.from('One table a quarter, all with the same columns.\n'), 'README.txt', options);
  for (const quarter of [1, 2, 3, 4]) {
    const part: Generate = { ...wanted, kind: 'csv', seed: wanted.seed + quarter, bytes: Math.ceil(wanted.bytes / 4) };
    const open = (done: (error: unknown, stream: NodeJS.ReadableStream) => void) => done(null, generatedContent(part));
    zip.addReadStreamLazy(`data/q${quarter}.csv`, options, open);
  }
  zip.end();
  return Readable.from(zip.outputStream, { objectMode: false });
}

/** The format of a trained model or transform, as far as it matters here: a header and then pseudo-random numbers. */
function* numbersOf(wanted: Generate): Generator<Buffer> {
  const header = Buffer.from('TLC\0\u0001\0\0\0learner\0');
  if (wanted.bytes > 0) yield header.subarray(0, wanted.bytes);
  let state = wanted.seed >>> 0;
  for (let left = wanted.bytes - header.length; left > 0; left -= chunkCharacters) {
    const chunk = Buffer.alloc(Math.min(left, chunkCharacters));
    for (let at = 0; at + 4 <= chunk.length; at += 4) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      chunk.writeFloatLE((state >>> 8) / 0x1_00_0000, at);
    }
    yield chunk;
  }
}
