import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chatPeople } from '../../src/emulators/graph/sample-people.ts';
import { generatedContent } from '../../src/emulators/studio-classic/seed-content.ts';
import { openContent, readSeedFolder } from '../../src/emulators/studio-classic/seed-folder.ts';
import { type Generate, generateSchema } from '../../src/emulators/studio-classic/seed-format.ts';
import { startTestEmulator } from '../harness/emulator.ts';
import { plainClient } from './plain-client.ts';

const defaultSeed = new URL('../../src/local/seeds/default', import.meta.url).pathname;
const start = Date.parse('2026-11-24T12:00:00Z');

describe('generated contents', () => {
  const directive = (kind: Generate['kind'], seed: number): Generate =>
    generateSchema.parse({ kind, seed, bytes: 200_000, topic: 'customers' });
  const hash = async (wanted: Generate) =>
    createHash('sha256')
      .update(await buffer(generatedContent(wanted)))
      .digest('hex');

  it.each(['csv', 'tsv', 'arff', 'text', 'zip', 'rdata', 'binary'] as const)(
    'of the kind %s are the same for the same directive and others for another seed',
    async (kind) => {
      const first = await hash(directive(kind, 7));
      expect(await hash(directive(kind, 7))).toBe(first);
      expect(await hash(directive(kind, 8))).not.toBe(first);
    },
  );

  it.each(['csv', 'tsv', 'arff', 'text', 'binary'] as const)('of the kind %s have the size asked for', async (kind) => {
    const { length } = await buffer(generatedContent(directive(kind, 7)));
    expect(Math.abs(length - 200_000)).toBeLessThan(2_000);
  });

  it('are tables whose rows have as many cells as the head', async () => {
    const lines = (await buffer(generatedContent(directive('csv', 7)))).toString('utf8').trimEnd().split('\n');
    expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([8]));
    expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(lines.length);
  });
});

describe('the default seed', () => {
  it('has a guest, a free and a standard workspace that belong to the people of the chat windows', async () => {
    const workspaces = (await readSeedFolder(defaultSeed, start)).map(({ seed }) => seed);
    const own = workspaces.filter((seed) => seed.name !== 'Samples');
    expect(own.map((seed) => seed.type).sort()).toEqual(['Anonymous', 'Free', 'PaidStandard']);
    const known = new Set(['', ...chatPeople.map((person) => person.email)]);
    for (const member of own.flatMap((seed) => seed.members)) expect(known).toContain(member.email);
    expect(own.map((seed) => seed.registeredBy ?? seed.ownerEmail).sort()).toEqual([
      'alexw@example.com',
      'alexw@example.com',
      'meganb@example.com',
    ]);
  });

  it('has what conversations stumble over', async () => {
    const workspaces = await readSeedFolder(defaultSeed, start);
    const free = workspaces.find(({ seed }) => seed.type === 'Free')?.seed;
    const names = free?.datasets.map((dataset) => dataset.name) ?? [];
    expect(
      names.filter((name) => name === 'survey results'),
      'two of one name',
    ).toHaveLength(2);
    const experiments = new Set(free?.experiments.map((experiment) => experiment.name));
    expect(
      names.filter((name) => experiments.has(name)),
      'a dataset and an experiment of one name',
    ).toHaveLength(1);
    expect(free?.datasets.find((dataset) => dataset.name === 'churn.csv')?.versions).toHaveLength(3);
    const users = free?.experiments.filter((one) =>
      one.nodes.some((node) => node.inputs.some((i) => i.dataset === 'churn.csv')),
    );
    expect(users?.length, 'experiments that use churn.csv').toBeGreaterThan(0);
    expect(names, 'a reserved Windows name, quotes, another script').toEqual(
      expect.arrayContaining(['CON', 'aux.txt', '顧客データ.csv', 'the "final" one, it\'s done.csv']),
    );
  });
});

describe('a seed folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'steward-seed-'));
    await mkdir(path.join(folder, 'one'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const write = (value: unknown) =>
    writeFile(path.join(folder, 'one', 'workspace.json'), typeof value === 'string' ? value : JSON.stringify(value));
  const minimal = { id: 'a'.repeat(32), name: 'One', type: 'Free', createdAt: { hoursBeforeStart: 2 } };

  it('tells moments relative to the first start', async () => {
    await write(minimal);
    const [workspace] = await readSeedFolder(folder, start);
    expect(workspace?.seed.createdAt).toBe(start - 2 * 3_600_000);
  });

  it.each([
    ['no folder with a workspace', null, /holds no folder/u],
    ['broken JSON', '{', /is not valid JSON/u],
    ['a field that nobody knows', { ...minimal, colour: 'red' }, /colour/u],
    ['an id that is none', { ...minimal, id: 'x' }, /32 hex digits/u],
  ])('with %s is refused by name', async (_what, value, words) => {
    if (value !== null) await write(value);
    await expect(readSeedFolder(folder, start)).rejects.toThrow(words);
  });

  it('opens contents that are files inside the workspace’s folder, and no others', async () => {
    await write(minimal);
    await writeFile(path.join(folder, 'one', 'a.csv'), 'a\n1\n');
    const [workspace] = await readSeedFolder(folder, start);
    if (!workspace) throw new Error('There is no workspace.');
    expect((await buffer(await openContent(workspace, { file: 'a.csv' }))).toString()).toBe('a\n1\n');
    await expect(openContent(workspace, { file: '../other/a.csv' })).rejects.toThrow(/outside/u);
    await expect(openContent(workspace, { file: 'missing.csv' })).rejects.toThrow(/cannot be read/u);
  });
});

it('an experiment of a seed may take one of Microsoft’s sample datasets', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'steward-sample-input-'));
  await cp(new URL('../harness/seeds/small', import.meta.url).pathname, folder, { recursive: true });
  const file = path.join(folder, 'free-churn-lab', 'workspace.json');
  const seed = JSON.parse(await readFile(file, 'utf8'));
  const samples = JSON.parse(await readFile(path.join(folder, 'samples', 'workspace.json'), 'utf8'));
  const sample: string = samples.datasets[0].key ?? samples.datasets[0].name;
  const nodes = seed.experiments.flatMap((each: { nodes: unknown[] }) => each.nodes);
  const inputs = nodes.flatMap((node: { inputs?: { dataset?: string }[] }) => node.inputs ?? []);
  for (const input of inputs) if (input.dataset !== undefined) input.dataset = sample;
  await writeFile(file, JSON.stringify(seed));
  const emulator = await startTestEmulator({ seedFolder: folder });
  const client = plainClient(emulator.workspace('Churn Lab'));
  const graphs = JSON.stringify(await client.json(z.array(z.unknown()), 'workspaces/{ws}/experiments'));
  const [found] = await client
    .json(z.array(z.looseObject({ Id: z.string(), Name: z.string() })), 'workspaces/{ws}/datasources')
    .then((all) => all.filter(({ Name }) => Name === samples.datasets[0].name));
  const details = await Promise.all(
    [...graphs.matchAll(/"ExperimentId":"([^"]+)"/gu)].map(([, id]) =>
      client.json(z.unknown(), `workspaces/{ws}/experiments/${id}`),
    ),
  );
  expect(JSON.stringify(details)).toContain(found?.Id ?? 'no sample');
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});
