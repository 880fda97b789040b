import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDropOffContainers } from '../../src/archive/drop-off-container.ts';
import { fastClock } from './impatient-clock.ts';
import { type SecureAzurite, startSecureAzurite } from './secure-azurite.ts';

const day = 24 * 3_600_000;
const signal = new AbortController().signal;

let azurite: SecureAzurite;
beforeAll(async () => {
  azurite = await startSecureAzurite();
});
afterAll(() => azurite.close());

const open = () =>
  createDropOffContainers({
    url: azurite.url,
    signIn: { kind: 'entra', credential: azurite.credential },
    allowHttp: false,
    clock: fastClock(Date.now()),
  });

const put = (address: string, blob: string, text: string): Promise<Response> => {
  const url = new URL(address);
  url.pathname += `/${blob}`;
  return fetch(url, { method: 'PUT', headers: { 'x-ms-blob-type': 'BlockBlob' }, body: text });
};

describe('the right to write into a container', () => {
  it('is signed by a user delegation key, over https, for at most seven days', async () => {
    const dropOff = open();
    await dropOff.ensure('handover-terms', signal);
    const { url, expiresAt } = await dropOff.writeAccess('handover-terms');
    const terms = new URL(url).searchParams;
    expect([terms.get('sp'), terms.get('sr'), terms.get('spr')]).toEqual(['acw', 'c', 'https']);
    expect(terms.get('skoid')).not.toBeNull();
    const life = expiresAt.getTime() - Date.now();
    expect(life).toBeGreaterThan(6 * day);
    expect(life).toBeLessThanOrEqual(7 * day);
  });

  it('writes there, and neither reads, lists, deletes nor reaches another container', async () => {
    const dropOff = open();
    await dropOff.ensure('handover-one', signal);
    await dropOff.ensure('handover-two', signal);
    const { url } = await dropOff.writeAccess('handover-one');
    expect((await put(url, 'a.json', '{}')).status).toBe(201);
    const blob = new URL(url);
    blob.pathname += '/a.json';
    expect((await fetch(blob)).status).toBe(403);
    expect((await fetch(blob, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(`${url}&restype=container&comp=list`)).status).toBe(403);
    expect((await put(url.replace('handover-one', 'handover-two'), 'a.json', '{}')).status).toBe(403);
    expect((await Array.fromAsync(dropOff.files('handover-one', signal))).map(({ name }) => name)).toEqual(['a.json']);
  });

  it('ends with the container', async () => {
    const dropOff = open();
    await dropOff.ensure('handover-gone', signal);
    const { url } = await dropOff.writeAccess('handover-gone');
    await dropOff.remove('handover-gone', signal);
    await dropOff.remove('handover-gone', signal);
    expect((await put(url, 'a.json', '{}')).status).toBe(404);
    expect(await Array.fromAsync(dropOff.files('handover-gone', signal))).toEqual([]);
    const names = await Array.fromAsync(dropOff.containers('handover-', signal));
    expect(names.map(({ name }) => name)).not.toContain('handover-gone');
  });

  it('gives links that save one file and show none', async () => {
    const dropOff = open();
    await dropOff.ensure('handover-links', signal);
    const { url } = await dropOff.writeAccess('handover-links');
    await put(url, 'folder/page.html', '<b>hello</b>');
    const link = await dropOff.link('handover-links', 'folder/page.html', {
      downloadName: 'page.html',
      expiresAt: new Date(Date.now() + day),
    });
    const answer = await fetch(link.url);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect(await answer.text()).toBe('<b>hello</b>');
  });
});
