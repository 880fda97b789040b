import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { readRequestFacts } from '../../src/database/request-rows.ts';
import { readLatestVotes } from '../../src/database/vote-rows.ts';
import type { Person } from '../../src/domain/people.ts';
import type { Ask, RequestRecord } from '../../src/domain/request.ts';
import { isApproved } from '../../src/domain/reviews.ts';
import { approvalsIn } from '../../src/domain/votes.ts';
import { refreshPerson } from '../../src/requests/contacts.ts';
import { ask } from '../../src/requests/create.ts';
import { expire } from '../../src/requests/expire.ts';
import { beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { findRequest, reportRequest } from '../../src/requests/report.ts';
import { reviewsOfRequest, validVotes } from '../../src/requests/reviewers.ts';
import type { Outcome } from '../../src/requests/transition.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { jobServices } from '../harness/job-services.ts';
import { asSeen, member } from '../harness/people.ts';
import { termsWith } from '../harness/policies.ts';
import { previewOf } from '../harness/previews.ts';

const alex = member('alex', 'Alex Wilber', 'alexw@example.com');
const megan = member('megan', 'Megan Bowen', 'meganb@example.com');
const patti = member('patti', 'Patti Fernandez', 'pattif@example.com');
const adele = member('adele', 'Adele Vance', 'adelev@example.com');
/** Another account with an address of Megan's. */
const alias = { ...member('other', 'M. Bowen', 'mbowen@example.com'), mail: 'meganb@example.com' };
const wish: Ask = { action: 'delete', target: 'assets', data: 'customer', mentions: [{ name: 'churn.csv' }] };
/** Rounds of each race here; the campaign plays a thousand. */
const rounds = inject('campaign') ? 1_000 : 20;
const longestRaceMs = 20 * 60_000;

describeOnEachDatabase('votes', (open) => {
  let opened: OpenedDatabase;
  let services: ReturnType<typeof jobServices>;
  let messages = 0;

  beforeAll(async () => {
    opened = await open();
    const { database, queue } = opened;
    for (const person of [megan, patti, alias, adele]) {
      await refreshPerson(jobServices(database, queue, {} as never, new TestClock()), asSeen(person));
    }
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    const { database, queue } = opened;
    const made = jobServices(database, queue, {} as never, new TestClock());
    const approvers = [megan, patti, alias, adele].flatMap(({ addresses }) => addresses);
    services = { ...made, settings: { ...made.settings, approvers, approvalConversationId: 'approvers' } };
  });

  /** A confirmed deletion that waits for so many approvals. */
  async function waiting(approvalsNeeded: number): Promise<RequestRecord> {
    messages += 1;
    const origin = { conversationId: 'chat', kind: 'personal', activityId: `vote-${messages}` } as const;
    const { number, version } = await ask(services, { ...alex, objectId: `alex-${messages}` }, origin, wish);
    const requester = (await findRequest(services, number))?.requester ?? alex;
    await recordPreparation(
      services,
      beginSnapshot(services, { number, version }),
      previewOf(termsWith(approvalsNeeded)),
    );
    const preview = await findRequest(services, number);
    await press(services, requester, { request: number, version: preview?.version ?? 0, choice: 'delete' });
    return (await findRequest(services, number)) as RequestRecord;
  }
  const votes = async (by: Person, { number, version }: RequestRecord, choice = 'approve'): Promise<Outcome> =>
    press(services, by, { request: number, version, choice });
  const stateOf = async ({ number }: RequestRecord) => (await findRequest(services, number))?.state;
  const isApprovedNow = async (request: RequestRecord, now = services) => {
    const { db } = opened.database;
    const facts = await readRequestFacts(db, request.number);
    const valid = await validVotes(now, db, request, facts?.votes ?? []);
    return isApproved(reviewsOfRequest(request), approvalsIn(valid));
  };
  const runs = async ({ number }: RequestRecord) =>
    (await opened.database.boss.findJobs('run', { data: { request: number } })).length;

  it('start nothing before there are enough, of as many people, and then start it once', async () => {
    const request = await waiting(2);
    expect(request.state).toBe('awaiting-approval');
    expect(request.expiresAt).not.toBeNull();
    const { expiresAt } = request;
    expect(await votes(megan, request)).toMatchObject({ result: 'accepted', request: { decidedBy: null, expiresAt } });
    expect([await stateOf(request), await isApprovedNow(request), await runs(request)]).toEqual([
      'awaiting-approval',
      false,
      0,
    ]);
    expect(await votes(megan, request)).toMatchObject({ result: 'refused', refusal: { reason: 'already-voted' } });
    expect(await votes(alias, request)).toMatchObject({ result: 'refused', refusal: { reason: 'already-voted' } });
    expect(await votes(request.requester, request)).toMatchObject({ refusal: { reason: 'requester-cannot-approve' } });
    expect((await votes(patti, request)).result).toBe('accepted');
    expect([await stateOf(request), await isApprovedNow(request), await runs(request)]).toEqual(['scheduled', true, 1]);
    expect((await findRequest(services, request.number))?.decidedBy).toBe('Megan Bowen and Patti Fernandez');
    expect(await votes(patti, request, 'reject')).toMatchObject({ result: 'refused' });
  });

  it('are ended by one rejection, whatever was approved before', async () => {
    const request = await waiting(2);
    await votes(megan, request);
    expect((await votes(patti, request, 'reject')).result).toBe('accepted');
    expect(await findRequest(services, request.number)).toMatchObject({
      state: 'rejected',
      decidedBy: 'Patti Fernandez',
    });
    expect(await isApprovedNow(request)).toBe(false);
  });

  it('and every audit row carry the policy’s version, and a reviewer’s words are on the vote only', async () => {
    const request = await waiting(2);
    const { number, version } = request;
    await press(services, megan, { request: number, version, choice: 'reject', comment: 'Still in use.' });
    const { rows } = await sql<{ policyVersion: string | null; detail: object }>`select
      policy_version as "policyVersion", detail from audit where request_number = ${number}`.execute(
      opened.database.db,
    );
    expect(rows.length).toBeGreaterThan(3);
    expect(new Set(rows.map(({ policyVersion }) => policyVersion))).toEqual(new Set(['members+0']));
    expect(JSON.stringify(rows)).not.toContain('Still in use');
    expect(await readLatestVotes(opened.database.db, number)).toMatchObject([{ comment: 'Still in use.' }]);
    expect((await findRequest(services, number))?.terms?.version).toBe('test+0');
  });

  it('are missed directly before a call, if they are not in the database', async () => {
    const request = await waiting(1);
    await votes(megan, request);
    expect(await isApprovedNow(request)).toBe(true);
    await sql`delete from votes where request_number = ${request.number}`.execute(opened.database.db);
    expect(await isApprovedNow(request)).toBe(false);
  });

  it('of somebody who is no approver any more, or is found to be the requester, do not count any longer', async () => {
    const request = await waiting(2);
    await votes(megan, request);
    const without = (...gone: Person[]) => ({
      ...services,
      settings: {
        ...services.settings,
        approvers: services.settings.approvers.filter(
          (each) => !gone.some(({ addresses }) => addresses.includes(each)),
        ),
      },
    });
    const later = without(megan);
    const { number, version } = request;
    expect((await reportRequest(later, number))?.votes).toEqual([]);
    expect((await press(later, patti, { request: number, version, choice: 'approve' })).result).toBe('accepted');
    expect(await stateOf(request)).toBe('awaiting-approval');
    expect((await reportRequest(later, number))?.votes.map(({ name }) => name)).toEqual(['Patti Fernandez']);
    const approved = await waiting(1);
    await votes(adele, approved);
    expect([await isApprovedNow(approved), await isApprovedNow(approved, without(adele))]).toEqual([true, false]);
    // An administrator of the tenant gave Adele's account an address of the requester, and took it away again.
    await refreshPerson(services, asSeen({ ...adele, mail: approved.requester.mail }));
    expect(await isApprovedNow(approved)).toBe(false);
    await refreshPerson(services, asSeen(adele));
    expect(await isApprovedNow(approved)).toBe(false);
    expect(await votes(adele, await waiting(1))).toMatchObject({
      refusal: { reason: 'requesters-address-cannot-approve' },
    });
  });

  /** Plays a race: two presses, whose order and distance are drawn. Prints the seed, and how often it ended how. */
  async function race(name: string, play: (round: number, together: Together) => Promise<string>): Promise<void> {
    const seed = Date.now() % 1_000_000_007;
    const starts = fc.sample(fc.record({ isReversed: fc.boolean(), turns: fc.nat(8) }), { numRuns: rounds, seed });
    const ends = new Map<string, number>();
    for (const [round, { isReversed, turns }] of starts.entries()) {
      const end = await play(round, async (...both) => {
        const [first, second] = isReversed ? both.toReversed() : both;
        const begun = first?.();
        for (let turn = 0; turn < turns; turn += 1) await nextTurn();
        await Promise.all([begun, second?.()]);
      });
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    console.info(`${name}: seed ${seed}, ${rounds} rounds`, Object.fromEntries(ends));
  }

  it(
    'of two people in the same instant give one outcome',
    () =>
      race('two approvals', async (round, together) => {
        const needed = 1 + (round % 2);
        const request = await waiting(needed);
        const results: Outcome[] = [];
        const by = (person: Person) => async () => results.push(await votes(person, request));
        await together(by(megan), by(patti));
        const accepted = results.filter(({ result }) => result === 'accepted').length;
        expect([accepted, await stateOf(request), await runs(request)]).toEqual([needed, 'scheduled', 1]);
        return `${needed} needed, ${accepted} counted`;
      }),
    longestRaceMs,
  );

  it.each([
    ['a rejection', 'rejected', (request: RequestRecord) => votes(patti, request, 'reject')],
    ['a withdrawal', 'cancelled', (request: RequestRecord) => votes(request.requester, request, 'cancel')],
    ['the expiry', 'expired', ({ number, version }: RequestRecord) => expire(services, number, version)],
  ])(
    'against %s in the same instant give one outcome',
    (rival, otherwise, against) =>
      race(`an approval against ${rival}`, async (_round, together) => {
        const request = await waiting(1);
        await together(
          () => votes(megan, request),
          () => against(request),
        );
        const state = (await stateOf(request)) ?? '';
        expect(['scheduled', otherwise]).toContain(state);
        const started = await runs(request);
        // A withdrawal right behind the approval ends it too, so that only there a run may find nothing to do.
        if (state !== 'cancelled') expect(started).toBe(state === 'scheduled' ? 1 : 0);
        return started === 1 && state === 'cancelled' ? 'approved, then cancelled' : state;
      }),
    longestRaceMs,
  );
});

/** Runs both, the second some turns of the event loop after the first. */
type Together = (one: () => Promise<unknown>, other: () => Promise<unknown>) => Promise<void>;

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
