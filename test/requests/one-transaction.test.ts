import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readAssets } from '../../src/database/request-assets.ts';
import type { Asset } from '../../src/domain/assets.ts';
import type { Ask, RequestAsset, RequestRecord } from '../../src/domain/request.ts';
import { recordRetry } from '../../src/requests/backoff.ts';
import { cancelByNumber, withdrawMessage } from '../../src/requests/cancel.ts';
import { refreshPerson } from '../../src/requests/contacts.ts';
import { ask } from '../../src/requests/create.ts';
import { expire } from '../../src/requests/expire.ts';
import {
  finishRun,
  type Run,
  recordDeletions,
  recordDeletionsBegin,
  recordPart,
  recordProgress,
  stopRun,
  takeRun,
} from '../../src/requests/lease.ts';
import { claimCard, recordDelivery } from '../../src/requests/outbox.ts';
import { addToSnapshot, beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { reconfirm } from '../../src/requests/reconfirm.ts';
import { renewLink } from '../../src/requests/renew.ts';
import { assetsOf, reportRequest } from '../../src/requests/report.ts';
import { RunSupersededError, transition } from '../../src/requests/transition.ts';
import { giveUp } from '../../src/workers/give-up.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { asSeen, member } from '../harness/people.ts';
import { membersNeedApproval, termsWith } from '../harness/policies.ts';
import { previewOf } from '../harness/previews.ts';

const alex = member('alex', 'Alex Wilber', 'alexw@example.com');
const megan = member('megan', 'Megan Bowen', 'meganb@example.com');
const patti = member('patti', 'Patti Fernandez', 'pattif@example.com');
const hour = 3_600_000;

const dataset: Asset = {
  kind: 'dataset',
  id: 'ws.family.v1',
  familyId: 'family',
  name: 'churn.csv',
  sizeBytes: 48_213,
  createdAt: new Date('2019-06-20T08:40:00Z'),
  owner: 'Alex Wilber',
  versions: 1,
  revision: 'r',
};
const wish: Ask = {
  action: 'delete',
  target: 'assets',
  data: 'customer',
  mentions: [{ kind: 'dataset', name: 'churn.csv' }],
};
const limits = { longestWindowMs: hour, waitForConversation: () => 0 };

describeOnEachDatabase('a change of a request', (open) => {
  let opened: OpenedDatabase;
  let services: WorkflowServices;
  let clock: TestClock;
  let messages = 0;
  let tokens = 0;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    clock = new TestClock();
    services = {
      database: opened.database,
      queue: opened.queue,
      clock,
      // These operations never call the source; a call fails the test.
      source: unused('the source'),
      resolveName: () => ({ result: 'unknown', closest: [] }),
      searchName: () => {
        throw new Error('no name is searched for');
      },
      settings: {
        waitsForPeopleMs: 24 * hour,
        linkLifetimeMs: 24 * hour,
        archiveRetentionMs: 72 * hour,
        minUpdateGapMs: 3_000,
        policy: { ...membersNeedApproval, approversExist: true },
        approvers: ['pattif@example.com', 'alexw@example.com'],
        approvalConversationId: 'approvers',
      },
      newToken: () => `token-${++tokens}`,
      // Nor is anything stored or logged.
      storage: unused('storage'),
      dropOff: unused('drop-off containers'),
      partBytes: 1,
      log: unused('the log'),
    };
  });

  const newMessage = () => `message-${++messages}`;
  const asked = (activityId = newMessage(), person = alex) =>
    ask(services, person, { conversationId: 'chat', kind: 'personal', activityId }, wish);
  const previewed = async (approvalsNeeded = 0): Promise<RequestRecord> => {
    const request = await asked();
    const { number } = request;
    const snapshot = beginSnapshot(services, request);
    await addToSnapshot(services, snapshot, [{ position: 0, asset: dataset, dependants: [] }]);
    await recordPreparation(
      services,
      snapshot,
      previewOf(termsWith(approvalsNeeded), [{ kind: 'dataset', count: 1, sizeBytes: 48_213, sizeIncomplete: false }]),
    );
    return (await reportRequest(services, number))?.request as RequestRecord;
  };
  const taken = async (number: number): Promise<Run> => {
    const run = await takeRun(services, number);
    if (!run) throw new Error('no run');
    return run;
  };
  const onlyAsset = async (number: number): Promise<RequestAsset> => {
    const [asset] = await readAssets(opened.database.db, number, 1);
    if (!asset) throw new Error('no asset');
    return asset;
  };
  const deleted = { result: 'done', note: null } as const;
  /** A running request to delete a workspace. */
  const removing = async (): Promise<number> => {
    const origin = { conversationId: 'chat', kind: 'personal', activityId: newMessage() } as const;
    const whole: Ask = { action: 'delete-workspace', target: 'workspace', data: 'all', mentions: [] };
    const request = await ask(services, alex, origin, whole);
    const { number } = request;
    await recordPreparation(services, beginSnapshot(services, request), previewOf(termsWith(0)));
    const version = (await reportRequest(services, number))?.request.version ?? 0;
    await press(services, alex, { request: number, version, choice: 'delete-workspace' });
    await taken(number);
    return number;
  };
  const count = async (table: 'requests' | 'audit' | 'requestHistory', number: number) => {
    const column = table === 'requests' ? 'number' : 'requestNumber';
    const result = await sql<{
      n: number;
    }>`select count(*)::int as n from ${sql.table(table)} where ${sql.ref(column)} = ${number}`.execute(
      opened.database.db,
    );
    return result.rows[0]?.n;
  };
  const jobs = async (name: string, number: number) => {
    const found = await opened.database.boss.findJobs(name, { data: { request: number } });
    return found.length;
  };

  it('stores request, history, audit row and job together', async () => {
    const { number, state } = await asked();
    expect(state).toBe('preparing');
    expect(await count('requestHistory', number)).toBe(1);
    expect(await count('audit', number)).toBe(1);
    expect(await jobs('prepare', number)).toBe(1);
  });

  it('stores nothing at all when any part of it fails', async () => {
    const before = await previewed();
    const failing = {
      ...services,
      queue: { ...services.queue, enqueue: () => Promise.reject(new Error('the queue is full')) },
    };
    const confirmed = press(failing, alex, { request: before.number, version: before.version, choice: 'delete' });
    await expect(confirmed).rejects.toThrow('the queue is full');
    const after = await reportRequest(services, before.number);
    expect(after?.request).toEqual(before);
    expect(await jobs('run', before.number)).toBe(0);
  });

  it('gives a redelivered message the same request', async () => {
    const message = newMessage();
    const [first, second] = [await asked(message), await asked(message)];
    expect(second.number).toBe(first.number);
    expect(await jobs('prepare', first.number)).toBe(1);
  });

  it('confirms once, however often and however concurrently the button is pressed', async () => {
    const { number, version } = await previewed();
    const pressed = { request: number, version, choice: 'delete' };
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => press(services, alex, pressed)));
    expect(outcomes.map(({ result }) => result).sort()).toEqual(['accepted', ...Array(4).fill('repeated')]);
    expect(await jobs('run', number)).toBe(1);
  });

  it.each([
    ['somebody else', megan, {}, 'not-the-requester'],
    ['somebody of another tenant', { ...alex, tenantId: 'elsewhere' }, {}, 'unknown-request'],
    ['an outdated card', alex, { version: 1 }, 'outdated-card'],
    ['a forged version', alex, { version: 4_711 }, 'outdated-card'],
    ['a choice that was not offered', alex, { choice: 'w0' }, 'unknown-choice'],
    ['a choice that widens the preview', alex, { choice: 'export' }, 'widens-the-preview'],
    ['an unknown request', alex, { request: 999_999 }, 'unknown-request'],
  ])('refuses a press by or with %s', async (_case, person, forged, reason) => {
    const { number, version } = await previewed();
    const outcome = await press(services, person, { request: number, version, choice: 'delete', ...forged });
    expect(outcome).toMatchObject({ result: 'refused', refusal: { reason } });
    expect(await jobs('run', number)).toBe(0);
  });

  it('lets an approver who is not the requester approve, and nobody else', async () => {
    for (const person of [alex, megan, patti]) await refreshPerson(services, asSeen(person));
    const { number, version } = await previewed(1);
    await press(services, alex, { request: number, version, choice: 'delete' });
    const waiting = { request: number, version: version + 1, choice: 'approve' };
    // Alex is a configured approver, but this is his own request.
    expect(await press(services, alex, waiting)).toMatchObject({ refusal: { reason: 'requester-cannot-approve' } });
    expect(await press(services, megan, waiting)).toMatchObject({ refusal: { reason: 'not-an-approver' } });
    expect(await jobs('run', number)).toBe(0);
    expect(await press(services, patti, waiting)).toMatchObject({
      result: 'accepted',
      request: { state: 'scheduled' },
    });
    expect(await jobs('run', number)).toBe(1);
  });

  it('expires when its time is over, and not when it has moved on', async () => {
    const first = await previewed();
    await expire(services, first.number, first.version - 1);
    expect((await reportRequest(services, first.number))?.request.state).toBe('awaiting-confirmation');
    await expire(services, first.number, first.version);
    expect((await reportRequest(services, first.number))?.request.state).toBe('expired');
    const late = await press(services, alex, { request: first.number, version: first.version, choice: 'delete' });
    expect(late).toMatchObject({ result: 'refused', refusal: { reason: 'already-finished' } });
  });

  it('is cancelled by its requester only', async () => {
    const { number } = await previewed();
    expect(await cancelByNumber(services, megan, number)).toMatchObject({ refusal: { reason: 'unknown-request' } });
    expect(await cancelByNumber(services, alex, number)).toMatchObject({
      result: 'accepted',
      request: { state: 'cancelled' },
    });
  });

  it('is withdrawn with its message until it is confirmed, and not after that', async () => {
    const message = newMessage();
    const waiting = await asked(message);
    expect((await withdrawMessage(services, alex, 'chat', message)).withdrawn).toMatchObject([{ state: 'cancelled' }]);
    // The edited message creates a new request with the same activity id.
    expect((await asked(message)).number).not.toBe(waiting.number);

    const confirmed = await previewed();
    await press(services, alex, { request: confirmed.number, version: confirmed.version, choice: 'delete' });
    expect(await withdrawMessage(services, alex, 'chat', `message-${messages}`)).toMatchObject({
      withdrawn: [],
      kept: [{ number: confirmed.number }],
    });
  });

  it('shows progress of the request, not of a run: it never goes back, and it was started once', async () => {
    const { number, version } = await previewed();
    await press(services, alex, { request: number, version, choice: 'delete' });
    const first = await takeRun(services, number);
    if (!first) throw new Error('the request was not taken');
    const startedAt = new Date(clock.now());
    const at = { phase: 'deleting', assetsTotal: 6, bytesDone: 0 } as const;
    await recordProgress(services, first, { ...at, assetsDone: 5 });
    clock.advance(60_000);
    const second = await takeRun(services, number);
    if (!second) throw new Error('the request was not taken again');
    await recordProgress(services, second, { ...at, assetsDone: 0 });
    const shown = async () => (await reportRequest(services, number))?.request;
    expect(await shown()).toMatchObject({ startedAt, progress: { phase: 'deleting', assetsDone: 5 } });
    await recordProgress(services, second, { ...at, assetsDone: 6 });
    expect((await shown())?.progress.assetsDone).toBe(6);
  });

  it('is taken over by a later run, and the earlier one can write nothing more', async () => {
    const { number, version } = await previewed();
    await press(services, alex, { request: number, version, choice: 'delete' });
    const first = await takeRun(services, number);
    const second = await takeRun(services, number);
    if (!first || !second) throw new Error('no run');
    const progress = { phase: 'deleting', assetsDone: 1, assetsTotal: 1, bytesDone: 0 } as const;
    await expect(recordProgress(services, first, progress)).rejects.toThrow(RunSupersededError);
    await expect(finishRun(services, first, { outcome: 'succeeded' })).rejects.toThrow(RunSupersededError);
    await recordDeletions(services, second, [{ asset: await onlyAsset(number), outcome: deleted }]);
    await finishRun(services, second, { outcome: 'succeeded' });
    expect(await takeRun(services, number)).toBeNull();
  });

  it('hands its archive over with a link that dies in time and can be renewed while the archive is there', async () => {
    const { number, version } = await previewed();
    await press(services, alex, { request: number, version, choice: 'export-then-delete' });
    const run = await takeRun(services, number);
    if (!run) throw new Error('no run');
    const part = {
      part: 1,
      blobName: 'b',
      sizeBytes: 5_000_000_000,
      sha256: '0'.repeat(64),
      files: 2,
      contents: {},
      completes: true,
    };
    await recordPart(services, run, part, [{ position: 0, outcome: { result: 'done', note: null } }]);
    await recordDeletions(services, run, [{ asset: await onlyAsset(number), outcome: deleted }]);
    await finishRun(services, run, { outcome: 'succeeded' });
    const report = await reportRequest(services, number);
    expect(report?.parts).toEqual([
      { part: 1, blobName: 'b', sizeBytes: 5_000_000_000, sha256: '0'.repeat(64), files: 2 },
    ]);
    expect(report?.request.linkExpiresAt?.getTime()).toBe(clock.now() + 24 * hour);

    clock.advance(60 * hour);
    expect(await renewLink(services, megan, number)).toMatchObject({ refusal: { reason: 'unknown-request' } });
    // The archive is stored for another twelve hours, which limits the lifetime of the link.
    const renewed = await renewLink(services, alex, number);
    expect(renewed.result === 'accepted' && renewed.request.linkExpiresAt?.getTime()).toBe(clock.now() + 12 * hour);
    clock.advance(13 * hour);
    expect(await renewLink(services, alex, number)).toMatchObject({ refusal: { reason: 'archive-gone' } });
  });

  it('ignores a preparation that another one has overtaken, and what it wrote', async () => {
    const request = await asked();
    const [late, early] = [beginSnapshot(services, request), beginSnapshot(services, request)];
    const found = previewOf(termsWith(0), [{ kind: 'dataset', count: 1, sizeBytes: 48_213, sizeIncomplete: false }]);
    await addToSnapshot(services, early, [{ position: 0, asset: dataset, dependants: [] }]);
    await recordPreparation(services, early, found);
    const unseen = { ...dataset, id: 'ws.other.v1', familyId: 'other', name: 'uploaded later.csv' };
    await addToSnapshot(services, late, [
      { position: 0, asset: dataset, dependants: [] },
      { position: 1, asset: unseen, dependants: [] },
    ]);
    await recordPreparation(services, late, found);
    const report = await reportRequest(services, request.number);
    const shown = await assetsOf(services, request.number, 'shown', 10, 0);
    expect(shown.map(({ asset }) => asset.name)).toEqual(['churn.csv']);
    expect(report?.request.version).toBe(request.version + 1);
  });

  it('keeps a whole archive when its deletion is stopped or given up, and hands it over', async () => {
    for (const end of ['stop', 'give-up'] as const) {
      const { number, version } = await previewed();
      await press(services, alex, { request: number, version, choice: 'export-then-delete' });
      const run = await takeRun(services, number);
      if (!run) throw new Error('no run');
      const part = {
        part: 1,
        blobName: 'b',
        sizeBytes: 5,
        sha256: '0'.repeat(64),
        files: 2,
        contents: {},
        completes: true,
      };
      await recordPart(services, run, part, [{ position: 0, outcome: { result: 'done', note: null } }]);
      await recordDeletionsBegin(services, run, 0, 1);
      if (end === 'stop') {
        await cancelByNumber(services, alex, number);
        await stopRun(services, run);
      } else {
        await giveUp(services, number);
      }
      const report = await reportRequest(services, number);
      expect(report?.request.linkExpiresAt?.getTime()).toBe(clock.now() + 24 * hour);
      // The deletion was sent to Studio and its outcome is unknown, so the report must not say that nothing was
      // changed.
      expect(report?.unsettled).toBe(1);
      const removals = await opened.database.boss.findJobs('remove-archive', { data: { request: number } });
      expect(removals.map(({ startAfter }) => new Date(startAfter).getTime())).toEqual([clock.now() + 72 * hour]);
    }
  });

  it('bears failures in passing for hours with growing waits, and no longer', async () => {
    const { number, version } = await previewed();
    await press(services, alex, { request: number, version, choice: 'delete' });
    const refusal = { reason: 'storage-unavailable' } as const;
    for (let attempt = 0; attempt < 20; attempt += 1) {
      expect(await recordRetry(services, 'run', await taken(number), refusal)).toBe(true);
      clock.advance(30 * 60_000);
    }
    clock.advance(3 * hour);
    expect(await recordRetry(services, 'run', await taken(number), refusal)).toBe(false);
  });

  it('has no run while it waits for the next attempt, and a run that was taken over cannot set it back', async () => {
    const { number, version } = await previewed();
    await press(services, alex, { request: number, version, choice: 'delete' });
    const refusal = { reason: 'storage-unavailable' } as const;
    const first = await taken(number);
    const second = await taken(number);
    expect([first.hadEarlierRun, second.hadEarlierRun]).toEqual([false, true]);
    await recordRetry(services, 'run', first, refusal);
    const progress = { phase: 'deleting', assetsDone: 0, assetsTotal: 1, bytesDone: 0 } as const;
    await recordProgress(services, second, progress);
    await recordRetry(services, 'run', second, refusal);
    await expect(recordProgress(services, second, progress)).rejects.toThrow(RunSupersededError);
    expect((await taken(number)).hadEarlierRun).toBe(false);
  });

  it('that is stopped is seen to at once while it waits for the next attempt, and by its own run otherwise', async () => {
    const { number, version } = await previewed();
    await press(services, alex, { request: number, version, choice: 'delete' });
    const refusal = { reason: 'storage-unavailable' } as const;
    await recordRetry(services, 'run', await taken(number), refusal);
    const next = await taken(number);
    const before = await jobs('run', number);
    await cancelByNumber(services, alex, number);
    expect(await jobs('run', number)).toBe(before);
    await recordRetry(services, 'run', next, refusal);
    await cancelByNumber(services, alex, number);
    // The next attempt, and the recheck for the stop request.
    expect(await jobs('run', number)).toBe(before + 2);
  });

  it('that is asked anew has all patience before it again', async () => {
    const { number, version } = await previewed();
    await press(services, alex, { request: number, version, choice: 'delete' });
    const refusal = { reason: 'storage-unavailable' } as const;
    await recordRetry(services, 'run', await taken(number), refusal);
    clock.advance(2 * hour);
    await reconfirm(services, await taken(number), wish);
    expect((await reportRequest(services, number))?.request).toMatchObject({ state: 'preparing', refusal: null });
    expect(await recordRetry(services, 'prepare', { number, token: null }, refusal)).toBe(true);
  });

  it.each(['succeeded', 'partly-failed'] as const)(
    'does not end as %s while an asset has no recorded result',
    async (outcome) => {
      const { number, version } = await previewed();
      await press(services, alex, { request: number, version, choice: 'delete' });
      const run = await taken(number);
      await expect(finishRun(services, run, { outcome })).rejects.toThrow('no result');
      expect((await reportRequest(services, number))?.request.state).toBe('running');
      await recordDeletions(services, run, [{ asset: await onlyAsset(number), outcome: deleted }]);
      await finishRun(services, run, { outcome });
      expect((await reportRequest(services, number))?.request.state).toBe(outcome);
    },
  );

  it('that exports does not end as succeeded while an asset is not exported, whatever was deleted', async () => {
    const { number, version } = await previewed();
    await press(services, alex, { request: number, version, choice: 'export-then-delete' });
    const run = await taken(number);
    await recordDeletions(services, run, [{ asset: await onlyAsset(number), outcome: deleted }]);
    await expect(finishRun(services, run, { outcome: 'succeeded' })).rejects.toThrow('no result of being exported');
  });

  it('that waits for its workspace to be gone has its stop looked at, however many others are stopped', async () => {
    const numbers = [await removing(), await removing()];
    for (const number of numbers) await cancelByNumber(services, alex, number);
    expect(await Promise.all(numbers.map((number) => jobs('poll', number)))).toEqual([1, 1]);
  });

  describe('and its card', () => {
    it('is claimed once, and again only when it is out of date and the last update is long enough ago', async () => {
      const { number } = await previewed();
      const [card] = await opened.database.db
        .selectFrom('cards')
        .select('id')
        .where('requestNumber', '=', number)
        .execute();
      const id = card?.id ?? 0;
      const claimed = await claimCard(services, id, limits);
      expect(claimed?.wanted).toBe(1);
      expect(await claimCard(services, id, limits)).toBeNull();
      if (!claimed) throw new Error('no claim');
      await recordDelivery(services, claimed, {
        conversationId: 'chat',
        activityId: 'activity',
        sizeStep: 0,
        degraded: false,
      });
      expect(await claimCard(services, id, limits)).toBeNull();

      await cancelByNumber(services, alex, number);
      clock.advance(1_000);
      expect(await claimCard(services, id, limits)).toBeNull();
      clock.advance(2_000);
      expect(await claimCard(services, id, limits)).toMatchObject({ activityId: 'activity', wanted: 2 });
    });

    it('is sent again when the process that was sending it died', async () => {
      const { number } = await previewed();
      const [card] = await opened.database.db
        .selectFrom('cards')
        .select('id')
        .where('requestNumber', '=', number)
        .execute();
      const id = card?.id ?? 0;
      expect(await claimCard(services, id, limits)).not.toBeNull();
      clock.advance(61_000);
      expect(await claimCard(services, id, limits)).not.toBeNull();
    });
  });

  it('refuses an event for a request that does not exist', async () => {
    expect(await transition(services, 999_999, { type: 'expired', version: 1 })).toMatchObject({
      refusal: { reason: 'unknown-request' },
    });
  });
});

/** Something that these tests must not use. */
function unused<Part extends object>(what: string): Part {
  return new Proxy({} as Part, {
    get: () => {
      throw new Error(`${what} was used`);
    },
  });
}
