import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { Person } from '../../src/domain/people.ts';
import { freeTerms, type PolicyRule, termsOf } from '../../src/domain/policy-rules.ts';
import type { RequestRecord } from '../../src/domain/request.ts';
import { type ChatPerson, chatPeople } from '../../src/emulators/graph/sample-people.ts';
import { press } from '../../src/requests/press.ts';
import { unreachedFor } from '../../src/requests/repost-cards.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { Outbox } from '../harness/outbox.ts';
import { buttons, cardText, personalChat, Teams } from '../harness/teams.ts';
import { adele, alex, megan, patti } from '../harness/world.ts';

const approvers = '19:approvers@thread.tacv2';
const finance = '19:finance@thread.tacv2';
const rule: PolicyRule = {
  says: 'An approver agrees.',
  actions: ['delete'],
  approvals: 1,
  conversation: { id: finance, tenantId: null, name: 'Finance' },
};
const policy = { version: 'unreached+0', rules: [rule], approversExist: true };

describeOnEachDatabase('a request that none of those who decide gets', (open) => {
  let opened: OpenedDatabase;
  let teams: Teams;
  let outbox: Outbox;
  let asker: Person;
  let administrator: Person;

  beforeAll(async () => {
    opened = await open();
    teams = await Teams.start(chatPeople);
  });
  // Each begins with conversations that are open, and with no failing card of an earlier one.
  beforeEach(async () => {
    teams.closed.clear();
    await opened.database.db.deleteFrom('cards').execute();
    await opened.database.db.deleteFrom('sends').execute();
    // Megan approves; Patti is administrator, and Alex, who asks, is one, too.
    const administrators = [patti.email, alex.email];
    outbox = new Outbox(opened, teams, {} as AssetSource, approvers, { policy, administrators });
    asker = await outbox.meet(alex);
    await outbox.meet(megan);
    administrator = await outbox.meet(patti);
    await outbox.meet(adele);
    for (const place of [approvers, finance]) await outbox.meet(megan, place, 'channel');
  });
  afterAll(async () => {
    await teams.stop();
    await opened.close();
  });

  async function asked(terms = termsOf(policy, [rule])): Promise<RequestRecord> {
    const { number, version } = await outbox.preview(asker, personalChat(alex), 'personal', 1, terms);
    await press(outbox.services, asker, { request: number, version, choice: 'delete' });
    await outbox.pass(5);
    return outbox.newest(number);
  }
  const about = (conversationId: string, { number }: RequestRecord) =>
    teams.messages(conversationId).filter(({ card }) => cardText(card).includes(`DSR-${number}`));
  const said = (who: ChatPerson, request: RequestRecord) =>
    about(personalChat(who), request)
      .map(({ card }) => cardText(card))
      .join('\n');
  const close = (...places: string[]) => {
    for (const place of places) teams.closed.add(place);
  };

  it('goes to their own chats first, and nobody else hears of it', async () => {
    close(finance);
    const request = await asked();
    await outbox.pass(120);
    expect(said(megan, request)).toContain('Alex Wilber wants to delete');
    expect(said(patti, request)).toBe('');
    expect(said(alex, request)).toContain('I have asked those who can approve it');
  });

  it('is told to the administrators, without what it is about, and the requester hears that', async () => {
    close(finance, personalChat(megan));
    const request = await asked();
    await outbox.pass(120);
    const told = said(patti, request);
    expect(told).toContain(
      'waits for the approval of an approver, and I have not reached any of those who can give it',
    );
    expect(told).toContain('check that the app is still in the channel “Finance”');
    expect(told).not.toMatch(/Alex|Churn Lab|dataset/u);
    expect(about(personalChat(patti), request).flatMap(({ card }) => buttons(card))).toEqual([]);
    expect(said(alex, request)).toContain('I have told the Studio Steward administrators that it waits.');
    expect(about(personalChat(alex), request)).toHaveLength(1);
    expect([said(adele, request), said(megan, request)]).toEqual(['', '']);
    // The administrator who was told has no vote.
    const { number, version } = request;
    expect(await press(outbox.services, administrator, { request: number, version, choice: 'approve' })).toMatchObject({
      result: 'refused',
    });
  });

  it('is asked for as soon as one of them is met, and everybody who was told otherwise hears that', async () => {
    close(finance, personalChat(megan));
    const request = await asked();
    await outbox.pass(120);
    teams.closed.clear();
    await outbox.meet(megan);
    await outbox.pass(8);
    expect(said(megan, request)).toContain('Alex Wilber wants to delete');
    expect(said(patti, request)).toContain('They have been asked by now.');
    expect(said(alex, request)).toContain('I have asked those who can approve it');
  });

  it('says the truth to the requester when the administrators are not reached, either', async () => {
    close(finance, personalChat(megan), personalChat(patti));
    const request = await asked();
    await outbox.pass(120);
    expect(said(alex, request)).toContain('I have not reached those who can approve it yet and keep trying.');
    expect(said(alex, request)).not.toContain('administrators');
    expect([said(patti, request), said(megan, request)]).toEqual(['', '']);
  });

  it('sends no card over and over while nothing changes', async () => {
    close(finance, personalChat(megan));
    const request = await asked();
    await outbox.pass(120);
    const changes = () => about(personalChat(patti), request)[0]?.changes;
    const before = [changes(), about(personalChat(alex), request)[0]?.changes];
    await outbox.pass(60);
    expect([changes(), about(personalChat(alex), request)[0]?.changes]).toEqual(before);
  });

  it('that nobody known could be asked at all is told to the administrators at once', async () => {
    const nobody = { ...rule, reviewers: ['gone'] };
    const { conversation: _conversation, ...withoutPlace } = nobody;
    const terms = termsOf(policy, [withoutPlace]);
    const changes = { policy, administrators: [patti.email], approvers: [] };
    outbox = new Outbox(opened, teams, {} as AssetSource, null, changes);
    const request = await asked(terms);
    expect(said(patti, request)).toContain('I have not reached any of those who can give it');
    expect(said(alex, request)).toContain('I have told the Studio Steward administrators that it waits.');
  });

  it('is named to those who may decide about it as soon as they write anywhere, and to no other approver', async () => {
    const named = { ...policy, groups: { money: [adele.email] } };
    outbox = new Outbox(opened, teams, {} as AssetSource, approvers, { policy: named });
    close(finance, personalChat(adele));
    const request = await asked(termsOf(named, [{ ...rule, reviewers: ['money'] }]));
    await outbox.pass(120);
    const toldOf = async (who: ChatPerson) => {
      const { approvals } = await unreachedFor(outbox.services, await outbox.meet(who, 'team', 'channel'));
      return approvals.map(({ number }) => number);
    };
    expect([await toldOf(adele), await toldOf(megan), await toldOf(patti)]).toEqual([[request.number], [], []]);
  });

  it('but may stop is told to the administrators, who may stop it, too', async () => {
    close(approvers, personalChat(megan));
    const request = await asked({ ...freeTerms('waits+0'), waitMinutes: 60 });
    expect(request.state).toBe('cooling-off');
    await outbox.pass(120);
    expect(said(patti, request)).toContain(`To stop it before that, write “stop DSR-${request.number}”.`);
    expect(said(alex, request)).toContain('I have told the Studio Steward administrators, who can stop it, too.');
  });
});
