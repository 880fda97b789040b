import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArchiveStorage, createArchiveStorage } from '../../src/archive/storage.ts';
import { type ImpatientClock, impatientClock } from './impatient-clock.ts';
import { type SecureAzurite, startSecureAzurite } from './secure-azurite.ts';

const hour = 3_600_000;
const day = 24 * hour;
const downloadName = 'part-001.zip';

let azurite: SecureAzurite;
beforeAll(async () => {
  azurite = await startSecureAzurite();
});
afterAll(() => azurite.close());

function open(clock: ImpatientClock): ArchiveStorage {
  const signIn = { kind: 'entra' as const, credential: azurite.credential };
  return createArchiveStorage({ url: azurite.url, signIn, container: 'archives', allowHttp: false, clock });
}

describe('links of a storage account with Entra ID', () => {
  it('are signed by a user delegation key, over https, for one blob, for reading', async () => {
    const clock = impatientClock(Date.now());
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

  it('leave room for clocks that differ', async () => {
    const clock = impatientClock(Date.now());
    const { url } = await open(clock).link('a.zip', { downloadName, expiresAt: new Date(clock.now() + hour) });
    const terms = new URL(url).searchParams;
    for (const start of ['st', 'skt']) {
      expect(Date.parse(terms.get(start) ?? '')).toBeLessThanOrEqual(clock.now() - 14 * 60_000);
    }
  });

  it('share a key until one has to outlive it', async () => {
    const clock = impatientClock(Date.now());
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
    const clock = impatientClock(Date.now());
    const asked = new Date(clock.now() + 30 * day);
    const { url, expiresAt } = await open(clock).link('a.zip', { downloadName, expiresAt: asked });
    expect(expiresAt.getTime()).toBeLessThanOrEqual(clock.now() + 7 * day);
    expect(expiresAt.getTime()).toBeGreaterThan(clock.now() + 6.9 * day);
    const terms = new URL(url).searchParams;
    expect(Date.parse(terms.get('se') ?? '')).toBeLessThanOrEqual(Date.parse(terms.get('ske') ?? ''));
    expect(Date.parse(terms.get('ske') ?? '') - Date.parse(terms.get('skt') ?? '')).toBeLessThanOrEqual(7 * day);
  });
});
