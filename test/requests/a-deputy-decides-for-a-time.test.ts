import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { readRequestFacts } from '../../src/database/request-rows.ts';
import type { Person } from '../../src/domain/people.ts';
import type { PolicyTerms } from '../../src/domain/policy-rules.ts';
import type { Ask, RequestRecord } from '../../src/domain/request.ts';
import { isApproved } from '../../src/domain/reviews.ts';
import { approvalsIn } from '../../src/domain/votes.ts';
import { refreshPerson } from '../../src/requests/contacts.ts';
import { ask } from '../../src/requests/create.ts';
import {
  admitDeputy,
  confirmDeputy,
  declineDeputy,
  deputyshipsOf,
  endDeputy,
  endOverdueDeputy,
  proposeDeputy,
} from '../../src/requests/deputyships.ts';
import { erasePerson } from '../../src/requests/erase-person.ts';
import { withdrawLeavers } from '../../src/requests/leavers.ts';
import { beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { removeOldRecords } from '../../src/requests/remove-old-records.ts';
import { approvalsFor, findRequest, isApprover, reportRequest } from '../../src/requests/report.ts';
import { reviewByDeputy } from '../../src/requests/review-by-deputy.ts';
import { knownReviewers, possibleReviewers, reviewsOfRequest, validVotes } from '../../src/requests/reviewers.ts';
import { deputyPairs } from '../../src/requests/stand-ins.ts';
import type { Outcome } from '../../src/requests/transition.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { jobServices } from '../harness/job-services.ts';
import { asSeen, member } from '../harness/people.ts';
import { termsWith } from '../harness/policies.ts';
import { previewOf } from '../harness/previews.ts';

const wish: Ask = { action: 'delete', target: 'assets', data: 'customer', mentions: [{ name: 'churn.csv' }] };
const day = 86_400_000;
/** Rounds of each race here; the campaign plays more. */
const rounds = inject('campaign') ? 300 : 8;

describeOnEachDatabase('a deputy', (open) => {
  let opened: OpenedDatabase;
  let services: ReturnType<typeof jobServices>;
  let clock: TestClock;
  let round = 0;
  let messages = 0;
  let [alex, adele, lee, megan, patti] = [] as unknown as [Person, Person, Person, Person, Person];

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    round += 1;
    const idOf = (at: number) => `${String(at).padStart(8, '0')}-0000-4000-8000-${String(round).padStart(12, '0')}`;
    const person = (name: string, at: number) => member(idOf(at), `${name} ${round}`, `${name}${round}@contoso.com`);
    [alex, adele, lee] = [person('alex', 1), person('adele', 2), person('lee', 3)];
    [megan, patti] = [person('megan', 4), person('patti', 5)];
    clock = new TestClock();
    const made = jobServices(opened.database, opened.queue, {} as never, clock);
    services = {
      ...made,
      settings: {
        ...made.settings,
        administrators: [...megan.addresses, ...adele.addresses],
        approvers: [...adele.addresses, ...megan.addresses],
        approvalConversationId: 'approvers',
      },
    };
    for (const each of [alex, adele, lee, megan, patti]) await seen(each);
  });

  const seen = (person: Person) => refreshPerson(services, asSeen(person));
  const approversAre = (...people: Person[]) => {
    services = {
      ...services,
      settings: { ...services.settings, approvers: people.flatMap(({ addresses }) => addresses) },
    };
  };
  async function propose(by: Person, changes: object = {}) {
    const startsAt = clock.now();
    const given = { away: adele, deputy: lee, startsAt, endsAt: startsAt + 3 * day, timeZone: 'UTC', ...changes };
    return proposeDeputy(services, await seen(by), given);
  }
  async function named(by: Person, changes: object = {}): Promise<number> {
    const number = (await propose(by, changes)).deputyship?.number ?? 0;
    expect(await confirmDeputy(services, by, number)).toMatchObject({ result: 'accepted' });
    return number;
  }
  /** A confirmed deletion that waits for approvals. */
  async function waiting(requester: Person, terms: PolicyTerms = termsWith(1)): Promise<RequestRecord> {
    messages += 1;
    const origin = { conversationId: 'chat', kind: 'personal', activityId: `deputy-${messages}` } as const;
    const { number, version } = await ask(services, requester, origin, wish);
    await recordPreparation(services, beginSnapshot(services, { number, version }), previewOf(terms));
    const preview = await findRequest(services, number);
    await press(services, requester, { request: number, version: preview?.version ?? 0, choice: 'delete' });
    return (await findRequest(services, number)) as RequestRecord;
  }
  /** A vote by somebody as they are known at that moment. */
  const votes = async (by: Person, { number, version }: RequestRecord, choice = 'approve'): Promise<Outcome> =>
    press(services, await seen(by), { request: number, version, choice });
  const isApprovedNow = async (request: RequestRecord) => {
    const { db } = opened.database;
    const facts = await readRequestFacts(db, request.number);
    return isApproved(
      reviewsOfRequest(request),
      approvalsIn(await validVotes(services, db, request, facts?.votes ?? [])),
    );
  };
  const audited = async (...people: Person[]) => {
    const ids = people.map(({ objectId }) => objectId);
    const { rows } = await sql<{ action: string; actor: string; detail: Record<string, unknown> }>`select
      action, actor, detail from audit where action like 'deputy.%' and detail -> 'deputy' ->> 'objectId'
      in (${sql.join(ids)}) order by sequence`.execute(opened.database.db);
    return rows;
  };
  const toldOf = async (deputyship: number) =>
    (await opened.database.boss.findJobs('tell-deputyship', {}))
      .map(({ data }) => data as { deputyship: number; event: string; reader: string })
      .filter((data) => data.deputyship === deputyship)
      .map(({ event, reader }) => `${event} ${reader}`)
      .sort();

  it('is named by a press on the exact preview, and is nothing before', async () => {
    const shown = await propose(adele);
    const number = shown.deputyship?.number ?? 0;
    expect([await audited(lee), await deputyshipsOf(services, adele)]).toEqual([[], []]);
    for (const other of [lee, megan, patti])
      expect(await confirmDeputy(services, other, number)).toMatchObject({ refusal: 'not-your-preview' });
    const stranger = { ...adele, tenantId: 'elsewhere' };
    expect(await confirmDeputy(services, stranger, number)).toMatchObject({ refusal: 'unknown', deputyship: null });
    expect(await endDeputy(services, lee, number)).toMatchObject({ refusal: 'already-ended' });
    expect(await confirmDeputy(services, adele, number)).toMatchObject({
      deputyship: { outcome: 'named', admittedBy: null },
    });
    expect(await confirmDeputy(services, adele, number)).toMatchObject({ refusal: 'already-decided' });
    expect(await declineDeputy(services, adele, number)).toMatchObject({ refusal: 'already-decided' });
    expect(await audited(lee)).toMatchObject([
      {
        action: 'deputy.named',
        actor: adele.objectId,
        detail: { away: { objectId: adele.objectId }, admitted: false },
      },
    ]);
    expect(await toldOf(number)).toEqual(['named administrators', 'named deputy']);
    expect(await propose(adele)).toMatchObject({ refusal: 'has-deputy' });
    expect(await propose(patti, { away: patti })).toMatchObject({ refusal: 'decides-nothing' });
    const late = (
      await propose(adele, { deputy: patti, startsAt: clock.now() + 4 * day, endsAt: clock.now() + 5 * day })
    ).deputyship?.number;
    clock.advance(services.settings.waitsForPeopleMs);
    expect(await confirmDeputy(services, adele, late ?? 0)).toMatchObject({ refusal: 'expired' });
  });

  it('whom the rules do not admit votes only once an administrator, who is neither of the two, admitted them', async () => {
    const number = await named(adele);
    const request = await waiting(alex);
    expect(await votes(lee, request)).toMatchObject({ refusal: { reason: 'not-an-approver' } });
    expect(await admitDeputy(services, await seen(adele), number)).toMatchObject({ refusal: 'own-deputyship' });
    expect(await admitDeputy(services, await seen(lee), number)).toMatchObject({ refusal: 'not-an-administrator' });
    expect(await admitDeputy(services, await seen(megan), number)).toMatchObject({ result: 'accepted' });
    expect(await admitDeputy(services, await seen(megan), number)).toMatchObject({ refusal: 'already-admitted' });
    const { db } = opened.database;
    expect((await approvalsFor(services, await seen(lee), 9)).map((each) => each.number)).toContain(request.number);
    expect([isApprover(services, await seen(lee)), isApprover(services, await seen(patti))]).toEqual([true, false]);
    expect((await knownReviewers(services, db, request)).map(({ person }) => person.objectId)).toContain(lee.objectId);
    expect(await votes(lee, request)).toMatchObject({ result: 'accepted', request: { state: 'scheduled' } });
    expect((await findRequest(services, request.number))?.decidedBy).toBe(`${lee.name} (for ${adele.name})`);
    const { rows } = await sql<{ detail: object }>`select detail from audit
      where request_number = ${request.number} and action = 'request.approved'`.execute(db);
    expect(rows).toMatchObject([{ detail: { deputyFor: [{ objectId: adele.objectId }] } }]);
    expect(await isApprovedNow(request)).toBe(true);
  });

  it('decides nothing that the person away or the administrator who admitted them asked for, nor their own', async () => {
    await named(megan);
    for (const requester of [adele, megan]) {
      const refused = await votes(lee, await waiting(requester));
      expect(refused).toMatchObject({ refusal: { reason: 'not-an-approver' } });
    }
    expect(await votes(lee, await waiting(lee))).toMatchObject({ refusal: { reason: 'requester-cannot-approve' } });
    expect((await votes(lee, await waiting(alex))).result).toBe('accepted');
  });

  it('has one vote with the person away, whoever of them votes first, and with their own right', async () => {
    approversAre(adele, lee, megan);
    await named(adele);
    const first = await waiting(alex, termsWith(2));
    expect((await votes(lee, first)).result).toBe('accepted');
    expect(await votes(adele, first)).toMatchObject({ refusal: { reason: 'already-voted' } });
    const second = await waiting(alex, termsWith(2));
    expect((await votes(adele, second)).result).toBe('accepted');
    expect(await votes(lee, second)).toMatchObject({ refusal: { reason: 'already-voted' } });
    expect((await findRequest(services, second.number))?.state).toBe('awaiting-approval');
    expect((await votes(megan, second)).request?.state).toBe('scheduled');
    const pairs = await deputyPairs(services, opened.database.db, alex.tenantId);
    const review = { approvals: 2, by: ['approvers'] };
    expect(possibleReviewers(services, first, review, [], pairs)).toBe(2);
    expect(possibleReviewers(services, first, review, [], [])).toBe(3);
    expect(possibleReviewers(services, { requester: await seen(adele) }, review, [], pairs)).toBe(2);
  });

  it('was counted as somebody else before, and is one vote with the person away from the naming on', async () => {
    approversAre(adele, lee);
    const request = await waiting(alex, termsWith(2));
    await votes(lee, request);
    expect((await votes(adele, request)).request?.state).toBe('scheduled');
    expect(await isApprovedNow(request)).toBe(true);
    const number = await named(adele);
    expect(await isApprovedNow(request)).toBe(false);
    await endDeputy(services, adele, number);
    expect(await isApprovedNow(request)).toBe(true);
  });

  it('votes that count only while the deputyship holds: every end is seen directly before a call', async () => {
    const ends: readonly [string, (number: number) => Promise<unknown>][] = [
      ['person-away', async (number) => endDeputy(services, await seen(adele), number)],
      ['deputy', async (number) => endDeputy(services, await seen(lee), number)],
      ['administrator', async (number) => endDeputy(services, await seen(megan), number)],
      [
        'left',
        async () => {
          const accounts = { isActive: async (objectId: string) => objectId !== lee.objectId };
          return withdrawLeavers({ ...services, accounts }, AbortSignal.timeout(9_000));
        },
      ],
      [
        'time',
        async (number) => {
          clock.advance(3 * day);
          expect(await isApprovedNow(request)).toBe(false);
          await endOverdueDeputy(services, number);
        },
      ],
    ];
    let request = await waiting(alex);
    for (const [because, end] of ends) {
      const number = await named(megan);
      request = await waiting(alex);
      expect((await votes(lee, request)).request?.state).toBe('scheduled');
      expect(await isApprovedNow(request)).toBe(true);
      await endOverdueDeputy(services, number);
      expect(await isApprovedNow(request)).toBe(true);
      await end(number);
      expect(await isApprovedNow(request)).toBe(false);
      expect((await audited(lee)).at(-1)).toMatchObject({ action: 'deputy.ended', detail: { because } });
      await endOverdueDeputy(services, number);
      expect(await endDeputy(services, await seen(adele), number)).toMatchObject({ refusal: 'already-ended' });
      const told = (await toldOf(number)).filter((each) => each.startsWith('ended'));
      expect(told).toEqual(
        because === 'person-away'
          ? ['ended deputy']
          : because === 'deputy'
            ? ['ended away']
            : ['ended away', 'ended deputy'],
      );
    }
    expect(await endDeputy(services, await seen(patti), await named(megan))).toMatchObject({ refusal: 'not-yours' });
  });

  it('has no more than the person away has now', async () => {
    await named(megan);
    const request = await waiting(alex);
    expect((await votes(lee, request)).request?.state).toBe('scheduled');
    approversAre(megan);
    expect(await isApprovedNow(request)).toBe(false);
    expect(await votes(lee, await waiting(alex))).toMatchObject({ refusal: { reason: 'not-an-approver' } });
  });

  it('is asked in their own chat about what waits, and from the beginning on', async () => {
    const request = await waiting(alex);
    const cards = async () => {
      const { rows } = await sql<{ recipient: string }>`select recipient from cards
        where request_number = ${request.number} and audience = 'approvers' and recipient = ${lee.objectId}`.execute(
        opened.database.db,
      );
      return rows.length;
    };
    const number = await named(megan, { startsAt: clock.now() + day });
    await reviewByDeputy(services, number);
    expect(await cards()).toBe(0);
    clock.advance(day);
    await reviewByDeputy(services, number);
    await reviewByDeputy(services, number);
    expect(await cards()).toBe(1);
    expect((await votes(lee, request)).result).toBe('accepted');
  });

  it('and the person away who vote in the same instant give one vote', async () => {
    approversAre(adele, megan);
    await named(megan);
    for (let turn = 0; turn < rounds; turn += 1) {
      const request = await waiting(alex, termsWith(2));
      const results = await Promise.all([votes(lee, request), votes(adele, request)]);
      expect(results.filter(({ result }) => result === 'accepted')).toHaveLength(1);
      expect((await findRequest(services, request.number))?.state).toBe('awaiting-approval');
      expect((await reportRequest(services, request.number))?.votes).toHaveLength(1);
    }
  });

  it('whose vote and whose end come in the same instant has no vote that counts', async () => {
    for (let turn = 0; turn < rounds; turn += 1) {
      const number = await named(megan);
      const request = await waiting(alex);
      const ending = await seen(turn % 2 === 0 ? adele : lee);
      const [vote, end] = await Promise.all([votes(lee, request), endDeputy(services, ending, number)]);
      expect(end.result).toBe('accepted');
      const state = (await findRequest(services, request.number))?.state;
      expect(state).toBe(vote.result === 'accepted' ? 'scheduled' : 'awaiting-approval');
      expect(await isApprovedNow(request)).toBe(false);
    }
  });

  it('is one at a time, though two are named in the same instant', async () => {
    const [one, other] = [await propose(adele), await propose(adele, { deputy: patti })];
    const results = await Promise.all(
      [one, other].map(({ deputyship }) => confirmDeputy(services, adele, deputyship?.number ?? 0)),
    );
    expect(results.map(({ result }) => result).sort()).toEqual(['accepted', 'refused']);
    expect(await deputyshipsOf(services, adele)).toHaveLength(1);
  });

  it('is forgotten with one of the two, and when it is long over', async () => {
    await named(megan);
    await erasePerson(services, lee, 'v');
    expect(await deputyshipsOf(services, adele)).toEqual([]);
    await seen(lee);
    const number = await named(megan);
    const stored = async () =>
      (await sql`select 1 from deputyships where number = ${number}`.execute(opened.database.db)).rows.length;
    clock.advance(30 * day);
    await endOverdueDeputy(services, number);
    await removeOldRecords(services, AbortSignal.timeout(20_000));
    expect(await stored()).toBe(1);
    clock.advance(4 * day);
    await removeOldRecords(services, AbortSignal.timeout(20_000));
    expect(await stored()).toBe(0);
  });
});
