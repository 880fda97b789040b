import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { AssetFile } from '../../../src/domain/asset-source.ts';
import { TestClock } from '../../harness/clock.ts';
import {
  type Answer,
  inTurn,
  json,
  reset,
  type ScriptedServer,
  startScriptedServer,
  status,
} from './scripted-server.ts';
import { churn, datasetPayload, patient, sourceAt, workspaceId, workspacePath } from './small-studio.ts';

const size = 3_000_000;
const bytes = Buffer.alloc(size, 'a fairly long row of a dataset, 4711, "x"\n');
const datasetKey = `GET ${workspacePath}/datasources/${churn.id}`;

/** Sends the blob, or the requested range, but stops after `upTo` bytes of it. */
function blob(upTo: number, headers: Readonly<Record<string, string>> = { ETag: '"1"' }): Answer {
  return (response, request) => {
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const length = { 'Content-Length': String(size - start) };
    const range = start > 0 ? { 'Content-Range': `bytes ${start}-${size - 1}/${size}` } : {};
    response.writeHead(start > 0 ? 206 : 200, { ...length, ...range, ...headers });
    if (start + upTo >= size) response.end(bytes.subarray(start));
    else response.write(bytes.subarray(start, start + upTo), () => response.socket?.destroy());
  };
}

/** A server with one dataset of `size` bytes whose blob is answered like this. */
async function serve(answer: Answer, announced = size): Promise<ScriptedServer> {
  let url = '';
  const location = { Location: 'blob/churn', AccessCredential: '?sv=1&sig=SECRETSIG', Size: announced };
  const dataset: Answer = (response, request, nth) =>
    json(
      datasetPayload(url, {
        DownloadLocation: { ...location, BaseUri: `${url}/`, AccessCredential: `?sv=${nth}&sig=SECRETSIG` },
      }),
    )(response, request, nth);
  const server = await startScriptedServer({ [datasetKey]: dataset, 'GET /blob/churn': answer });
  url = server.url;
  return server;
}

async function contentOf(server: ScriptedServer, options: Parameters<typeof sourceAt>[1] = {}): Promise<AssetFile> {
  const files = await sourceAt(server.url, options).files(workspaceId, churn, patient);
  const content = files.find(({ role }) => role === 'content');
  if (!content) throw new Error('The dataset has no content.');
  return content;
}

async function download(server: ScriptedServer): Promise<Buffer> {
  return buffer(await (await contentOf(server)).open(patient));
}

/** Resolves when a stream that nobody reads holds as much as it may. */
function full(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    const push = stream.push.bind(stream);
    stream.push = (...of: Parameters<typeof push>) => {
      const hasRoom = push(...of);
      if (!hasRoom) resolve();
      return hasRoom;
    };
    if (stream.readableLength >= stream.readableHighWaterMark) resolve();
  });
}

const blobRequests = (server: ScriptedServer) => server.seen.filter(({ url }) => url.startsWith('/blob/'));

describe('a download', () => {
  it('brings every byte, without the token', async () => {
    await using server = await serve(blob(size));
    expect((await download(server)).equals(bytes)).toBe(true);
    expect(blobRequests(server)).toHaveLength(1);
    expect(blobRequests(server)[0]?.headers).not.toHaveProperty('x-ms-metaanalytics-authorizationtoken');
    expect(blobRequests(server)[0]?.headers).not.toHaveProperty('authorization');
  });

  it('may be opened again', async () => {
    await using server = await serve(blob(size));
    const content = await contentOf(server);
    const both = [await buffer(await content.open(patient)), await buffer(await content.open(patient))];
    expect(both.every((each) => each.equals(bytes))).toBe(true);
  });

  it('that breaks off is taken up where it stopped, of the same blob only', async () => {
    await using server = await serve(inTurn(blob(1_200_000), blob(1_100_000), blob(size)));
    expect((await download(server)).equals(bytes)).toBe(true);
    const [, second, third] = blobRequests(server).map(({ headers }) => headers);
    expect(second).toMatchObject({ 'if-match': '"1"', range: expect.stringMatching(/^bytes=\d+-$/) });
    expect(Number(/\d+/.exec(third?.range ?? '')?.[0])).toBeGreaterThan(Number(/\d+/.exec(second?.range ?? '')?.[0]));
  });

  it('that breaks off without end fails, and says how far it came', async () => {
    await using server = await serve(blob(10));
    await expect(download(server)).rejects.toMatchObject({
      reason: 'unreadable',
      message: expect.stringContaining('3000000'),
    });
    expect(blobRequests(server)).toHaveLength(3);
  });

  it('that goes on breaking but gets on is patiently taken up', async () => {
    await using server = await serve(blob(1_050_000));
    expect((await download(server)).equals(bytes)).toBe(true);
  });

  it('of a blob without ETag is not patched together', async () => {
    await using server = await serve(inTurn(blob(1_000_000, {}), blob(size, {})));
    await expect(download(server)).rejects.toMatchObject({ reason: 'unreadable' });
    expect(blobRequests(server)).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ['another ETag', blob(size, { ETag: '"2"' })],
    ['412', status(412, '')],
    ['the whole from the start', (response) => void response.writeHead(200, { ETag: '"1"' }).end(bytes)],
  ])('whose blob changed on the way fails (%s)', async (_sign, answer) => {
    await using server = await serve(inTurn(blob(1_000_000), answer));
    await expect(download(server)).rejects.toMatchObject({ reason: expect.stringMatching(/unreadable|conflict/) });
  });

  it('gets a fresh signature when the old one has expired', async () => {
    await using server = await serve(
      inTurn(status(403, '<Error><Code>AuthenticationFailed</Code></Error>'), blob(size)),
    );
    expect((await download(server)).equals(bytes)).toBe(true);
    expect(blobRequests(server).map(({ url }) => url)).toEqual([
      '/blob/churn?sv=1&sig=SECRETSIG',
      '/blob/churn?sv=2&sig=SECRETSIG',
    ]);
  });

  it('also in the middle', async () => {
    await using server = await serve(inTurn(blob(1_000_000), status(403, ''), blob(size)));
    expect((await download(server)).equals(bytes)).toBe(true);
  });

  it('is given up when a fresh signature is refused as well, without showing it', async () => {
    await using server = await serve(
      status(403, '<Error><Code>X</Code><Message>No for sig=SECRETSIG</Message></Error>'),
    );
    const failure = await download(server).catch((error: unknown) => error);
    expect(failure).toMatchObject({ reason: 'forbidden', status: 403, serviceMessage: 'No for sig=' });
    expect(blobRequests(server)).toHaveLength(2);
  });

  it('is repeated after a failure of the storage, before the first byte', async () => {
    await using server = await serve(inTurn(reset, status(503, ''), blob(size)));
    expect((await download(server)).equals(bytes)).toBe(true);
  });

  it('of a vanished blob says so before the first byte', async () => {
    await using server = await serve(status(404, ''));
    await expect((await contentOf(server)).open(patient)).rejects.toMatchObject({ reason: 'not-found' });
  });

  it('of a web page is refused, unless the dataset is one', async () => {
    const page = (body: Buffer): Answer => status(200, body.toString(), { 'Content-Type': 'text/html', ETag: '"1"' });
    await using wrong = await serve(page(Buffer.from('<html>Sign in</html>')));
    await expect((await contentOf(wrong)).open(patient)).rejects.toMatchObject({ reason: 'unreadable' });
    await using right = await serve((response) => {
      response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Length': String(size) }).end(bytes);
    });
    expect((await download(right)).length).toBe(size);
  });

  it('of another size than Studio told is taken only when the storage insists', async () => {
    const short = 'a,b\n1,2\n';
    const length = { 'Content-Length': String(short.length) };
    await using stranger = await serve(inTurn(status(200, short, length), blob(size)));
    expect((await download(stranger)).equals(bytes)).toBe(true);
    await using insisting = await serve(status(200, short, { ...length, ETag: '"1"' }));
    expect((await download(insisting)).toString()).toBe(short);
    const wavering: Answer = (response, request, nth) =>
      status(200, short, { ...length, ETag: `"${nth}"` })(response, request, nth);
    for (const answer of [wavering, status(200, short, length)]) {
      await using server = await serve(answer);
      await expect(download(server)).rejects.toMatchObject({
        reason: 'unreadable',
        message: expect.stringContaining('size'),
      });
    }
  });

  it('of unknown size is never something that is no blob', async () => {
    const other = status(200, '{"Id": "unfinish', { 'Content-Type': 'application/json' });
    await using passing = await serve(inTurn(other, other, blob(size)), 0);
    expect((await download(passing)).equals(bytes)).toBe(true);
    await using lasting = await serve(other, 0);
    await expect(download(lasting)).rejects.toMatchObject({ reason: 'unreadable' });
  });

  it('without an announced length has to be as long as Studio told', async () => {
    const chunked = { 'Transfer-Encoding': 'chunked' };
    await using complete = await serve(status(200, bytes.toString(), chunked));
    expect((await download(complete)).equals(bytes)).toBe(true);
    await using short = await serve(status(200, 'a,b', chunked));
    await expect(download(short)).rejects.toMatchObject({ reason: 'unreadable' });
  });

  it('that goes silent is cut and taken up again', async () => {
    const silent: Answer = (response) => {
      response.writeHead(200, { 'Content-Length': String(size), ETag: '"1"' });
      response.write(bytes.subarray(0, 1000));
    };
    await using server = await serve(inTurn(silent, blob(size)));
    const clock = new TestClock();
    const stream = await (await contentOf(server, { clock, http: { idleTimeoutMs: 5000 } })).open(patient);
    await once(stream, 'readable');
    const all = buffer(stream);
    clock.advance(5000);
    expect((await all).equals(bytes)).toBe(true);
    expect(blobRequests(server)).toHaveLength(2);
  });

  it('is not cut while it waits for its reader', async () => {
    await using server = await serve(blob(size));
    const clock = new TestClock();
    const stream = await (await contentOf(server, { clock, http: { idleTimeoutMs: 5000 } })).open(patient);
    const filled = full(stream);
    stream.read(0);
    await filled;
    for (let round = 0; round < 10; round += 1) {
      clock.advance(5000);
      // The stream has looked whether it is idle, and waits until it looks again.
      await clock.until((waits) => waits.includes(5000));
    }
    expect((await buffer(stream)).equals(bytes)).toBe(true);
    expect(blobRequests(server)).toHaveLength(1);
  });

  it('holds little of a large blob while nobody reads', async () => {
    await using server = await serve(blob(size));
    const stream = await (await contentOf(server)).open(patient);
    const filled = full(stream);
    stream.read(0);
    await filled;
    // Another one of the same size comes whole in the meantime.
    expect((await download(server)).equals(bytes)).toBe(true);
    expect(stream.readableLength).toBeLessThan(512 * 1024);
    stream.destroy();
  });

  it('ends with the reason of an abort', async () => {
    await using server = await serve(blob(size));
    const abort = new AbortController();
    const stream = await (await contentOf(server)).open(abort.signal);
    abort.abort(new Error('stop'));
    await expect(buffer(stream)).rejects.toThrow('stop');
  });
});
