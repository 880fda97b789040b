import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AddressRights } from '../../src/domain/address-change.ts';
import type { Person } from '../../src/domain/people.ts';
import type { Ask, RequestRecord } from '../../src/domain/request.ts';
import {
  type AddressOutcome,
  addressState,
  confirmAddressChange,
  declineAddressChange,
  findPerson,
  proposeAddressChange,
} from '../../src/requests/address-changes.ts';
import { refreshPerson } from '../../src/requests/contacts.ts';
import { ask } from '../../src/requests/create.ts';
import { erasePerson } from '../../src/requests/erase-person.ts';
import { beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { removeOldRecords } from '../../src/requests/remove-old-records.ts';
import { findRequest } from '../../src/requests/report.ts';
import { reviewerBy } from '../../src/requests/reviewers.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { jobServices } from '../harness/job-services.ts';
import { asSeen, member } from '../harness/people.ts';
import { termsWith } from '../harness/policies.ts';
import { previewOf } from '../harness/previews.ts';

const none: AddressRights = { workspaces: [], roles: [], groups: [] };
const some: AddressRights = {
  workspaces: [{ id: 'w1', name: 'Churn Lab', role: 'owner' }],
  roles: ['approver'],
  groups: [],
};

describeOnEachDatabase('the link of an address', (open) => {
  let opened: OpenedDatabase;
  let services: ReturnType<typeof jobServices>;
  let round = 0;
  let [alex, megan, patti, adele] = [] as unknown as [Person, Person, Person, Person];
  let old = '';

  /** An object id of this test's own. */
  const idOf = (at: number) => `${String(at).padStart(8, '0')}-0000-4000-8000-${String(round).padStart(12, '0')}`;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    round += 1;
    const person = (name: string, at: number) => member(idOf(at), `${name} ${round}`, `${name}${round}@contoso.com`);
    [alex, megan, patti, adele] = [person('alex', 1), person('megan', 2), person('patti', 3), person('adele', 4)];
    old = `alex${round}@old.example`;
    const made = jobServices(opened.database, opened.queue, {} as never, new TestClock());
    services = {
      ...made,
      settings: {
        ...made.settings,
        administrators: [...megan.addresses, ...patti.addresses],
        approvers: [...megan.addresses, ...patti.addresses, ...adele.addresses, old],
        approvalConversationId: 'approvers',
      },
    };
    for (const each of [alex, megan, patti, adele]) await refreshPerson(services, asSeen(each));
  });

  const propose = (by: Person, kind: 'link' | 'unlink', address: string, target: Person, rights = none) =>
    proposeAddressChange(services, by, { kind, address, target, rights });
  const numberOf = (outcome: AddressOutcome) => outcome.change?.number ?? 0;
  async function link(by: Person, address: string, target: Person): Promise<AddressOutcome> {
    return confirmAddressChange(services, by, numberOf(await propose(by, 'link', address, target)), none);
  }
  const addressesOf = async (person: Person) => (await refreshPerson(services, asSeen(person))).addresses;
  const audited = async () => {
    const { rows } = await sql<{ action: string; actor: string; detail: Record<string, unknown> }>`select
      a.action, a.actor, a.detail from audit a join address_changes c on c.number = (a.detail ->> 'change')::int
      where a.action like 'address.%' and c.address = ${old}
      order by sequence`.execute(opened.database.db);
    return rows;
  };
  const toldOf = async (change: number) =>
    (await opened.database.boss.findJobs('tell-address-change', {})).filter(
      ({ data }) => (data as { change: number }).change === change,
    );
  /** A deletion by this person that waits for so many approvals. */
  async function waiting(requester: Person, approvals: number): Promise<RequestRecord> {
    const wish: Ask = { action: 'delete', target: 'assets', data: 'customer', mentions: [{ name: 'churn.csv' }] };
    const origin = { conversationId: 'chat', kind: 'personal', activityId: `a-${round}-${Math.random()}` } as const;
    const { number, version } = await ask(services, requester, origin, wish);
    await recordPreparation(services, beginSnapshot(services, { number, version }), previewOf(termsWith(approvals)));
    const preview = await findRequest(services, number);
    await press(services, requester, { request: number, version: preview?.version ?? 0, choice: 'delete' });
    return (await findRequest(services, number)) as RequestRecord;
  }
  const votes = (by: Person, { number, version }: RequestRecord) =>
    press(services, by, { request: number, version, choice: 'approve' });

  it('is made by the press of the administrator who saw its preview, and recorded with it', async () => {
    const shown = await propose(megan, 'link', old, alex, some);
    expect(shown).toMatchObject({ result: 'accepted', change: { heldBy: null, outcome: null } });
    expect(await addressesOf(alex)).toEqual(alex.addresses);
    expect(await audited()).toEqual([]);
    const number = numberOf(shown);
    expect(await confirmAddressChange(services, patti, number, some)).toMatchObject({ refusal: 'not-your-preview' });
    expect(await confirmAddressChange(services, alex, number, some)).toMatchObject({ refusal: 'not-your-preview' });
    expect(await confirmAddressChange(services, megan, number, none)).toMatchObject({ refusal: 'changed' });
    expect(await addressesOf(alex)).toEqual(alex.addresses);
    expect((await confirmAddressChange(services, megan, number, some)).result).toBe('accepted');
    expect(await addressesOf(alex)).toEqual([...alex.addresses, old]);
    expect(await confirmAddressChange(services, megan, number, some)).toMatchObject({ refusal: 'already-ended' });
    expect(await declineAddressChange(services, megan, number)).toMatchObject({ refusal: 'already-ended' });
    expect(await audited()).toMatchObject([
      { action: 'address.linked', actor: megan.objectId, detail: { objectId: alex.objectId, heldBy: null } },
    ]);
    expect(await toldOf(number)).toHaveLength(1);
  });

  it('is nobody’s to make but an administrator’s, and not for an account of their own', async () => {
    expect(await propose(alex, 'link', old, alex)).toMatchObject({ refusal: 'not-an-administrator' });
    expect(await propose(alex, 'unlink', old, alex)).toMatchObject({ refusal: 'not-an-administrator' });
    expect(await propose(megan, 'link', old, megan)).toMatchObject({ refusal: 'own-account' });
    // A second account of hers, as an earlier link tells.
    const second = member(idOf(5), `Second ${round}`, `second${round}@contoso.com`);
    await refreshPerson(services, asSeen(second));
    expect((await link(patti, `megan${round}@contoso.com`, second)).result).toBe('accepted');
    expect(await propose(megan, 'link', old, second)).toMatchObject({ refusal: 'own-account' });
    expect((await link(patti, old, megan)).result).toBe('accepted');
  });

  it('cannot be confirmed once its administrator is none, or has become the same person, or too late', async () => {
    const number = numberOf(await propose(megan, 'link', old, alex));
    const without = { ...services, settings: { ...services.settings, administrators: [] } };
    expect(await confirmAddressChange(without, megan, number, none)).toMatchObject({
      refusal: 'not-an-administrator',
    });
    (services.clock as TestClock).advance(services.settings.waitsForPeopleMs);
    expect(await confirmAddressChange(services, megan, number, none)).toMatchObject({ refusal: 'expired' });
    const again = numberOf(await propose(megan, 'link', old, alex));
    // Meanwhile the two accounts turn out to be one person.
    expect((await link(patti, `megan${round}@contoso.com`, alex)).result).toBe('accepted');
    expect(await confirmAddressChange(services, megan, again, none)).toMatchObject({ refusal: 'own-account' });
    expect(await addressesOf(alex)).not.toContain(old);
  });

  it('is outdated when the address got another account after the preview', async () => {
    const number = numberOf(await propose(megan, 'link', old, alex));
    await refreshPerson(services, asSeen({ ...adele, mail: old }));
    expect(await confirmAddressChange(services, megan, number, none)).toMatchObject({ refusal: 'changed' });
    expect(await addressesOf({ ...adele, mail: old })).toEqual([...adele.addresses, old]);
  });

  it('moves from the account that had it, which hears of it, and comes back to nobody', async () => {
    await refreshPerson(services, asSeen({ ...adele, mail: old }));
    const moved = await link(megan, old, alex);
    expect(moved).toMatchObject({ result: 'accepted', change: { heldBy: adele.objectId } });
    expect(await toldOf(numberOf(moved))).toHaveLength(2);
    expect(await addressesOf({ ...adele, mail: old })).toEqual(adele.addresses);
    const state = await addressState(services, 't', old);
    expect([state.holder?.objectId, state.former.map(({ objectId }) => objectId)]).toEqual([
      alex.objectId,
      [adele.objectId],
    ]);
    const number = numberOf(await propose(megan, 'unlink', old, alex));
    expect((await confirmAddressChange(services, megan, number, none)).result).toBe('accepted');
    expect(await addressesOf(alex)).toEqual(alex.addresses);
    // Neither the account before nor one that is seen with it later inherits it.
    expect(await addressesOf({ ...adele, mail: old })).toEqual(adele.addresses);
    expect(await addressesOf({ ...patti, mail: old })).toEqual(patti.addresses);
    expect(await addressState(services, 't', old)).toMatchObject({ link: { objectId: null }, holder: null });
    expect((await audited()).map(({ action }) => action)).toEqual(['address.linked', 'address.unlinked']);
  });

  it('goes to one account when two are linked, or one is linked and another seen with it, at the same moment', async () => {
    for (let at = 0; at < 10; at += 1) {
      const address = `race${at}-${round}@old.example`;
      const [first, second] = [
        numberOf(await propose(megan, 'link', address, alex)),
        numberOf(await propose(patti, 'link', address, adele)),
      ];
      const rival =
        at % 2 === 0
          ? confirmAddressChange(services, patti, second, none)
          : refreshPerson(services, asSeen({ ...adele, mail: address }));
      const [outcome] = await Promise.all([confirmAddressChange(services, megan, first, none), rival]);
      const { holder } = await addressState(services, 't', address);
      expect(holder?.objectId).toBe(outcome.result === 'accepted' ? alex.objectId : adele.objectId);
    }
  });

  it('is declined without a trace in the links', async () => {
    const number = numberOf(await propose(megan, 'link', old, alex));
    expect(await declineAddressChange(services, patti, number)).toMatchObject({ refusal: 'not-your-preview' });
    expect((await declineAddressChange(services, megan, number)).result).toBe('accepted');
    expect(await confirmAddressChange(services, megan, number, none)).toMatchObject({ refusal: 'already-ended' });
    expect([await addressesOf(alex), await toldOf(number)]).toEqual([alex.addresses, []]);
  });

  it('gives and takes the right to approve', async () => {
    const request = await waiting(adele, 1);
    expect(await votes(alex, request)).toMatchObject({ result: 'refused' });
    await link(megan, old, alex);
    const now = await refreshPerson(services, asSeen(alex));
    expect((await votes(now, request)).result).toBe('accepted');
    expect((await findRequest(services, request.number))?.state).toBe('scheduled');
  });

  it('makes its accounts one person, who votes once and decides nothing of their own, also after its end', async () => {
    // Adele had the address that is Alex's now, and Patti gets one of Adele's: all three are one.
    await refreshPerson(services, asSeen({ ...adele, mail: old }));
    await link(megan, old, alex);
    await link(megan, `adele${round}@contoso.com`, patti);
    const own = await waiting(alex, 1);
    for (const voter of [adele, patti]) {
      const { addresses } = await refreshPerson(services, asSeen(voter));
      expect(await votes({ ...voter, addresses }, own)).toMatchObject({
        refusal: { reason: 'requesters-address-cannot-approve' },
      });
    }
    await confirmAddressChange(services, megan, numberOf(await propose(megan, 'unlink', old, alex)), none);
    expect(await votes(patti, own)).toMatchObject({ refusal: { reason: 'requesters-address-cannot-approve' } });
    const others = member(idOf(6), 'Other', `other${round}@contoso.com`);
    const request = await waiting(others, 2);
    const asApprover = { ...services.settings, approvers: [...services.settings.approvers, ...alex.addresses] };
    services = { ...services, settings: asApprover };
    expect((await votes(patti, request)).result).toBe('accepted');
    expect(await votes(alex, request)).toMatchObject({ refusal: { reason: 'already-voted' } });
    expect((await findRequest(services, request.number))?.state).toBe('awaiting-approval');
    expect((await votes(megan, request)).result).toBe('accepted');
    expect((await findRequest(services, request.number))?.state).toBe('scheduled');
  });

  it('of two votes given before it counts for one afterwards', async () => {
    const others = member(idOf(6), 'Other', `other${round}@contoso.com`);
    const request = await waiting(others, 3);
    await votes(adele, request);
    await votes(patti, request);
    await link(megan, `adele${round}@contoso.com`, patti);
    // Adele has lost her address; named by her account she may still approve, and is the same person as Patti.
    const byAccount = { ...services.settings, approvers: [...services.settings.approvers, adele.objectId] };
    services = { ...services, settings: byAccount };
    const reviewers = await Promise.all(
      [adele, patti].map(({ objectId }) => reviewerBy(services, opened.database.db, request, objectId)),
    );
    expect(reviewers).toMatchObject([
      { person: { objectId: adele.objectId } },
      { person: { objectId: patti.objectId } },
    ]);
    await votes(megan, request);
    expect((await findRequest(services, request.number))?.state).toBe('awaiting-approval');
  });

  it('finds people by name in any case, by an address, and by one that is linked to them', async () => {
    const isAlex = { objectId: alex.objectId };
    expect(await findPerson(services, 't', `ALEX ${round}`)).toMatchObject({ kind: 'one', person: isAlex });
    expect(await findPerson(services, 't', `alex${round}@contoso.com`)).toMatchObject({ person: isAlex });
    expect(await findPerson(services, 't', old)).toEqual({ kind: 'none' });
    await link(megan, old, alex);
    expect(await findPerson(services, 't', old.toUpperCase())).toMatchObject({ person: isAlex });
    expect(await findPerson(services, 'another tenant', old)).toEqual({ kind: 'none' });
    await refreshPerson(services, asSeen(member(idOf(8), `Ömer Ünal ${round}`, `oemer${round}@contoso.com`)));
    expect(await findPerson(services, 't', `Ömer Ünal ${round}`)).toMatchObject({ person: { objectId: idOf(8) } });
    await refreshPerson(services, asSeen({ ...member(idOf(7), alex.name, `twin${round}@contoso.com`) }));
    expect(await findPerson(services, 't', alex.name)).toMatchObject({ kind: 'several' });
  });

  it('outlasts the erasure of its person, and its previews do not outlast the names', async () => {
    await refreshPerson(services, asSeen({ ...adele, mail: old }));
    const number = numberOf(await link(megan, old, alex));
    await erasePerson(services, alex, 'test+0');
    const { rows } = await sql<{ number: number }>`select number from address_changes
      where object_id = ${alex.objectId}`.execute(opened.database.db);
    expect(rows).toEqual([]);
    expect(number).toBeGreaterThan(0);
    expect(await addressesOf({ ...adele, mail: old })).toEqual(adele.addresses);
    await propose(megan, 'link', `later${round}@old.example`, adele);
    (services.clock as TestClock).advance(400 * 24 * 3_600_000);
    await removeOldRecords(services, AbortSignal.timeout(60_000));
    const { rows: left } = await sql`select 1 from address_changes`.execute(opened.database.db);
    expect(left).toEqual([]);
    const { rows: links } = await sql`select 1 from former_address_links where address = ${old}`.execute(
      opened.database.db,
    );
    expect(links).toHaveLength(1);
  });
});
