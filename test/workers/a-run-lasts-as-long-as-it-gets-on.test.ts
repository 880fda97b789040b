import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { Ask, RequestRecord } from '../../src/domain/request.ts';
import { ask } from '../../src/requests/create.ts';
import {
  recordDeletions,
  recordDeletionsBegin,
  recordPart,
  recordProgress,
  takeRun,
} from '../../src/requests/lease.ts';
import { addToSnapshot, beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { findRequest } from '../../src/requests/report.ts';
import { prepare } from '../../src/workers/prepare-request.ts';
import { run } from '../../src/workers/run-request.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { TestClock } from '../harness/clock.ts';
import { type OpenedDatabase, openPostgres } from '../harness/databases.ts';
import { asker, jobServices } from '../harness/job-services.ts';
import { termsWith } from '../harness/policies.ts';
import { describeOnPostgres } from '../harness/postgres.ts';
import { previewOf } from '../harness/previews.ts';

const minute = 60_000;
const hour = 60 * minute;
const origin = { conversationId: 'chat', kind: 'personal' } as const;
const wish: Ask = { action: 'export', target: 'workspace', data: 'all', mentions: [] };

describeOnPostgres('a long job that is interrupted again and again', () => {
  let opened: OpenedDatabase;
  let clock: TestClock;
  let services: WorkflowServices;
  let messages = 0;

  beforeAll(async () => {
    opened = await openPostgres();
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    clock = new TestClock();
    // An unexpected error in every call of the source.
    const source = new Proxy({} as AssetSource, {
      get: () => () => {
        throw new TypeError('nobody foresaw this');
      },
    });
    services = jobServices(opened.database, opened.queue, source, clock);
  });

  const asked = () => ask(services, asker, { ...origin, activityId: `budget-${++messages}` }, wish);
  const confirmed = async (action: 'export' | 'delete'): Promise<number> => {
    const wanted: Ask =
      action === 'export' ? wish : { action, target: 'assets', data: 'customer', mentions: [{ name: 'a' }] };
    const request = await ask(services, asker, { ...origin, activityId: `budget-${++messages}` }, wanted);
    const snapshot = beginSnapshot(services, request);
    const assets = Array.from({ length: 8 }, (_, position) => ({
      position,
      asset: {
        kind: 'dataset',
        id: `id-${position}`,
        familyId: `family-${position}`,
        name: `d${position}.csv`,
        sizeBytes: 10,
        createdAt: null,
        owner: '',
        versions: 1,
        revision: '',
      } as const,
      dependants: [],
    }));
    await addToSnapshot(services, snapshot, assets);
    await recordPreparation(
      services,
      snapshot,
      previewOf(termsWith(0), [{ kind: 'dataset', count: 40, sizeBytes: 400, sizeIncomplete: false }]),
    );
    const version = (await findRequest(services, request.number))?.version ?? 0;
    await press(services, asker, { request: request.number, version, choice: action });
    return request.number;
  };
  const stateOf = async (number: number): Promise<RequestRecord['state'] | undefined> =>
    (await findRequest(services, number))?.state;
  /** One attempt of the job, as the queue makes it: fails with the unexpected error, or ends the request. */
  const attempt = (number: number) =>
    run(services, number, AbortSignal.timeout(60_000)).then(
      () => 'ended',
      (error: unknown) => (error instanceof TypeError ? 'failed' : Promise.reject(error)),
    );
  /** A worker that takes the run and then never reports again. */
  const lost = async (number: number) => {
    const taken = await takeRun(services, number);
    if (taken === null) throw new Error('nothing to take');
    return taken;
  };

  it.each([
    ['a recorded part', 'export'],
    ['a settled batch', 'delete'],
    ['an asset further than ever before', 'export'],
  ] as const)('goes on for weeks when %s lies between', async (what, action) => {
    const number = await confirmed(action);
    for (let day = 0; day < 8; day += 1) {
      for (let restart = 0; restart < 2; restart += 1) {
        const taken = await lost(number);
        if (restart > 0) continue;
        if (what === 'a recorded part') {
          const part = { blobName: `b${day}`, sizeBytes: 1, sha256: '', files: 1, contents: {}, completes: false };
          await recordPart(services, taken, { part: day + 1, ...part }, []);
        } else if (action === 'delete') {
          const { assets } = await recordDeletionsBegin(services, taken, 0, 1);
          const deletions = assets.map((asset) => ({ asset, outcome: { result: 'done', note: null } as const }));
          await recordDeletions(services, taken, deletions);
        } else {
          const reached = { phase: 'exporting', assetsDone: day + 1, assetsTotal: 40, bytesDone: 0 } as const;
          await recordProgress(services, taken, reached);
        }
      }
      // The next worker takes the lost run, and the request is not given up.
      expect(await attempt(number)).toBe('failed');
      expect(await stateOf(number)).toBe('running');
      clock.advance(23 * hour);
    }
  });

  it('is not given up for many interruptions in a short time', async () => {
    const number = await confirmed('export');
    for (let restart = 0; restart < 10; restart += 1) await lost(number);
    expect(await attempt(number)).toBe('failed');
    expect(await stateOf(number)).toBe('running');
  });

  it('ends as failed when it gets nowhere for too long, though each run does the same work again', async () => {
    const number = await confirmed('export');
    let ended = 'failed';
    for (let restart = 0; restart < 200 && ended === 'failed'; restart += 1) {
      const taken = await lost(number);
      const again = { phase: 'exporting', assetsDone: 7, assetsTotal: 40, bytesDone: 70 } as const;
      await recordProgress(services, taken, again);
      clock.advance(5 * minute);
      ended = await attempt(number);
    }
    expect(ended).toBe('ended');
    expect(await stateOf(number)).toBe('failed');
    expect((await findRequest(services, number))?.refusal?.reason).toBe('gave-up');
  });

  it('ends as failed when an unforeseen error comes back for longer than agreed, not before', async () => {
    const number = await confirmed('export');
    for (let tries = 0; tries < 8; tries += 1) expect(await attempt(number)).toBe('failed');
    clock.advance(11 * minute);
    expect(await attempt(number)).toBe('ended');
    expect(await stateOf(number)).toBe('failed');
  });

  it('holds for preparations, which begin anew each time', async () => {
    const { number } = await asked();
    const prepared = (retries: number) => prepare(services, number, AbortSignal.timeout(60_000), retries);
    for (let retries = 0; retries < 8; retries += 1) await expect(prepared(retries)).rejects.toThrow('foresaw');
    expect(await stateOf(number)).toBe('preparing');
    clock.advance(31 * minute);
    await prepared(8);
    expect(await stateOf(number)).toBe('failed');
  });
});
