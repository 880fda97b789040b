import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';
import { datasetSchema, fetchEndpoint, plainClient } from './plain-client.ts';

let emulator: TestEmulator;
let client: ReturnType<typeof plainClient>;
beforeAll(async () => {
  emulator = await startTestEmulator({ blobProxy: true });
  client = plainClient(emulator.workspace('Churn Lab'));
});
afterAll(async () => {
  await emulator?.close();
});
afterEach(async () => {
  await fetch(`${emulator.url}/_control/faults`, { method: 'DELETE' });
});

async function arm(...rules: object[]): Promise<void> {
  const response = await fetch(`${emulator.url}/_control/faults`, { method: 'POST', body: JSON.stringify(rules) });
  if (response.status !== 200) throw new Error(await response.text());
}
const datasets = () => client.json(z.array(datasetSchema), 'workspaces/{ws}/datasources');
const get = () => client.call('GET', 'workspaces/{ws}/datasources');
const on = (pathPattern: string) => ({ match: { method: 'GET', pathPattern } });
const lists = on('/datasources$');

describe('a fault', () => {
  it('gives a status, with headers, as often as told', async () => {
    await arm({ ...lists, fault: { kind: 'status', status: 429, headers: { 'Retry-After': '7' } }, times: 2 });
    const first = await get();
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
    expect([(await get()).status, (await get()).status]).toEqual([429, 200]);
  });

  it.each([
    ['studio', { Error: { Code: 'Odd', Message: 'Words' } }],
    ['management', { error: { code: 'Odd', message: 'Words' } }],
    ['arm', { error: { code: 'Odd', message: 'Words' } }],
    ['flat', { code: 'Odd', message: 'Words' }],
  ])('gives an error body of the shape %s', async (shape, body) => {
    await arm({ ...lists, fault: { kind: 'status', status: 500, code: 'Odd', message: 'Words', shape } });
    expect(await (await get()).json()).toMatchObject(body);
  });

  it('strikes a part of the calls, the same ones for the same seed', async () => {
    const pattern = async () => {
      await fetch(`${emulator.url}/_control/faults`, { method: 'DELETE' });
      await arm({ ...lists, fault: { kind: 'status', status: 503 }, rate: 0.5, seed: 4 });
      const seen: number[] = [];
      for (let call = 0; call < 12; call += 1) seen.push(await client.status('GET', 'workspaces/{ws}/datasources'));
      return seen;
    };
    const first = await pattern();
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await pattern()).toEqual(first);
  });

  it('resets the connection before the work, or after it was done', async () => {
    const [first] = await datasets();
    const path = `workspaces/{ws}/datasources/family/${first?.FamilyId}`;
    await arm({ match: { method: 'DELETE' }, fault: { kind: 'reset' }, times: 1 });
    await expect(client.call('DELETE', path)).rejects.toThrow();
    expect(await client.status('GET', `workspaces/{ws}/datasources/${first?.Id}`)).toBe(200);
    await arm({ match: { method: 'DELETE' }, fault: { kind: 'reset', after: 'effect' }, times: 1 });
    await expect(client.call('DELETE', path)).rejects.toThrow();
    expect(await client.status('GET', `workspaces/{ws}/datasources/${first?.Id}`)).toBe(404);
  });

  it('answers HTML, broken JSON or another content type', async () => {
    await arm({ ...lists, fault: { kind: 'html' }, times: 1 });
    expect(await (await get()).text()).toMatch(/^<!DOCTYPE html>/u);
    await arm({ ...lists, fault: { kind: 'malformed' }, times: 1 });
    await expect((await get()).json()).rejects.toThrow(SyntaxError);
    await arm({ ...lists, fault: { kind: 'content-type', value: 'text/plain' }, times: 1 });
    expect((await get()).headers.get('content-type')).toBe('text/plain');
  });

  it('cuts or drips a download that passes through', async () => {
    const item = (await datasets())[0];
    if (!item) throw new Error('The seed has no dataset.');
    expect(item.DownloadLocation.BaseUri).toBe(`${emulator.url}/_blob/`);
    await arm({ ...on('/_blob/'), fault: { kind: 'truncate', bytes: 100 }, times: 1 });
    await expect(fetchEndpoint(item.DownloadLocation).then((one) => one.arrayBuffer())).rejects.toThrow();
    await arm({ ...on('/_blob/'), fault: { kind: 'drip', bytes: 8_192, everyMilliseconds: 1 }, times: 1 });
    expect((await (await fetchEndpoint(item.DownloadLocation)).arrayBuffer()).byteLength).toBe(item.Size);
  });

  it('takes an asset away under the caller’s hands', async () => {
    const item = (await datasets())[1];
    await arm({ ...on(`/datasources/${item?.Id}`), fault: { kind: 'vanish' }, times: 1 });
    expect(await client.status('GET', `workspaces/{ws}/datasources/${item?.Id}`)).toBe(404);
    expect((await datasets()).map((one) => one.Id)).not.toContain(item?.Id);
  });

  it('that is not understood is refused', async () => {
    await expect(arm({ ...lists, fault: { kind: 'earthquake' } })).rejects.toThrow(/fault/u);
  });

  it('revokes the token', async () => {
    const guest = plainClient(emulator.workspace('Guest-Workspace'));
    await arm({ ...lists, fault: { kind: 'revoke-token' }, times: 1 });
    expect(await guest.status('GET', 'workspaces/{ws}/datasources')).toBe(401);
    expect(await guest.status('GET', 'workspaces/{ws}/datasources')).toBe(401);
    const renewed = plainClient(emulator.workspace('Guest-Workspace'));
    expect(await renewed.status('GET', 'workspaces/{ws}/datasources')).toBe(200);
  });
});

it('the log tells method, path, status and fault of each request, and no credentials', async () => {
  const log = `${emulator.url}/_control/log`;
  await fetch(log, { method: 'DELETE' });
  const [item] = await datasets();
  if (!item) throw new Error('The seed has no dataset.');
  await (await fetchEndpoint(item.DownloadLocation)).arrayBuffer();
  await arm({ ...lists, fault: { kind: 'status', status: 500 }, times: 1 });
  await (await get()).arrayBuffer();
  const text = await (await fetch(log)).text();
  expect(JSON.parse(text)).toMatchObject([
    { method: 'GET', status: 200, fault: null },
    { path: expect.stringContaining('/_blob/'), status: 200 },
    { status: 500, fault: 'status' },
  ]);
  const signature = /sig=([^&]+)/u.exec(item.DownloadLocation.AccessCredential)?.[1];
  expect(signature).toBeDefined();
  expect(text).not.toContain(signature);
  expect(text).not.toContain(emulator.workspace('Churn Lab').token);
});
