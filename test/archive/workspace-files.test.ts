import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WrittenPart } from '../../src/archive/archive-writer.ts';
import type { ArchiveStorage } from '../../src/archive/storage.ts';
import { ServiceFailure } from '../../src/domain/service-failure.ts';
import { workspaceProblemsIn } from '../../src/domain/workspace-problems.ts';
import type { Azurite } from '../../src/local/azurite.ts';
import { startTestAzurite } from '../harness/azurite.ts';
import { assetOf, exportAssets, fileOf, inOrder, unpack } from './exports.ts';
import { openStorage } from './open-storage.ts';

let azurite: Azurite;
let storage: ArchiveStorage;

beforeAll(async () => {
  azurite = await startTestAzurite();
  storage = openStorage(azurite);
  await storage.ensure();
});
afterAll(() => azurite.close());

const settings = fileOf('settings.json', '{"FriendlyName":"Churn lab"}', { role: 'metadata' });
const gateways = fileOf('gateways.json', '[]', { role: 'metadata' });
const forbidden = () => new ServiceFailure('Studio', 'forbidden', 'Azure gives no right to look.');
const shut = fileOf('commitment-plan a.json', '', {
  role: 'metadata',
  sizeBytes: null,
  open: () => Promise.reject(forbidden()),
});
const assets = ['a', 'b', 'c'].map((name) =>
  assetOf(name, [fileOf(`${name}.bin`, Buffer.alloc(100_000, name), { compressed: true })]),
);
const limits = { partBytes: 150_000 };
const pathsOf = async (blobName = '') =>
  [...(await unpack(storage, blobName)).entries.keys()].filter((path) => path.includes('/'));

describe('the files of the workspace itself', () => {
  it('come first, in the first part, and are in the manifest under the workspace’s id and name', async () => {
    const { summary, written } = await exportAssets(storage, assets, {
      attempt: 'first',
      limits,
      workspaceFiles: async () => [settings, gateways],
    });
    expect(summary).toMatchObject({ assets: 3, files: 5, exceptions: 0 });
    expect(await pathsOf(summary.parts[0]?.blobName)).toEqual([
      'workspace/settings.json',
      'workspace/gateways.json',
      'datasets/a.bin',
    ]);
    expect(await pathsOf(summary.parts[1]?.blobName)).toEqual(['datasets/b.bin']);
    const last = await unpack(storage, summary.parts.at(-1)?.blobName ?? '');
    expect(last.manifest.files[0]).toMatchObject({
      part: 1,
      path: 'workspace/settings.json',
      kind: 'workspace',
      id: '7c0e6a1f52b84d0fa3c9d1e4b6f80a27',
      name: 'Churn lab',
      role: 'metadata',
      createdAt: null,
      complete: true,
    });
    expect(last.text('README.txt')).toContain('workspace/');
    expect(written.map(({ contents }) => contents.workspace)).toEqual([[], null, null]);
    expect(written.map(({ results }) => results.map(({ position }) => position))).toEqual([[0], [1], [2]]);
  });

  it('are an archive by themselves where there are no assets', async () => {
    const { summary } = await exportAssets(storage, [], { attempt: 'alone', workspaceFiles: async () => [settings] });
    expect(summary).toMatchObject({ assets: 0, files: 1 });
    expect(await pathsOf(summary.parts[0]?.blobName)).toEqual(['workspace/settings.json']);
  });

  it('that cannot be read are named, and nothing else is lost', async () => {
    const { summary, written } = await exportAssets(storage, assets, {
      attempt: 'shut',
      workspaceFiles: async () => [settings, shut],
    });
    expect(summary).toMatchObject({ assets: 3, files: 4, exceptions: 1 });
    const { manifest } = await unpack(storage, summary.parts[0]?.blobName ?? '');
    expect(manifest.exceptions).toEqual([
      expect.objectContaining({
        kind: 'workspace',
        fileName: 'commitment-plan a.json',
        effect: 'missing',
        reason: 'forbidden',
        message: forbidden().message,
      }),
    ]);
    expect(written.flatMap(({ contents }) => workspaceProblemsIn(contents))).toEqual([
      { fileName: 'commitment-plan a.json', note: forbidden().message, permanent: false },
    ]);
  });

  it('that cannot even be listed are named, and nothing else is lost', async () => {
    const workspaceFiles = () => Promise.reject(forbidden());
    const { summary, written } = await exportAssets(storage, assets, { attempt: 'unlisted', workspaceFiles });
    expect(summary).toMatchObject({ assets: 3, files: 3, exceptions: 1 });
    const { manifest } = await unpack(storage, summary.parts[0]?.blobName ?? '');
    expect(manifest.exceptions).toEqual([expect.objectContaining({ kind: 'workspace', fileName: null })]);
    expect(written.flatMap(({ contents }) => workspaceProblemsIn(contents))).toEqual([
      { fileName: null, note: forbidden().message, permanent: false },
    ]);
  });

  it('are not asked for when only personal data is wanted', async () => {
    const workspaceFiles = () => Promise.reject(new Error('must not be asked'));
    const { summary } = await exportAssets(storage, [], { attempt: 'personal', data: 'personal', workspaceFiles });
    expect(summary).toMatchObject({ files: 0, exceptions: 0 });
  });
});

describe('an export that goes on after a crash', () => {
  const workspaceFiles = async () => [settings];
  const throughDatabase = (parts: readonly WrittenPart[]) =>
    JSON.parse(JSON.stringify(parts.map(({ results: _results, ...part }) => part)));
  const left = (from: number) => inOrder(assets.map(({ asset }, position) => ({ position, asset })).slice(from));

  it('writes them once: again when no part was recorded, and not again when one was', async () => {
    const whole = await exportAssets(storage, assets, { attempt: 'whole', limits, workspaceFiles });
    for (const parts of [0, 1, 2]) {
      const attempt = `again-${parts}`;
      const recorded = throughDatabase(whole.written.slice(0, parts));
      const more = { attempt, limits, workspaceFiles, recorded, assets: left(parts) };
      const { summary } = await exportAssets(storage, assets, more);
      const paths = await Promise.all(summary.parts.map(({ blobName }) => pathsOf(blobName)));
      expect(paths.flat()).toEqual(['workspace/settings.json', 'datasets/a.bin', 'datasets/b.bin', 'datasets/c.bin']);
    }
  });

  it('that began before archives held them adds them to its next part', async () => {
    const whole = await exportAssets(storage, assets, { attempt: 'former', limits });
    const [first] = throughDatabase(whole.written);
    delete first.contents.workspace;
    const more = { attempt: 'later', limits, workspaceFiles, recorded: [first], assets: left(1) };
    const { summary } = await exportAssets(storage, assets, more);
    expect(await pathsOf(summary.parts[1]?.blobName)).toEqual(['workspace/settings.json', 'datasets/b.bin']);
  });
});
