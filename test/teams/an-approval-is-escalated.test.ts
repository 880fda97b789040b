import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { Person } from '../../src/domain/people.ts';
import { type PolicyRule, termsOf } from '../../src/domain/policy-rules.ts';
import type { RequestRecord } from '../../src/domain/request.ts';
import { chatPeople } from '../../src/emulators/graph/sample-people.ts';
import { press } from '../../src/requests/press.ts';
import { remind } from '../../src/requests/repost-cards.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { Outbox } from '../harness/outbox.ts';
import { buttons, cardText, personalChat, Teams } from '../harness/teams.ts';
import { adele, alex, megan, patti } from '../harness/world.ts';

const approvers = '19:approvers@thread.tacv2';
const board = '19:board@thread.tacv2';
const rule: PolicyRule = {
  says: 'An approver agrees.',
  actions: ['delete'],
  approvals: 1,
  escalateTo: { conversation: { id: board, tenantId: null, name: 'Board' }, people: [patti.email, adele.email] },
  escalateAfter: { minutes: 1 },
};
const policy = { version: 'escalates+0', rules: [rule], approversExist: true };

describeOnEachDatabase('an approval that nobody gives in time', (open) => {
  let opened: OpenedDatabase;
  let teams: Teams;
  let outbox: Outbox;
  let asker: Person;
  let approver: Person;

  beforeAll(async () => {
    opened = await open();
    teams = await Teams.start(chatPeople);
    const named = [megan.email, patti.email];
    outbox = new Outbox(opened, teams, {} as AssetSource, approvers, { policy, approvers: named });
    asker = await outbox.meet(alex);
    approver = await outbox.meet(megan);
    for (const person of [patti, adele]) await outbox.meet(person);
    for (const place of [approvers, board]) await outbox.meet(megan, place, 'channel');
  });
  afterAll(async () => {
    await teams.stop();
    await opened.close();
  });

  async function asked(): Promise<RequestRecord> {
    const { number, version } = await outbox.preview(asker, personalChat(alex), 'personal', 1, termsOf(policy, [rule]));
    await press(outbox.services, asker, { request: number, version, choice: 'delete' });
    await outbox.pass(5);
    return outbox.newest(number);
  }
  const about = (conversationId: string, { number }: RequestRecord) =>
    teams.messages(conversationId).filter(({ card }) => cardText(card).includes(`DSR-${number}`));
  const titles = (conversationId: string, request: RequestRecord) =>
    about(conversationId, request).map(({ card }) => buttons(card).map(({ title }) => title));

  it('is asked for in the further channel, mentioning who may decide, and in their own chats; others are told', async () => {
    const request = await asked();
    await outbox.pass(40);
    expect(about(board, request)).toEqual([]);
    await outbox.pass(30);
    const [shown, ...more] = about(board, request);
    expect(more).toEqual([]);
    expect(shown?.text).toBe('To decide: <at>Megan Bowen</at> and <at>Patti Fernandez</at>');
    expect(titles(board, request)).toEqual(titles(approvers, request));
    expect(titles(personalChat(patti), request)).toEqual([['Approve deletion', 'Reject']]);
    const [told] = about(personalChat(adele), request);
    expect(cardText(told?.card ?? null)).toContain('still waits for the approval of an approver');
    expect(buttons(told?.card ?? null)).toEqual([]);
    expect(JSON.stringify(told)).not.toMatch(/Alex|Churn Lab|dataset/u);
    expect(about(personalChat(megan), request)).toEqual([]);
    await press(outbox.services, approver, { request: request.number, version: request.version, choice: 'reject' });
    await outbox.pass(8);
    expect(cardText(about(board, request)[0]?.card ?? null)).toContain('Rejected by Megan Bowen');
    expect(cardText(about(personalChat(adele), request)[0]?.card ?? null)).toContain('waits for no approval any more');
  });

  it('is not posted twice there by the reminder', async () => {
    const request = await asked();
    await outbox.pass(70);
    const [first] = about(board, request);
    await remind(outbox.services, request.number, request.version);
    await outbox.pass(8);
    expect(about(board, request).map(({ id }) => id)).toEqual([first?.id]);
    expect(about(personalChat(adele), request)).toHaveLength(1);
    expect(about(personalChat(megan), request)).toHaveLength(1);
  });

  it('is not brought before anybody else once it was given', async () => {
    const request = await asked();
    await press(outbox.services, approver, { request: request.number, version: request.version, choice: 'approve' });
    await outbox.pass(90);
    expect([about(board, request), about(personalChat(adele), request)]).toEqual([[], []]);
  });
});
