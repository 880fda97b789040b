import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { ZipWriter } from '../../src/archive/zip-writer.ts';
import { zipReaders } from '../harness/zip-readers.ts';

// `npm run check:large-zips`: every zip reader on this machine opens zips with a file of about and over 4 GiB. Takes
// some minutes and 13 GB of disk, so it is not part of the tests, which only check the headers of such a zip.

const limit = 2 ** 32 - 1;
const date = new Date('2016-03-04T05:06:08Z');
const piece = Buffer.alloc(1 << 20, 'Large zips are opened by everybody. ');
const { signal } = new AbortController();

async function* content(size: number): AsyncGenerator<Buffer, void, void> {
  for (let left = size; left > 0; left -= piece.length) yield piece.subarray(0, Math.min(left, piece.length));
}

async function write(
  path: string,
  size: number,
  level: number,
): Promise<{ entries: number; bytes: number; crc: number }> {
  const zip = new ZipWriter();
  const written = pipeline(zip, createWriteStream(path));
  const readme = Buffer.from('read me');
  let crc = 0;
  for await (const each of content(size)) crc = crc32(each, crc);
  await zip.addPieces({ path: 'datasets/huge.csv', date }, content(size), { level, expectedBytes: size }, signal);
  await zip.addBuffer({ path: 'README.txt', date }, readme, 6, signal);
  zip.finish();
  await written;
  return { entries: 2, bytes: size + readme.length, crc: crc32(readme, crc) };
}

const folder = await mkdtemp(join(tmpdir(), 'large-zips-'));
let faults = 0;
try {
  for (const [title, size, level] of [
    ['deflated, above 4 GiB', limit + 12_345, 1],
    ['as it is, above 4 GiB', limit + 12_345, 0],
    ['as it is, above 4 GiB only by its frame', limit - 1_000, 0],
    ['deflated, just below 4 GiB', limit - 1_000_000, 1],
  ] as const) {
    const path = join(folder, 'large.zip');
    const expected = await write(path, size, level);
    for (const { title: reader, missing, read } of await zipReaders()) {
      const found = missing === null ? await read([path]).catch((error: unknown) => [error]) : [`skipped: ${missing}`];
      const [result] = found;
      const fine = result === null || JSON.stringify(result) === JSON.stringify(expected);
      if (!fine && missing === null) faults += 1;
      console.log(`${title}: ${reader}: ${fine ? 'opens it' : String(result)}`);
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
process.exitCode = faults === 0 ? 0 : 1;
