import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createGraphGroups } from '../../src/directory/graph-groups.ts';
import { rolesOf } from '../../src/domain/bot-roles.ts';
import { NotCleared } from '../../src/domain/clearance.ts';
import type { Person } from '../../src/domain/people.ts';
import type { RequestRecord } from '../../src/domain/request.ts';
import { isDirectoryFailure } from '../../src/domain/service-failure.ts';
import { refreshPerson } from '../../src/requests/contacts.ts';
import { ask } from '../../src/requests/create.ts';
import { takeRun } from '../../src/requests/lease.ts';
import { beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { findRequest, isApprover } from '../../src/requests/report.ts';
import { reviewPlaces } from '../../src/requests/review-conversations.ts';
import { knownReviewers, possibleReviewers, toBeMet, triedReviewers } from '../../src/requests/reviewers.ts';
import { readRolesForPolicy, roleMembers, triedRoles } from '../../src/requests/role-members.ts';
import { systemClock } from '../../src/system-clock.ts';
import { directoryClearance } from '../../src/workflows/clearances.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { graphSettings, startTestGraph, type TestGraph } from '../directory/a-directory.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { jobServices } from '../harness/job-services.ts';
import { asSeen, member } from '../harness/people.ts';
import { termsWith } from '../harness/policies.ts';
import { previewOf } from '../harness/previews.ts';
import * as chat from '../harness/world.ts';

const group = 'a1b2c3d4-0000-4000-8000-000000000001';
const of = ({ objectId, givenName, email }: typeof chat.megan): Person => member(objectId, givenName, email);
const [alex, megan, patti, adele] = [chat.alex, chat.megan, chat.patti, chat.adele].map(of) as [
  Person,
  Person,
  Person,
  Person,
];
const signal = AbortSignal.timeout(120_000);

describeOnEachDatabase('a group of Microsoft Entra ID', (open) => {
  let opened: OpenedDatabase;
  let graph: TestGraph;
  let clock: TestClock;
  let services: WorkflowServices;
  let messages = 0;

  beforeAll(async () => {
    opened = await open();
    const { database, queue } = opened;
    const noServices = jobServices(database, queue, {} as never, new TestClock());
    for (const person of [alex, megan, patti]) await refreshPerson(noServices, asSeen(person));
  });
  afterAll(() => opened.close());
  // Megan is in the group, Adele too, who has never written; Patti is named herself.
  beforeEach(async () => {
    const { database, queue } = opened;
    graph = await startTestGraph({ groups: [{ id: group, people: [megan, adele].map(({ mail }) => mail ?? '') }] });
    clock = new TestClock();
    const made = jobServices(database, queue, {} as never, clock);
    services = {
      ...made,
      groups: createGraphGroups(graphSettings(graph), systemClock),
      settings: {
        ...made.settings,
        approvers: [`group:${group}`, patti.mail ?? ''],
        approvalConversationId: 'approvers',
      },
    };
  });
  afterEach(() => graph.close());

  /** A confirmed deletion by Alex that waits for so many approvals. */
  async function waiting(approvals: number): Promise<RequestRecord> {
    messages += 1;
    const origin = { conversationId: 'chat', kind: 'personal', activityId: `group-${messages}` } as const;
    const wish = { action: 'delete', target: 'assets', data: 'customer', mentions: [{ name: 'churn.csv' }] } as const;
    const { number, version } = await ask(services, { ...alex, objectId: `alex-${messages}` }, origin, wish);
    await recordPreparation(services, beginSnapshot(services, { number, version }), previewOf(termsWith(approvals)));
    const preview = (await findRequest(services, number)) as RequestRecord;
    const pressed = { request: number, version: preview.version, choice: 'delete' };
    expect((await press(services, preview.requester, pressed)).result).toBe('accepted');
    return (await findRequest(services, number)) as RequestRecord;
  }
  const votes = async (by: Person, { number, version }: RequestRecord, choice = 'approve') => {
    const outcome = await press(services, by, { request: number, version, choice });
    return outcome.result === 'refused' ? outcome.refusal.reason : outcome.result;
  };
  const stateOf = async ({ number }: RequestRecord) => (await findRequest(services, number))?.state;
  const refuseGraph = () => graph.fault('GET', 'transitiveMembers', { kind: 'status', status: 403 });
  const later = () => clock.advance(61_000);
  /** Asks for the clearance of a run's next call: whether it is given, denied or unknown. */
  const clearance = async (run: NonNullable<Awaited<ReturnType<typeof takeRun>>>) =>
    directoryClearance(services, run, 'somebody', async () => true, signal).then(
      () => 'given',
      (error: unknown) => {
        if (error instanceof NotCleared) return error.denial.kind;
        if (isDirectoryFailure(error)) return 'unknown';
        throw error;
      },
    );

  it('lets its members decide, and nobody else', async () => {
    const request = await waiting(1);
    expect(await votes({ ...megan, objectId: 'another', addresses: [] }, request)).toBe('not-an-approver');
    expect(await votes(megan, request)).toBe('accepted');
    expect(await stateOf(request)).toBe('scheduled');
  });

  it('lets nobody decide whom it does not hold any more, a minute later at most', async () => {
    const request = await waiting(2);
    expect(await votes(megan, request)).toBe('accepted');
    graph.setGroups([{ id: group, people: [adele.mail ?? ''] }]);
    later();
    // Megan's approval counts no more, and Patti's alone is not enough.
    expect(await votes(patti, request)).toBe('accepted');
    expect(await stateOf(request)).toBe('awaiting-approval');
    const another = await waiting(1);
    expect(await votes(megan, another)).toBe('not-an-approver');
  });

  it('decides nothing while Graph does not say, except by people who are named themselves', async () => {
    const [first, second] = [await waiting(1), await waiting(2)];
    expect(await votes(megan, second)).toBe('accepted');
    await refuseGraph();
    later();
    expect(await votes(megan, first)).toBe('groups-unknown');
    expect(await votes(megan, first, 'reject')).toBe('groups-unknown');
    expect(await votes(patti, first)).toBe('accepted');
    expect(await stateOf(first)).toBe('scheduled');
    // Megan's vote can be counted neither way now, and Patti has one only.
    expect(await votes(patti, second)).toBe('groups-unknown');
    await graph.clearFaults();
    expect(await votes(patti, second)).toBe('accepted');
    expect(await stateOf(second)).toBe('scheduled');
  });

  it('is asked once more before a call that destroys something', async () => {
    const request = await waiting(1);
    expect(await votes(megan, request)).toBe('accepted');
    const run = await takeRun(services, request.number);
    if (run === null) throw new Error('it does not run');
    expect(await clearance(run)).toBe('given');
    await refuseGraph();
    expect(await clearance(run)).toBe('unknown');
    await graph.clearFaults();
    graph.setGroups([{ id: group, people: [] }]);
    expect(await clearance(run)).toBe('not-allowed');
  });

  it('is not needed before a call that somebody has approved who is named', async () => {
    const request = await waiting(1);
    expect(await votes(patti, request)).toBe('accepted');
    const run = await takeRun(services, request.number);
    if (run === null) throw new Error('it does not run');
    await refuseGraph();
    expect(await clearance(run)).toBe('given');
  });

  it('counts each member among those who could approve, and asks those who have written', async () => {
    const request = await waiting(1);
    const review = { approvals: 1, by: ['approvers'] };
    expect(await triedReviewers(services, request)).toBeNull();
    expect(possibleReviewers(services, request, review, [], [])).toBe(3);
    expect(possibleReviewers(services, { requester: megan }, review, [], [])).toBe(2);
    expect(
      toBeMet(services, request, { ...review, approvals: 4 }, reviewPlaces(services, request), [])?.approvals,
    ).toBe(1);
    const known = await knownReviewers(services, opened.database.db, request);
    expect(known.map(({ person }) => person.objectId)).toEqual([megan.objectId, patti.objectId]);
    later();
    expect(possibleReviewers(services, request, review, [], [])).toBe(1);
  });

  it('gives a role only while it is known who is in it, and a rule about roles waits for that', async () => {
    const { settings } = services;
    const rules = [{ says: 'Helpers ask.', actions: ['delete'], botRoles: ['helpdesk'], approvals: 1 }] as const;
    const policy = { version: 'roles+0', rules, approversExist: true };
    services = { ...services, settings: { ...settings, helpdesk: [`group:${group}`], policy } };
    expect(rolesOf(roleMembers(services), megan)).toEqual([]);
    await refuseGraph();
    await expect(readRolesForPolicy(services, signal)).rejects.toThrow('GroupMember.Read.All');
    expect([await triedRoles(services, signal), isApprover(services, megan)]).toEqual([false, false]);
    expect(rolesOf(roleMembers(services), patti)).toEqual(['approver']);
    // Without a rule about roles nothing depends on them.
    await readRolesForPolicy({ ...services, settings }, signal);
    await graph.clearFaults();
    await readRolesForPolicy(services, signal);
    expect(rolesOf(roleMembers(services), megan)).toEqual(['approver', 'helpdesk']);
    expect([await triedRoles(services, signal), isApprover(services, megan)]).toEqual([true, true]);
    later();
    expect(rolesOf(roleMembers(services), megan)).toEqual([]);
  });
});
