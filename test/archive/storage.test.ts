import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArchiveStorageOptions } from '../../src/archive/storage.ts';
import { archiveFileName } from '../../src/domain/download-names.ts';
import { ServiceFailure } from '../../src/domain/service-failure.ts';
import type { Azurite } from '../../src/local/azurite.ts';
import { startTestAzurite } from '../harness/azurite.ts';
import { startCountingProxy } from '../harness/counting-proxy.ts';
import { freePort } from '../harness/ports.ts';
import { fastClock } from './impatient-clock.ts';
import { openStorage } from './open-storage.ts';

let azurite: Azurite;
const clock = fastClock(Date.now());
const hour = 3_600_000;

beforeAll(async () => {
  azurite = await startTestAzurite();
  await open().ensure();
});
afterAll(() => azurite.close());

function open(options: Partial<ArchiveStorageOptions> = {}) {
  return openStorage(azurite, { clock, ...options });
}

async function put(storage: ReturnType<typeof open>, name: string, content: Buffer | string): Promise<void> {
  await pipeline(Readable.from([Buffer.from(content)]), storage.upload(name, 'application/zip'));
}

async function names(storage: ReturnType<typeof open>, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const blob of storage.list(prefix)) found.push(blob.name);
  return found;
}

async function failure(work: Promise<unknown>): Promise<ServiceFailure> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ServiceFailure);
  return error as ServiceFailure;
}

describe('the archive container', () => {
  it('is made once, and answers', async () => {
    const storage = open({ container: 'fresh' });
    await storage.ensure();
    await storage.ensure();
    await storage.ready();
  });

  it('is not ready when it does not exist', async () => {
    expect((await failure(open({ container: 'nowhere' }).ready())).reason).toBe('not-found');
  });
});

describe('an upload', () => {
  it('arrives whole, whatever the sizes of blocks and pieces', async () => {
    const storage = open({ blockBytes: 1000, blocksUnderWay: 3 });
    const pieces = [1, 999, 1000, 1001, 5000, 0, 17].map((size, i) => Buffer.alloc(size, 65 + i));
    await pipeline(Readable.from(pieces), storage.upload('up/pieces.zip', 'application/zip'));
    expect(await buffer(await storage.read('up/pieces.zip'))).toEqual(Buffer.concat(pieces));
  });

  it('may be empty', async () => {
    const storage = open();
    await pipeline(Readable.from([]), storage.upload('up/empty.zip', 'application/zip'));
    expect(await buffer(await storage.read('up/empty.zip'))).toEqual(Buffer.alloc(0));
  });

  it('is invisible until it is complete, and stays so when it is given up', async () => {
    const storage = open({ blockBytes: 1000 });
    const upload = storage.upload('half/part.zip', 'application/zip');
    await new Promise((written) => upload.write(Buffer.alloc(10_000), written));
    expect(await names(storage, 'half/')).toEqual([]);
    upload.destroy();
    await once(upload, 'close');
    expect(await names(storage, 'half/')).toEqual([]);
  });

  it('holds no more blocks than it may', async () => {
    const [arrived, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let blocks = 0;
    const proxy = await startCountingProxy(azurite.url, async (_method, path) => {
      if (!/comp=block(?:&|$)/u.test(path)) return;
      blocks += 1;
      if (blocks === 2) arrived.resolve();
      await released.promise;
    });
    const storage = open({ url: proxy.url, blockBytes: 1 << 16, blocksUnderWay: 2 });
    const upload = storage.upload('bounded/part.zip', 'application/zip');
    let taken = 0;
    let offered = 0;
    for (let room = true; room; offered += 1) room = upload.write(Buffer.alloc(1 << 16), () => (taken += 1));
    await arrived.promise;
    // Backpressure: two blocks are being uploaded and one is being filled; the rest waits in the stream, which reports
    // that it is full.
    expect(taken).toBeLessThanOrEqual(3);
    expect(blocks).toBe(2);
    released.resolve();
    upload.end();
    await once(upload, 'finish');
    expect(taken).toBe(offered);
    await proxy.close();
  });

  it('fails with a reason when the container is gone', async () => {
    expect((await failure(put(open({ container: 'gone' }), 'a/b.zip', 'x'))).reason).toBe('not-found');
  });
});

describe('blobs of a request', () => {
  it('are listed with their age and size, by request', async () => {
    const later = fastClock(Date.now());
    const storage = open({ clock: later });
    await put(storage, 'DSR-7/a/part-001.zip', 'one');
    later.advance(2 * hour);
    const found = [];
    for await (const blob of storage.list('DSR-7/')) found.push(blob);
    expect(found.map(({ name, sizeBytes }) => ({ name, sizeBytes }))).toEqual([
      { name: 'DSR-7/a/part-001.zip', sizeBytes: 3 },
    ]);
    expect(found[0]?.ageMs).toBeGreaterThanOrEqual(2 * hour - 60_000);
  });

  it('are removed together, and those of another request are not', async () => {
    const storage = open();
    for (const name of ['DSR-1/a/part-001.zip', 'DSR-1/b/part-001.zip', 'DSR-10/a/part-001.zip'])
      await put(storage, name, 'x');
    expect(await storage.removeRequest('DSR-1')).toBe(2);
    expect(await storage.removeRequest('DSR-1')).toBe(0);
    expect(await names(storage, 'DSR-1')).toEqual(['DSR-10/a/part-001.zip']);
    await storage.remove('DSR-10/a/part-001.zip');
    await storage.remove('DSR-10/a/part-001.zip');
    expect(await names(storage, 'DSR-10/')).toEqual([]);
  });
});

describe('a copy', () => {
  const { signal } = new AbortController();
  const content = Buffer.from(Array.from({ length: 5_000 }, (_, index) => index % 251));
  const facts = (bytes: Buffer) => ({
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });

  it.each([5_000, 1_000, 999, 10_000])(
    'in blocks of %i bytes is made within storage, and is the same',
    async (bytes) => {
      const storage = open({ copyBlockBytes: bytes });
      await put(storage, `copies/${bytes}.zip`, content);
      const to = `copied/${bytes}.zip`;
      expect(await storage.copy(`copies/${bytes}.zip`, to, facts(content), signal)).toBe(true);
      expect(await buffer(await storage.read(to))).toEqual(content);
      // Once it is there it is not made again, also when the original is gone.
      await storage.remove(`copies/${bytes}.zip`);
      expect(await storage.copy(`copies/${bytes}.zip`, to, facts(content), signal)).toBe(true);
      const link = await storage.link(to, { downloadName: 'a.zip', expiresAt: new Date(clock.now() + hour) });
      expect((await fetch(link.url)).headers.get('content-type')).toBe('application/zip');
    },
  );

  it('may be empty, and of nothing is none', async () => {
    const storage = open();
    await put(storage, 'copies/empty.zip', '');
    expect(await storage.copy('copies/empty.zip', 'copied/empty.zip', facts(Buffer.alloc(0)), signal)).toBe(true);
    expect(await storage.copy('copies/nothing.zip', 'copied/nothing.zip', null, signal)).toBe(false);
    expect(await storage.has('copied/nothing.zip')).toBe(false);
  });

  it('that two make at once is one, and whole', async () => {
    const storage = open({ copyBlockBytes: 500 });
    await put(storage, 'copies/twice.zip', content);
    const make = () => storage.copy('copies/twice.zip', 'copied/twice.zip', facts(content), signal);
    await Promise.allSettled([make(), make(), make()]);
    expect(await make()).toBe(true);
    expect(await buffer(await storage.read('copied/twice.zip'))).toEqual(content);
  });

  it('that differs is not kept, and what it is of stays', async () => {
    const storage = open();
    await put(storage, 'copies/changed.zip', content);
    const wrong = facts(Buffer.alloc(5_000));
    const error = await failure(storage.copy('copies/changed.zip', 'copied/changed.zip', wrong, signal));
    expect(error).toMatchObject({ reason: 'unreadable', transient: false });
    expect(JSON.stringify(error)).not.toContain('sig=');
    expect(await storage.has('copied/changed.zip')).toBe(false);
    expect(await storage.has('copies/changed.zip')).toBe(true);
  });
});

describe('a link', () => {
  const downloadName = 'Größe “2016” 数.zip';

  it('opens one blob under its download name, and nothing else', async () => {
    const storage = open();
    await put(storage, 'links/one.zip', 'content');
    await put(storage, 'links/two.zip', 'other');
    const link = await storage.link('links/one.zip', { downloadName, expiresAt: new Date(clock.now() + hour) });
    const answer = await fetch(link.url);
    expect(await answer.text()).toBe('content');
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent(downloadName)}`);
    expect((await fetch(link.url.replace('one.zip', 'two.zip'))).status).toBe(403);
    expect((await fetch(link.url, { method: 'DELETE' })).status).toBe(403);
    expect(
      (await fetch(link.url, { method: 'PUT', body: 'x', headers: { 'x-ms-blob-type': 'BlockBlob' } })).status,
    ).toBe(403);
    expect((await fetch(link.url.split('?')[0] ?? '')).status).toBeGreaterThanOrEqual(400);
  });

  it('of a part carries its name without anything to quote, encoded once', async () => {
    const storage = open();
    const name = archiveFileName(1001, 1, 5);
    await put(storage, 'DSR-1001/a/part-001.zip', 'content');
    expect(await storage.has('DSR-1001/a/part-001.zip')).toBe(true);
    expect(await storage.has('DSR-1001/a/part-002.zip')).toBe(false);
    const terms = { downloadName: name, expiresAt: new Date(clock.now() + hour) };
    const { url } = await storage.link('DSR-1001/a/part-001.zip', terms);
    expect(url).toContain('rscd=attachment%3B%20filename%3DDSR-1001-part-1-of-5.zip&');
    expect(url).not.toMatch(/%2[257]/u);
    const answer = await fetch(url);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename=DSR-1001-part-1-of-5.zip');
    // As sent by a client that parses and serialises the address once.
    expect((await fetch(new URL(url).href)).status).toBe(200);
  });

  it('is over when it says so', async () => {
    const storage = open({ clock: fastClock(Date.now() - 2 * hour) });
    await put(storage, 'links/late.zip', 'content');
    const ended = await storage.link('links/late.zip', { downloadName, expiresAt: new Date(Date.now() - hour) });
    expect((await fetch(ended.url)).status).toBe(403);
  });

  it('works over https only, unless this is local mode', async () => {
    const terms = { downloadName, expiresAt: new Date(clock.now() + hour) };
    const secure = open({ url: 'https://contoso.blob.core.windows.net', allowHttp: false });
    expect(new URL((await secure.link('a.zip', terms)).url).searchParams.get('spr')).toBe('https');
    expect(new URL((await open().link('a.zip', terms)).url).searchParams.get('spr')).toBe('https,http');
    expect(() => open({ allowHttp: false })).toThrow('https');
  });
});

describe('failures', () => {
  it('of the network say that storage could not be reached', async () => {
    const port = await freePort();
    const error = await failure(open({ url: `http://127.0.0.1:${port}/${azurite.accountName}` }).ready());
    expect(error.reason).toBe('unreachable');
    expect(error.message).not.toContain(String(port));
  });

  it.each([
    ['looking for the container', (storage: ReturnType<typeof open>) => storage.ready()],
    ['sending a block', (storage: ReturnType<typeof open>) => put(storage, 'x.zip', 'bytes')],
  ])('of a storage that says nothing are not waited for without end: %s', async (_what, call) => {
    let calls = 0;
    const silent = createServer(() => {
      calls += 1;
    }).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const storage = open({ url: `http://127.0.0.1:${port}/account`, callTimeoutMs: 50 });
    expect(await failure(call(storage))).toMatchObject({ reason: 'unreachable', code: 'ETIMEDOUT' });
    expect(calls).toBe(1);
    silent.closeAllConnections();
    silent.close();
  });

  it('of the key say that it is not allowed, and never show a key or signature', async () => {
    const accountKey = Buffer.from('another key').toString('base64');
    const storage = open({ signIn: { kind: 'key', accountName: azurite.accountName, accountKey } });
    const error = await failure(put(storage, 'a/b.zip', 'x'));
    expect(error).toMatchObject({ reason: 'unauthorized', status: 403 });
    const everything = JSON.stringify(error, Object.getOwnPropertyNames(error)) + String(error.stack);
    expect(everything).not.toContain(accountKey);
    expect(everything).not.toMatch(/sig=|SharedKey|127\.0\.0\.1/u);
    expect(error.cause).toBeUndefined();
  });

  it('are not made of an abort', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(open().ready(abort.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
