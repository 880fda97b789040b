import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import type { Asset } from '../../src/domain/assets.ts';
import type { HoldTarget, LegalHold } from '../../src/domain/legal-hold.ts';
import type { Person } from '../../src/domain/people.ts';
import type { HoldRules } from '../../src/domain/policy-rules.ts';
import type { Ask, RequestRecord } from '../../src/domain/request.ts';
import { followHolds } from '../../src/holds/follow-holds.ts';
import { limitsOfHold } from '../../src/holds/hold-limits.ts';
import { confirmLift, declineLift, proposeLift } from '../../src/holds/lift-holds.ts';
import { findHold, isUnderHold, listHolds } from '../../src/holds/list-holds.ts';
import { confirmHold, declineHold, type HoldDraft, proposeHold } from '../../src/holds/place-holds.ts';
import { toldHold } from '../../src/holds/told-hold.ts';
import { refreshPerson } from '../../src/requests/contacts.ts';
import { ask } from '../../src/requests/create.ts';
import { addToSnapshot, beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { findRequest } from '../../src/requests/report.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { jobServices } from '../harness/job-services.ts';
import { asSeen, member } from '../harness/people.ts';
import { termsWith } from '../harness/policies.ts';
import { previewOf } from '../harness/previews.ts';

/** Rounds of the race here; the campaign plays a thousand. */
const rounds = inject('campaign') ? 1_000 : 20;

const day = 24 * 3_600_000;
const signal = AbortSignal.timeout(120_000);
const lab: HoldTarget = { kind: 'workspace', workspaceId: 'ws', name: 'Churn Lab' };
const churn: Asset = {
  kind: 'dataset',
  id: 'ws.f.v1',
  familyId: 'f',
  name: 'churn.csv',
  sizeBytes: 1,
  createdAt: null,
  owner: 'Alex Wilber',
  versions: 1,
  revision: 'r',
};
const wish: Ask = { action: 'delete', target: 'assets', data: 'customer', mentions: [{ name: 'churn.csv' }] };

describeOnEachDatabase('a legal hold', (open) => {
  let opened: OpenedDatabase;
  let services: ReturnType<typeof jobServices>;
  let clock: TestClock;
  let messages = 0;
  let tenant = '';
  let [alex, megan, patti, adele] = [] as unknown as [Person, Person, Person, Person];

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(newTenant);

  /** People and settings of a tenant of its own; Megan and Patti are its administrators. */
  async function newTenant(holds: HoldRules = {}): Promise<void> {
    messages += 1;
    tenant = `tenant-${messages}`;
    const person = (name: string) => member(name, `${name} ${messages}`, `${name}@example.com`, tenant);
    [alex, megan, patti, adele] = [person('alex'), person('megan'), person('patti'), person('adele')];
    clock = new TestClock();
    // Who is a member of the workspace cannot be read, so that anybody may be one.
    const source = { registeredBy: () => null, workspace: unread, members: unread } as never;
    const made = jobServices(opened.database, opened.queue, source, clock);
    services = {
      ...made,
      settings: {
        ...made.settings,
        policy: { ...made.settings.policy, groups: { legal: adele.addresses }, holds },
        administrators: [...megan.addresses, ...patti.addresses],
        approvers: [...megan.addresses, ...patti.addresses],
        approvalConversationId: 'approvers',
      },
    };
    for (const each of [alex, megan, patti, adele]) await refreshPerson(services, asSeen(each));
  }
  const unread = () => Promise.reject(new Error('not read'));

  const draftOn = (target: HoldTarget, more: Partial<HoldDraft> = {}): HoldDraft => ({
    target,
    reference: 'M-2024-118',
    reason: 'The audit needs it.',
    from: null,
    until: null,
    ...more,
  });
  async function place(target: HoldTarget, by = megan, more: Partial<HoldDraft> = {}): Promise<LegalHold> {
    const proposed = await proposeHold(services, by, draftOn(target, more));
    const confirmed = await confirmHold(services, by, proposed.hold?.number ?? 0);
    if (confirmed.result !== 'accepted') throw new Error(confirmed.refusal);
    return confirmed.hold;
  }
  async function lift(by: Person, { number }: LegalHold) {
    const proposed = await proposeLift(services, by, number, 'The case is closed.');
    return proposed.result === 'accepted' ? confirmLift(services, by, proposed.lift.number) : proposed;
  }
  /** A deletion of one dataset whose preview is shown, or that waits for an approval. */
  async function deletion(approvals: number, isConfirmed: boolean, workspace = previewOf(termsWith(0)).workspace) {
    messages += 1;
    const origin = { conversationId: 'chat', kind: 'personal', activityId: `hold-${messages}` } as const;
    const request = await ask(services, alex, origin, wish);
    const snapshot = beginSnapshot(services, request);
    await addToSnapshot(services, snapshot, [{ position: 0, asset: churn, dependants: [] }]);
    await recordPreparation(services, snapshot, previewOf(termsWith(approvals), [], workspace));
    const preview = (await findRequest(services, request.number)) as RequestRecord;
    if (isConfirmed) await pressed(alex, preview, 'delete');
    return (await findRequest(services, request.number)) as RequestRecord;
  }
  const pressed = (by: Person, { number, version }: RequestRecord, choice: string) =>
    press(services, by, { request: number, version, choice });
  const audited = async (what = 'hold.%') => {
    const { rows } = await sql<{ action: string; actor: string; sequence: number }>`select action, actor, sequence
      from audit where tenant_id = ${tenant} and action like ${what} order by sequence`.execute(opened.database.db);
    return rows.map(({ action, actor, sequence }) => ({ action, actor, sequence: Number(sequence) }));
  };
  const told = async ({ number }: LegalHold) => {
    const jobs = await opened.database.boss.findJobs('tell-hold', {});
    return jobs.map(({ data }) => data as { hold: number; event: string }).filter(({ hold }) => hold === number);
  };

  it('is shown first, placed by the press of whoever saw that, and recorded with the job that tells', async () => {
    const proposed = await proposeHold(services, megan, draftOn(lab));
    const number = proposed.hold?.number ?? 0;
    expect(await listHolds(services, megan)).toEqual([]);
    expect(await confirmHold(services, patti, number)).toMatchObject({ refusal: 'not-your-preview', hold: null });
    expect(await confirmHold(services, alex, number)).toMatchObject({ refusal: 'not-your-preview', hold: null });
    const elsewhere = { ...megan, tenantId: 'elsewhere' };
    expect(await confirmHold(services, elsewhere, number)).toMatchObject({ refusal: 'unknown', hold: null });
    expect(await confirmHold(services, megan, number)).toMatchObject({ result: 'accepted', hold: { state: 'placed' } });
    expect(await confirmHold(services, megan, number)).toMatchObject({ refusal: 'already-ended' });
    expect(await declineHold(services, megan, number)).toMatchObject({ refusal: 'already-ended' });
    const [hold] = await listHolds(services, megan);
    expect(hold).toMatchObject({ number, reference: 'M-2024-118', lifted: null, placedBy: { objectId: 'megan' } });
    expect(await audited()).toMatchObject([{ action: 'hold.placed', actor: 'megan' }]);
    expect(await told(hold as LegalHold)).toMatchObject([{ event: 'placed' }]);
    const { readers } = await toldHold(services, number, signal);
    expect(readers.map(({ person }) => person.objectId).sort()).toEqual(['megan', 'patti']);
  });

  it('is not placed by who may not, without words, with wrong dates, or once declined or expired', async () => {
    expect(await proposeHold(services, alex, draftOn(lab))).toMatchObject({ refusal: 'may-not-hold' });
    expect(await proposeHold(services, adele, draftOn(lab))).toMatchObject({ refusal: 'may-not-hold' });
    const wrong = async (more: Partial<HoldDraft>) =>
      (await proposeHold(services, megan, draftOn(lab, more))) as object;
    expect(await wrong({ reference: ' ' })).toMatchObject({ refusal: 'words-needed' });
    expect(await wrong({ reason: '…' })).toMatchObject({ refusal: 'words-needed' });
    expect(await wrong({ until: new Date(clock.now()) })).toMatchObject({ refusal: 'wrong-dates' });
    const nobody: HoldTarget = { kind: 'person', objectId: null, name: ' ', addresses: ['no address'] };
    expect(await wrong({ target: nobody })).toMatchObject({ refusal: 'words-needed' });
    const later = new Date(clock.now() + day);
    expect(await wrong({ from: later, until: later })).toMatchObject({ refusal: 'wrong-dates' });
    const declined = (await proposeHold(services, megan, draftOn(lab))).hold?.number ?? 0;
    expect((await declineHold(services, megan, declined)).result).toBe('accepted');
    expect(await confirmHold(services, megan, declined)).toMatchObject({ refusal: 'already-ended' });
    const late = (await proposeHold(services, megan, draftOn(lab))).hold?.number ?? 0;
    clock.advance(day);
    expect(await confirmHold(services, megan, late)).toMatchObject({ refusal: 'expired' });
    expect(await listHolds(services, megan)).toEqual([]);
  });

  it('says what it cannot stop: when a guest workspace expires, what the service purges, and rights elsewhere', async () => {
    const expiresAt = new Date(clock.now() + day);
    const guest = { id: 'ws', name: 'Churn Lab', accountType: 'guest', expiresAt };
    const members = [{ userId: '', email: alex.mail, name: '', role: 'user', status: 'active' }];
    const source = {
      registeredBy: () => null,
      workspaceIds: () => ['ws'],
      workspace: async () => guest,
      members: async () => members,
    };
    services = { ...services, source: source as never };
    const limits = (target: HoldTarget) => limitsOfHold(services, target, tenant, signal);
    const always = [{ kind: 'service-purge' }, { kind: 'rights-elsewhere' }];
    const expiry = { kind: 'guest-expiry', workspaceName: 'Churn Lab', expiresAt };
    expect(await limits(lab)).toEqual([expiry, ...always]);
    expect(await limits({ kind: 'person', objectId: null, name: null, addresses: alex.addresses })).toEqual([
      expiry,
      ...always,
    ]);
    expect(await limits({ kind: 'person', objectId: null, name: 'Somebody', addresses: [] })).toEqual(always);
  });

  it('is placed by a group that the policy names, too', async () => {
    await newTenant({ placedBy: ['legal'] });
    const hold = await place(lab, adele);
    expect(await listHolds(services, adele)).toHaveLength(1);
    const { readers } = await toldHold(services, hold.number, signal);
    expect(readers.map(({ person }) => person.objectId).sort()).toEqual(['adele', 'megan', 'patti']);
  });

  it('shows others only that it stands, and nobody a hold of another tenant', async () => {
    const hold = await place(lab);
    expect(await listHolds(services, alex)).toEqual([]);
    expect(await findHold(services, alex, hold.number)).toBeNull();
    expect(await isUnderHold(services, alex, { workspaceId: 'ws' })).toBe(true);
    expect(await isUnderHold(services, alex, { workspaceId: 'other' })).toBe(false);
    expect(await isUnderHold(services, { tenantId: 'elsewhere' }, { workspaceId: 'ws' })).toBe(false);
    expect(await findHold(services, { ...megan, tenantId: 'elsewhere' }, hold.number)).toBeNull();
    const person = { kind: 'person', objectId: 'alex', name: null, addresses: [] } as const;
    await place(person);
    const found = await listHolds(services, megan, {
      person: { objectId: null, name: null, addresses: alex.addresses },
    });
    expect(found.map(({ target }) => target)).toEqual([person]);
    expect(await listHolds(services, megan, { workspaceId: 'ws' })).toHaveLength(1);
  });

  it('is lifted after a preview, by another person where there is one, and recorded', async () => {
    const hold = await place(lab);
    expect(await lift(megan, hold)).toMatchObject({ refusal: 'placed-by-you' });
    expect(await lift(alex, hold)).toMatchObject({ refusal: 'may-not-hold', hold: null });
    expect(await lift({ ...patti, tenantId: 'elsewhere' }, hold)).toMatchObject({ refusal: 'unknown', hold: null });
    expect(await proposeLift(services, patti, hold.number, '!')).toMatchObject({ refusal: 'words-needed' });
    const declined = await proposeLift(services, patti, hold.number, 'Closed.');
    const liftNumber = declined.result === 'accepted' ? declined.lift.number : 0;
    expect(await confirmLift(services, megan, liftNumber)).toMatchObject({ refusal: 'not-your-preview', hold: null });
    expect((await declineLift(services, patti, liftNumber)).result).toBe('accepted');
    expect(await confirmLift(services, patti, liftNumber)).toMatchObject({ refusal: 'already-ended' });
    expect(await isUnderHold(services, alex, { workspaceId: 'ws' })).toBe(true);
    expect(await lift(patti, hold)).toMatchObject({ result: 'accepted', hold: { state: 'lifted' } });
    expect(await isUnderHold(services, alex, { workspaceId: 'ws' })).toBe(false);
    expect(await lift(patti, hold)).toMatchObject({ refusal: 'not-standing' });
    expect((await audited()).map(({ action }) => action)).toEqual(['hold.placed', 'hold.lifted']);
    expect((await told(hold)).map(({ event }) => event).sort()).toEqual(['lifted', 'placed']);
  });

  it('is lifted by who placed it where nobody else may, or the policy says so, but never by the person it is on', async () => {
    await newTenant({ liftedByAnother: false });
    expect(await lift(megan, await place(lab))).toMatchObject({ result: 'accepted' });
    const onPatti = await place({ kind: 'person', objectId: null, name: null, addresses: ['patti@example.com'] });
    expect(await lift(patti, onPatti)).toMatchObject({ refusal: 'held-yourself' });
    await newTenant();
    services = {
      ...services,
      settings: { ...services.settings, administrators: [...megan.addresses, 'megan@example.com'] },
    };
    expect(await lift(megan, await place(lab))).toMatchObject({ result: 'accepted' });
    await newTenant();
    const unknownGroup = [...megan.addresses, 'group:00000000-0000-0000-0000-000000000030'];
    services = { ...services, settings: { ...services.settings, administrators: unknownGroup } };
    expect(await lift(megan, await place(lab))).toMatchObject({ refusal: 'placed-by-you' });
    await newTenant({ liftedByAnother: true });
    services = { ...services, settings: { ...services.settings, administrators: megan.addresses } };
    expect(await lift(megan, await place(lab))).toMatchObject({ refusal: 'placed-by-you' });
  });

  it('begins and ends by itself, and is brought up for review, once each', async () => {
    const from = new Date(clock.now() + day);
    const hold = await place(lab, megan, { from, until: new Date(clock.now() + 100 * day) });
    const stands = () => isUnderHold(services, alex, { workspaceId: 'ws' });
    expect(await stands()).toBe(false);
    clock.advance(day);
    expect(await stands()).toBe(true);
    await followHolds(services);
    clock.advance(89 * day);
    await followHolds(services);
    await followHolds(services);
    expect((await told(hold)).map(({ event }) => event).sort()).toEqual(['placed', 'review']);
    clock.advance(10 * day);
    expect([await stands(), await listHolds(services, megan)]).toEqual([false, []]);
    await followHolds(services);
    await followHolds(services);
    expect((await audited()).map(({ action }) => action)).toEqual(['hold.placed', 'hold.review', 'hold.ended']);
    expect((await told(hold)).map(({ event }) => event).sort()).toEqual(['ended', 'placed', 'review']);
  });

  it.each([
    ['the workspace', lab],
    [
      'the asset',
      { kind: 'asset', workspaceId: 'ws', workspaceName: 'Churn Lab', assetKind: 'dataset', familyId: 'f', name: 'x' },
    ],
    ['its owner by name', { kind: 'person', objectId: null, name: 'wilber, alex', addresses: [] }],
  ] as const)(
    'on %s keeps a deletion from being confirmed and approved; a copy can be made, and others go on',
    async (_on, target) => {
      const preview = await deletion(0, false);
      const waiting = await deletion(1, true);
      expect(waiting.state).toBe('awaiting-approval');
      const elsewhere = await deletion(0, false, { ...previewOf(termsWith(0)).workspace, id: 'other' });
      const hold = await place(target);
      for (const choice of ['delete', 'export-then-delete']) {
        expect(await pressed(alex, preview, choice)).toMatchObject({ refusal: { reason: 'held', name: 'Churn Lab' } });
      }
      expect(await pressed(patti, waiting, 'approve')).toMatchObject({
        refusal: { reason: 'held', detail: '“churn.csv”' },
      });
      expect(await pressed(megan, preview, 'delete')).toMatchObject({ refusal: { reason: 'not-the-requester' } });
      if (target.kind !== 'person') expect((await pressed(alex, elsewhere, 'delete')).result).toBe('accepted');
      expect((await lift(patti, hold)).result).toBe('accepted');
      expect((await pressed(alex, preview, 'delete')).result).toBe('accepted');
      expect((await pressed(patti, waiting, 'approve')).result).toBe('accepted');
    },
  );

  it('of another tenant keeps nothing here', async () => {
    const preview = await deletion(0, false);
    const [here, now] = [alex, services];
    await newTenant();
    await place(lab);
    const { number, version } = preview;
    expect((await press(now, here, { request: number, version, choice: 'delete' })).result).toBe('accepted');
  });

  it('in the same instant as a confirmation or an approval comes before or after it, and never beside it', async () => {
    for (let round = 0; round < rounds; round += 1) {
      await newTenant();
      const isVote = round % 2 === 0;
      const request = isVote ? await deletion(1, true) : await deletion(0, false);
      const proposed = await proposeHold(services, megan, draftOn(lab));
      const [placed, decided] = await Promise.all([
        confirmHold(services, megan, proposed.hold?.number ?? 0),
        isVote ? pressed(patti, request, 'approve') : pressed(alex, request, 'delete'),
      ]);
      expect(placed.result).toBe('accepted');
      const [held] = await audited('hold.placed');
      const [release] = (await audited(isVote ? 'request.approved' : 'request.confirmed')).filter(
        ({ actor }) => actor === (isVote ? 'patti' : 'alex'),
      );
      if (decided.result !== 'refused') {
        expect(release?.sequence).toBeLessThan(held?.sequence ?? 0);
      } else {
        expect(decided.refusal.reason).toBe('held');
        expect((await findRequest(services, request.number))?.state).toBe(request.state);
      }
    }
  }, 600_000);
});
