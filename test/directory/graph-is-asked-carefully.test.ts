import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGraphDirectory } from '../../src/directory/graph-directory.ts';
import { isDirectoryFailure, type ServiceFailure } from '../../src/domain/service-failure.ts';
import { systemClock } from '../../src/system-clock.ts';
import { startTestAzurite } from '../harness/azurite.ts';
import { clearedExport } from '../harness/clearances.ts';
import { adele, alex, megan } from '../harness/world.ts';
import { graphSettings, startTestGraph, type TestGraph } from './a-directory.ts';

const signal = new AbortController().signal;
const storage = 'https://account.blob.core.windows.net/container?sv=1&sig=c2VjcmV0c2lnbmF0dXJl';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startTestGraph({ personalAccounts: ['lynner@example.com'] });
});
afterEach(() => graph.close());

const failure = (work: Promise<unknown>): Promise<ServiceFailure> =>
  work.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => {
      if (isDirectoryFailure(error)) return error;
      throw error;
    },
  );

describe('a tenant administrator', () => {
  it('is whoever holds the role of Global Administrator, on whatever page the role stands', async () => {
    expect(await graph.directory.isAdministrator(megan.objectId, signal)).toBe(true);
    expect(await graph.directory.isAdministrator(alex.objectId, signal)).toBe(false);
  });

  it('is asked for each time, so that a role which was taken away counts no more', async () => {
    graph.setAdministrators([]);
    expect(await graph.directory.isAdministrator(megan.objectId, signal)).toBe(false);
  });

  it('is nobody who is not in the directory', async () => {
    expect(await graph.directory.isAdministrator('9f0c1d77-0000-4000-8000-000000000000', signal)).toBe(false);
  });

  it('is nobody while Graph cannot be asked: that is an error, not a no', async () => {
    await graph.fault('GET', 'transitiveMemberOf', { kind: 'status', status: 403 });
    const error = await failure(graph.directory.isAdministrator(megan.objectId, signal));
    expect(error.reason).toBe('forbidden');
    expect(error.message).toContain('RoleManagement.Read.Directory');
  });
});

describe('a person', () => {
  it('is found by address and by the beginning of a name', async () => {
    const found = await graph.directory.find('AdeleV@example.com', signal);
    expect(found.map(({ id, name }) => [id, name])).toEqual([[adele.objectId, 'Adele Vance']]);
    expect((await graph.directory.find('Wilber', signal)).map(({ address }) => address)).toEqual([alex.email]);
    expect((await graph.directory.find('A', signal)).map(({ name }) => name)).toEqual(['Alex Wilber', 'Adele Vance']);
  });

  it('is not found by a name that would end the question: it is a name only', async () => {
    expect(await graph.directory.find("x') or startswith(displayName,'A", signal)).toEqual([]);
    expect(await graph.directory.find('nobody@example.com', signal)).toEqual([]);
    expect(await graph.directory.person('../me', signal)).toBeNull();
  });

  it('with a personal account is marked as such', async () => {
    const [lynne] = await graph.directory.find('lynner@example.com', signal);
    expect(lynne?.isPersonalAccount).toBe(true);
    expect((await graph.directory.person(alex.objectId, signal))?.isPersonalAccount).toBe(false);
  });
});

describe('an export', () => {
  it('is started once, written through the address it was given, and followed to its end', async () => {
    const azurite = await startTestAzurite();
    const { createDropOffContainers } = await import('../../src/archive/drop-off-container.ts');
    const dropOff = createDropOffContainers({
      url: azurite.url,
      signIn: { kind: 'key', accountName: azurite.accountName, accountKey: azurite.accountKey },
      allowHttp: true,
      clock: systemClock,
    });
    await dropOff.ensure('one-operation', signal);
    const { url } = await dropOff.writeAccess('one-operation');
    const started = await graph.directory.startExport(alex.objectId, url, await clearedExport(alex.objectId), signal);
    expect(started.retryAfterMs).toBe(1_000);
    const seen: string[] = [];
    for (let look = 0; look < 4; look += 1) {
      seen.push((await graph.directory.operation(started.operationId, signal)).status);
    }
    expect(seen).toEqual(['notStarted', 'running', 'running', 'complete']);
    const files = await Array.fromAsync(dropOff.files('one-operation', signal));
    expect(files).toHaveLength(3);
    await azurite.close();
  });

  it('is never asked for twice, whatever comes back', async () => {
    await graph.fault('POST', 'exportPersonalData', { kind: 'status', status: 503 });
    expect(
      (await failure(graph.directory.startExport(alex.objectId, storage, await clearedExport(alex.objectId), signal)))
        .reason,
    ).toBe('unavailable');
    expect((await graph.calls()).filter((call) => call.startsWith('POST'))).toHaveLength(1);
  });

  it('that ends in doubt is told from one that was refused', async () => {
    const cases = [
      [{ kind: 'status', status: 500 }, true],
      [{ kind: 'reset', after: 'effect' }, true],
      [{ kind: 'html' }, true],
      [{ kind: 'status', status: 503, headers: { 'Retry-After': '1' } }, true],
      [{ kind: 'status', status: 429, headers: { 'Retry-After': '7' } }, false],
      [{ kind: 'status', status: 403 }, false],
      [{ kind: 'status', status: 400 }, false],
      [{ kind: 'status', status: 303, headers: { Location: '/v1.0/elsewhere' } }, true],
      [{ kind: 'status', status: 307, headers: { Location: '/v1.0/elsewhere' } }, true],
    ] as const;
    for (const [fault, doubt] of cases) {
      await graph.fault('POST', 'exportPersonalData', fault, { times: 1 });
      const error = await failure(
        graph.directory.startExport(alex.objectId, storage, await clearedExport(alex.objectId), signal),
      );
      expect([fault, error.mayHaveActed]).toEqual([fault, doubt]);
    }
    // No redirect was followed, neither as the same call nor as another.
    expect((await graph.calls()).filter((call) => call.startsWith('POST'))).toHaveLength(cases.length);
    expect((await graph.calls()).filter((call) => call.includes('elsewhere'))).toEqual([]);
  });

  it('leaves no trace of the address in any error', async () => {
    for (const fault of [
      { kind: 'status', status: 400, message: `bad location ${storage}` },
      { kind: 'reset' },
      { kind: 'malformed' },
    ]) {
      await graph.fault('POST', 'exportPersonalData', fault, { times: 1 });
      const error = await failure(
        graph.directory.startExport(alex.objectId, storage, await clearedExport(alex.objectId), signal),
      );
      const told = `${JSON.stringify(error)} ${error.message} ${error.stack} ${String(error.cause)}`;
      expect(told).not.toContain('c2VjcmV0');
      expect(told).not.toContain(graph.token);
    }
  });

  it('is followed through failures in passing', async () => {
    const { operationId } = await graph.directory.startExport(
      alex.objectId,
      storage,
      await clearedExport(alex.objectId),
      signal,
    );
    await graph.fault('GET', 'dataPolicyOperations', { kind: 'status', status: 503 }, { times: 1 });
    expect((await graph.directory.operation(operationId, signal)).status).toBe('notStarted');
    expect((await failure(graph.directory.operation('another', signal))).reason).toBe('not-found');
  });
});

describe('the token', () => {
  it('is sent to the configured address only', async () => {
    const elsewhere = { endpoint: 'http://graph.example.com', credential: graphSettings(graph).credential };
    expect(() => createGraphDirectory(elsewhere, systemClock)).toThrow('https://');
  });

  it('that cannot be had is told as what an administrator has to grant', async () => {
    const credential = { getToken: () => Promise.reject(new Error('secret inside')) };
    const directory = createGraphDirectory({ endpoint: graph.url, credential }, systemClock);
    const error = await failure(directory.find('Alex', signal));
    expect(error.reason).toBe('unauthorized');
    expect(error.message).not.toContain('secret inside');
  });
});
