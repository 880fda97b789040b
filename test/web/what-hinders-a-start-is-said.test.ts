import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { listen } from '../../src/web/listen.ts';
import { createWebServer } from '../../src/web/server.ts';

const project = path.resolve(import.meta.dirname, '../..');
const other = createServer();
let port = 0;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'steward-start-'));
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(async () => {
  other.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a program of `src` to its end: what it printed, and its exit code. */
async function ending(program: string, parameters: string[], more: { env?: object; preload?: string } = {}) {
  const preloads = more.preload === undefined ? [] : ['--import', more.preload];
  const child = execFile(process.execPath, ['--no-warnings', ...preloads, path.join(project, program), ...parameters], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: inject('compiledCode'), ...more.env },
  });
  let text = '';
  for (const output of [child.stdout, child.stderr]) output?.on('data', (part) => (text += String(part)));
  const [code] = await once(child, 'close');
  return { code: Number(code), text };
}

describe('a web server that cannot listen', () => {
  const log = createLog('error', { write: () => undefined });
  it.each([
    ['a port that is taken', () => port, '127.0.0.1', /used by another program.*--port with npm start/u],
    ['an address of another machine', () => 0, '192.0.2.1', /not an address of this machine.*HOST/u],
  ])('says so for %s, and what to do', async (_what, at, host, said) => {
    const server = createWebServer({ log, readiness: [] });
    const error: unknown = await listen(server, at(), host).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(said);
    if (at() > 0) expect(String(error)).toContain(String(at()));
    expect(String(error)).not.toMatch(/EADDR|\n\s+at /u);
  });
});

describe('npm start', () => {
  it.each([
    [['--port', '3978', '--fresh-port'], 'Use either --port or --fresh-port, not both.'],
    [['--port', '39 78'], '--port must be a whole number up to 65535, not "39 78".'],
  ])('with %j says what is wrong and starts nothing', async (parameters, sentence) => {
    const { code, text } = await ending('src/local/start.ts', [...parameters, '--data', path.join(folder, 'data')]);
    expect(code).toBe(1);
    expect(text.trim()).toBe(`Studio Steward could not start. ${sentence}`);
  });
});

describe('a deployment', () => {
  const id = '6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11';
  const complete = {
    HOST: '127.0.0.1',
    MICROSOFT_APP_ID: id,
    MICROSOFT_APP_TENANT_ID: id,
    MICROSOFT_APP_TYPE: 'SingleTenant',
    MICROSOFT_APP_PASSWORD: 'very-secret',
    STORAGE_ACCOUNT_URL: 'https://account.blob.core.windows.net',
    STUDIO_CONNECTIONS: '[]',
  };

  it('whose port is taken ends with a sentence, not with a stack', async () => {
    const { code, text } = await ending('src/main.ts', [], { env: { ...complete, PORT: String(port) } });
    expect(code).toBe(1);
    expect(text).toMatch(/^Studio Steward cannot start\. Port \d+ of 127\.0\.0\.1.*is used by another program/mu);
    expect(text).not.toMatch(/\n\s+at |very-secret/u);
  });

  it('on a Node that is too old says which one it needs', async () => {
    // Such a Node knows no `import.meta.main`; the rest of its ways is not what this is about.
    const preload = path.join(folder, 'older-node.mjs');
    const hook = `import { registerHooks } from 'node:module';
registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith('/src/main.ts')) return loaded;
    return { ...loaded, source: String(loaded.source).replaceAll('import.meta.main', 'import.meta.unknown') };
  },
});`;
    await writeFile(preload, hook);
    const { code, text } = await ending('src/main.ts', [], { preload: pathToFileURL(preload).href });
    expect(code).toBe(1);
    expect(text.trim()).toMatch(/^Studio Steward needs Node 24\.2 or newer; this is v\S+ Nothing was started\.$/u);
  });
});
