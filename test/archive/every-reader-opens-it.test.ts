import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipWriter } from '../../src/archive/zip-writer.ts';
import type { Azurite } from '../../src/local/azurite.ts';
import { startTestAzurite } from '../harness/azurite.ts';
import { describeWhen } from '../harness/describe-when.ts';
import { unzip } from '../harness/zip.ts';
import { type ReadZip, zipReaders } from '../harness/zip-readers.ts';
import { assetOf, exportAssets, fileOf } from './exports.ts';
import { noiseOf } from './noise.ts';
import { openStorage } from './open-storage.ts';
import { localHeaders } from './zip-headers.ts';

const date = new Date('2016-03-04T05:06:08Z');
const { signal } = new AbortController();
const readers = await zipReaders();

/** A file and the content that every reader should find in it. */
interface Sample {
  readonly path: string;
  readonly expected: ReadZip;
}

let azurite: Azurite;
let folder: string;
const samples = new Map<string, Sample>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zips-'));
  azurite = await startTestAzurite();
  samples.set('nothing', await sample('nothing', async () => {}));
  samples.set('files of every length and kind', await sample('kinds', addEveryKind));
  samples.set('more files than 65,535', await sample('many', addMany));
  for (const [index, part] of (await exportInParts()).entries()) samples.set(`part ${index + 1}`, part);
});
afterAll(async () => {
  await azurite.close();
  await rm(folder, { recursive: true });
});

for (const { title, missing, read } of readers) {
  describeWhen(missing, title, () => {
    it('opens nothing, files of every kind, very many files, and the parts of an export', async () => {
      const found = await read([...samples.values()].map(({ path }) => path));
      const expected = [...samples.values()].map(({ expected }) => expected);
      expect(found).toEqual(found.map((each, index) => (each === null ? null : expected[index])));
      expect(found).toHaveLength(6);
    });
  });
}

describe('a zip', () => {
  it('has no stored entry whose size stands behind it, since a reader of a stream cannot find its end', async () => {
    const headers = await Promise.all(
      [...samples.values()].map(async ({ path }) => localHeaders(await readFile(path))),
    );
    const flat = headers.flat();
    expect(flat.length).toBeGreaterThan(65_540);
    expect(flat.filter(({ method, descriptor }) => method === 0 && descriptor !== null)).toEqual([]);
    expect(flat.filter(({ flags }) => (flags & 0x800) === 0)).toEqual([]);
    expect(flat.filter(({ extra }) => extra.length > 0)).toEqual([]);
  });
});

type Fill = (add: {
  whole(path: string, bytes: Buffer, level: number): Promise<void>;
  flowing(path: string, bytes: Buffer, level: number, expectedBytes: number | null): Promise<void>;
}) => Promise<void>;

async function sample(name: string, fill: Fill): Promise<Sample> {
  const path = join(folder, `${name}.zip`);
  const zip = new ZipWriter();
  const written = pipeline(zip, createWriteStream(path));
  let [entries, bytes, crc] = [0, 0, 0];
  const count = (content: Buffer) => {
    entries += 1;
    bytes += content.length;
    crc = crc32(content, crc);
  };
  await fill({
    whole: (path, content, level) => {
      count(content);
      return zip.addBuffer({ path, date }, content, level, signal);
    },
    flowing: (path, content, level, expectedBytes) => {
      count(content);
      return zip.addPieces({ path, date }, inPieces(content), { level, expectedBytes }, signal);
    },
  });
  zip.finish();
  await written;
  return { path, expected: { entries, bytes, crc } };
}

const addEveryKind: Fill = async ({ whole, flowing }) => {
  await whole('datasets/empty.csv', Buffer.alloc(0), 1);
  await whole('datasets/tiny.csv', Buffer.from('x'), 1);
  await whole('datasets/Größe 中文 😀.csv', Buffer.from('a,b\n'.repeat(1000)), 1);
  await whole('datasets/small.zip', noiseOf(5000), 0);
  await flowing('datasets/2.7 MB.zip', noiseOf(2_700_000), 0, 2_700_000);
  await flowing('datasets/of unknown size.bin', noiseOf(1_500_000), 0, null);
  await flowing('datasets/shorter than said.bin', noiseOf(1_100_000), 0, 9_000_000);
  await flowing('datasets/table.csv', Buffer.from('customer,churned\n'.repeat(100_000)), 1, null);
  // A stored block holds 65,535 bytes, so these lengths are around block boundaries.
  for (const length of [0, 1, 65_534, 65_535, 65_536, 131_070, 131_071]) {
    await flowing(`datasets/${length} bytes.bin`, noiseOf(length), 0, length);
  }
  await whole('README.txt', Buffer.from('What this is.\n'.repeat(40)), 6);
};

const addMany: Fill = async ({ whole }) => {
  for (let number = 0; number < 65_540; number += 1) await whole(`datasets/${number}`, Buffer.from('x'), 0);
};

/** An archive of three parts, the last of which a second run wrote after the first was interrupted. */
async function exportInParts(): Promise<readonly Sample[]> {
  const storage = openStorage(azurite);
  await storage.ensure();
  const assets = ['a', 'b', 'ü'].map((name) =>
    assetOf(name, [fileOf(`${name}.zip`, noiseOf(1_300_000), { compressed: true })]),
  );
  const limits = { partBytes: 1_800_000 };
  const recorded: Awaited<ReturnType<typeof exportAssets>>['written'] = [];
  const onPart = async (part: (typeof recorded)[number]) => {
    if (recorded.length === 2) throw new Error('cut off');
    recorded.push(part);
  };
  await expect(exportAssets(storage, assets, { attempt: 'first', limits, onPart })).rejects.toThrow('cut off');
  const done = new Set(recorded.flatMap(({ results }) => results.map(({ position }) => position)));
  const rest = assets.filter((_, position) => !done.has(position));
  const { written } = await exportAssets(storage, rest, { attempt: 'second', limits, recorded });
  const parts = [...recorded, ...written];
  expect(parts.length).toBe(3);
  return Promise.all(
    parts.map(async ({ blobName }) => {
      const path = join(folder, blobName.replaceAll('/', '-'));
      const zip = await buffer(await storage.read(blobName));
      await writeFile(path, zip);
      return { path, expected: await byDirectory(zip) };
    }),
  );
}

async function* inPieces(content: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += 60_000) yield content.subarray(at, at + 60_000);
}

async function byDirectory(zip: Buffer): Promise<ReadZip> {
  const contents = [...(await unzip(zip)).values()];
  const all = Buffer.concat(contents);
  return { entries: contents.length, bytes: all.length, crc: crc32(all) };
}
