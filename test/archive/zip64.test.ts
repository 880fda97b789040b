import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Entry, openPromise } from 'yauzl';
import { ZipWriter } from '../../src/archive/zip-writer.ts';
import { localHeaders } from './zip-headers.ts';

const date = new Date('2016-03-04T05:06:08Z');
const size = 2 ** 32 + 12_345;
const piece = Buffer.alloc(1 << 20);

let folder: string;
let crc = 0;
beforeAll(async () => {
  for await (const zero of zeros()) crc = crc32(zero, crc);
  folder = await mkdtemp(join(tmpdir(), 'zip64-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function* zeros(): AsyncGenerator<Buffer, void, void> {
  for (let left = size; left > 0; left -= piece.length) yield piece.subarray(0, Math.min(left, piece.length));
}

describe('a zip with a file of more than 4 GiB', () => {
  it.each([size, null])(
    'keeps its size, its checksum, and what follows it (size told before: %s)',
    async (expectedBytes) => {
      const path = join(folder, `${expectedBytes}.zip`);
      const { signal } = new AbortController();
      const zip = new ZipWriter();
      const written = pipeline(zip, createWriteStream(path));
      await zip.addPieces({ path: 'datasets/huge.csv', date }, zeros(), { level: 1, expectedBytes }, signal);
      await zip.addBuffer({ path: 'README.txt', date }, Buffer.from('read me'), 6, signal);
      zip.finish();
      await written;

      const file = await openPromise(path, { autoClose: false, lazyEntries: true });
      const entries = new Map<string, Entry>();
      const listed = once(file, 'end');
      file.on('entry', (entry) => {
        entries.set(entry.fileName, entry);
        file.readEntry();
      });
      file.readEntry();
      await listed;
      const [huge, readme] = [entries.get('datasets/huge.csv'), entries.get('README.txt')];
      expect(huge).toMatchObject({ uncompressedSize: size, crc32: crc, versionNeededToExtract: 45 });
      expect(readme && (await text(await file.openReadStreamPromise(readme)))).toBe('read me');
      file.close();

      if (expectedBytes === null) return;
      // Only the Zip64 field in the local header tells a streaming reader that the sizes in the descriptor have eight
      // bytes.
      const [header] = await localHeaders(await readFile(path));
      expect(header).toMatchObject({
        version: 45,
        method: 8,
        packedBytes: 0xffffffff,
        bytes: 0xffffffff,
        extra: [1],
        descriptor: { signature: 0x08074b50, wide: true },
      });
    },
  );
});
