import { ContainerClient } from '@azure/storage-blob';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createDropOffContainers, type DropOffContainers } from '../../src/archive/drop-off-container.ts';
import { createArchiveStorage } from '../../src/archive/storage.ts';
import { readDirectoryExport } from '../../src/database/directory-exports.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { RequestRecord } from '../../src/domain/request.ts';
import { chatPersonName } from '../../src/emulators/graph/sample-people.ts';
import type { Azurite } from '../../src/local/azurite.ts';
import { cancelByNumber } from '../../src/requests/cancel.ts';
import { ask } from '../../src/requests/create.ts';
import { takeRun } from '../../src/requests/lease.ts';
import { press } from '../../src/requests/press.ts';
import { directoryFiles, findRequest } from '../../src/requests/report.ts';
import { giveUp } from '../../src/workers/give-up.ts';
import { prepare } from '../../src/workers/prepare-request.ts';
import { removeArchive } from '../../src/workers/remove-archive.ts';
import { run } from '../../src/workers/run-request.ts';
import { sweepContainers } from '../../src/workers/sweep-containers.ts';
import { followDirectoryExport } from '../../src/workflows/directory-export/poll.ts';
import { beginAsking } from '../../src/workflows/directory-export/records.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { startTestGraph, type TestGraph } from '../directory/a-directory.ts';
import { startTestAzurite } from '../harness/azurite.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { member } from '../harness/people.ts';
import { everyDeletionNeeds } from '../harness/policies.ts';
import { alex, megan } from '../harness/world.ts';

const hour = 3_600_000;
const day = 24 * hour;
const signal = new AbortController().signal;
const administrator = member(megan.objectId, chatPersonName(megan), megan.email);
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

describeOnEachDatabase('an export of directory data', (open) => {
  let opened: OpenedDatabase;
  let azurite: Azurite;
  let graph: TestGraph;
  let clock: TestClock;
  let dropOff: DropOffContainers;
  let services: WorkflowServices;
  let messages = 0;
  let tokens = 0;

  beforeAll(async () => {
    opened = await open();
    azurite = await startTestAzurite();
    graph = await startTestGraph();
  });
  afterAll(async () => {
    await graph.close();
    await azurite.close();
    await opened.close();
  });
  beforeEach(async () => {
    Object.assign(graph.behaviour, { polls: 0, files: 3, fails: false });
    await graph.clearFaults();
    await graph.clearCalls();
    // The storage service uses its own clock, so this clock starts with the same time.
    clock = new TestClock(new Date(Date.now()).toISOString());
    const account = {
      url: azurite.url,
      signIn: { kind: 'key', accountName: azurite.accountName, accountKey: azurite.accountKey },
      allowHttp: true,
      clock,
    } as const;
    dropOff = createDropOffContainers(account);
    const storage = createArchiveStorage({ ...account, container: 'archives' });
    await storage.ensure();
    services = {
      database: opened.database,
      queue: opened.queue,
      clock,
      log: quiet,
      storage,
      dropOff,
      get directory() {
        return graph.directory;
      },
      // An export of directory data never calls the source of assets; a call fails the test.
      source: new Proxy({} as AssetSource, {
        get: () => {
          throw new Error('the source was asked');
        },
      }),
      resolveName: () => ({ result: 'unknown', closest: [] }),
      searchName: () => {
        throw new Error('no name is searched for');
      },
      settings: {
        waitsForPeopleMs: day,
        linkLifetimeMs: day,
        archiveRetentionMs: 3 * day,
        minUpdateGapMs: 3_000,
        policy: { ...everyDeletionNeeds(1), approversExist: true },
        approvers: ['pattif@example.com'],
        approvalConversationId: 'approvers',
      },
      partBytes: 1 << 20,
      newToken: () => `00000000-0000-4000-8000-${String(++tokens).padStart(12, '0')}`,
    };
  });

  const stands = async (number: number): Promise<RequestRecord> => {
    const request = await findRequest(services, number);
    if (request === null) throw new Error('the request is gone');
    return request;
  };
  const confirmed = async (): Promise<number> => {
    const { number } = await ask(
      services,
      administrator,
      { conversationId: 'chat', kind: 'personal', activityId: `message-${++messages}` },
      {
        action: 'export-directory-data',
        target: 'directory-person',
        person: { said: alex.email },
        data: 'personal',
        mentions: [],
      },
    );
    await prepare(services, number, signal);
    const { version } = await stands(number);
    await press(services, administrator, { request: number, version, choice: 'export-directory-data' });
    return number;
  };
  const look = (number: number) => followDirectoryExport(services, number, 1, signal);
  const containerOf = async (number: number) =>
    (await readDirectoryExport(opened.database.db, number))?.container ?? '';
  const isStored = async (container: string) =>
    (await Array.fromAsync(dropOff.containers(container, signal))).length === 1;
  const posts = async () => (await graph.calls()).filter((call) => call.startsWith('POST')).length;
  /** Graph answers the next call that starts an export with this status. */
  const answersOnce = (status: number) =>
    graph.fault('POST', 'exportPersonalData', { kind: 'status', status }, { times: 1 });
  const stood = async (number: number) => {
    const { state, refusal } = await stands(number);
    return [state, refusal?.reason];
  };
  /** Writes to the last operation's container the file in which Graph records the operation. */
  const keepsAccount = async (name = 'RequestInfo.json') => {
    const container = new ContainerClient((await graph.operations()).at(-1)?.storageLocation ?? '');
    await container.getBlockBlobClient(name).upload('{}', 2);
  };
  const fileNames = async (number: number) => (await directoryFiles(services, number, 0, 9)).map(({ name }) => name);

  it('needs no approval, whatever the rule for deletions', async () => {
    expect((await stands(await confirmed())).state).toBe('scheduled');
  });

  it('is asked for once, however often it is run', async () => {
    const number = await confirmed();
    graph.behaviour.polls = 5;
    await run(services, number, signal);
    await run(services, number, signal);
    await run(services, number, signal);
    expect(await posts()).toBe(1);
    expect((await stands(number)).progress.phase).toBe('following');
  });

  it('is in doubt when a worker died after it noted that it is about to ask', async () => {
    const number = await confirmed();
    const taken = await takeRun(services, number);
    if (taken === null) throw new Error('not taken');
    await beginAsking(services, taken, new Date(clock.now() + day));
    await run(services, number, signal);
    expect(await stood(number)).toEqual(['partly-failed', 'directory-export-in-doubt']);
    expect(await posts()).toBe(0);
  });

  it('is in doubt too when the queue gives it up there', async () => {
    const number = await confirmed();
    const taken = await takeRun(services, number);
    if (taken === null) throw new Error('not taken');
    await beginAsking(services, taken, new Date(clock.now() + day));
    await giveUp(services, number);
    expect((await stands(number)).refusal?.reason).toBe('directory-export-in-doubt');
  });

  it('that Graph has accepted is not given up by a job that failed too often: it is polled', async () => {
    graph.behaviour.polls = 2;
    const number = await confirmed();
    await run(services, number, signal);
    await giveUp(services, number);
    expect(await stood(number)).toEqual(['running', undefined]);
    for (let polls = 0; polls < 3; polls += 1) await look(number);
    expect(await stood(number)).toEqual(['succeeded', undefined]);
    expect(await posts()).toBe(1);
  });

  it('that Graph turned away and then refuses is in doubt: the first call may be why it refuses the second', async () => {
    const number = await confirmed();
    await answersOnce(429);
    await run(services, number, signal);
    expect(await stood(number)).toEqual(['running', 'directory-unavailable']);
    await answersOnce(400);
    await run(services, number, signal);
    expect(await stood(number)).toEqual(['partly-failed', 'directory-export-in-doubt']);
    expect(await isStored(await containerOf(number))).toBe(true);
    // No further attempt is made automatically.
    await run(services, number, signal);
    expect(await posts()).toBe(2);
  });

  it('that Graph turned away and then accepts is followed like any other', async () => {
    const number = await confirmed();
    await answersOnce(429);
    await run(services, number, signal);
    await run(services, number, signal);
    await look(number);
    expect(await stood(number)).toEqual(['succeeded', undefined]);
    expect(await posts()).toBe(2);
  });

  it('that Graph refuses at once has failed for certain', async () => {
    const number = await confirmed();
    await answersOnce(400);
    await run(services, number, signal);
    expect(await stood(number)).toEqual(['failed', 'directory-unavailable']);
    expect(await posts()).toBe(1);
  });

  it('has no file in it that Graph keeps for itself', async () => {
    const number = await confirmed();
    graph.behaviour.files = 2;
    await run(services, number, signal);
    await keepsAccount();
    await keepsAccount('ActivityReports/requestinfo.JSON');
    await keepsAccount('OneDrive/my RequestInfo.json');
    await look(number);
    expect(await fileNames(number)).toEqual([
      'ActivityReports/file-0002.json',
      'OneDrive/file-0001.json',
      'OneDrive/my RequestInfo.json',
    ]);
    expect((await readDirectoryExport(opened.database.db, number))?.files).toBe(3);
  });

  it('that was in doubt is known to be started by the file that Graph keeps for itself', async () => {
    const number = await confirmed();
    await graph.fault('POST', 'exportPersonalData', { kind: 'reset', after: 'effect' }, { times: 1 });
    await run(services, number, signal);
    expect(await stood(number)).toEqual(['partly-failed', 'directory-export-in-doubt']);
    await look(number);
    expect(await fileNames(number)).toEqual([]);
    await keepsAccount();
    await look(number);
    expect(await fileNames(number)).toEqual(['RequestInfo.json']);
    expect((await stands(number)).linkExpiresAt).not.toBeNull();
  });

  it('is not asked for after a stop', async () => {
    const number = await confirmed();
    const taken = await takeRun(services, number);
    if (taken === null) throw new Error('not taken');
    await cancelByNumber(services, administrator, number);
    await run(services, number, signal);
    expect((await stands(number)).state).toBe('cancelled');
    expect(await posts()).toBe(0);
  });

  it('leaves the right to write in no row of any table', async () => {
    const number = await confirmed();
    await run(services, number, signal);
    await look(number);
    expect((await stands(number)).state).toBe('succeeded');
    const secret = (await graph.operations()).at(-1)?.storageLocation ?? '';
    const signature = new URL(secret).searchParams.get('sig') ?? '';
    expect(signature.length).toBeGreaterThan(20);
    const { rows } = await sql<{ schema: string; name: string }>`select table_schema as schema, table_name as name
      from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')`.execute(
      opened.database.db,
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { schema, name } of rows) {
      const { rows: all } = await sql`select t::text as row from ${sql.table(`${schema}.${name}`)} t`.execute(
        opened.database.db,
      );
      const text = JSON.stringify(all);
      expect([name, text.includes(signature) || text.includes('sig=')]).toEqual([name, false]);
    }
  });

  it('keeps what Graph wrote for the retention, and not longer, even when the job for it is lost', async () => {
    const number = await confirmed();
    await run(services, number, signal);
    await look(number);
    const container = await containerOf(number);
    clock.advance(2 * day);
    await sweepContainers(services, signal);
    expect(await isStored(container)).toBe(true);
    clock.advance(2 * day);
    await sweepContainers(services, signal);
    expect(await isStored(container)).toBe(false);
    expect((await stands(number)).archiveRemovedAt).not.toBeNull();
  });

  it('is never swept while it runs, nor when it is somebody else’s', async () => {
    const number = await confirmed();
    graph.behaviour.polls = 100;
    await run(services, number, signal);
    const foreign = `directory-export-dsr-${number}-000000000000`;
    await dropOff.ensure(foreign, signal);
    await dropOff.ensure('directory-export-dsr-999999-000000000000', signal);
    clock.advance(6 * day);
    await sweepContainers(services, signal);
    expect(await isStored(await containerOf(number))).toBe(true);
    expect(await isStored(foreign)).toBe(true);
    expect(await isStored('directory-export-dsr-999999-000000000000')).toBe(true);
  });

  it('that was in doubt and is found has links no longer than its files are kept', async () => {
    const number = await confirmed();
    await graph.fault('POST', 'exportPersonalData', { kind: 'reset', after: 'effect' }, { times: 1 });
    await run(services, number, signal);
    // Graph continues independently.
    await graph.directory.operation((await graph.operations()).at(-1)?.id ?? '', signal);
    const { refusal, finishedAt } = await stands(number);
    expect(refusal?.reason).toBe('directory-export-in-doubt');
    clock.advance(2 * day + 12 * hour);
    await look(number);
    expect((await stands(number)).linkExpiresAt?.getTime()).toBe((finishedAt?.getTime() ?? 0) + 3 * day);
  });

  it('is removed when its time is over, with its links', async () => {
    const number = await confirmed();
    await run(services, number, signal);
    await look(number);
    const container = await containerOf(number);
    clock.advance(2 * day);
    await removeArchive(services, number, signal);
    expect(await isStored(container)).toBe(true);
    clock.advance(day);
    await removeArchive(services, number, signal);
    expect(await isStored(container)).toBe(false);
    expect((await stands(number)).archiveRemovedAt).not.toBeNull();
  });

  it('is looked at less and less often, and never sooner than Graph asks', async () => {
    graph.behaviour.polls = 100;
    const waits: number[] = [];
    services = {
      ...services,
      queue: {
        ...opened.queue,
        enqueue: (trx, name, data, options) => {
          const startAfter = options?.startAfter?.getTime() ?? clock.now();
          if (name === 'poll') waits.push((startAfter - clock.now()) / 1_000);
          return opened.queue.enqueue(trx, name, data, options);
        },
      },
    };
    const number = await confirmed();
    await run(services, number, signal);
    for (const each of [1, 5, 40]) await followDirectoryExport(services, number, each, signal);
    const busy = { kind: 'status', status: 429, headers: { 'Retry-After': '7200' } };
    await graph.fault('GET', 'dataPolicyOperations', busy, { times: 1 });
    await followDirectoryExport(services, number, 2, signal);
    expect(waits.slice(0, 4).map(Math.round)).toEqual([15, 23, 114, 900]);
    // The limiter adds a moment to what Graph asks for.
    expect(waits[4]).toBeGreaterThanOrEqual(7_200);
    expect(waits[4]).toBeLessThan(7_210);
  });
});
