import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createGraphAccounts } from '../../src/directory/graph-accounts.ts';
import { NotCleared } from '../../src/domain/clearance.ts';
import type { Person } from '../../src/domain/people.ts';
import { isDirectoryFailure } from '../../src/domain/service-failure.ts';
import { ask } from '../../src/requests/create.ts';
import { stopRun, takeRun } from '../../src/requests/lease.ts';
import { hasLeft, withdrawLeavers } from '../../src/requests/leavers.ts';
import { beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { findRequest } from '../../src/requests/report.ts';
import { activeSchedules, pressSchedule, proposeSchedule } from '../../src/requests/schedules.ts';
import { systemClock } from '../../src/system-clock.ts';
import { run } from '../../src/workers/run-request.ts';
import { directoryClearance } from '../../src/workflows/clearances.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { graphSettings, startTestGraph, type TestGraph } from '../directory/a-directory.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { jobServices } from '../harness/job-services.ts';
import { member } from '../harness/people.ts';
import { termsWith } from '../harness/policies.ts';
import { previewOf } from '../harness/previews.ts';
import * as chat from '../harness/world.ts';

const signal = AbortSignal.timeout(120_000);

describeOnEachDatabase('somebody whose account is disabled or gone', (open) => {
  let opened: OpenedDatabase;
  let graph: TestGraph;
  let services: WorkflowServices;
  let messages = 0;
  let tenants = 0;
  let alex: Person;
  let adele: Person;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    // Each test has people of its own.
    tenants += 1;
    alex = member(chat.alex.objectId, 'Alex Wilber', chat.alex.email, `tenant-${tenants}`);
    adele = member(chat.adele.objectId, 'Adele Vance', chat.adele.email, `tenant-${tenants}`);
    graph = await startTestGraph();
    const { database, queue } = opened;
    const made = jobServices(database, queue, {} as never, new TestClock());
    services = { ...made, accounts: createGraphAccounts(graphSettings(graph), systemClock) };
  });
  afterEach(() => graph.close());

  /** A deletion with a preview, or confirmed, by somebody. */
  async function deletion(by: Person, isConfirmed: boolean): Promise<number> {
    messages += 1;
    const origin = { conversationId: 'chat', kind: 'personal', activityId: `leaver-${messages}` } as const;
    const wish = { action: 'delete', target: 'assets', data: 'customer', mentions: [{ name: 'churn.csv' }] } as const;
    const { number, version } = await ask(services, by, origin, wish);
    await recordPreparation(services, beginSnapshot(services, { number, version }), previewOf(termsWith(0)));
    const preview = await findRequest(services, number);
    const pressed = { request: number, version: preview?.version ?? 0, choice: 'delete' };
    if (isConfirmed) expect((await press(services, by, pressed)).result).toBe('accepted');
    return number;
  }
  const stateOf = async (number: number) => (await findRequest(services, number))?.state;
  const told = async (number: number) => {
    const jobs = await opened.database.boss.findJobs('tell-administrators');
    return jobs.map(({ data }) => data as { requests: number[] }).filter(({ requests }) => requests.includes(number));
  };
  const refuseGraph = () => graph.fault('GET', 'users', { kind: 'status', status: 403 });

  it.each(['disabled', 'deleted'])('is found out as %s; everybody else is not', async (how) => {
    expect(await hasLeft(services, alex)).toBe(false);
    graph.setLeavers({ [how]: [chat.alex.email] });
    expect([await hasLeft(services, alex), await hasLeft(services, adele)]).toEqual([true, false]);
    const { accounts: _unchecked, ...without } = services;
    expect(await withdrawLeavers(without, signal)).toBe(0);
  });

  it('loses what waits and their schedules, and the administrators hear of it once', async () => {
    const waiting = [await deletion(alex, false), await deletion(alex, true)];
    const others = await deletion(adele, false);
    const proposed = await proposeSchedule(services, alex, {
      ask: { action: 'export', target: 'workspace', data: 'all', mentions: [], workspaceId: 'ws' },
      workspaceName: 'Churn Lab',
      rule: 'FREQ=MONTHLY',
      from: null,
      until: null,
      timeZone: 'UTC',
      conversationId: 'chat',
    });
    const { number, version } = proposed;
    await pressSchedule(services, alex, number, version, 'confirm');
    expect(await activeSchedules(services, alex)).toHaveLength(1);
    expect(await withdrawLeavers(services, signal)).toBe(0);
    graph.setLeavers({ disabled: [chat.alex.email] });
    await withdrawLeavers(services, signal);
    for (const each of waiting) {
      expect(await findRequest(services, each)).toMatchObject({
        state: 'cancelled',
        refusal: { reason: 'requester-left' },
      });
    }
    expect(await activeSchedules(services, alex)).toEqual([]);
    expect(await stateOf(others)).toBe('awaiting-confirmation');
    await withdrawLeavers(services, signal);
    expect(await told(waiting[0] ?? 0)).toMatchObject([{ requests: waiting, schedules: [number] }]);
  });

  it('is found out also beside an account of which the directory does not say', async () => {
    const megan = member(chat.megan.objectId, 'Megan Bowen', chat.megan.email, alex.tenantId);
    const unknown = await deletion(megan, false);
    const left = [await deletion(alex, false), await deletion(adele, false)];
    graph.setLeavers({ disabled: [chat.alex.email, chat.adele.email] });
    await graph.fault('GET', megan.objectId, { kind: 'status', status: 403 });
    await expect(withdrawLeavers(services, signal)).rejects.toSatisfy(isDirectoryFailure);
    expect(await Promise.all([...left, unknown].map(stateOf))).toEqual([
      'cancelled',
      'cancelled',
      'awaiting-confirmation',
    ]);
  });

  it('is found out beside any number of accounts of which the directory never says', async () => {
    const silent = Array.from({ length: 6 }, (_, n) => `0000000${n}-0000-4000-8000-000000000000`);
    for (const id of silent) await deletion(member(id, 'Somebody', `${id}@example.com`, alex.tenantId), false);
    // Unknown to the directory, and the last in the order of ids.
    const gone = member('ffffffff-0000-4000-8000-000000000000', 'Gone', 'gone@example.com', alex.tenantId);
    const number = await deletion(gone, false);
    for (const id of silent) await graph.fault('GET', id, { kind: 'status', status: 403 });
    await expect(withdrawLeavers(services, signal)).rejects.toSatisfy(isDirectoryFailure);
    expect(await stateOf(number)).toBe('cancelled');
  });

  it('starts nothing: a run ends before it begins', async () => {
    const number = await deletion(alex, true);
    graph.setLeavers({ deleted: [chat.alex.email] });
    await run(services, number, signal);
    expect(await findRequest(services, number)).toMatchObject({ state: 'cancelled', startedAt: null });
  });

  it('is stopped before the next call that destroys something, and the run ends as one that was stopped', async () => {
    const number = await deletion(alex, true);
    const taken = await takeRun(services, number);
    if (taken === null) throw new Error('it does not run');
    const clearance = () =>
      directoryClearance(services, taken, 'somebody', async () => true, signal).then(
        () => 'given',
        (error: unknown) => (error instanceof NotCleared ? error.denial.kind : error),
      );
    expect(await clearance()).toBe('given');
    graph.setLeavers({ disabled: [chat.alex.email] });
    expect(await clearance()).toBe('stopped');
    expect(await findRequest(services, number)).toMatchObject({ state: 'running', stopRequested: true });
    await stopRun(services, taken);
    expect(await stateOf(number)).toBe('cancelled');
    expect(await told(number)).toHaveLength(1);
  });

  it('is not assumed while Graph does not say: then nothing starts, nothing is deleted and nothing is withdrawn', async () => {
    const [waits, runs] = [await deletion(alex, false), await deletion(alex, true)];
    const taken = await takeRun(services, runs);
    if (taken === null) throw new Error('it does not run');
    await refuseGraph();
    await expect(withdrawLeavers(services, signal)).rejects.toSatisfy(isDirectoryFailure);
    expect(await stateOf(waits)).toBe('awaiting-confirmation');
    const asked = directoryClearance(services, taken, 'somebody', async () => true, signal);
    await expect(asked).rejects.toSatisfy(isDirectoryFailure);
    await graph.clearFaults();
    await graph.fault('GET', 'users', { kind: 'status', status: 503 });
    const later = await deletion(alex, true);
    await run(services, later, signal);
    expect(await findRequest(services, later)).toMatchObject({
      state: 'running',
      refusal: { reason: 'directory-unavailable' },
    });
  });
});
