import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArchiveStorage } from '../../src/archive/storage.ts';
import { ServiceFailure } from '../../src/domain/service-failure.ts';
import type { Azurite } from '../../src/local/azurite.ts';
import { startTestAzurite } from '../harness/azurite.ts';
import { assetOf, exportAssets, fileOf, sha256, unpack } from './exports.ts';
import { openStorage } from './open-storage.ts';

let azurite: Azurite;
let storage: ArchiveStorage;

beforeAll(async () => {
  azurite = await startTestAzurite();
  storage = openStorage(azurite);
  await storage.ensure();
});
afterAll(() => azurite.close());

const megabyte = 1 << 20;
const large = Buffer.alloc(3 * megabyte);
for (let i = 0; i < large.length; i += 4) large.writeUInt32LE(Math.imul(i, 2_654_435_761) >>> 0, i);

/** A stream that breaks after `after` bytes; without an error it just ends early. */
function breaking(bytes: Buffer, after: number, error: Error | null): Readable {
  return Readable.from(
    (async function* () {
      for (let at = 0; at < after; at += 65_536) yield bytes.subarray(at, Math.min(at + 65_536, after));
      if (error) throw error;
    })(),
  );
}

/** A file whose n-th opening calls the n-th function; the last one is used for all further openings. */
function opening(name: string, bytes: Buffer, tries: readonly (() => Readable)[]) {
  let opened = 0;
  const file = fileOf(name, bytes, {
    compressed: true,
    open: async () => {
      const next = tries[Math.min(opened, tries.length - 1)];
      opened += 1;
      if (!next) throw new Error('A file needs at least one opening.');
      return next();
    },
  });
  return { file, times: () => opened };
}

const reset = () => Object.assign(new Error('read ECONNRESET 10.0.0.1:443'), { code: 'ECONNRESET' });
const gone = () => new ServiceFailure('Studio', 'not-found', 'The dataset is no longer there.', { status: 404 });
const good = assetOf('good', [fileOf('good.csv', 'a,b\n')]);

async function exported(attempt: string, assets: Parameters<typeof exportAssets>[1]) {
  const done = await exportAssets(storage, assets, { attempt });
  const zip = await unpack(storage, `DSR-1001/${attempt}/part-001.zip`);
  return { ...done, zip, results: done.written.flatMap((part) => part.results.map(({ outcome }) => outcome)) };
}

describe('a large file whose bytes break off', () => {
  it('is read on behind what came, and is whole', async () => {
    const { file, times } = opening('large.bin', large, [
      () => breaking(large, megabyte, reset()),
      () => breaking(large, 2 * megabyte + 5, reset()),
      () => Readable.from([large]),
    ]);
    const { zip, summary, waits } = await exported('heals', [assetOf('large', [file])]);
    expect(times()).toBe(3);
    expect(waits).toEqual([1000, 2000]);
    expect(summary.exceptions).toBe(0);
    expect(zip.entries.get('datasets/large.bin')?.bytes.equals(large)).toBe(true);
    expect(zip.manifest.files[0]).toMatchObject({ sha256: sha256(large), complete: true });
  });

  it('is kept as far as it came and named when it keeps breaking; the zip stays valid', async () => {
    for (const compressed of [true, false]) {
      const text = Buffer.from('customer,churned\n'.repeat(200_000));
      const { file } = opening('large.bin', text, [() => breaking(text, 2 * megabyte, reset())]);
      const { zip, summary, results } = await exported(`keeps${compressed}`, [
        assetOf('large', [{ ...file, compressed }]),
        good,
      ]);
      expect(summary).toMatchObject({ exceptions: 1, files: 2 });
      expect(zip.entries.get('datasets/large.bin')?.bytes.equals(text.subarray(0, 2 * megabyte))).toBe(true);
      expect(zip.manifest.files.map(({ complete, sizeBytes }) => ({ complete, sizeBytes }))).toEqual([
        { complete: false, sizeBytes: 2 * megabyte },
        { complete: true, sizeBytes: 4 },
      ]);
      expect(zip.manifest.files[0]?.sha256).toBe(sha256(text.subarray(0, 2 * megabyte)));
      expect(zip.manifest.exceptions).toEqual([
        expect.objectContaining({
          path: 'datasets/large.bin',
          effect: 'incomplete',
          reason: 'unreachable',
          message: 'The connection broke off while the file was read.',
          expectedBytes: text.length,
          writtenBytes: 2 * megabyte,
        }),
      ]);
      expect(results.map(({ result }) => result)).toEqual(['incomplete', 'done']);
      expect(zip.text('README.txt')).toContain('1 exception in this archive');
    }
  });

  it('is not stitched together from two versions', async () => {
    const other = Buffer.from(large);
    other[17] = (other[17] ?? 0) ^ 1;
    const { file, times } = opening('large.bin', large, [
      () => breaking(large, megabyte, reset()),
      () => Readable.from([other]),
    ]);
    const { zip, results } = await exported('versions', [assetOf('large', [file])]);
    expect(times()).toBe(2);
    expect(zip.manifest.exceptions).toEqual([expect.objectContaining({ effect: 'incomplete', reason: 'changed' })]);
    expect(results[0]?.result).toBe('incomplete');
  });

  it('is never silently short when the stream just ends', async () => {
    const { file, times } = opening('large.bin', large, [() => breaking(large, 2 * megabyte, null)]);
    const { zip } = await exported('short', [assetOf('large', [file])]);
    expect(times()).toBe(3);
    expect(zip.manifest.exceptions).toEqual([
      expect.objectContaining({ effect: 'incomplete', reason: 'cut-short', writtenBytes: 2 * megabyte }),
    ]);
  });

  it('leaves no entry when not even its first byte came', async () => {
    const { file } = opening('large.bin', large, [
      () => {
        throw gone();
      },
    ]);
    const { zip, results } = await exported('never', [assetOf('large', [file]), good]);
    expect(zip.manifest.files.map(({ path }) => path)).toEqual(['datasets/good.csv']);
    expect(zip.manifest.exceptions).toEqual([
      expect.objectContaining({
        path: null,
        effect: 'missing',
        reason: 'not-found',
        message: 'The dataset is no longer there.',
      }),
    ]);
    expect(results[0]).toEqual({ result: 'gone', note: 'The dataset is no longer there.' });
  });
});

describe('a small file', () => {
  it('is tried again when its bytes break off', async () => {
    const bytes = Buffer.alloc(200_000, 'x');
    const { file } = opening('small.bin', bytes, [
      () => breaking(bytes, 70_000, reset()),
      () => Readable.from([bytes]),
    ]);
    const { zip, summary } = await exported('small', [assetOf('small', [file])]);
    expect(summary.exceptions).toBe(0);
    expect(zip.entries.get('datasets/small.bin')?.bytes.equals(bytes)).toBe(true);
  });

  it('is there whole or not at all', async () => {
    const bytes = Buffer.alloc(200_000, 'x');
    const { file } = opening('small.bin', bytes, [() => breaking(bytes, 70_000, reset())]);
    const { zip, results } = await exported('whole', [
      assetOf('small', [file, fileOf('small.json', '{}', { role: 'metadata' })]),
    ]);
    expect([...zip.entries.keys()]).not.toContain('datasets/small.bin');
    expect(zip.manifest.exceptions).toEqual([expect.objectContaining({ fileName: 'small.bin', effect: 'missing' })]);
    expect(results[0]?.result).toBe('incomplete');
  });

  it('that has grown since it was listed is exported as it is now, and named', async () => {
    const file = fileOf('grown.csv', 'a,b,c\n', { sizeBytes: 3 });
    const { zip, results } = await exported('grown', [assetOf('grown', [file])]);
    expect(zip.text('datasets/grown.csv')).toBe('a,b,c\n');
    expect(zip.manifest.exceptions).toEqual([
      expect.objectContaining({ effect: 'changed', reason: 'changed', expectedBytes: 3, writtenBytes: 6 }),
    ]);
    expect(results[0]?.result).toBe('changed');
  });

  it('waits as long as the service asked before it is tried again', async () => {
    const { file } = opening('busy.csv', Buffer.from('x'), [
      () => {
        throw new ServiceFailure('Studio', 'throttled', 'Studio is busy.', { status: 429, retryAfterMs: 7_000 });
      },
      () => Readable.from([Buffer.from('x')]),
    ]);
    const { waits, summary } = await exported('busy', [assetOf('busy', [file])]);
    expect(waits).toEqual([7_000]);
    expect(summary.exceptions).toBe(0);
  });
});

describe('an asset', () => {
  it('that vanished before it was exported is named as gone, and the rest is exported', async () => {
    const { zip, results, summary } = await exported('vanished', [assetOf('vanished', gone()), good]);
    expect(summary).toMatchObject({ assets: 2, files: 1, exceptions: 1 });
    expect(results).toEqual([
      { result: 'gone', note: 'The dataset is no longer there.' },
      { result: 'done', note: null },
    ]);
    expect(zip.manifest.exceptions).toEqual([
      expect.objectContaining({ name: 'vanished', fileName: null, effect: 'missing', reason: 'not-found' }),
    ]);
  });

  it('that cannot be listed for another reason counts as failed', async () => {
    const refused = new ServiceFailure('Studio', 'forbidden', 'Studio does not let the bot read this dataset.', {
      status: 403,
    });
    const { results } = await exported('refused', [assetOf('refused', refused)]);
    expect(results).toEqual([{ result: 'failed', note: 'Studio does not let the bot read this dataset.' }]);
  });

  it('never brings a connection’s own words into the archive', async () => {
    const { file } = opening('x.bin', large, [() => breaking(large, megabyte, reset())]);
    const { zip } = await exported('words', [assetOf('x', [file])]);
    expect(zip.text('manifest.json')).not.toContain('10.0.0.1');
  });

  it('list that fails ends the export, for nobody could tell what is missing', async () => {
    const assets = (async function* () {
      yield { position: 0, asset: good.asset };
      throw new ServiceFailure('Studio', 'unavailable', 'Studio does not answer.');
    })();
    await expect(exportAssets(storage, [good], { attempt: 'list', assets })).rejects.toThrow('Studio does not answer.');
  });
});

describe('a service that is away as a whole', () => {
  const minute = 60_000;
  const since = new Date('2026-11-24T12:00:00Z');
  const away = (forMs: number) =>
    new ServiceFailure('Studio', 'unavailable', 'Studio has not worked since 12:00 UTC.', {
      outage: { service: 'Studio', since, retryAt: new Date(since.getTime() + forMs) },
    });
  const asks = [
    [
      'while a file is opened',
      (error: ServiceFailure) => [fileOf('a.csv', 'x', { open: () => Promise.reject(error) })],
    ],
    [
      'in the middle of a large file',
      (error: ServiceFailure) => [opening('a.bin', large, [() => breaking(large, megabyte, error)]).file],
    ],
    ['while files are listed', (error: ServiceFailure) => error],
  ] as const;

  it.each(asks)('%s ends the attempt instead of the file, and leaves nothing visible', async (what, files) => {
    const attempt = `away-${what.replaceAll(' ', '-')}`;
    const outcome = exportAssets(storage, [good, assetOf('away', files(away(minute)))], { attempt });
    await expect(outcome).rejects.toMatchObject({ outage: { since } });
    expect(await Array.fromAsync(storage.list(`DSR-1001/${attempt}/`))).toEqual([]);
  });

  it.each(asks)(
    '%s, and has been for half an hour, is not waited for any longer: what it has is named',
    async (what, files) => {
      const { summary, zip } = await exported(`lost-${what.replaceAll(' ', '-')}`, [
        good,
        assetOf('away', files(away(30 * minute))),
      ]);
      expect(summary.exceptions).toBe(1);
      expect(zip.manifest.exceptions).toEqual([expect.objectContaining({ name: 'away', reason: 'unavailable' })]);
    },
  );

  it('that still asks to slow down after all pauses ends the attempt as well', async () => {
    const busy = new ServiceFailure('Studio', 'throttled', 'Studio is busy.', { status: 429, retryAfterMs: 7_000 });
    const outcome = exportAssets(storage, [good, assetOf('busy', busy)], { attempt: 'still-busy' });
    await expect(outcome).rejects.toBe(busy);
  });
});
