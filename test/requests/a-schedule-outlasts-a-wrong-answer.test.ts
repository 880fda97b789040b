import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { saveConversation, savePerson } from '../../src/database/person-rows.ts';
import { readSchedule } from '../../src/database/schedule-rows.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { RosterFacts } from '../../src/domain/speaker.ts';
import { pressSchedule, proposeSchedule, runUnderWay } from '../../src/requests/schedules.ts';
import { startScheduledRun } from '../../src/teams/start-run.ts';
import type { TeamsServices } from '../../src/teams/teams-services.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { asker, jobServices } from '../harness/job-services.ts';

const day = 24 * 3_600_000;
const listed: RosterFacts = {
  name: asker.name,
  objectId: asker.objectId,
  tenantId: asker.tenantId,
  userPrincipalName: asker.userPrincipalName,
  mail: asker.mail,
  userRole: 'user',
};

describeOnEachDatabase('a schedule whose person Teams is asked about', (open) => {
  let opened: OpenedDatabase;
  let clock: TestClock;
  let services: TeamsServices;
  let posted: string[];
  let failures: object[];

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    posted = [];
    failures = [];
    clock = new TestClock('2026-11-24T12:00:00Z');
    const plain = jobServices(opened.database, opened.queue, {} as AssetSource, clock);
    const log = { ...plain.log, error: (_message: string, _error: unknown, fields = {}) => void failures.push(fields) };
    services = { ...plain, log, tenantId: asker.tenantId } as unknown as TeamsServices;
    const { db } = opened.database;
    for (const table of ['cards', 'request_history', 'requests', 'schedules', 'audit', 'people', 'conversations']) {
      await sql`delete from ${sql.table(table)}`.execute(db);
    }
    for (const id of ['earlier', 'present']) {
      const chat = { id, tenantId: asker.tenantId, kind: 'personal', reference: {} } as const;
      await saveConversation(db, chat, new Date(clock.now()));
    }
    const known = { person: asker, rosterTenantId: null, channelUserId: '29:a', rosterReadAt: null };
    await savePerson(db, { ...known, personalConversationId: 'present' }, new Date(clock.now()));
  });

  /** A daily schedule with a run that is due. */
  async function due(): Promise<number> {
    const ask = { action: 'export', target: 'workspace', workspaceId: 'w', data: 'all', mentions: [] } as const;
    const wish = { ask, workspaceName: 'Churn Lab', rule: 'FREQ=DAILY', from: null, until: null, timeZone: 'UTC' };
    const { number } = await proposeSchedule(services, asker, { ...wish, conversationId: 'earlier' });
    await pressSchedule(services, asker, number, 1, 'confirm');
    clock.advance(day);
    return number;
  }

  /** Starts its run, with what Teams answers in each chat. */
  const start = (number: number, answers: Record<string, RosterFacts>, retries: number) =>
    startScheduledRun(
      services,
      {
        readMember: async ({ id }) => answers[id] ?? null,
        post: async ({ id }, message) => posted.push(`${id}: ${JSON.stringify(message)}`),
      },
      number,
      retries,
    );

  const state = async (number: number) => (await readSchedule(opened.database.db, number))?.state;

  it('ends only when they are not listed twice, which they are told; the failure is logged without a name', async () => {
    const number = await due();
    await expect(start(number, {}, 0)).rejects.toThrow('did not list');
    expect(await state(number)).toBe('active');
    expect(failures).toEqual([{ job: 'start-run', schedule: number, status: null }]);
    await start(number, {}, 1);
    expect(await readSchedule(opened.database.db, number)).toMatchObject({ state: 'ended', end: 'left' });
    expect(posted).toEqual([expect.stringMatching(/^present: .*Teams no longer listed you/u)]);
  });

  it('runs when they are listed in their present chat, and the run goes on when it is stopped', async () => {
    const number = await due();
    await start(number, { present: listed }, 0);
    expect(await state(number)).toBe('active');
    await pressSchedule(services, asker, number, null, 'stop');
    expect(await runUnderWay(services, number)).toMatch(/^DSR-\d+$/u);
  });

  it('stays due while Teams leaves out addresses that it listed before', async () => {
    const number = await due();
    const bare = { ...listed, userPrincipalName: null, mail: null };
    await expect(start(number, { earlier: bare }, 3)).rejects.toThrow('left out the addresses');
    expect(await state(number)).toBe('active');
    await start(number, { earlier: listed }, 4);
    expect(await runUnderWay(services, number)).not.toBeNull();
  });
});
