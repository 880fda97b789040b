import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createDropOffContainers } from '../../src/archive/drop-off-container.ts';
import { recordFileName } from '../../src/archive/record-file-names.ts';
import { type ArchiveStorage, createArchiveStorage } from '../../src/archive/storage.ts';
import { readMarker } from '../../src/database/sweeps.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { Ask, RequestRecord } from '../../src/domain/request.ts';
import { confirmLift, proposeLift } from '../../src/holds/lift-holds.ts';
import { confirmHold, proposeHold } from '../../src/holds/place-holds.ts';
import type { Azurite } from '../../src/local/azurite.ts';
import { cancelByNumber } from '../../src/requests/cancel.ts';
import { ask } from '../../src/requests/create.ts';
import { finishRun, type Run, recordPart, stopRun, takeRun } from '../../src/requests/lease.ts';
import { beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { renewLink } from '../../src/requests/renew.ts';
import { reportRequest } from '../../src/requests/report.ts';
import { giveUp } from '../../src/workers/give-up.ts';
import { removeArchive, removeDueArchives } from '../../src/workers/remove-archive.ts';
import { sweepStorage } from '../../src/workers/sweep-storage.ts';
import { recordByHand } from '../../src/workflows/delete-workspace/records.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { type FastClock, fastClock } from '../archive/impatient-clock.ts';
import { startTestAzurite } from '../harness/azurite.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { asker, jobServices } from '../harness/job-services.ts';
import { termsWith } from '../harness/policies.ts';
import { previewOf } from '../harness/previews.ts';

const hour = 3_600_000;
const day = 24 * hour;
const { signal } = new AbortController();

describeOnEachDatabase('an archive', (open) => {
  let azurite: Azurite;
  let opened: OpenedDatabase;
  let storage: ArchiveStorage;
  let services: WorkflowServices;
  let clock: FastClock;
  let messages = 0;

  beforeAll(async () => {
    azurite = await startTestAzurite();
    opened = await open();
  });
  afterAll(async () => {
    await opened.close();
    await azurite.close();
  });
  beforeEach(async () => {
    clock = fastClock(Date.now());
    const { url, accountName, accountKey } = azurite;
    const account = { url, signIn: { kind: 'key', accountName, accountKey }, allowHttp: true, clock } as const;
    storage = createArchiveStorage({ ...account, container: 'archives' });
    await storage.ensure();
    const plain = jobServices(opened.database, opened.queue, {} as AssetSource, clock);
    const settings = { ...plain.settings, linkLifetimeMs: day, archiveRetentionMs: 3 * day };
    services = { ...plain, storage, dropOff: createDropOffContainers(account), settings };
    await sql`delete from sweeps`.execute(opened.database.db);
  });

  const begun = async (action: 'export' | 'export-then-delete-workspace'): Promise<Run> => {
    const origin = { conversationId: 'chat', kind: 'personal', activityId: `m${++messages}` } as const;
    const wish: Ask =
      action === 'export'
        ? { action, target: 'workspace', data: 'all', mentions: [] }
        : { action: 'delete-workspace', target: 'workspace', data: 'all', mentions: [] };
    const request = await ask(services, asker, origin, wish);
    const workspace = { id: 'ws', name: 'Lab', accountType: 'free', serviceType: 'Free', expiresAt: null } as const;
    const found = previewOf(termsWith(0), [], workspace);
    await recordPreparation(services, beginSnapshot(services, request), found);
    const { version } = await stands(request.number);
    await press(services, asker, { request: request.number, version, choice: action });
    const run = await takeRun(services, request.number);
    if (!run) throw new Error('no run');
    return run;
  };
  const stands = async (number: number): Promise<RequestRecord> => {
    const report = await reportRequest(services, number);
    if (!report) throw new Error('no request');
    return report.request;
  };
  const put = (name: string) => pipeline(Readable.from([Buffer.from('zip')]), storage.upload(name, 'application/zip'));
  /** Uploads and records a part of a run; returns the name of its blob. */
  const part = async (run: Run, number: number, completes: boolean): Promise<string> => {
    const blobName = `DSR-${run.number}/${run.token}/part-00${number}.zip`;
    await put(blobName);
    const contents = {
      part: number,
      blobName,
      sizeBytes: 3,
      sha256: '0'.repeat(64),
      files: 1,
      contents: {},
      completes,
    };
    await recordPart(services, run, contents, []);
    return blobName;
  };
  const isThere = (name: string) => storage.has(name);

  it('is kept for the retention from its hand-over, whatever job or sweep comes before, and not longer', async () => {
    const run = await begun('export');
    const blob = await part(run, 1, true);
    clock.advance(12 * hour);
    await finishRun(services, run, { outcome: 'succeeded' });
    const end = clock.now() + 3 * day;
    expect((await stands(run.number)).removeAfter?.getTime()).toBe(end);
    clock.advance(3 * day - hour);
    await removeArchive(services, run.number, signal);
    await removeDueArchives(services, signal);
    await sweepStorage(services, signal);
    expect(await isThere(blob)).toBe(true);
    // The job for this archive has permanently failed, so the sweep removes it.
    clock.advance(hour);
    expect(await removeDueArchives(services, signal)).toBe(1);
    expect(await isThere(blob)).toBe(false);
    expect((await stands(run.number)).archiveRemovedAt).not.toBeNull();
  });

  it('that is handed over while a person has to delete the workspace goes in its time, and its links with it', async () => {
    const run = await begun('export-then-delete-workspace');
    const blob = await part(run, 1, true);
    await recordByHand(services, run, 'Please delete it yourself.');
    const end = clock.now() + 3 * day;
    expect((await stands(run.number)).removeAfter?.getTime()).toBe(end);
    const removals = await opened.database.boss.findJobs('remove-archive', { data: { request: run.number } });
    expect(removals.map(({ startAfter }) => new Date(startAfter).getTime())).toEqual([end]);
    clock.advance(2 * day + 12 * hour);
    const renewed = await renewLink(services, asker, run.number);
    expect(renewed.result === 'accepted' && renewed.request.linkExpiresAt?.getTime()).toBe(end);
    clock.advance(13 * hour);
    expect(await renewLink(services, asker, run.number)).toMatchObject({ refusal: { reason: 'archive-gone' } });
    await removeArchive(services, run.number, signal);
    expect(await isThere(blob)).toBe(false);
    expect(await stands(run.number)).toMatchObject({ state: 'running', archiveRemovedAt: expect.any(Date) });
  });

  it('is never removed while the work that it belongs to goes on, however long that takes', async () => {
    const run = await begun('export-then-delete-workspace');
    const blob = await part(run, 1, true);
    clock.advance(20 * day);
    await removeArchive(services, run.number, signal);
    await removeDueArchives(services, signal);
    await sweepStorage(services, signal);
    expect(await isThere(blob)).toBe(true);
    await recordByHand(services, run, 'Please delete it yourself.');
    // Such old parts may soon be deleted by the storage account's own rule, so no longer time is promised.
    expect((await stands(run.number)).removeAfter?.getTime()).toBe(clock.now() + day);
  });

  it('is never promised for longer than the storage account keeps its oldest part', async () => {
    const run = await begun('export');
    await part(run, 1, false);
    const first = clock.now();
    clock.advance(2 * day);
    await part(run, 2, true);
    await finishRun(services, run, { outcome: 'succeeded' });
    expect((await stands(run.number)).removeAfter?.getTime()).toBe(first + 4 * day);
  });

  it.each(['failed', 'given up', 'stopped'] as const)('that did not become whole: %s', async (how) => {
    const run = await begun('export');
    const blob = await part(run, 1, false);
    const refusal = { reason: 'storage-unavailable' } as const;
    if (how === 'failed') await finishRun(services, run, { outcome: 'failed', refusal });
    else if (how === 'given up') await giveUp(services, run.number);
    else {
      await cancelByNumber(services, asker, run.number);
      await stopRun(services, run);
    }
    clock.advance(23 * hour);
    await removeArchive(services, run.number, signal);
    await removeDueArchives(services, signal);
    await sweepStorage(services, signal);
    // A stopped archive is removed at once. After a failure it is kept for a day.
    expect(await isThere(blob)).toBe(how !== 'stopped');
    clock.advance(2 * hour);
    await removeDueArchives(services, signal);
    expect(await isThere(blob)).toBe(false);
  });

  it('has nothing beside it that nobody needs: parts of lost runs, blocks of no blob, blobs of no request, files of the record', async () => {
    const run = await begun('export');
    const needed = await part(run, 1, true);
    await finishRun(services, run, { outcome: 'succeeded' });
    const lost = `DSR-${run.number}/${randomUUID()}/part-001.zip`;
    const unknown = `DSR-999999/${randomUUID()}/part-001.zip`;
    const foreign = 'notes/part-001.zip';
    const record = recordFileName(randomUUID(), 'csv');
    for (const name of [lost, unknown, foreign, record]) await put(name);
    const half = `DSR-${run.number}/${randomUUID()}/part-002.zip`;
    const { accountName, accountKey, url } = azurite;
    const client = new BlobServiceClient(url, new StorageSharedKeyCredential(accountName, accountKey));
    const container = client.getContainerClient('archives');
    await container
      .getBlockBlobClient(half)
      .stageBlock(Buffer.from('00000000').toString('base64'), Buffer.from('x'), 1);
    const blocks = async () => {
      const names: string[] = [];
      for await (const { name } of container.listBlobsFlat({ includeUncommitedBlobs: true })) names.push(name);
      return names;
    };
    expect(await blocks()).toContain(half);
    await sweepStorage(services, signal);
    expect(await blocks()).toEqual(expect.arrayContaining([needed, lost, unknown, foreign, half, record]));
    clock.advance(2 * day);
    await sweepStorage(services, signal);
    const left = await blocks();
    expect(left).toEqual(expect.arrayContaining([needed, unknown, foreign]));
    expect(left).not.toContain(lost);
    expect(left).not.toContain(half);
    expect(left).not.toContain(record);
    // The storage account keeps no archive longer than this.
    clock.advance(29 * day);
    await sweepStorage(services, signal);
    expect(await blocks()).not.toContain(unknown);
    expect(await blocks()).toContain(foreign);
  });

  it('is kept by a legal hold, kept away from the storage account’s own rule, and removed once it is lifted', async () => {
    const run = await begun('export');
    const blob = await part(run, 1, true);
    const lost = `DSR-${run.number}/${randomUUID()}/part-001.zip`;
    await put(lost);
    await finishRun(services, run, { outcome: 'succeeded' });
    services = { ...services, settings: { ...services.settings, administrators: asker.addresses } };
    const target = { kind: 'workspace', workspaceId: 'ws', name: 'Lab' } as const;
    const draft = { target, reference: 'M-1', reason: 'A dispute.', from: null, until: null };
    const proposed = await proposeHold(services, asker, draft);
    const held = (await confirmHold(services, asker, proposed.hold?.number ?? 0)).hold;
    const { version } = await stands(run.number);
    const revoke = { request: run.number, version, choice: 'remove-archive' };
    expect(await press(services, asker, revoke)).toMatchObject({ refusal: { reason: 'held' } });
    const { accountName, accountKey, url } = azurite;
    const client = new BlobServiceClient(url, new StorageSharedKeyCredential(accountName, accountKey));
    const changedAt = async () => {
      const { etag } = await client.getContainerClient('archives').getBlobClient(blob).getProperties();
      return etag;
    };
    const before = await changedAt();
    for (let days = 0; days < 6; days += 1) {
      clock.advance(day);
      await removeArchive(services, run.number, signal);
      await removeDueArchives(services, signal);
      await sweepStorage(services, signal);
    }
    expect([await isThere(blob), await isThere(lost)]).toEqual([true, true]);
    expect((await stands(run.number)).archiveRemovedAt).toBeNull();
    expect(await changedAt()).not.toBe(before);
    const lift = await proposeLift(services, asker, held?.number ?? 0, 'Closed.');
    await confirmLift(services, asker, lift.result === 'accepted' ? lift.lift.number : 0);
    clock.advance(day);
    await removeDueArchives(services, signal);
    await sweepStorage(services, signal);
    expect([await isThere(blob), await isThere(lost)]).toEqual([false, false]);
  });

  it('is found by the sweep at the end of a large container, over several runs', async () => {
    const run = await begun('export');
    const lost = Array.from({ length: 7 }, (_, index) => `DSR-${run.number}/${randomUUID()}/part-00${index + 1}.zip`);
    for (const name of lost) await put(name);
    clock.advance(2 * day);
    const most = { pages: 1, pageBlobs: 3, removals: 2 };
    const counts: number[] = [];
    for (let times = 0; times < 30; times += 1) {
      counts.push(await sweepStorage(services, signal, most));
      if ((await readMarker(opened.database.db, 'archives')) === null && counts.at(-1) === 0) break;
    }
    expect(Math.max(...counts)).toBe(2);
    for (const name of lost) expect(await isThere(name)).toBe(false);
  });
});
