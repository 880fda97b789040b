import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { datasetSchema, fetchEndpoint, plainClient } from '../emulators/plain-client.ts';
import { smallSeed } from '../harness/emulator.ts';

let data: string;
beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'steward-studio-'));
});
afterAll(async () => {
  await rm(data, { recursive: true, force: true });
});

const command = new URL('../../src/local/studio-emulator-command.ts', import.meta.url).pathname;

/** Starts the emulator as a person would, and reads its output. */
async function startCommand(...more: string[]) {
  const settings = ['--seed', smallSeed, '--port', '0', '--data', data, ...more];
  const child = spawn(process.execPath, ['--no-warnings', command, ...settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const printed: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    printed.push(line);
    if (line.startsWith('Stop with')) break;
  }
  const text = printed.join('\n');
  const [, endpoint = ''] = /(http:\S+\/api\/)/u.exec(text) ?? [];
  const [, workspaceId = '', token = ''] = /Churn Lab\n\s+workspace (\S+)\n\s+token\s+(\S+)/u.exec(text) ?? [];
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return await once(child, 'exit');
  };
  return { text, client: plainClient({ endpoint, workspaceId, token, registeredBy: null }), end };
}

const datasets = (client: ReturnType<typeof plainClient>) =>
  client.json(z.array(datasetSchema), 'workspaces/{ws}/datasources');

it('tells its address, the workspaces with their tokens and how to stop it, and stops', async () => {
  const running = await startCommand();
  expect(running.text).toContain('Guest-Workspace');
  expect((await datasets(running.client)).map((item) => item.Name)).toContain('churn.csv');
  expect(await running.end('SIGINT')).toEqual([0, null]);
});

it('killed right after an answer, it has kept what it answered for, bytes included', async () => {
  const first = await startCommand();
  const begun = await first.client.call('POST', 'resourceuploads/workspaces/{ws}/?dataTypeId=PlainText', {
    body: 'kept',
  });
  const { Id } = z.object({ Id: z.string() }).parse(await begun.json());
  const body = { DataSource: { Name: 'survivor', DataTypeId: 'PlainText' }, UploadId: Id };
  const id = await first.client.json(z.string(), 'workspaces/{ws}/datasources', 'POST', body);
  const doomed = (await datasets(first.client)).find((item) => item.Name === 'customers.tsv');
  await first.client.status('DELETE', `workspaces/{ws}/datasources/family/${doomed?.FamilyId}`);
  expect(await first.end('SIGKILL')).toEqual([null, 'SIGKILL']);

  const second = await startCommand();
  try {
    const item = await second.client.json(datasetSchema, `workspaces/{ws}/datasources/${id}`);
    expect(await (await fetchEndpoint(item.DownloadLocation)).text()).toBe('kept');
    expect(await second.client.status('GET', `workspaces/{ws}/datasources/${doomed?.Id}`)).toBe(404);
  } finally {
    await second.end('SIGTERM');
  }
});

it.each([
  ['a seed that is not there', ['--seed', '/nowhere'], /seed folder \/nowhere/u],
  ['a port that is no number', ['--port', 'many'], /--port must be a whole number/u],
])('refuses %s in a sentence', async (_what, settings, words) => {
  const child = spawn(process.execPath, ['--no-warnings', command, '--data', `${data}-other`, ...settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
  await rm(`${data}-other`, { recursive: true, force: true });
  expect(code).toBe(1);
  expect(text).toMatch(words);
});
