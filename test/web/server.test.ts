import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Server } from 'restify';
import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { systemClock } from '../../src/system-clock.ts';
import { createAdapter, createReceiver } from '../../src/teams/adapter.ts';
import { createCredentialsFactory } from '../../src/teams/bot-credentials.ts';
import { createWebServer, type ReadinessCheck } from '../../src/web/server.ts';

let lines: string[] = [];
const log = createLog('info', { write: (line: string) => void lines.push(line) });
let server: Server | null = null;

async function start(options: {
  readiness?: ReadinessCheck[];
  appId?: string;
  clock?: { now: () => number };
}): Promise<string> {
  const identity = options.appId
    ? ({ kind: 'secret', appId: options.appId, tenantId: options.appId, secret: 'very-secret' } as const)
    : ({ kind: 'local' } as const);
  const parts = { credentials: createCredentialsFactory(identity), clock: systemClock, log };
  const answer = createReceiver(createAdapter(identity, parts), parts);
  const started = createWebServer({
    log,
    readiness: options.readiness ?? [],
    ...(options.clock ? { clock: options.clock } : {}),
    messages: (request, response) => answer(request, response, async () => undefined),
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

afterEach(async () => {
  await new Promise((resolve) => (server ? server.close(() => resolve(null)) : resolve(null)));
  server = null;
  lines = [];
});

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

const activity = {
  type: 'typing',
  channelId: 'msteams',
  serviceUrl: 'http://127.0.0.1:1',
  from: { id: 'u', name: 'Alex Wilber' },
  recipient: { id: 'b', name: 'Studio Steward' },
  conversation: { id: 'c', name: '', isGroup: false, conversationType: 'personal' },
};

describe('the web server', () => {
  it('is alive even when nothing else is, and then not ready, saying what is missing', async () => {
    const url = await start({
      readiness: [
        { name: 'database', check: async () => 1 },
        { name: 'storage', check: () => Promise.reject(new Error('secret detail')) },
      ],
    });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ status: 'not ready', database: true, storage: false });
  });

  it('asks its parts once for all who ask at the same time or soon after', async () => {
    let asked = 0;
    let now = 0;
    const check = async () => {
      asked += 1;
    };
    const url = await start({ readiness: [{ name: 'database', check }], clock: { now: () => now } });
    await Promise.all(Array.from({ length: 20 }, () => fetch(`${url}/readyz`)));
    expect(asked).toBe(1);
    now += 2_000;
    await fetch(`${url}/readyz`);
    expect(asked).toBe(2);
  });

  it('logs errors without the names in their sentences', () => {
    log.error('a job failed', new Error('I could not read “Ada’s salaries.csv” of “Churn Lab”.', { cause: '“Ada”' }));
    expect(lines.join('')).toContain('I could not read “…” of “…”.');
    expect(lines.join('')).not.toMatch(/Ada|Churn/u);
  });

  it.each([
    ['malformed JSON', '{"type": "message"', 400],
    ['no object at all', '[]', 400],
    ['an object that is no activity', '{"hello": 1}', 400],
    ['an activity with wrong types', '{"type": 7, "from": "me"}', 400],
    ['an unknown activity type', JSON.stringify({ ...activity, type: 'unheardOf' }), 200],
    ['a known activity', JSON.stringify(activity), 200],
    ['a body over the limit', JSON.stringify({ ...activity, text: 'x'.repeat(300_000) }), 413],
  ])('answers %s with its own status and no stack trace', async (_case, body, status) => {
    const url = await start({});
    const response = await post(url, body);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toMatch(/\bat .*\.(?:js|ts):/u);
  });

  it('with an app id refuses traffic that Teams has not signed', async () => {
    const url = await start({ appId: '6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11' });
    expect((await post(url, JSON.stringify(activity))).status).toBe(401);
    const forged = { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' };
    expect((await post(url, JSON.stringify(activity), forged)).status).toBe(401);
  });

  it('answers other methods and paths without fuss', async () => {
    const url = await start({});
    expect((await fetch(`${url}/api/messages`)).status).toBe(405);
    expect((await fetch(`${url}/wp-login.php`)).status).toBe(404);
  });
});

describe('a body that is no plain JSON', () => {
  it('is not read before anybody is authenticated', async () => {
    const url = await start({});
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    const send = (body: string | Buffer<ArrayBuffer>, headers: Record<string, string>) =>
      fetch(`${url}/api/messages`, { method: 'POST', body, headers });
    expect((await send(bomb, { 'content-type': 'application/json', 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await send('x', { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(415);
    expect((await send('a=b', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
  });
});

describe('the log', () => {
  it('blanks signatures, tokens and keys wherever they turn up', () => {
    log.error('it failed', new Error('GET https://x/y?sv=1&sig=abc%2Fdef failed with Bearer eyJ0.abc-def_1'), {});
    log.error('it failed', 'AccountKey=Zm9v==;EndpointSuffix=core');
    const text = lines.join('');
    expect(text).not.toMatch(/abc%2Fdef|eyJ0|Zm9v/u);
    expect(text).toContain('https://x/y***');
  });
});
