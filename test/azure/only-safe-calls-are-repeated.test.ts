import { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { AzureHttp } from '../../src/azure/http/http-client.ts';
import { defaultHttpSettings } from '../../src/azure/http/http-settings.ts';
import { createInProcessLimits } from '../../src/azure/http/in-process-limits.ts';
import type { FailureReason } from '../../src/domain/service-failure.ts';
import { uploadDataset } from '../../src/sources/studio-classic/dataset-upload.ts';
import { WorkspaceClient } from '../../src/sources/studio-classic/workspace-client.ts';
import { clearedAsset } from '../harness/clearances.ts';
import {
  type Answer,
  inTurn,
  json,
  reset,
  startScriptedServer,
  status,
} from '../sources/studio-classic/scripted-server.ts';
import {
  churn,
  HurriedClock,
  hurried,
  patient,
  sourceAt,
  token,
  workspaceId,
  workspacePath,
} from '../sources/studio-classic/small-studio.ts';

const familyPath = `${workspacePath}/datasources/family/f00d`;
const users = [
  { Status: 'Active', User: { UserId: '1', Email: 'alexw@example.com', Name: 'Alex Wilber', Role: 'Owner' } },
];

describe('reads are repeated', () => {
  it.each([
    ['a cut connection', reset],
    ['a failure of the service', status(503, '')],
    ['a broken-off list', status(200, '[{"Status":"Active","Us')],
  ])('after %s', async (_what, fault) => {
    await using server = await startScriptedServer({
      [`GET ${workspacePath}/users`]: inTurn(fault, fault, json(users)),
    });
    const members = await sourceAt(server.url).members(workspaceId, patient);
    expect(members).toEqual([
      { userId: '1', email: 'alexw@example.com', name: 'Alex Wilber', role: 'owner', status: 'active' },
    ]);
    expect(server.seen).toHaveLength(3);
  });

  it('but not for ever', async () => {
    await using server = await startScriptedServer({ [`GET ${workspacePath}/users`]: status(500, '') });
    await expect(sourceAt(server.url).members(workspaceId, patient)).rejects.toMatchObject({ reason: 'unavailable' });
    expect(server.seen).toHaveLength(3);
  });

  it.each([400, 401, 403, 404, 409])('and not after %i, which says no', async (code) => {
    await using server = await startScriptedServer({ [`GET ${workspacePath}/users`]: status(code, '') });
    await expect(sourceAt(server.url).members(workspaceId, patient)).rejects.toMatchObject({ status: code });
    expect(server.seen).toHaveLength(1);
  });

  it('and an abort ends the call with its own reason', async () => {
    const abort = new AbortController();
    await using server = await startScriptedServer({
      [`GET ${workspacePath}/users`]: () => abort.abort(new Error('stop')),
    });
    await expect(sourceAt(server.url).members(workspaceId, abort.signal)).rejects.toThrow('stop');
    expect(server.seen).toHaveLength(1);
  });
});

describe('deleting a family is repeated, because doing it twice does no harm', () => {
  const outcomeOf = async (...answers: readonly Answer[]) => {
    await using server = await startScriptedServer({ [`DELETE ${familyPath}`]: inTurn(...answers) });
    return {
      result: await sourceAt(server.url).delete(workspaceId, churn, clearedAsset(workspaceId, churn), patient),
      calls: server.seen.length,
    };
  };

  it('deleted', async () => expect(await outcomeOf(status(200, ''))).toEqual({ result: 'deleted', calls: 1 }));
  it('204 counts as deleted', async () =>
    expect(await outcomeOf(status(204, ''))).toEqual({ result: 'deleted', calls: 1 }));
  it('gone when it was not there', async () =>
    expect(await outcomeOf(status(404, ''))).toEqual({ result: 'gone', calls: 1 }));
  it('gone when the answer was lost: nobody can tell by whom', async () =>
    expect(await outcomeOf(reset, status(404, ''))).toEqual({ result: 'gone', calls: 2 }));
  it('gone when the first attempt was turned away by throttling', async () =>
    expect(await outcomeOf(status(429, ''), status(404, ''))).toEqual({ result: 'gone', calls: 2 }));
  it('refused with a conflict, at once', async () =>
    await expect(outcomeOf(status(409, 'in use'))).rejects.toMatchObject({
      reason: 'conflict',
      serviceMessage: 'in use',
    }));
});

describe('a call that failed in passing', () => {
  it('is repeated after growing waits, kept by the clock', async () => {
    const clock = new HurriedClock();
    await using server = await startScriptedServer({
      [`GET ${workspacePath}/users`]: inTurn(status(500, ''), reset, status(503, ''), json(users)),
    });
    const http = { retryDelayMs: 60_000, maxRetryDelayMs: 600_000, maxRetries: 3 };
    await sourceAt(server.url, { clock, http }).members(workspaceId, patient);
    expect(clock.waits).toEqual([30_000, 60_000, 120_000]);
  });
});

describe('a host that says "slow down" is obeyed', () => {
  it.each([
    ['seconds', { 'Retry-After': '7' }, 7000],
    ['a date', { 'Retry-After': 'Tue, 24 Nov 2026 12:00:09 GMT' }, 9000],
    ['milliseconds', { 'x-ms-retry-after-ms': '250' }, 250],
  ])('for as long as it asks, in %s', async (_unit, headers, expected) => {
    const clock = new HurriedClock();
    await using server = await startScriptedServer({
      [`GET ${workspacePath}/users`]: inTurn(status(429, '', headers), json(users)),
    });
    await sourceAt(server.url, { clock }).members(workspaceId, patient);
    expect(clock.waits).toEqual([expected]);
  });

  it('for a growing while when it does not say how long', async () => {
    const clock = new HurriedClock();
    await using server = await startScriptedServer({
      [`GET ${workspacePath}/users`]: inTurn(status(429, ''), status(429, ''), json(users)),
    });
    const http = { retryDelayMs: 100, maxRetryDelayMs: 1000 };
    await sourceAt(server.url, { clock, http }).members(workspaceId, patient);
    expect(clock.waits).toEqual([100, 200]);
  });

  it('by every other call to it too', async () => {
    const clock = new HurriedClock();
    await using server = await startScriptedServer({
      [`GET ${workspacePath}/users`]: status(429, '', { 'Retry-After': '5' }),
      [`GET ${workspacePath}`]: json({ WorkspaceId: workspaceId, Type: 'Free' }),
    });
    const source = sourceAt(server.url, { clock, http: { maxRetries: 0 } });
    await expect(source.members(workspaceId, patient)).rejects.toMatchObject({
      reason: 'throttled',
      retryAfterMs: 5000,
    });
    await source.workspace(workspaceId, patient);
    expect(clock.waits).toEqual([5000]);
  });
});

describe('an upload', () => {
  const ticket = json({ Id: 'upload-1', DataTypeId: 'GenericCSV' });
  const bytes = Buffer.alloc(5 * 1024 * 1024, 'a row of a dataset\n');
  const upload = async (blocks: Answer, commit: Answer) => {
    const blockPath = `POST /api/blobuploads/workspaces/${workspaceId}/`;
    await using server = await startScriptedServer({
      [`POST /api/resourceuploads/workspaces/${workspaceId}/`]: ticket,
      [blockPath]: blocks,
      [`POST ${workspacePath}/datasources`]: commit,
    });
    const parts = {
      settings: { ...defaultHttpSettings, ...hurried },
      clock: new HurriedClock(),
      limits: createInProcessLimits(),
      random: () => 0,
      log: null,
    };
    const client = new WorkspaceClient(
      { workspaceId, token, registeredBy: null, endpoint: server.url },
      new AzureHttp(parts),
    );
    const dataset = {
      name: 'new.csv',
      dataTypeId: 'GenericCSV',
      description: '',
      familyId: null,
      sizeBytes: bytes.length,
    };
    const result = await uploadDataset(client, { ...dataset, bytes: Readable.from([bytes]) }, patient).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    return { ...result, seen: server.seen };
  };

  it('repeats a block that was lost, and commits once', async () => {
    const { seen, ...result } = await upload(inTurn(reset, ticket), json('the-new-id'));
    expect(result).toEqual({ value: 'the-new-id' });
    const blocks = seen.filter(({ url }) => url.includes('blobuploads'));
    const ids = blocks.map(({ url }) => new URLSearchParams(url.split('?')[1]).get('blockId'));
    expect(ids).toEqual(['0', '0', '1', '2']);
    expect(
      blocks
        .slice(1)
        .map(({ body }) => body)
        .join(''),
    ).toBe(bytes.toString());
    const commits = seen.filter(({ url }) => url.endsWith('/datasources')).map(({ body }) => JSON.parse(body));
    expect(commits).toMatchObject([{ UploadId: 'upload-1', DataSource: { Name: 'new.csv', FamilyId: null } }]);
  });

  it.each<[string, Answer, FailureReason]>([
    ['a lost answer', reset, 'unreachable'],
    ['a failure of the service', status(500, ''), 'unavailable'],
    ['a name that is taken', status(409, 'taken'), 'conflict'],
    ['forbidden characters', status(400, 'forbidden characters'), 'rejected'],
  ])('never repeats the commit, whatever becomes of it (%s)', async (_what, commit, reason) => {
    const { seen, ...result } = await upload(ticket, commit);
    expect(result).toMatchObject({ error: { reason } });
    expect(seen.filter(({ url }) => url.endsWith('/datasources'))).toHaveLength(1);
  });
});

describe('a proxy of the environment', () => {
  it('is not asked for what runs on this machine', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9');
    try {
      await using server = await startScriptedServer({ [`GET ${workspacePath}/users`]: json(users) });
      expect(await sourceAt(server.url).members(workspaceId, patient)).toHaveLength(1);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
