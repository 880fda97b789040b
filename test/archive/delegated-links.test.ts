import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDropOffContainers } from '../../src/archive/drop-off-container.ts';
import { type ArchiveStorage, createArchiveStorage } from '../../src/archive/storage.ts';
import { systemClock } from '../../src/system-clock.ts';
import { type FastClock, fastClock } from './impatient-clock.ts';
import { type SecureAzurite, startSecureAzurite } from './secure-azurite.ts';

const hour = 3_600_000;
const day = 24 * hour;
const downloadName = 'part-001.zip';

let azurite: SecureAzurite;
beforeAll(async () => {
  azurite = await startSecureAzurite();
});
afterAll(() => azurite.close());

function open(clock: FastClock): ArchiveStorage {
  const signIn = { kind: 'entra' as const, credential: azurite.credential };
  return createArchiveStorage({ url: azurite.url, signIn, container: 'archives', allowHttp: false, clock });
}

describe('links of a storage account with Entra ID', () => {
  it('are signed by a user delegation key, over https, for one blob, for reading', async () => {
    const clock = fastClock(Date.now());
    const storage = open(clock);
    await storage.ensure();
    await pipeline(Readable.from([Buffer.from('content')]), storage.upload('DSR-1/a/part-001.zip', 'application/zip'));
    const wanted = new Date(clock.now() + day);
    const { url, expiresAt } = await storage.link('DSR-1/a/part-001.zip', { downloadName, expiresAt: wanted });
    const terms = new URL(url).searchParams;
    expect(Object.fromEntries(['sp', 'sr', 'spr'].map((name) => [name, terms.get(name)]))).toEqual({
      sp: 'r',
      sr: 'b',
      spr: 'https',
    });
    expect(terms.get('skoid')).toBe('3f1d2c4b-0a9e-4d77-8b61-2f6c1e5a7d90');
    expect(expiresAt).toEqual(wanted);
    const answer = await fetch(url);
    expect(await answer.text()).toBe('content');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename=part-001.zip');
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(url.replace('part-001', 'part-002'))).status).toBe(403);
  });

  it('let storage itself copy a blob, after which the old one can go', async () => {
    const clock = fastClock(Date.now());
    const storage = open(clock);
    await storage.ensure();
    const [from, to] = ['DSR-2/a/part-001.zip', 'DSR-2/b/part-001.zip'];
    await pipeline(Readable.from([Buffer.from('content')]), storage.upload(from, 'application/zip'));
    const expiresAt = new Date(clock.now() + hour);
    const old = await storage.link(from, { downloadName, expiresAt });
    expect(await storage.copy(from, to, { sizeBytes: 7, sha256: null }, AbortSignal.timeout(60_000))).toBe(true);
    await storage.remove(from);
    expect((await fetch(old.url)).status).toBe(404);
    expect(await (await fetch((await storage.link(to, { downloadName, expiresAt })).url)).text()).toBe('content');
  });

  it('leave room for clocks that differ', async () => {
    const clock = fastClock(Date.now());
    const { url } = await open(clock).link('a.zip', { downloadName, expiresAt: new Date(clock.now() + hour) });
    const terms = new URL(url).searchParams;
    for (const start of ['st', 'skt']) {
      expect(Date.parse(terms.get(start) ?? '')).toBeLessThanOrEqual(clock.now() - 14 * 60_000);
    }
  });

  it('share a key until one has to outlive it', async () => {
    const clock = fastClock(Date.now());
    const storage = open(clock);
    const keyOf = async (lifetime: number) => {
      const { url } = await storage.link('a.zip', { downloadName, expiresAt: new Date(clock.now() + lifetime) });
      return new URL(url).searchParams.get('ske');
    };
    const first = await keyOf(day);
    clock.advance(3 * day);
    expect(await keyOf(day)).toBe(first);
    clock.advance(3 * day);
    expect(await keyOf(day)).not.toBe(first);
  });

  it('end with their key, after seven days at most, and say so', async () => {
    const clock = fastClock(Date.now());
    const asked = new Date(clock.now() + 30 * day);
    const { url, expiresAt } = await open(clock).link('a.zip', { downloadName, expiresAt: asked });
    expect(expiresAt.getTime()).toBeLessThanOrEqual(clock.now() + 7 * day);
    expect(expiresAt.getTime()).toBeGreaterThan(clock.now() + 6.9 * day);
    const terms = new URL(url).searchParams;
    expect(Date.parse(terms.get('se') ?? '')).toBeLessThanOrEqual(Date.parse(terms.get('ske') ?? ''));
    expect(Date.parse(terms.get('ske') ?? '') - Date.parse(terms.get('skt') ?? '')).toBeLessThanOrEqual(7 * day);
  });
});

describe.each([-60, -20, -14, 14, 20, 60])('links of a process whose clock is %i minutes off', (minutes) => {
  const clock = { now: () => Date.now() + minutes * 60_000, wait: systemClock.wait };

  it('work at once, live as long as said, and say when they end', async () => {
    const signIn = { kind: 'entra' as const, credential: azurite.credential };
    const account = { url: azurite.url, signIn, allowHttp: false, clock };
    const storage = createArchiveStorage({ ...account, container: 'archives' });
    await storage.ensure();
    await pipeline(Readable.from([Buffer.from('content')]), storage.upload(`late${minutes}.zip`, 'application/zip'));
    // First a process that has not communicated with storage yet, then one that has.
    for (const signer of [createArchiveStorage({ ...account, container: 'archives' }), storage]) {
      for (const lifetime of [hour, day, 6 * day]) {
        const wanted = new Date(clock.now() + lifetime);
        const { url, expiresAt } = await signer.link(`late${minutes}.zip`, { downloadName, expiresAt: wanted });
        const terms = new URL(url).searchParams;
        const at = (name: string) => Date.parse(terms.get(name) ?? '');
        expect((await fetch(url)).status).toBe(200);
        // A deviation of one minute would be acceptable; the rest allows for a slow machine.
        expect(Math.abs(at('se') - (Date.now() + lifetime))).toBeLessThan(3 * 60_000);
        expect(Math.abs(expiresAt.getTime() - at('se'))).toBeLessThan(1_000);
        expect(at('st')).toBeLessThan(Date.now() - 10 * 60_000);
        expect(at('ske')).toBeLessThan(Date.now() + 7 * day);
        expect(at('se')).toBeLessThanOrEqual(at('ske'));
      }
    }
  });

  it('and the right to write of somebody else hold, too', async () => {
    const signIn = { kind: 'entra' as const, credential: azurite.credential };
    const dropOffs = createDropOffContainers({ url: azurite.url, signIn, allowHttp: false, clock });
    const container = `drop-off-${minutes + 100}`;
    await dropOffs.ensure(container, new AbortController().signal);
    const { url, expiresAt } = await dropOffs.writeAccess(container);
    const [address, query] = url.split('?');
    const headers = { 'x-ms-blob-type': 'BlockBlob', 'x-ms-version': '2021-12-02' };
    const written = await fetch(`${address}/a.json?${query}`, { method: 'PUT', body: '{}', headers });
    expect(written.status).toBe(201);
    expect(Date.parse(new URL(url).searchParams.get('se') ?? '')).toBeLessThan(Date.now() + 7 * day);
    // By the process's own clock, which decides when it stops waiting.
    expect(Math.abs(expiresAt.getTime() - clock.now() - 7 * day)).toBeLessThan(hour);
  });
});

describe('a key that lasts longer than seven days by storage’s clock', () => {
  it('is refused, and asked for anew by the time that the refusal tells', async () => {
    const fixture = (name: string) =>
      readFile(new URL(`../fixtures/self-signed-for-loopback/${name}`, import.meta.url));
    const [cert, key] = [await fixture('certificate.pem'), await fixture('key.pem')];
    const ends: number[] = [];
    const strict = createServer({ cert, key }, async (request, response) => {
      const asked = await text(request);
      const [start, end] = ['Start', 'Expiry'].map(
        (name) => new RegExp(`<${name}>([^<]+)<`, 'u').exec(asked)?.[1] ?? '',
      );
      ends.push(Date.parse(end ?? ''));
      response.setHeader('content-type', 'application/xml');
      if (Date.parse(end ?? '') > Date.now() + 7 * day) {
        response.writeHead(400).end('<Error><Code>InvalidXmlNodeValue</Code><Message>too long</Message></Error>');
        return;
      }
      const fields = { SignedOid: 'o', SignedTid: 't', SignedStart: start, SignedExpiry: end, SignedService: 'b' };
      const xml = Object.entries({ ...fields, SignedVersion: '2020-02-10', Value: 'a2V5' }).map(
        ([n, v]) => `<${n}>${v}</${n}>`,
      );
      response.end(`<UserDelegationKey>${xml.join('')}</UserDelegationKey>`);
    });
    await new Promise<void>((resolve) => strict.listen(0, '127.0.0.1', resolve));
    const { port } = strict.address() as AddressInfo;
    const clock = { now: () => Date.now() + hour, wait: systemClock.wait };
    const url = `https://127.0.0.1:${port}/account`;
    const signIn = { kind: 'entra' as const, credential: azurite.credential };
    const storage = createArchiveStorage({ url, signIn, container: 'archives', allowHttp: false, clock });
    const expiresAt = new Date(clock.now() + day);
    const link = await storage.link('a.zip', { downloadName, expiresAt });
    expect(Math.abs(link.expiresAt.getTime() - Date.now() - day)).toBeLessThan(2 * 60_000);
    expect(ends).toHaveLength(2);
    strict.closeAllConnections();
    strict.close();
  });
});
