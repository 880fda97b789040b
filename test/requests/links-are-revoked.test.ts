import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { BlobServiceClient, type ContainerClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createDropOffContainers } from '../../src/archive/drop-off-container.ts';
import { type ArchiveStorage, createArchiveStorage } from '../../src/archive/storage.ts';
import { readPartFacts } from '../../src/database/archive-parts.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { RequestRecord } from '../../src/domain/request.ts';
import type { Azurite } from '../../src/local/azurite.ts';
import { ask } from '../../src/requests/create.ts';
import { finishRun, recordPart, takeRun } from '../../src/requests/lease.ts';
import { beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { renewLink } from '../../src/requests/renew.ts';
import { reportRequest } from '../../src/requests/report.ts';
import {
  recordLinksReplaced,
  recordRevocationTrouble,
  resumeRevocations,
  revocationTarget,
  revocationWork,
} from '../../src/requests/revoke.ts';
import { RunSupersededError } from '../../src/requests/transition.ts';
import { removeArchive, removeDueArchives } from '../../src/workers/remove-archive.ts';
import { replaceLinks } from '../../src/workers/replace-links.ts';
import { sweepStorage } from '../../src/workers/sweep-storage.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { type FastClock, fastClock } from '../archive/impatient-clock.ts';
import { startTestAzurite } from '../harness/azurite.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { asker, jobServices } from '../harness/job-services.ts';
import { member } from '../harness/people.ts';
import { termsWith } from '../harness/policies.ts';
import { previewOf } from '../harness/previews.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const { signal } = new AbortController();
const other = member('megan', 'Megan Bowen', 'meganb@example.com', 'tenant');

describeOnEachDatabase('the links of an archive', (open) => {
  let azurite: Azurite;
  let opened: OpenedDatabase;
  let storage: ArchiveStorage;
  let container: ContainerClient;
  let services: WorkflowServices;
  let clock: FastClock;

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
    storage = createArchiveStorage({ ...account, container: 'archives', retry: { maxTries: 1 } });
    await storage.ensure();
    const credential = new StorageSharedKeyCredential(accountName, accountKey);
    container = new BlobServiceClient(url, credential).getContainerClient('archives');
    // A source that answers nothing: nobody's membership is looked up.
    const plain = jobServices(opened.database, opened.queue, {} as AssetSource, clock);
    const settings = { ...plain.settings, linkLifetimeMs: day, archiveRetentionMs: 3 * day };
    services = { ...plain, storage, dropOff: createDropOffContainers(account), settings };
    await sql`delete from sweeps`.execute(opened.database.db);
  });

  const put = (name: string, content: string) =>
    pipeline(Readable.from([Buffer.from(content)]), storage.upload(name, 'application/zip'));
  const stands = async (number: number): Promise<RequestRecord> => {
    const report = await reportRequest(services, number);
    if (!report) throw new Error('no request');
    return report.request;
  };
  const blobs = async (number: number): Promise<string[]> => {
    const names: string[] = [];
    for await (const { name } of container.listBlobsFlat({ prefix: `DSR-${number}/` })) names.push(name);
    return names;
  };
  const partsOf = (number: number) => readPartFacts(opened.database.db, number);
  /** A finished export of two parts, with their lists; gives its number and the links to its parts. */
  const exported = async (): Promise<{ number: number; links: string[]; old: string[] }> => {
    const origin = { conversationId: 'chat', kind: 'personal', activityId: randomUUID() } as const;
    const wish = { action: 'export', target: 'workspace', data: 'all', mentions: [] } as const;
    const request = await ask(services, asker, origin, wish);
    const workspace = { id: 'ws', name: 'Lab', accountType: 'guest', serviceType: 'Guest', expiresAt: null } as const;
    await recordPreparation(services, beginSnapshot(services, request), previewOf(termsWith(0), [], workspace));
    const { version, number } = await stands(request.number);
    await press(services, asker, { request: number, version, choice: 'export' });
    const run = await takeRun(services, number);
    if (!run) throw new Error('no run');
    for (const part of [1, 2]) {
      const name = `DSR-${number}/${run.token}/part-00${part}`;
      const content = `the bytes of part ${part} of ${number}`;
      await put(`${name}.zip`, content);
      await put(`${name}.list.gz`, `list ${part}`);
      const recorded = {
        part,
        blobName: `${name}.zip`,
        sizeBytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
        files: 1,
        contents: { list: `${name}.list.gz`, assets: 0 },
        completes: part === 2,
      };
      await recordPart(services, run, recorded, []);
    }
    await finishRun(services, run, { outcome: 'succeeded' });
    return { number, links: await linksTo(number), old: await blobs(number) };
  };
  const linksTo = async (number: number) => {
    const terms = { downloadName: 'a.zip', expiresAt: new Date(clock.now() + day) };
    return Promise.all((await partsOf(number)).map(async ({ blobName }) => (await storage.link(blobName, terms)).url));
  };
  const pressed = async (number: number, choice: string, person = asker) => {
    const { version } = await stands(number);
    return press(services, person, { request: number, version, choice });
  };
  const statuses = (links: readonly string[]) => Promise.all(links.map(async (link) => (await fetch(link)).status));
  const waiting = async (job: string, number: number) =>
    (await opened.database.boss.findJobs(job, { data: { request: number }, queued: true })).length;

  it('are replaced by one press, in one transaction with its job, history and audit row, without a secret', async () => {
    const { number, links, old } = await exported();
    const before = await stands(number);
    clock.advance(minute);
    const first = await pressed(number, 'replace-links');
    expect(first.result).toBe('accepted');
    const choice = { request: number, version: before.version, choice: 'replace-links' };
    expect((await press(services, asker, choice)).result).toBe('repeated');
    expect(await waiting('replace-links', number)).toBe(1);
    // Until it is done there is no new link, and the old ones are not said to be dead.
    expect(await renewLink(services, asker, number)).toMatchObject({ refusal: { reason: 'links-being-revoked' } });
    expect(await stands(number)).toMatchObject({ revocation: { stage: 'replacing' }, linksRevokedAt: null });
    expect(await statuses(links)).toEqual([200, 200]);

    clock.advance(minute);
    await replaceLinks(services, number, signal);
    expect(await statuses(links)).toEqual([404, 404]);
    const after = await stands(number);
    expect(after).toMatchObject({ revocation: null, linksRevokedAt: new Date(clock.now()) });
    // Neither the end of the request nor that of its archive or its links has moved.
    for (const kept of ['state', 'finishedAt', 'removeAfter', 'linkExpiresAt'] as const) {
      expect(after[kept]).toEqual(before[kept]);
    }
    expect(await statuses(await linksTo(number))).toEqual([200, 200]);
    const names = await blobs(number);
    expect(names).toHaveLength(old.length);
    expect(names.filter((name) => old.includes(name))).toEqual([]);
    for (const { part, blobName } of await partsOf(number)) {
      expect(await text(await storage.read(blobName))).toBe(`the bytes of part ${part} of ${number}`);
      const { rows } = await sql<{ list: string }>`select contents ->> 'list' as list from archive_parts
        where request_number = ${number} and part = ${part}`.execute(opened.database.db);
      expect(rows[0]?.list).toBe(blobName.replace('.zip', '.list.gz'));
    }
    expect(await renewLink(services, asker, number)).toMatchObject({ result: 'accepted' });

    const { rows: audit } = await sql<{ action: string; actor: string; detail: object }>`
      select action, actor, detail from audit where request_number = ${number} and action like 'request.links-%'
      order by sequence`.execute(opened.database.db);
    expect(audit.map(({ action, actor }) => [action, actor])).toEqual([
      ['request.links-revoked', asker.objectId],
      ['request.links-replaced', 'system'],
    ]);
    const { rows: history } = await sql<{ event: string }>`select * from request_history
      where request_number = ${number} and event like 'links-%' order by version`.execute(opened.database.db);
    expect(history.map(({ event }) => event)).toEqual(['links-revoked', 'links-replaced']);
    expect(JSON.stringify([audit, history])).not.toMatch(/sig=|https?:|part-/u);
  });

  it('are nobody else’s to revoke, nor found by others', async () => {
    const { number, links } = await exported();
    for (const choice of ['replace-links', 'remove-archive']) {
      expect(await pressed(number, choice, other)).toMatchObject({ refusal: { reason: 'not-the-requester' } });
    }
    const elsewhere = { ...asker, tenantId: 'elsewhere' };
    expect(await pressed(number, 'replace-links', elsewhere)).toMatchObject({ refusal: { reason: 'unknown-request' } });
    expect(await revocationTarget(services, other, number)).toEqual({ kind: 'unknown' });
    expect(await revocationTarget(services, other, null)).toEqual({ kind: 'none' });
    expect(await waiting('replace-links', number)).toBe(0);
    expect(await stands(number)).toMatchObject({ revocation: null });
    expect(await statuses(links)).toEqual([200, 200]);
  });

  it('are replaced once by workers that do it at the same time, and nothing is lost', async () => {
    const { number, links } = await exported();
    await pressed(number, 'replace-links');
    await Promise.allSettled(Array.from({ length: 4 }, () => replaceLinks(services, number, signal)));
    await replaceLinks(services, number, signal);
    expect(await stands(number)).toMatchObject({ revocation: null, linksRevokedAt: expect.any(Date) });
    expect(await statuses(links)).toEqual([404, 404]);
    expect(await statuses(await linksTo(number))).toEqual([200, 200]);
    expect(await blobs(number)).toHaveLength(4);
  });

  it('are not said to be dead while something that they open is there; its card says what hinders it', async () => {
    const { number, links, old } = await exported();
    await pressed(number, 'replace-links');
    // A lease that somebody else holds on an old blob keeps it from being deleted.
    const held = container.getBlobClient(old.find((name) => name.endsWith('part-002.zip')) ?? '');
    const lease = held.getBlobLeaseClient();
    await lease.acquireLease(-1);
    await expect(replaceLinks(services, number, signal)).rejects.toMatchObject({ name: 'ServiceFailure' });
    expect(await stands(number)).toMatchObject({
      revocation: { stage: 'deleting', trouble: expect.stringContaining('Storage refused the request while removing') },
      linksRevokedAt: null,
    });
    expect(await statuses(links)).toEqual([404, 200]);
    // Deleted by somebody else, and what a lost copy has left is gone as well.
    await put(`DSR-${number}/${randomUUID()}/part-001.zip`, 'lost');
    await lease.releaseLease();
    await replaceLinks(services, number, signal);
    expect(await stands(number)).toMatchObject({ revocation: null, linksRevokedAt: expect.any(Date) });
    expect(await statuses(links)).toEqual([404, 404]);
    expect(await blobs(number)).toHaveLength(4);
  });

  it('keep what they open when a copy differs, and can then still be ended by removing the archive', async () => {
    const { number, links, old } = await exported();
    await put(old.find((name) => name.endsWith('part-002.zip')) ?? '', 'other bytes');
    await pressed(number, 'replace-links');
    await expect(replaceLinks(services, number, signal)).rejects.toMatchObject({ reason: 'unreadable' });
    expect(await statuses(links)).toEqual([200, 200]);
    expect(await stands(number)).toMatchObject({
      revocation: { stage: 'replacing', trouble: expect.stringContaining('differs from what was exported') },
    });
    expect((await partsOf(number)).map(({ blobName }) => old.includes(blobName))).toEqual([true, true]);

    expect(await pressed(number, 'remove-archive')).toMatchObject({ result: 'accepted' });
    expect(await pressed(number, 'replace-links')).toMatchObject({ refusal: { reason: 'already-confirmed' } });
    // The job of the replacement has nothing more to do.
    await replaceLinks(services, number, signal);
    expect(await statuses(links)).toEqual([200, 200]);
    await removeArchive(services, number, signal);
    expect(await statuses(links)).toEqual([404, 404]);
    expect(await blobs(number)).toEqual([]);
    expect(await stands(number)).toMatchObject({ revocation: null, archiveRemovedAt: expect.any(Date) });
    expect(await renewLink(services, asker, number)).toMatchObject({ refusal: { reason: 'archive-gone' } });
    expect(await pressed(number, 'remove-archive')).toMatchObject({ refusal: { reason: 'no-links' } });
  });

  it('end at once with a removed archive, by a clock that is behind too', async () => {
    const { number, links } = await exported();
    await pressed(number, 'remove-archive');
    clock.advance(-5_000);
    await removeArchive(services, number, signal);
    expect(await statuses(links)).toEqual([404, 404]);
    const { rows } = await sql<{ detail: object }>`select detail from audit
      where request_number = ${number} and action = 'archive.removed'`.execute(opened.database.db);
    expect(rows).toEqual([{ detail: { because: 'links revoked' } }]);
  });

  it('that are being replaced end with their archive, and late copies are collected', async () => {
    const { number, links } = await exported();
    await pressed(number, 'replace-links');
    const { attempt = '' } = (await stands(number)).revocation ?? {};
    const copy = `DSR-${number}/${attempt}/part-001.zip`;
    await storage.copy((await partsOf(number))[0]?.blobName ?? '', copy, null, signal);
    // A copy that takes days is not collected as an orphan.
    clock.advance(2 * day);
    await sweepStorage(services, signal);
    expect(await storage.has(copy)).toBe(true);
    clock.advance(day);
    expect(await removeDueArchives(services, signal)).toBeGreaterThan(0);
    expect(await stands(number)).toMatchObject({ revocation: null, archiveRemovedAt: expect.any(Date) });
    await replaceLinks(services, number, signal);
    await put(copy, 'late');
    clock.advance(2 * day);
    await sweepStorage(services, signal);
    expect(await storage.has(copy)).toBe(false);
    expect(await statuses(links)).toEqual([404, 404]);
  });

  it('are not forgotten when their job is lost', async () => {
    const { number } = await exported();
    await pressed(number, 'replace-links');
    await opened.database.boss.deleteQueuedJobs('replace-links');
    expect(await waiting('replace-links', number)).toBe(0);
    await resumeRevocations(services, false);
    await resumeRevocations(services, true);
    expect(await waiting('replace-links', number)).toBe(1);
  });

  it('keep their archive when a worker of an earlier revocation comes late', async () => {
    const { number } = await exported();
    await pressed(number, 'replace-links');
    const late: WorkflowServices = {
      ...services,
      storage: {
        ...storage,
        // While the late worker lists, another one ends this revocation, and the next one has copied its parts.
        list: async function* (prefix: string, abort?: AbortSignal) {
          const names = [];
          for await (const each of storage.list(prefix, abort)) names.push(each);
          late.storage.list = storage.list;
          await replaceLinks(services, number, signal);
          await pressed(number, 'replace-links');
          const deleting = { ...services, storage: { ...storage, remove: () => Promise.reject(new Error('stopped')) } };
          await expect(replaceLinks(deleting, number, signal)).rejects.toThrow('stopped');
          yield* names;
        },
      },
    };
    await replaceLinks(late, number, signal);
    expect(await stands(number)).toMatchObject({ revocation: { stage: 'deleting' } });
    const work = await revocationWork(services, number);
    if (work === null) throw new Error('no revocation');
    const earlier = { ...work, revocation: { ...work.revocation, attempt: 'earlier' } };
    await expect(recordLinksReplaced(services, earlier)).rejects.toThrow(RunSupersededError);
    await recordRevocationTrouble(services, earlier, 'Something of before.');
    expect((await stands(number)).revocation?.trouble).not.toBe('Something of before.');
    await replaceLinks(services, number, signal);
    expect(await stands(number)).toMatchObject({ revocation: null });
    expect(await statuses(await linksTo(number))).toEqual([200, 200]);
    expect(await blobs(number)).toHaveLength(4);
  });

  it('of a missing part stay as they are, and nothing is recorded when all parts are missing', async () => {
    const { number, links, old } = await exported();
    const missing = old.find((name) => name.endsWith('part-002.zip')) ?? '';
    const none = { ...services, storage: { ...storage, copy: () => Promise.resolve(false) } };
    await pressed(number, 'replace-links');
    await expect(replaceLinks(none, number, signal)).rejects.toMatchObject({ reason: 'not-found', transient: true });
    expect(await stands(number)).toMatchObject({ revocation: { stage: 'replacing' } });
    expect(await blobs(number)).toHaveLength(4);
    await storage.remove(missing, signal);
    await replaceLinks(services, number, signal);
    expect(await stands(number)).toMatchObject({ revocation: null });
    expect(await statuses(links)).toEqual([404, 404]);
    const [first, second] = await partsOf(number);
    expect(old).not.toContain(first?.blobName);
    expect(second?.blobName).toBe(missing);
  });

  it('are not said to be being revoked once the archive is removed', async () => {
    const { number } = await exported();
    await pressed(number, 'remove-archive');
    const removedAt = new Date(clock.now());
    await opened.database.db
      .updateTable('requests')
      .set({ archiveRemovedAt: removedAt })
      .where('number', '=', number)
      .execute();
    await resumeRevocations(services, false);
    expect(await stands(number)).toMatchObject({ revocation: null, linksRevokedAt: removedAt });
  });

  it('are asked about when a person has several archives', async () => {
    const { number } = await exported();
    expect(await revocationTarget(services, asker, null)).toMatchObject({ kind: 'several' });
    expect(await revocationTarget(services, asker, number)).toMatchObject({ kind: 'one', request: { number } });
  });
});
