import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { TestClock } from '../harness/clock.ts';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';
import { datasetSchema, fetchEndpoint, plainClient } from './plain-client.ts';

let emulator: TestEmulator;
const clock = new TestClock();
beforeAll(async () => {
  emulator = await startTestEmulator({ deletionLagMs: 10_000, clock });
});
afterAll(async () => {
  await emulator?.close();
});

const client = () => plainClient(emulator.workspace('Churn Lab'));
const datasets = () => client().json(z.array(datasetSchema), 'workspaces/{ws}/datasources');

it('a deleted thing stays in lists for a while, and is gone by id at once', async () => {
  const doomed = (await datasets()).find((item) => item.Name === 'customers.tsv');
  if (!doomed) throw new Error('The seed has no customers.tsv.');
  await client().status('DELETE', `workspaces/{ws}/datasources/family/${doomed.FamilyId}`);
  expect(await client().status('GET', `workspaces/{ws}/datasources/${doomed.Id}`)).toBe(404);
  clock.advance(9_000);
  expect((await datasets()).map((item) => item.Name)).toContain('customers.tsv');
  clock.advance(1_000);
  expect((await datasets()).map((item) => item.Name)).not.toContain('customers.tsv');
});

it('a restart finds everything as it was, without what was deleted, and reads past a line cut short by a crash', async () => {
  const before = await datasets();
  await appendFile(path.join(emulator.dataFolder, 'journal.jsonl'), '["put","c7af');
  await emulator.restart();
  const after = await datasets();
  expect(after.map((item) => item.Id)).toEqual(before.map((item) => item.Id));
  expect(after.map((item) => item.Name)).not.toContain('customers.tsv');
  const [first] = after;
  if (!first) throw new Error('There is no dataset.');
  expect((await (await fetchEndpoint(first.DownloadLocation)).arrayBuffer()).byteLength).toBe(first.Size);
});

it('a link ends when its life is over, and a fresh one is given at each look', async () => {
  const short = await startTestEmulator({ linkLifetimeMs: -1_000 });
  try {
    const [item] = await plainClient(short.workspace('Churn Lab')).json(
      z.array(datasetSchema),
      'workspaces/{ws}/datasources',
    );
    if (!item) throw new Error('There is no dataset.');
    expect((await fetchEndpoint(item.DownloadLocation)).status).toBe(403);
  } finally {
    await short.close();
  }
});
