import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { BlobServiceClient } from '@azure/storage-blob';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startAzurite } from '../../src/local/azurite.ts';

let dataFolder: string;
beforeEach(async () => {
  dataFolder = await mkdtemp(path.join(tmpdir(), 'steward-azurite-'));
});
afterEach(async () => {
  await rm(dataFolder, { recursive: true, force: true });
});

const container = (connectionString: string) =>
  BlobServiceClient.fromConnectionString(connectionString).getContainerClient('things');

it('keeps its account and its blobs from one start to the next', async () => {
  const first = await startAzurite({ dataFolder, port: 0, silent: true });
  await container(first.connectionString).create();
  await container(first.connectionString).getBlockBlobClient('note').upload('hello', 5);
  await first.close();
  const second = await startAzurite({ dataFolder, port: 0, silent: true });
  const bytes = await container(second.connectionString).getBlobClient('note').downloadToBuffer();
  await second.close();
  expect(bytes.toString()).toBe('hello');
  expect(second.accountKey).toBe(first.accountKey);
});

it('ends when its parent is killed, having written what it was given', async () => {
  const program = `
    import { startAzurite } from ${JSON.stringify(new URL('../../src/local/azurite.ts', import.meta.url).href)};
    import { BlobServiceClient } from ${JSON.stringify(import.meta.resolve('@azure/storage-blob'))};
    const azurite = await startAzurite({ dataFolder: ${JSON.stringify(dataFolder)}, port: 0, silent: true });
    const container = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient('things');
    await container.create();
    await container.getBlockBlobClient('last').upload('words', 5);
    console.log(azurite.url);
    setInterval(() => {}, 60_000);`;
  const parent = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: parent.stdout });
  const [url] = await once(lines, 'line');
  parent.kill('SIGKILL');
  const again = await startAzurite({ dataFolder, port: 0, silent: true });
  const bytes = await container(again.connectionString).getBlobClient('last').downloadToBuffer();
  await again.close();
  expect(bytes.toString()).toBe('words');
  await expect(fetch(String(url)), 'the one before').rejects.toThrow();
});

it('is not started twice on one folder', async () => {
  const first = await startAzurite({ dataFolder, port: 0, silent: true });
  try {
    await expect(startAzurite({ dataFolder, port: 0, silent: true })).rejects.toThrow(/Another blob service uses/u);
  } finally {
    await first.close();
  }
});

it('says why it cannot start, and that it ended', async () => {
  const first = await startAzurite({ dataFolder, port: 0, silent: true });
  const port = Number(new URL(first.url).port);
  await expect(startAzurite({ dataFolder: `${dataFolder}-two`, port, silent: true })).rejects.toThrow(/EADDRINUSE/u);
  await rm(`${dataFolder}-two`, { recursive: true, force: true });
  process.kill(first.processId, 'SIGKILL');
  expect(await first.ended).toBe('Azurite ended (SIGKILL).');
});
