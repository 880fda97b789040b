import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArchiveStorage } from '../../src/archive/storage.ts';
import { ServiceFailure } from '../../src/domain/service-failure.ts';
import type { Azurite } from '../../src/local/azurite.ts';
import { startTestAzurite } from '../harness/azurite.ts';
import { assetOf, exportAssets, fileOf, inOrder, type TestAsset, unpack } from './exports.ts';
import { openStorage } from './open-storage.ts';

let azurite: Azurite;
let storage: ArchiveStorage;

beforeAll(async () => {
  azurite = await startTestAzurite();
  storage = openStorage(azurite);
  await storage.ensure();
});
afterAll(() => azurite.close());

/** Stored without compression, so that sizes in the archive are predictable. */
function packed(name: string, size: number, more = {}) {
  return fileOf(name, Buffer.alloc(size, name), { compressed: true, ...more });
}

const limits = { partBytes: 400_000 };

describe('parts', () => {
  const assets = [
    assetOf('a', [packed('a1', 100_000), packed('a2', 100_000)]),
    assetOf('b', [packed('b1', 100_000), packed('b2', 100_000)]),
    assetOf('huge', [packed('huge', 900_000)]),
    assetOf('c', [packed('c1', 50_000)]),
  ];

  it('hold whole assets within their limit, and one that is larger has a part of its own', async () => {
    const { summary, written } = await exportAssets(storage, assets, { attempt: 'limit', limits });
    const parts = await Promise.all(summary.parts.map((part) => unpack(storage, part.blobName)));
    expect(parts.map((part) => [...part.entries.keys()].filter((path) => path.startsWith('datasets/')))).toEqual([
      ['datasets/a1', 'datasets/a2'],
      ['datasets/b1', 'datasets/b2'],
      ['datasets/huge'],
      ['datasets/c1'],
    ]);
    for (const [i, part] of summary.parts.entries()) if (i !== 2) expect(part.sizeBytes).toBeLessThanOrEqual(400_000);
    expect(written.map((part) => part.results.map(({ position }) => position))).toEqual([[0], [1], [2], [3]]);
    expect(summary.parts.map(({ blobName }) => blobName)).toEqual(
      [1, 2, 3, 4].map((number) => `DSR-1001/limit/part-00${number}.zip`),
    );
  });

  it('each list their own files, and the last one those of all', async () => {
    const { summary } = await exportAssets(storage, assets, { attempt: 'lists', limits });
    const manifests = await Promise.all(
      summary.parts.map(async (part) => (await unpack(storage, part.blobName)).manifest),
    );
    expect(manifests.map(({ files }) => files.map(({ path, part }) => `${part}:${path.slice(9)}`))).toEqual([
      ['1:a1', '1:a2'],
      ['2:b1', '2:b2'],
      ['3:huge'],
      ['1:a1', '1:a2', '2:b1', '2:b2', '3:huge', '4:c1'],
    ]);
    expect(manifests.map(({ last }) => last)).toEqual([false, false, false, true]);
    expect(manifests[3]?.parts.map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes }))).toEqual([
      ...summary.parts.slice(0, 3).map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes })),
      { sha256: null, sizeBytes: null },
    ]);
  });

  it('hold account data in the first one only', async () => {
    const { summary } = await exportAssets(storage, assets, { attempt: 'first', limits });
    const parts = await Promise.all(summary.parts.map((part) => unpack(storage, part.blobName)));
    expect(parts.map((part) => part.entries.has('personal-data.json'))).toEqual([true, false, false, false]);
    for (const part of parts) expect(part.entries.has('README.txt')).toBe(true);
  });

  it('keep their limit although the service does not tell a file’s size', async () => {
    const asset = (name: string, size: number, told: number | null) =>
      assetOf(name, [packed(name, size, { sizeBytes: null })], { sizeBytes: told });
    const small = { ...limits, wholeBytes: 50_000 };
    const told = [asset('a', 150_000, 150_000), asset('b', 150_000, 150_000), asset('c', 150_000, 150_000)];
    const whole = await exportAssets(storage, told, { attempt: 'told', limits: small });
    expect(whole.summary.parts.map(({ files }) => files)).toEqual([2, 1]);
    const ready = ['d', 'e', 'f'].map((name) => asset(name, 150_000, null));
    const read = await exportAssets(storage, ready, { attempt: 'ready', limits });
    expect(read.summary.parts.map(({ files }) => files)).toEqual([2, 1]);
    const flowing = await exportAssets(storage, ready, { attempt: 'flowing', limits: small });
    expect(flowing.summary.parts.map(({ files }) => files)).toEqual([1, 1, 1]);
    for (const { sizeBytes } of [...whole.summary.parts, ...read.summary.parts, ...flowing.summary.parts]) {
      expect(sizeBytes).toBeLessThanOrEqual(400_000);
    }
  });

  it('hold no more files than they may', async () => {
    const many = Array.from({ length: 25 }, (_, i) => assetOf(`n${i}`, [fileOf(`n${i}.txt`, 'x')]));
    const { summary } = await exportAssets(storage, many, { attempt: 'files', limits: { partFiles: 10 } });
    expect(summary.parts.map(({ files }) => files)).toEqual([10, 10, 5]);
  });
});

describe('an interrupted export', () => {
  const assets = Array.from({ length: 9 }, (_, i) => assetOf(`asset ${i}`, [packed('same name', 100_000 + i)]));

  /** Runs until the given part is recorded, then fails while it writes the next one. */
  async function interrupted(attempt: string, afterPart: number) {
    const recorded: Awaited<ReturnType<typeof exportAssets>>['written'] = [];
    const onPart = async (part: (typeof recorded)[number]) => {
      if (recorded.length === afterPart) throw new Error('killed');
      recorded.push(part);
    };
    await expect(exportAssets(storage, assets, { attempt, limits, onPart })).rejects.toThrow('killed');
    return recorded;
  }

  it('goes on behind the parts that were recorded, with the names and numbers of an uninterrupted one', async () => {
    const whole = await exportAssets(storage, assets, { attempt: 'whole', limits });
    const wholeManifest = (await unpack(storage, whole.summary.parts.at(-1)?.blobName ?? '')).manifest;
    for (const afterPart of [0, 1, 2]) {
      const recorded = await interrupted(`broken${afterPart}`, afterPart);
      const settled = new Set(recorded.flatMap((part) => part.results.map(({ position }) => position)));
      const left = assets
        .map(({ asset }, position) => ({ position, asset }))
        .filter(({ position }) => !settled.has(position));
      // Values from the database have been through JSON.
      const fromDatabase = JSON.parse(JSON.stringify(recorded.map(({ results: _results, ...part }) => part)));
      const progress: number[] = [];
      const resumed = await exportAssets(storage, assets, {
        attempt: `resumed${afterPart}`,
        limits,
        recorded: fromDatabase,
        assets: inOrder(left),
        onProgress: ({ assets: count }) => void progress.push(count),
      });
      expect(progress[0]).toBe(settled.size + 1);
      expect(resumed.summary).toMatchObject({ files: 9, assets: 9, exceptions: 0, bytes: whole.summary.bytes });
      expect(resumed.summary.parts.map(({ part }) => part)).toEqual([1, 2, 3]);
      const { manifest } = await unpack(storage, resumed.summary.parts.at(-1)?.blobName ?? '');
      expect(manifest.files).toEqual(wholeManifest.files);
      for (const part of resumed.summary.parts) expect((await unpack(storage, part.blobName)).sha256).toBe(part.sha256);
    }
  });

  it('leaves nothing visible of the part that it was writing', async () => {
    const abort = new AbortController();
    const slow = assetOf('slow', [
      packed('slow', 0, {
        sizeBytes: 50_000_000,
        open: async () =>
          Readable.from(
            (async function* () {
              for (let i = 0; i < 50; i += 1) {
                if (i === 20) abort.abort(new Error('stopped'));
                yield Buffer.alloc(1_000_000);
              }
            })(),
          ),
      }),
    ]);
    await expect(exportAssets(storage, [slow], { attempt: 'aborted', signal: abort.signal })).rejects.toThrow(
      'stopped',
    );
    const left = [];
    for await (const blob of storage.list('DSR-1001/aborted/')) left.push(blob);
    expect(left).toEqual([]);
  });

  it('says that storage could not be reached when storage dies under it', async () => {
    const dying = await startTestAzurite();
    const short = openStorage(dying, { blockBytes: 1 << 16, retry: { maxTries: 1 } });
    await short.ensure();
    const closing = { done: null as Promise<void> | null };
    const endless = packed('endless', 0, {
      sizeBytes: 1 << 30,
      open: async () =>
        Readable.from(
          (async function* () {
            for (let i = 0; i < 1024; i += 1) {
              if (i === 8) closing.done = dying.close();
              yield Buffer.alloc(1 << 20);
            }
          })(),
        ),
    });
    const error = await exportAssets(short, [assetOf('endless', [endless])], { attempt: 'dies' }).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(ServiceFailure);
    expect(error).toMatchObject({ reason: expect.stringMatching(/^(?:unreachable|unavailable)$/u) });
    await closing.done;
  });

  it('only hands over what is there when everything had been recorded', async () => {
    const whole = await exportAssets(storage, assets, { attempt: 'complete', limits });
    const filesOf = () => Promise.reject(new Error('must not be asked'));
    const again = await exportAssets(storage, assets, { attempt: 'again', limits, recorded: whole.written, filesOf });
    expect(again.written).toEqual([]);
    expect(again.summary).toEqual(whole.summary);
  });

  it('ends with a part that lists all when only the end was missing', async () => {
    const whole = await exportAssets(storage, assets, { attempt: 'almost', limits });
    const first = whole.written.slice(0, 2);
    const settled = new Set(first.flatMap((part) => part.results.map(({ position }) => position)));
    const nothing = inOrder([]);
    const end = await exportAssets(storage, assets, { attempt: 'end', limits, recorded: first, assets: nothing });
    expect(end.summary.parts.map(({ files }) => files)).toEqual([3, 3, 0]);
    expect((await unpack(storage, 'DSR-1001/end/part-003.zip')).manifest.files).toHaveLength(settled.size);
  });

  it('says so when what was recorded cannot be read', async () => {
    const part = { part: 1, blobName: 'b', sizeBytes: 1, sha256: 'x', files: 1, contents: { strange: true } };
    const error = await exportAssets(storage, assets, { attempt: 'strange', recorded: [part] }).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(ServiceFailure);
    expect(error).toMatchObject({ reason: 'unreadable' });
  });

  it('ends as an uninterrupted one, wherever it breaks', async () => {
    const shapes = fc.array(
      fc.record({ name: fc.constantFrom('a', 'A', 'b.csv', 'CON'), sizes: fc.array(fc.nat(60_000), { maxLength: 3 }) }),
      { maxLength: 8 },
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(shapes, fc.nat(4), async (shape, breakAfter) => {
        run += 1;
        const made: TestAsset[] = shape.map(({ name, sizes }, i) =>
          assetOf(
            `${name} ${i}`,
            sizes.map((size) => packed(name, size)),
          ),
        );
        const small = { partBytes: 100_000, wholeBytes: 20_000, budgetBytes: 40_000, concurrency: 3 };
        const whole = await exportAssets(storage, made, { attempt: `w${run}`, limits: small });
        const recorded = whole.written.slice(0, Math.min(breakAfter, whole.written.length - 1));
        const settled = new Set(recorded.flatMap((part) => part.results.map(({ position }) => position)));
        const left = made
          .map(({ asset }, position) => ({ position, asset }))
          .filter(({ position }) => !settled.has(position));
        const resumed = await exportAssets(storage, made, {
          attempt: `r${run}`,
          limits: small,
          recorded,
          assets: inOrder(left),
        });
        const [expected, actual] = await Promise.all(
          [whole, resumed].map(
            async ({ summary }) => (await unpack(storage, summary.parts.at(-1)?.blobName ?? '')).manifest,
          ),
        );
        expect(actual).toEqual(expected);
        expect(new Set(actual?.files.map(({ path }) => path.toLowerCase())).size).toBe(actual?.files.length);
      }),
      { numRuns: 12 },
    );
  });
});
