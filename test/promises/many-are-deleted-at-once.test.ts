import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { AssetResult, RequestRecord } from '../../src/domain/request.ts';
import { cancelByNumber } from '../../src/requests/cancel.ts';
import { ask } from '../../src/requests/create.ts';
import { takeRun } from '../../src/requests/lease.ts';
import { press } from '../../src/requests/press.ts';
import { findRequest, reportRequest } from '../../src/requests/report.ts';
import { prepare } from '../../src/workers/prepare-request.ts';
import { run } from '../../src/workers/run-request.ts';
import { deleteAssets } from '../../src/workflows/delete-assets/run.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { asker, jobServices } from '../harness/job-services.ts';
import {
  type Answer,
  json,
  type ScriptedServer,
  startScriptedServer,
  status,
} from '../sources/studio-classic/scripted-server.ts';
import {
  datasetPayload,
  patient,
  sourceAt,
  workspaceId,
  workspacePath,
} from '../sources/studio-classic/small-studio.ts';

const count = 300;
const numbers = Array.from({ length: count }, (_, nth) => nth);
const familyOf = (nth: number) => `f${nth}`;

/** A workspace with many datasets, which counts what is asked of it. */
class LargeStudio {
  readonly present = new Set(numbers);
  readonly deletions: number[] = [];
  /** Answers the deletion of a dataset instead of deleting it. */
  readonly refusals = new Map<number, Answer>();
  onDeletion: (count: number) => Promise<unknown> = async () => {};
  /** Ends when a deletion that has arrived takes effect. */
  landing: () => Promise<unknown> = async () => {};
  mostAtOnce = 0;
  #atOnce = 0;
  server: ScriptedServer | null = null;

  async start(): Promise<string> {
    const each = numbers.flatMap((nth): [string, Answer][] => [
      [`GET ${workspacePath}/datasources/${this.payload(nth).Id}`, this.#slowly((...of) => this.#give(nth, ...of))],
      [
        `DELETE ${workspacePath}/datasources/family/${familyOf(nth)}`,
        this.#slowly((...of) => this.#remove(nth, ...of)),
      ],
    ]);
    this.server = await startScriptedServer({
      ...Object.fromEntries(each),
      [`GET ${workspacePath}`]: json({ WorkspaceId: workspaceId, FriendlyName: 'Churn Lab', Type: 'Free' }),
      [`GET ${workspacePath}/users`]: json([
        { Status: 'Active', User: { UserId: '1', Email: asker.mail, Name: asker.name, Role: 'Owner' } },
      ]),
      [`GET ${workspacePath}/experiments`]: json([]),
      [`GET ${workspacePath}/datasources`]: (...of) => json([...this.present].map((nth) => this.payload(nth)))(...of),
    });
    return this.server.url;
  }

  payload(nth: number): Record<string, unknown> {
    const Id = `${workspaceId}.${familyOf(nth)}.v1`;
    return datasetPayload('http://127.0.0.1:1', { Id, FamilyId: familyOf(nth), Name: `churn ${nth}.csv` });
  }

  #give(nth: number, ...of: Parameters<Answer>): void {
    (this.present.has(nth) ? json(this.payload(nth)) : status(404, ''))(...of);
  }

  #remove(nth: number, ...of: Parameters<Answer>): void {
    const refusal = this.refusals.get(nth);
    if (refusal) {
      refusal(...of);
      return;
    }
    void this.landing()
      .then(() => {
        this.deletions.push(nth);
        this.present.delete(nth);
        return this.onDeletion(this.deletions.length);
      })
      .then(() => status(200, '')(...of));
  }

  /** Answers in a later turn, so that calls can meet, and notes how many do. */
  #slowly(answer: Answer): Answer {
    return (response, ...of) => {
      this.#atOnce += 1;
      this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
      response.once('close', () => {
        this.#atOnce -= 1;
      });
      setImmediate(() => answer(response, ...of));
    };
  }
}

describeOnEachDatabase('a deletion of many assets', (open) => {
  let opened: OpenedDatabase;
  let studio: LargeStudio;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  afterEach(() => studio.server?.[Symbol.asyncDispose]());

  async function confirmed(): Promise<{ services: WorkflowServices; number: number }> {
    studio = new LargeStudio();
    const source = sourceAt(await studio.start());
    const services = jobServices(opened.database, opened.queue, source, new TestClock());
    const origin = { conversationId: 'chat', kind: 'personal', activityId: null } as const;
    const wish = { action: 'delete', target: 'assets', data: 'customer', mentions: [] } as const;
    const { number } = await ask(services, asker, origin, { ...wish, selection: { kind: 'dataset', except: [] } });
    await prepare(services, number, patient);
    const { version } = await now(services, number);
    await press(services, asker, { request: number, version, choice: 'delete' });
    return { services, number };
  }

  async function now(services: WorkflowServices, number: number): Promise<RequestRecord> {
    const request = await findRequest(services, number);
    if (!request) throw new Error('the request is gone');
    return request;
  }

  /** The results by dataset; null where nothing is recorded. */
  async function results(number: number): Promise<Map<number, AssetResult['result'] | null>> {
    const rows = await opened.database.db
      .selectFrom('requestAssets')
      .select(['familyId', 'deleted'])
      .where('requestNumber', '=', number)
      .execute();
    return new Map(rows.map(({ familyId, deleted }) => [Number(familyId.slice(1)), deleted]));
  }

  const runJobs = async (number: number) =>
    (await opened.database.boss.findJobs('run', { data: { request: number } })).length;

  /** The same for a worker in another process. */
  const elsewhere = (services: WorkflowServices): WorkflowServices => ({
    ...services,
    source: sourceAt(studio.server?.url ?? ''),
  });

  const having = (all: Map<number, unknown>, result: string | null) =>
    [...all].filter(([, each]) => each === result).map(([nth]) => nth);

  it('gives each asset its own result and audit row, never with more calls at a time than agreed', async () => {
    const { services, number } = await confirmed();
    studio.refusals.set(7, status(403, ''));
    studio.onDeletion = async (nth) => {
      // Somebody else is at work too.
      if (nth === 1) studio.present.delete(299);
    };
    await run(services, number, patient);
    const all = await results(number);
    expect(having(all, 'failed')).toEqual([7]);
    expect(having(all, 'done').length + having(all, 'gone').length).toBe(count - 1);
    expect(new Set(studio.deletions).size).toBe(studio.deletions.length);
    expect(having(all, 'done').sort()).toEqual([...studio.deletions].sort());
    const audit = await opened.database.db
      .selectFrom('audit')
      .select('action')
      .where('requestNumber', '=', number)
      .where('action', 'like', 'asset.delete.%')
      .execute();
    expect(audit).toHaveLength(count);
    expect(studio.mostAtOnce).toBeGreaterThan(1);
    expect(studio.mostAtOnce).toBeLessThanOrEqual(8);
    expect(await now(services, number)).toMatchObject({
      state: 'partly-failed',
      verifiedAt: new Date(services.clock.now()),
    });
  });

  it('ends soon after a stop; what was not asked for by then is kept, and nothing is left in doubt', async () => {
    const { services, number } = await confirmed();
    studio.onDeletion = async (nth) => {
      if (nth === 20) await cancelByNumber(services, asker, number);
    };
    await run(services, number, patient);
    const all = await results(number);
    expect(studio.deletions.length).toBeGreaterThanOrEqual(20);
    expect(studio.deletions.length).toBeLessThan(count / 2 + 50);
    expect(having(all, 'done').sort()).toEqual([...studio.deletions].sort());
    expect(having(all, 'kept').length).toBeGreaterThan(0);
    const unsettled = await opened.database.db
      .selectFrom('requestAssets')
      .select('position')
      .where('requestNumber', '=', number)
      .where('deleteBegun', '=', true)
      .where('deleted', 'is', null)
      .execute();
    expect(unsettled).toEqual([]);
    expect((await now(services, number)).state).toBe('cancelled');
  });

  it('that a failure in passing interrupts goes on later, and asks for nothing twice', async () => {
    const { services, number } = await confirmed();
    for (const nth of [40, 41, 150]) studio.refusals.set(nth, status(503, ''));
    await run(services, number, patient);
    expect((await now(services, number)).state).toBe('running');
    const before = await results(number);
    // What had an answer by then is written down.
    expect(having(before, 'done').sort()).toEqual([...studio.deletions].sort());
    expect(having(before, null).length).toBeGreaterThan(0);
    studio.refusals.clear();
    await run(services, number, patient);
    expect(having(await results(number), 'done')).toHaveLength(count);
    expect(studio.deletions).toHaveLength(count);
    expect((await now(services, number)).state).toBe('succeeded');
  });

  it('ends for now when Studio asks for a pause longer than anybody waits, however many wait for a place', async () => {
    const { services, number } = await confirmed();
    for (const nth of numbers) studio.refusals.set(nth, status(429, '', { 'Retry-After': '600' }));
    await run(services, number, patient);
    expect(await now(services, number)).toMatchObject({
      state: 'running',
      refusal: { retryAt: new Date(services.clock.now() + 600_000).toISOString() },
    });
    expect(studio.deletions).toEqual([]);
    studio.refusals.clear();
    await run(elsewhere(services), number, patient);
    expect(having(await results(number), 'done')).toHaveLength(count);
  });

  it('that is stopped in its second attempt never says kept of what it is deleting', async () => {
    const { services, number } = await confirmed();
    studio.refusals.set(0, status(503, ''));
    await run(services, number, patient);
    studio.refusals.clear();
    const before = await runJobs(number);
    let stopping: Promise<void> | null = null;
    const stop = async () => {
      await cancelByNumber(services, asker, number);
      if ((await runJobs(number)) > before) await run(elsewhere(services), number, patient);
    };
    studio.landing = () => {
      stopping ??= stop();
      return stopping;
    };
    await run(services, number, patient);
    expect(stopping).not.toBeNull();
    const all = await results(number);
    expect(having(all, 'done').sort()).toEqual([...studio.deletions].sort());
    expect(having(all, 'kept').filter((nth) => !studio.present.has(nth))).toEqual([]);
    expect((await now(services, number)).state).toBe('cancelled');
  });

  it('that is stopped and taken over from a run that still lives leaves in doubt what may yet go', async () => {
    const { services, number } = await confirmed();
    let stopping: Promise<void> | null = null;
    const stop = async () => {
      await cancelByNumber(services, asker, number);
      // Its worker fell silent, so another one has it.
      await run(elsewhere(services), number, patient);
    };
    studio.landing = () => {
      stopping ??= stop();
      return stopping;
    };
    await run(services, number, patient);
    expect((await now(services, number)).state).toBe('cancelled');
    expect(studio.deletions.length).toBeGreaterThan(0);
    const all = await results(number);
    for (const nth of studio.deletions) expect(all.get(nth)).toBeNull();
    const report = await reportRequest(services, number);
    expect(report?.unsettled).toBeGreaterThanOrEqual(studio.deletions.length);
  });

  it('whose worker is shut down before anything was asked for does not end', async () => {
    const { services, number } = await confirmed();
    const taken = await takeRun(services, number);
    if (taken === null) throw new Error('no run');
    const down = new Error('the worker shuts down');
    await expect(deleteAssets(services, taken, async () => {}, AbortSignal.abort(down))).rejects.toThrow(down);
    expect(studio.deletions).toEqual([]);
    await run(services, number, patient);
    expect(having(await results(number), 'done')).toHaveLength(count);
  });

  it('that a later run takes over stops at once and writes nothing more', async () => {
    const { services, number } = await confirmed();
    studio.onDeletion = async (nth) => {
      if (nth === 5) await takeRun(services, number);
    };
    await run(services, number, patient);
    const begun = await opened.database.db
      .selectFrom('requestAssets')
      .select('position')
      .where('requestNumber', '=', number)
      .where('deleteBegun', '=', true)
      .execute();
    expect(studio.deletions.length).toBeLessThanOrEqual(begun.length);
    expect(begun.length).toBeLessThan(count);
    expect((await now(services, number)).state).toBe('running');
    await run(services, number, patient);
    expect(having(await results(number), 'done')).toHaveLength(count);
    expect(studio.present.size).toBe(0);
  });
});
