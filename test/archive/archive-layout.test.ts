import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArchiveStorage } from '../../src/archive/storage.ts';
import type { Member } from '../../src/domain/accounts.ts';
import { ServiceFailure } from '../../src/domain/service-failure.ts';
import type { Azurite } from '../../src/local/azurite.ts';
import { startTestAzurite } from '../harness/azurite.ts';
import { assetOf, exportAssets, fileOf, sha256, unpack } from './exports.ts';
import { noiseOf } from './noise.ts';
import { openStorage } from './open-storage.ts';

let azurite: Azurite;
let storage: ArchiveStorage;

beforeAll(async () => {
  azurite = await startTestAzurite();
  storage = openStorage(azurite);
  await storage.ensure();
});
afterAll(() => azurite.close());

const table = 'customer,churned\n'.repeat(2_000);
const alex: Member = { userId: 'U1', email: 'alexw@example.com', name: 'Alex Wilber', role: 'owner', status: 'active' };
const invited: Member = { userId: '', email: 'adelev@example.com', name: '', role: 'user', status: 'invited' };

describe('an archive', () => {
  it('has one folder a kind, the files’ own dates, and their bytes', async () => {
    const assets = [
      assetOf('churn', [fileOf('churn.csv', table), fileOf('churn.json', '{"a":1}', { role: 'metadata' })]),
      assetOf('run 1', [fileOf('Run: 1.json', '{}')], { kind: 'experiment', createdAt: null }),
      assetOf('model', [fileOf('model.ilearner', 'x')], { kind: 'model' }),
    ];
    const { summary, written } = await exportAssets(storage, assets, { attempt: 'layout' });
    expect(summary).toMatchObject({ assets: 3, files: 4, exceptions: 0, bytes: table.length + 7 + 2 + 1 });
    expect(written).toHaveLength(1);
    const zip = await unpack(storage, 'DSR-1001/layout/part-001.zip');
    expect([...zip.entries.keys()]).toEqual([
      'datasets/churn.csv',
      'datasets/churn.json',
      'experiments/Run_ 1.json',
      'models/model.ilearner',
      'README.txt',
      'personal-data.json',
      'manifest.json',
    ]);
    expect(zip.text('datasets/churn.csv')).toBe(table);
    expect(zip.entries.get('datasets/churn.csv')?.date).toBe('2016-03-04T05:06:08.000Z');
    expect(zip.entries.get('experiments/Run_ 1.json')?.date).toBe('2026-01-02T03:04:06.000Z');
    expect(summary.parts).toEqual([
      expect.objectContaining({ part: 1, files: 4, blobName: 'DSR-1001/layout/part-001.zip', sha256: zip.sha256 }),
    ]);
  });

  it('says of every file whose it is, how large, its checksum, and where it came from', async () => {
    const leaky = 'https://key:secret@studio.example/x?sig=SECRET#frag';
    await exportAssets(storage, [assetOf('Größe: ½', [fileOf('Größe: ½.csv', table, { source: leaky })])], {
      attempt: 'says',
    });
    const { manifest } = await unpack(storage, 'DSR-1001/says/part-001.zip');
    expect(manifest).toMatchObject({ request: 'DSR-1001', part: 1, last: true, exceptions: [] });
    expect(manifest.workspace).toEqual({
      id: '7c0e6a1f52b84d0fa3c9d1e4b6f80a27',
      name: 'Churn lab',
      accountType: 'free',
    });
    expect(manifest.files).toEqual([
      {
        part: 1,
        path: 'datasets/Größe_ ½.csv',
        kind: 'dataset',
        id: 'ws.Größe: ½.1',
        familyId: 'family-Größe: ½',
        name: 'Größe: ½',
        fileName: 'Größe: ½.csv',
        role: 'content',
        createdAt: '2016-03-04T05:06:08.000Z',
        sizeBytes: table.length,
        sha256: sha256(table),
        source: 'https://studio.example/x',
        complete: true,
      },
    ]);
  });

  it('is the same, byte for byte, when it is written again', async () => {
    const assets = [assetOf('a', [fileOf('a.csv', table)]), assetOf('b', [fileOf('A.csv', 'x'.repeat(3_000_000))])];
    const once = await exportAssets(storage, assets, { attempt: 'same1' });
    const again = await exportAssets(storage, assets, { attempt: 'same2' });
    expect(once.summary.parts[0]?.sha256).toBe(again.summary.parts[0]?.sha256);
  });

  it('deflates text, and leaves alone what is compressed already or would not shrink', async () => {
    const noise = Buffer.from(
      Array.from({ length: 2_000_000 }, (_, i) => (i * i * 31 + (i >> 3) * 17 + (i % 251) * i) & 255),
    );
    const packed = Buffer.alloc(2_000_000, 'already packed');
    const long = table.repeat(100);
    const assets = [
      assetOf('text', [fileOf('small.csv', table), fileOf('large.csv', long)]),
      assetOf('packed', [
        fileOf('small.zip', packed.subarray(0, 5000), { compressed: true }),
        fileOf('large.zip', packed, { compressed: true }),
      ]),
      assetOf('tiny', [fileOf('tiny.txt', 'x')]),
      assetOf('random', [fileOf('random.bin', noiseOf(2_000_000))]),
      assetOf('noise', [fileOf('noise.bin', noise)]),
    ];
    await exportAssets(storage, assets, { attempt: 'deflate' });
    const { entries } = await unpack(storage, 'DSR-1001/deflate/part-001.zip');
    const asItIs = [...entries].filter(([, entry]) => entry.packedBytes >= entry.bytes.length).map(([path]) => path);
    expect(asItIs).toContain('datasets/large.zip');
    expect(asItIs).toContain('datasets/small.zip');
    expect(asItIs).toContain('datasets/tiny.txt');
    expect(asItIs).toContain('datasets/random.bin');
    expect(asItIs).not.toContain('datasets/small.csv');
    expect(asItIs).not.toContain('datasets/large.csv');
    expect(entries.get('datasets/large.zip')?.packedBytes).toBeLessThan(2_000_000 * 1.001);
    expect(entries.get('datasets/large.csv')?.bytes.equals(Buffer.from(long))).toBe(true);
    expect(entries.get('datasets/random.bin')?.bytes.equals(noiseOf(2_000_000))).toBe(true);
  });

  it('gives files of the same name different names', async () => {
    const assets = ['1', '2', '3'].map((id) => assetOf(`data ${id}`, [fileOf('Data.csv', id)]));
    await exportAssets(storage, assets, { attempt: 'twins' });
    const zip = await unpack(storage, 'DSR-1001/twins/part-001.zip');
    expect(['Data.csv', 'Data (2).csv', 'Data (3).csv'].map((name) => zip.text(`datasets/${name}`))).toEqual([
      '1',
      '2',
      '3',
    ]);
  });

  it('opens with the tools that people have', async () => {
    const assets = [
      assetOf('顧客', [fileOf('顧客 2016 ☂.csv', table), fileOf('leer', '')]),
      assetOf('big', [fileOf('big.bin', noiseOf(3_000_000), { sizeBytes: null }), fileOf('big.csv', table.repeat(99))]),
    ];
    await exportAssets(storage, assets, { attempt: 'tools' });
    const folder = await mkdtemp(join(tmpdir(), 'archive-'));
    const zip = join(folder, 'part.zip');
    await pipeline(await storage.read('DSR-1001/tools/part-001.zip'), createWriteStream(zip));
    const run = promisify(execFile);
    const check = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), sorted(z.namelist()))';
    const python = await run('python3', ['-c', check, zip], { env: { ...process.env, PYTHONIOENCODING: 'utf8' } });
    expect(python.stdout).toBe(
      "None ['README.txt', 'datasets/big.bin', 'datasets/big.csv', 'datasets/leer', 'datasets/顧客 2016 ☂.csv', 'manifest.json', 'personal-data.json']\n",
    );
    const unzip = await run('unzip', ['-t', zip]);
    expect(unzip.stdout).toContain('No errors detected');
    expect(unzip.stderr).toBe('');
    await rm(folder, { recursive: true });
  });
});

describe('what is chosen', () => {
  const assets = [assetOf('churn', [fileOf('churn.csv', table)])];
  const personal = { scope: 'everyone' as const, members: [alex, invited] };

  it('all: holds assets and account data', async () => {
    await exportAssets(storage, assets, { attempt: 'all', personal });
    const zip = await unpack(storage, 'DSR-1001/all/part-001.zip');
    expect(zip.manifest.files).toHaveLength(1);
    expect(JSON.parse(zip.text('personal-data.json'))).toEqual({
      about: expect.stringContaining('members'),
      scope: 'everyone',
      accounts: [alex, invited],
    });
  });

  it('customer: leaves account data out, and says so', async () => {
    await exportAssets(storage, assets, { attempt: 'customer', data: 'customer', personal });
    const zip = await unpack(storage, 'DSR-1001/customer/part-001.zip');
    expect(zip.entries.has('personal-data.json')).toBe(false);
    expect(zip.text('README.txt')).toContain('only customer data was asked for');
    expect(JSON.stringify([...zip.entries.values()].map(({ bytes }) => bytes.toString()))).not.toContain('adelev@');
  });

  it('personal: holds account data only, and does not touch the assets', async () => {
    const filesOf = () => Promise.reject(new Error('must not be asked'));
    const { summary } = await exportAssets(storage, assets, {
      attempt: 'personal',
      data: 'personal',
      personal,
      filesOf,
    });
    const zip = await unpack(storage, 'DSR-1001/personal/part-001.zip');
    expect([...zip.entries.keys()]).toEqual(['README.txt', 'personal-data.json', 'manifest.json']);
    expect(summary).toMatchObject({ files: 0, exceptions: 0 });
  });

  it('guest: says that no personal account data exists', async () => {
    const workspace = { id: '7c0e6a1f52b84d0fa3c9d1e4b6f80a27', name: 'Guest', accountType: 'guest' as const };
    await exportAssets(storage, assets, { attempt: 'guest', workspace });
    const zip = await unpack(storage, 'DSR-1001/guest/part-001.zip');
    expect(JSON.parse(zip.text('personal-data.json'))).toEqual({
      about: expect.stringContaining('no personal account data exists'),
      scope: 'none',
      accounts: [],
    });
  });

  it('nothing to export: is still an archive that explains itself', async () => {
    const { summary } = await exportAssets(storage, [], { attempt: 'nothing' });
    expect(summary).toMatchObject({ files: 0, bytes: 0, assets: 0 });
    expect((await unpack(storage, 'DSR-1001/nothing/part-001.zip')).manifest).toMatchObject({ last: true, files: [] });
  });
});

describe('README.txt', () => {
  it('says what this is, whose, when, what is left out, and how to check it', async () => {
    const gone = assetOf('gone', new ServiceFailure('Studio', 'not-found', 'It is no longer there.'));
    await exportAssets(storage, [assetOf('a', [fileOf('a.csv', table)]), gone], { attempt: 'readme', onlyNamed: true });
    const text = (await unpack(storage, 'DSR-1001/readme/part-001.zip')).text('README.txt');
    for (const words of [
      'Azure Machine Learning Studio (classic)',
      'Churn lab (free workspace',
      'Alex Wilber (alexw@example.com)',
      'DSR-1001, 2026-01-02 at 03:04 UTC',
      'the only part',
      'Secrets: passwords',
      'Microsoft’s samples',
      'Only the assets that were asked for',
      '1 exception in this archive',
      'sha256sum',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).toMatch(/^(?:[^\r\n]*\r\n)+$/u);
  });
});

/** Incompressible bytes, always the same. */
