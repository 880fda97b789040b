import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Person } from '../../src/domain/people.ts';
import { type PolicyRule, termsOf } from '../../src/domain/policy-rules.ts';
import type { Ask, RequestRecord } from '../../src/domain/request.ts';
import { isDirectoryFailure, ServiceFailure } from '../../src/domain/service-failure.ts';
import { refreshPerson } from '../../src/requests/contacts.ts';
import { ask } from '../../src/requests/create.ts';
import { escalate } from '../../src/requests/escalate.ts';
import { beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { findRequest, reportRequest } from '../../src/requests/report.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { jobServices } from '../harness/job-services.ts';
import { asSeen, member } from '../harness/people.ts';
import { previewOf } from '../harness/previews.ts';

const megan = member('megan', 'Megan Bowen', 'meganb@example.com');
const patti = member('patti', 'Patti Fernandez', 'pattif@example.com');
const adele = member('adele', 'Adele Vance', 'adelev@example.com');
const wish: Ask = { action: 'delete', target: 'assets', data: 'customer', mentions: [{ name: 'churn.csv' }] };
const rule: PolicyRule = {
  says: 'It needs an approval.',
  actions: ['delete'],
  approvals: 1,
  escalateTo: {
    conversation: { id: 'board', tenantId: null },
    people: ['pattif@example.com', 'adelev@example.com', 'nobody@example.com'],
  },
  escalateAfter: { minutes: 90 },
};

describeOnEachDatabase('an escalation', (open) => {
  let opened: OpenedDatabase;
  let services: ReturnType<typeof jobServices>;
  let messages = 0;

  beforeAll(async () => {
    opened = await open();
    const { database, queue } = opened;
    for (const person of [megan, patti, adele]) {
      await refreshPerson(jobServices(database, queue, {} as never, new TestClock()), asSeen(person));
    }
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    const made = jobServices(opened.database, opened.queue, {} as never, new TestClock());
    const approvers = [...megan.addresses, ...patti.addresses];
    services = { ...made, settings: { ...made.settings, approvers, approvalConversationId: 'approvers' } };
  });

  /** A confirmed deletion that waits for its approval. */
  async function waiting(by?: Person, asked = rule): Promise<RequestRecord> {
    messages += 1;
    const requester = by ?? member(`asker-${messages}`, 'Alex Wilber', `alexw${messages}@example.com`);
    const origin = { conversationId: 'chat', kind: 'personal', activityId: `escalation-${messages}` } as const;
    const { number, version } = await ask(services, requester, origin, wish);
    const terms = termsOf({ version: 'test+0', rules: [] }, [asked]);
    await recordPreparation(services, beginSnapshot(services, { number, version }), previewOf(terms));
    const preview = await findRequest(services, number);
    await press(services, requester, { request: number, version: preview?.version ?? 0, choice: 'delete' });
    return (await findRequest(services, number)) as RequestRecord;
  }
  const cardsOf = async ({ number }: RequestRecord) => {
    const rows = await opened.database.db
      .selectFrom('cards')
      .select(['recipient', 'conversationId', 'toldAs'])
      .where('requestNumber', '=', number)
      .where('audience', '=', 'approvers')
      .orderBy('recipient')
      .execute();
    return rows.map(({ recipient, conversationId, toldAs }) => [recipient, conversationId, toldAs]);
  };
  const asked = ['', 'approvers', null];

  it('is a job in the transaction that asks, due when the rule says, so that a crash loses nothing', async () => {
    const { number, version } = await waiting();
    const [job, ...others] = await opened.database.boss.findJobs('escalate', { data: { request: number } });
    expect(others).toEqual([]);
    expect(job?.data).toEqual({ request: number, version, escalation: 0 });
    expect(job?.startAfter.getTime()).toBe(services.clock.now() + 90 * 60_000);
  });

  it('asks in its conversation and those who may decide, and tells others; a repeated job does no more', async () => {
    const request = await waiting();
    expect(await cardsOf(request)).toEqual([asked]);
    for (let times = 0; times < 2; times += 1) {
      await escalate(services, request.number, request.version, 0);
      expect(await cardsOf(request)).toEqual([
        asked,
        ['adele', null, 'escalation'],
        ['board', 'board', null],
        ['patti', null, null],
      ]);
    }
    const report = await reportRequest(services, request.number);
    expect(report?.reviewedIn).toEqual(['approvers', 'board']);
    const rows = await opened.database.db
      .selectFrom('audit')
      .select('detail')
      .where('requestNumber', '=', request.number)
      .where('action', '=', 'request.escalated')
      .execute();
    expect(rows[0]?.detail).toEqual({ conversationId: 'board', people: 3, found: 2 });
  });

  it('reads who is in a group; while nobody says, all others are asked and the job is repeated', async () => {
    const board = 'a1b2c3d4-0000-4000-8000-000000000001';
    const boss = member('00000009-0000-4000-8000-000000000000', 'Boss', 'boss@example.com');
    await refreshPerson(services, asSeen(boss));
    const escalateTo = { ...rule.escalateTo, people: [`group:${board}`, 'adelev@example.com'] };
    const request = await waiting(undefined, { ...rule, escalateTo });
    let isSilent = true;
    const groups = {
      members: async () => {
        if (isSilent) throw new ServiceFailure('Microsoft Graph', 'unavailable', 'It does not say.');
        return [boss.objectId];
      },
    };
    const repeated = () => escalate({ ...services, groups }, request.number, request.version, 0);
    await expect(repeated()).rejects.toSatisfy(isDirectoryFailure);
    expect((await cardsOf(request)).map(([recipient]) => recipient)).toEqual(['', 'adele', 'board']);
    isSilent = false;
    await repeated();
    expect((await cardsOf(request)).map(([recipient]) => recipient)).toEqual(['', boss.objectId, 'adele', 'board']);
  });

  it('never comes before whoever asked, nor before somebody who has voted', async () => {
    const request = await waiting(adele);
    await escalate(services, request.number, request.version, 0);
    expect((await cardsOf(request)).map(([recipient]) => recipient)).toEqual(['', 'board', 'patti']);
    // Nor before another account of theirs: Adele had this address once.
    const alias = member('alias', 'A. Vance', 'avance@example.com');
    const held = { tenantId: adele.tenantId, address: 'avance@example.com', objectId: adele.objectId };
    await opened.database.db
      .insertInto('formerAddressLinks')
      .values({ ...held, endedAt: new Date(services.clock.now()) })
      .execute();
    const linked = await waiting(alias);
    await escalate(services, linked.number, linked.version, 0);
    expect((await cardsOf(linked)).map(([recipient]) => recipient)).toEqual(['', 'board', 'patti']);
  });

  it('never comes before another account of somebody who has voted', async () => {
    const other = member('patti-too', 'P. Fernandez', 'pfernandez@example.com');
    await refreshPerson(services, asSeen({ ...other, mail: 'pattif@example.com' }));
    services = {
      ...services,
      settings: { ...services.settings, approvers: [...services.settings.approvers, 'pfernandez@example.com'] },
    };
    const request = await waiting(undefined, { ...rule, approvals: 2 });
    const { number, version } = request;
    const voted = await press(services, other, { request: number, version, choice: 'approve' });
    expect(voted.result).toBe('accepted');
    await escalate(services, number, version, 0);
    expect((await cardsOf(request)).map(([recipient]) => recipient)).toEqual(['', 'adele', 'board']);
  });

  it('does nothing for what was decided, asked again since, or has no such escalation', async () => {
    const decided = await waiting();
    await press(services, megan, { request: decided.number, version: decided.version, choice: 'reject' });
    await escalate(services, decided.number, decided.version, 0);
    const open = await waiting();
    await escalate(services, open.number, open.version - 1, 0);
    await escalate(services, open.number, open.version, 1);
    await escalate(services, 999_999, 1, 0);
    expect([await cardsOf(decided), await cardsOf(open)]).toEqual([[asked], [asked]]);
  });
});
