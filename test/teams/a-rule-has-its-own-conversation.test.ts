import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { Person } from '../../src/domain/people.ts';
import { type PolicyRule, type PolicyTerms, termsOf } from '../../src/domain/policy-rules.ts';
import type { RequestRecord } from '../../src/domain/request.ts';
import { type ChatPerson, chatPeople } from '../../src/emulators/graph/sample-people.ts';
import { press } from '../../src/requests/press.ts';
import { reportRequest } from '../../src/requests/report.ts';
import { remind, repostWaitingCards } from '../../src/requests/repost-cards.ts';
import { missingPlaces } from '../../src/requests/review-conversations.ts';
import { type OpenedDatabase, openEmbedded } from '../harness/databases.ts';
import { Outbox } from '../harness/outbox.ts';
import { buttons, cardText, type PostedMessage, personalChat, Teams } from '../harness/teams.ts';
import { adele, alex, megan, patti } from '../harness/world.ts';

const approvers = '19:approvers@thread.tacv2';
const finance = '19:finance@thread.tacv2';
const legal = '19:legal@thread.tacv2';

const byApprovers: PolicyRule = { says: 'An approver agrees.', actions: ['delete'], approvals: 1 };
const byMoney: PolicyRule = {
  ...byApprovers,
  says: 'Finance agrees.',
  reviewers: ['money'],
  conversation: { id: finance, tenantId: null, name: 'Finance' },
};
const byLaw: PolicyRule = {
  ...byMoney,
  says: 'Legal agrees.',
  reviewers: ['law'],
  conversation: { id: legal, tenantId: null },
};
const policy = {
  version: 'places+0',
  rules: [byApprovers, byMoney, byLaw],
  groups: { money: [patti.email], law: [adele.email] },
  approversExist: true,
};
const termsFor = (...rules: PolicyRule[]): PolicyTerms => termsOf(policy, rules);

let opened: OpenedDatabase;
let teams: Teams;
let outbox: Outbox;
let people: Record<'alex' | 'megan' | 'patti' | 'adele', Person>;

beforeAll(async () => {
  opened = await openEmbedded();
  teams = await Teams.start(chatPeople);
  outbox = new Outbox(opened, teams, {} as AssetSource, approvers, { policy });
  people = {
    alex: await outbox.meet(alex),
    megan: await outbox.meet(megan),
    patti: await outbox.meet(patti),
    adele: await outbox.meet(adele),
  };
  await outbox.meet(megan, approvers, 'channel');
  await outbox.meet(patti, finance, 'channel');
});
afterAll(async () => {
  await teams.stop();
  await opened.close();
});

/** A confirmed deletion by Alex under these rules, whose cards have been sent. */
async function asked(...rules: PolicyRule[]): Promise<RequestRecord> {
  const { number, version } = await outbox.preview(people.alex, personalChat(alex), 'personal', 1, termsFor(...rules));
  await press(outbox.services, people.alex, { request: number, version, choice: 'delete' });
  await outbox.pass(5);
  return outbox.newest(number);
}
const about = (conversationId: string, { number }: RequestRecord): PostedMessage[] =>
  teams.messages(conversationId).filter(({ card }) => cardText(card).includes(`DSR-${number}`));
const deciding = (conversationId: string, request: RequestRecord) =>
  about(conversationId, request).filter(({ card }) => buttons(card).some(({ title }) => title.startsWith('Approve')));
const inOwnChat = (who: ChatPerson, request: RequestRecord) => about(personalChat(who), request);

describe('a request whose approval a rule has asked for in its own conversation', () => {
  it('has its card there with a mention of those who decide, and nowhere else', async () => {
    const request = await asked(byMoney);
    const [card] = deciding(finance, request);
    expect(card?.text).toBe('To decide: <at>Patti Fernandez</at>');
    expect(about(approvers, request)).toEqual([]);
    expect(inOwnChat(patti, request)).toEqual([]);
    expect(inOwnChat(megan, request)).toEqual([]);
    expect((await reportRequest(outbox.services, request.number))?.reviewedIn).toEqual([finance]);
  });

  it('has one card in each conversation of several rules, which the same decision changes', async () => {
    const request = await asked(byApprovers, byMoney, { ...byMoney, says: 'Finance agrees again.' });
    expect([approvers, finance].map((place) => deciding(place, request).length)).toEqual([1, 1]);
    expect(deciding(approvers, request)[0]?.text).toBe('To decide: <at>Megan Bowen</at>');
    const { number, version } = request;
    await press(outbox.services, people.patti, { request: number, version, choice: 'reject' });
    await outbox.pass(8);
    for (const place of [approvers, finance]) {
      expect(deciding(place, request)).toEqual([]);
      expect(
        about(place, request)
          .map(({ card }) => cardText(card))
          .join(),
      ).toContain('Rejected by Patti Fernandez');
    }
  });

  it('shows in each of them what the card in the approvers’ conversation shows', async () => {
    const request = await asked(byApprovers, byMoney);
    const shown = [approvers, finance].map((place) => JSON.stringify(deciding(place, request)[0]?.card));
    expect(shown[0]).toBe(shown[1]);
  });

  it('is posted anew in each for a reminder and for a new member, and the earlier messages lose their buttons', async () => {
    const request = await asked(byApprovers, byMoney);
    const first = deciding(finance, request)[0]?.id;
    await remind(outbox.services, request.number, request.version);
    await outbox.pass(8);
    expect([approvers, finance].map((place) => deciding(place, request).length)).toEqual([1, 1]);
    const second = deciding(finance, request)[0]?.id;
    expect(second).not.toBe(first);
    await repostWaitingCards(outbox.services, [finance]);
    await outbox.pass(8);
    expect(deciding(finance, request).map(({ id }) => id === second)).toEqual([false]);
  });

  it('goes on in the own chats of those who decide when one conversation is closed, and the other keeps its card', async () => {
    teams.closed.add(finance);
    const request = await asked(byApprovers, byMoney);
    await outbox.pass(60);
    expect(deciding(approvers, request)).toHaveLength(1);
    expect(inOwnChat(patti, request)).toHaveLength(1);
    teams.closed.delete(finance);
    // A message of somebody who is met elsewhere moves no shared card to them.
    await outbox.meet(patti);
    await outbox.meet(patti, finance, 'channel');
    await outbox.pass(8);
    expect(deciding(finance, request)).toHaveLength(1);
  });

  it('goes to the own chats of those who decide where the bot was never added', async () => {
    expect(await missingPlaces(outbox.services)).toEqual([legal]);
    const request = await asked(byLaw);
    await outbox.pass(8);
    expect(inOwnChat(adele, request)).toHaveLength(1);
    expect(inOwnChat(megan, request)).toEqual([]);
  });
});
