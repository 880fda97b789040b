import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHandover } from '../../src/archive/drop-off-container.ts';
import { impatientClock } from './impatient-clock.ts';
import { type SecureAzurite, startSecureAzurite } from './secure-azurite.ts';

const day = 24 * 3_600_000;
const signal = new AbortController().signal;

let azurite: SecureAzurite;
beforeAll(async () => {
  azurite = await startSecureAzurite();
});
afterAll(() => azurite.close());

const open = () =>
  createHandover({
    url: azurite.url,
    signIn: { kind: 'entra', credential: azurite.credential },
    allowHttp: false,
    clock: impatientClock(Date.now()),
  });

const put = (address: string, blob: string, text: string): Promise<Response> => {
  const url = new URL(address);
  url.pathname += `/${blob}`;
  return fetch(url, { method: 'PUT', headers: { 'x-ms-blob-type': 'BlockBlob' }, body: text });
};

describe('the right to write into a container', () => {
  it('is signed by a user delegation key, over https, for at most seven days', async () => {
    const handover = open();
    await handover.ensure('handover-terms', signal);
    const { url, expiresAt } = await handover.writeAccess('handover-terms');
    const terms = new URL(url).searchParams;
    expect([terms.get('sp'), terms.get('sr'), terms.get('spr')]).toEqual(['acw', 'c', 'https']);
    expect(terms.get('skoid')).not.toBeNull();
    const life = expiresAt.getTime() - Date.now();
    expect(life).toBeGreaterThan(6 * day);
    expect(life).toBeLessThanOrEqual(7 * day);
  });

  it('writes there, and neither reads, lists, deletes nor reaches another container', async () => {
    const handover = open();
    await handover.ensure('handover-one', signal);
    await handover.ensure('handover-two', signal);
    const { url } = await handover.writeAccess('handover-one');
    expect((await put(url, 'a.json', '{}')).status).toBe(201);
    const blob = new URL(url);
    blob.pathname += '/a.json';
    expect((await fetch(blob)).status).toBe(403);
    expect((await fetch(blob, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(`${url}&restype=container&comp=list`)).status).toBe(403);
    expect((await put(url.replace('handover-one', 'handover-two'), 'a.json', '{}')).status).toBe(403);
    expect((await Array.fromAsync(handover.files('handover-one', signal))).map(({ name }) => name)).toEqual(['a.json']);
  });

  it('ends with the container', async () => {
    const handover = open();
    await handover.ensure('handover-gone', signal);
    const { url } = await handover.writeAccess('handover-gone');
    await handover.remove('handover-gone', signal);
    await handover.remove('handover-gone', signal);
    expect((await put(url, 'a.json', '{}')).status).toBe(404);
    expect(await Array.fromAsync(handover.files('handover-gone', signal))).toEqual([]);
    const names = await Array.fromAsync(handover.containers('handover-', signal));
    expect(names.map(({ name }) => name)).not.toContain('handover-gone');
  });

  it('gives links that save one file and show none', async () => {
    const handover = open();
    await handover.ensure('handover-links', signal);
    const { url } = await handover.writeAccess('handover-links');
    await put(url, 'folder/page.html', '<b>hello</b>');
    const link = await handover.link('handover-links', 'folder/page.html', {
      downloadName: 'page.html',
      expiresAt: new Date(Date.now() + day),
    });
    const answer = await fetch(link.url);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect(await answer.text()).toBe('<b>hello</b>');
  });
});
