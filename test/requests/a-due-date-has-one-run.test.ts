import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { saveConversation, savePerson } from '../../src/database/person-rows.ts';
import { readSchedule } from '../../src/database/schedule-rows.ts';
import { storedJson } from '../../src/database/storable.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { RepeatedAsk, Schedule } from '../../src/domain/schedule.ts';
import { ask } from '../../src/requests/create.ts';
import { erasePerson } from '../../src/requests/erase-person.ts';
import { recordPreparation } from '../../src/requests/preparation.ts';
import { removeOldRecords } from '../../src/requests/remove-old-records.ts';
import { findRequest, myRequests } from '../../src/requests/report.ts';
import { dueSchedule, endForLeaver, startRun } from '../../src/requests/scheduled-runs.ts';
import { pressSchedule, proposeSchedule } from '../../src/requests/schedules.ts';
import { transition } from '../../src/requests/transition.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { asker, jobServices } from '../harness/job-services.ts';
import { termsWith } from '../harness/policies.ts';

const day = 24 * 3_600_000;
const conversation = { id: 'chat', tenantId: asker.tenantId, kind: 'personal', reference: {} } as const;
const wanted: RepeatedAsk = { action: 'export', target: 'workspace', workspaceId: 'w', data: 'all', mentions: [] };
const never = new AbortController().signal;

describeOnEachDatabase('a schedule', (open) => {
  let opened: OpenedDatabase;
  let clock: TestClock;
  let services: WorkflowServices;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    clock = new TestClock('2026-11-24T12:00:00Z');
    services = jobServices(opened.database, opened.queue, {} as AssetSource, clock);
    const { db } = opened.database;
    for (const table of ['cards', 'request_history', 'requests', 'schedules', 'audit', 'people', 'conversations']) {
      await sql`delete from ${sql.table(table)}`.execute(db);
    }
    await saveConversation(db, conversation, new Date(clock.now()));
    const known = { person: asker, rosterTenantId: null, channelUserId: '29:a', rosterReadAt: null };
    await savePerson(db, { ...known, personalConversationId: 'chat' }, new Date(clock.now()));
  });

  /** A daily schedule in UTC, the first run of which is due on the 25th at six. */
  async function daily(until: string | null = null): Promise<Schedule> {
    const wish = { ask: wanted, workspaceName: 'Churn Lab', rule: 'FREQ=DAILY', from: null, until, timeZone: 'UTC' };
    const { number } = await proposeSchedule(services, asker, { ...wish, conversationId: 'chat' });
    const outcome = await pressSchedule(services, asker, number, 1, 'confirm');
    if (outcome.result !== 'accepted') throw new Error(outcome.refusal);
    return outcome.schedule;
  }

  const audited = async (): Promise<string[]> => {
    const { rows } = await sql<{ action: string }>`select action from audit order by sequence`.execute(
      opened.database.db,
    );
    return rows.map(({ action }) => action);
  };

  it('makes one request of a due date, however many processes take it, and moves on with it', async () => {
    const { number } = await daily();
    expect(await dueSchedule(services, number)).toBeNull();
    expect(await startRun(services, number, asker)).toBeNull();
    clock.advance(18 * 3_600_000);
    expect(await dueSchedule(services, number)).toMatchObject({ number });
    const started = await Promise.all([1, 2, 3].map(() => startRun(services, number, asker)));
    expect(started.filter((each) => each !== null)).toHaveLength(1);
    const [run, ...others] = await myRequests(services, asker, 10);
    expect(others).toEqual([]);
    expect(run).toMatchObject({
      state: 'preparing',
      originConversationId: 'chat',
      ask: { ...wanted, schedule: { of: number, rule: 'FREQ=DAILY', dueAt: '2026-11-25T06:00:00.000Z' } },
    });
    const next = await readSchedule(opened.database.db, number);
    expect(new Date(next?.nextDueAt ?? 0).toISOString()).toBe('2026-11-26T06:00:00.000Z');
    expect(await audited()).toEqual(['schedule.asked', 'schedule.confirmed', 'schedule.due', 'request.asked']);
  });

  it('has its run go on without a press, unless it needs an approval; an ask of a person always waits for one', async () => {
    const { number } = await daily();
    const origin = { conversationId: 'chat', kind: 'personal', activityId: 'typed' } as const;
    const prepared = { kind: 'preview', othersAssets: false, totals: [], personalData: 'own', changes: null } as const;
    const workspace = { id: 'w', name: 'Churn Lab', accountType: 'free', serviceType: '', expiresAt: null } as const;
    const states: (string | undefined)[] = [];
    for (const [approvalsNeeded, ofSchedule] of [
      [0, true],
      [1, true],
      [0, false],
    ] as const) {
      clock.advance(day);
      const made = ofSchedule
        ? await startRun(services, number, asker)
        : (await ask(services, asker, origin, wanted)).number;
      const snapshot = { number: made ?? 0, version: 1, token: services.newToken() };
      await recordPreparation(services, snapshot, { ...prepared, workspace, terms: termsWith(approvalsNeeded) });
      states.push((await findRequest(services, made ?? 0))?.state);
      await transition(services, made ?? 0, { type: 'cancelled', by: asker, version: null }, { person: asker });
    }
    expect(states).toEqual(['scheduled', 'awaiting-confirmation', 'awaiting-confirmation']);
  });

  it('is open to no limit of open requests, since it has one open run at the most', async () => {
    services = { ...services, settings: { ...services.settings, maxOpenRequests: 1 } };
    const { number } = await daily();
    const origin = { conversationId: 'chat', kind: 'personal', activityId: 'other' } as const;
    await ask(services, asker, origin, wanted);
    clock.advance(day);
    expect(await startRun(services, number, asker)).not.toBeNull();
    clock.advance(day);
    const leftOut = await startRun(services, number, asker);
    expect(await findRequest(services, leftOut ?? 0)).toMatchObject({
      state: 'rejected',
      refusal: { reason: 'earlier-run-unfinished' },
    });
    clock.advance(day);
    expect(await startRun(services, number, asker)).toBeNull();
  });

  it('cannot be stored with anything but an export, nor read with it', async () => {
    const { number } = await daily();
    const { db } = opened.database;
    const deletion = storedJson({ ...wanted, action: 'delete-workspace' });
    const change = db.updateTable('schedules').set({ ask: deletion }).where('number', '=', number);
    await expect(change.execute()).rejects.toThrow(/check/u);
    await sql`alter table schedules drop constraint schedules_ask_check`.execute(db);
    await change.execute();
    await expect(startRun(services, number, asker)).rejects.toThrow('something else than an export');
    expect(await myRequests(services, asker, 10)).toEqual([]);
    await sql`delete from schedules`.execute(db);
    await sql`alter table schedules add constraint schedules_ask_check check (ask ->> 'action' = 'export')`.execute(db);
  });

  it('keeps its person and chat while it is active, and goes as early as names once it has ended', async () => {
    const { db } = opened.database;
    const active = await daily();
    const ended = await daily();
    const unconfirmed = await proposeSchedule(services, asker, {
      ask: wanted,
      workspaceName: 'Churn Lab',
      rule: 'FREQ=DAILY',
      from: null,
      until: null,
      timeZone: 'UTC',
      conversationId: 'chat',
    });
    await endForLeaver(services, ended.number);
    clock.advance(29 * day);
    await removeOldRecords(services, never);
    expect(await readSchedule(db, ended.number)).toMatchObject({ state: 'ended', end: 'left', nextDueAt: null });
    clock.advance(500 * day);
    await removeOldRecords(services, never);
    expect(await readSchedule(db, ended.number)).toBeNull();
    expect(await readSchedule(db, unconfirmed.number)).toBeNull();
    expect(await readSchedule(db, active.number)).toMatchObject({ state: 'active' });
    const count = async (table: string) => (await sql`select 1 from ${sql.table(table)}`.execute(db)).rows.length;
    expect([await count('people'), await count('conversations')]).toEqual([1, 1]);
    await endForLeaver(services, active.number);
    await removeOldRecords(services, never);
    expect([await count('people'), await count('conversations')]).toEqual([0, 0]);
  });

  it('is shown to nobody else, also once it has ended', async () => {
    const { number } = await daily();
    const stranger = { ...asker, objectId: 'stranger' };
    for (const choice of ['stop', 'confirm', 'decline'] as const) {
      const refused = { result: 'refused', refusal: 'not-yours', schedule: null };
      expect(await pressSchedule(services, stranger, number, 1, choice)).toEqual(refused);
    }
    await endForLeaver(services, number);
    expect(await pressSchedule(services, stranger, number, 1, 'stop')).toMatchObject({ schedule: null });
  });

  it('is removed with its person', async () => {
    const { number } = await daily();
    expect(await erasePerson(services, asker, 'test+0')).toMatchObject({ result: 'erased', wasKnown: true });
    expect(await readSchedule(opened.database.db, number)).toBeNull();
    clock.advance(day);
    expect(await startRun(services, number, asker)).toBeNull();
  });
});
