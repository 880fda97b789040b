import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChatPerson, chatPerson, chatTenantId } from '../../src/emulators/graph/sample-people.ts';
import type { RosterMember } from '../harness/roster.ts';
import { buttonOf, cardFor, cardSaying, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { adele, alex, megan, patti, startWorld, type World } from '../harness/world.ts';

/** As Teams writes the id of a channel, with characters that mean something in an address. */
const channel = '19:Ab+c/d%2Fe_f@thread.tacv2';
const thread = `${channel};messageid=1777777777777`;
const inThread = { conversation: thread, kind: 'channel', team: '19:team+1@thread.tacv2' } as const;
const elsewhere = '99999999-9999-4999-8999-999999999999';
const lynne = chatPerson('lynner@example.com');

let world: World;
let accounts = 0;

/** Another account that Teams knows, told by the roster as a member of the own tenant unless said otherwise. */
function account(facts: Partial<RosterMember>): ChatPerson {
  const number = String(++accounts).padStart(2, '0');
  const person: ChatPerson = {
    id: `29:account-${number}`,
    objectId: `aaaaaaaa-0000-4000-8000-0000000000${number}`,
    givenName: 'Sam',
    surname: `Secret${number}`,
    email: `account-${number}@example.com`,
  };
  world.teams.roster.set(person, {
    name: `Sam Secret${number}`,
    aadObjectId: person.objectId,
    tenantId: chatTenantId,
    userRole: 'user',
    ...facts,
  });
  return person;
}

beforeAll(async () => {
  world = await startWorld({
    prepare: async (settings) => ({
      ...settings,
      identity: { kind: 'local', tenantId: chatTenantId },
      requests: {
        ...settings.requests,
        approvalConversationId: channel,
        approvers: [patti.objectId, 'meganb@example.com', 'adelev@example.com'],
      },
    }),
  });
  const { roster } = world.teams;
  // Where people sign in by another name than their mail goes to; Studio and the settings know the mail address.
  roster.set(alex, { userPrincipalName: 'Alex.Wilber@example.com' });
  roster.set(megan, { userPrincipalName: 'mbowen@example.com' });
  // Older answers of the roster have the object id under another name.
  roster.set(patti, { aadObjectId: undefined, objectId: patti.objectId });
  await world.teams.send(world.teams.activity(megan, { type: 'installationUpdate', action: 'add' }, inThread));
  // Addresses belong to who used them first.
  for (const person of [alex, megan, adele]) await answerTo(person, 'list my workspaces');
});
afterAll(() => world.close());

/** What the bot says to one message of somebody. */
async function answerTo(
  person: ChatPerson,
  text: string,
  options: { conversation?: string; kind?: 'groupChat'; more?: object } = {},
) {
  const conversation = options.conversation ?? personalChat(person);
  const before = new Set(world.teams.messages(conversation).map(({ id }) => id));
  await world.teams.write(person, text, options);
  const answer = await world.teams.waitFor(conversation, ({ id }) => !before.has(id));
  return `${answer.text} ${cardText(answer.card)}`;
}

/** Log lines that say that somebody was not served or refused, since a moment. */
const linesSince = (from: number) => world.log.slice(from).filter((line) => line.includes('"reason"'));

/** A deletion by Adele, who owns nothing, as the approvers see it. */
async function askedForApproval(dataset: string): Promise<PostedMessage> {
  const { teams } = world;
  await teams.write(adele, `delete dataset ${dataset} in workspace "Fraud Detection"`);
  const preview = await cardFor(teams, adele, `Delete “${dataset}” from “Fraud Detection”?`);
  await pressButton(teams, adele, preview, 'Delete');
  return cardSaying(teams, channel, 'Adele Vance wants to delete', dataset);
}

describe('somebody with two addresses', () => {
  it('is known by either of them', async () => {
    expect(await answerTo(alex, 'list my workspaces')).toMatch(/Churn Lab.*owner/su);
    const known = await answerTo(alex, 'what may I do');
    expect(known).toContain('alex.wilber@example.com and alexw@example.com');
  });

  it('approves as whoever the settings name by mail address', async () => {
    const { teams } = world;
    const approval = await askedForApproval('labels.csv');
    await teams.press(megan, buttonOf(approval, 'Approve'), inThread);
    await cardFor(teams, adele, 'Deleted “labels.csv”', 'Megan Bowen');
  });

  it('is told which were compared, and in front of others only where to ask', async () => {
    const person = account({ userPrincipalName: 'sam@example.com', email: 's.secret@example.com' });
    const from = world.log.length;
    const said = await answerTo(person, 'list my workspaces');
    expect(said).toContain('sam@example.com and s.secret@example.com');
    expect(linesSince(from)).toHaveLength(1);
    expect(linesSince(from)[0]).toContain(person.objectId);
    const shared = await answerTo(person, 'list my workspaces', { conversation: 'a group', kind: 'groupChat' });
    expect(shared).toMatch(/personal chat/u);
    expect(shared).not.toContain('@');
  });
});

describe('a deletion that waits for an approval', () => {
  let approval: PostedMessage;
  beforeAll(async () => {
    approval = await askedForApproval('chargebacks.tsv');
  });

  const mail = 'meganb@example.com';
  it.each<[string, Partial<RosterMember>, object, RegExp]>([
    ['another tenant, with an approver’s name', { userPrincipalName: mail, tenantId: elsewhere }, {}, /organisation/u],
    ['another tenant, with an approver’s mail only', { email: mail, tenantId: elsewhere }, {}, /organisation/u],
    [
      'no tenant that is told, with an approver’s mail',
      { email: mail, tenantId: undefined },
      {},
      /not among those who decide/u,
    ],
    ['a guest with an approver’s mail', { email: mail, userRole: 'guest' }, {}, /not among those who decide/u],
    [
      'a guest by name with an approver’s mail',
      { email: mail, userPrincipalName: 'meganb_example.com#EXT#@tenant.onmicrosoft.com' },
      {},
      /not among those who decide/u,
    ],
    ['nobody who has signed in', { email: mail, userRole: 'anonymous' }, {}, /signed in/u],
    ['a second account with an approver’s address', { userPrincipalName: mail }, {}, /not among those who decide/u],
    ['a second account of the requester', { userPrincipalName: adele.email }, {}, /another account/u],
    ['a second account with the requester’s mail', { email: adele.email.toUpperCase() }, {}, /another account/u],
    ['a member with the object id of an approver', {}, { aadObjectId: patti.objectId }, /two different accounts/u],
    ['a member whose object id nobody tells', { aadObjectId: undefined }, { aadObjectId: undefined }, /which account/u],
  ])('is not approved by %s', async (_case, facts, sender, expected) => {
    const person = account(facts);
    const from = world.log.length;
    const { teams } = world;
    const activity = teams.activity(person, {}, inThread);
    const more = { from: { ...activity.from, ...sender } };
    const told = teams.messages(thread).length;
    const { body } = await teams.press(person, buttonOf(approval, 'Approve'), { ...inThread, more });
    const said = `${JSON.stringify(body)} ${teams
      .messages(thread)
      .slice(told)
      .map(({ card }) => cardText(card))}`;
    expect(said).toMatch(expected);
    const lines = linesSince(from).filter((line) => /not served|refused/u.test(line));
    expect(lines).toHaveLength(1);
    expect(world.log.slice(from).join('\n')).not.toMatch(/@|Secret|Sam|Bowen|Vance/u);
    await cardFor(teams, adele, 'approve', 'chargebacks.tsv');
  });

  it('is not approved by somebody whom the roster has just lost, nor while it cannot be asked', async () => {
    const { teams } = world;
    const approve = buttonOf(approval, 'Approve');
    teams.roster.set(megan, null, channel);
    teams.roster.set(megan, null, inThread.team);
    expect(JSON.stringify((await teams.press(megan, approve, inThread)).body)).toMatch(/does not list you/u);
    const asksRoster = (method: string, path: string) => method === 'GET' && path.includes('/members/');
    const fault = { match: asksRoster, status: 503, times: 100 };
    teams.faults.push(fault);
    const from = world.log.length;
    const [pressed, said] = await Promise.all([
      teams.press(patti, approve, inThread),
      answerTo(lynne, 'list my workspaces'),
    ]);
    expect(JSON.stringify(pressed.body)).toMatch(/did not answer when I asked/u);
    expect(said).toMatch(/did not answer when I asked/u);
    expect(linesSince(from)).toHaveLength(2);
    fault.times = 0;
    await cardFor(teams, adele, 'approve', 'chargebacks.tsv');
    for (const place of [channel, inThread.team]) teams.roster.set(megan, {}, place);
  });

  it('is approved by whom the settings name by object id, in a shared channel, told by the roster alone', async () => {
    const { teams } = world;
    const own = await askedForApproval('transactions.csv');
    teams.roster.set(patti, null, inThread.team);
    const { from } = teams.activity(patti, {}, inThread);
    const more = { from: { ...from, aadObjectId: undefined } };
    await teams.press(patti, buttonOf(own, 'Approve'), { ...inThread, more });
    await cardFor(teams, adele, 'Deleted “transactions.csv”', 'Patti Fernandez');
    teams.roster.set(patti, {}, inThread.team);
  });
});

describe('an address that somebody else had before', () => {
  it('gives the account that comes later nothing, which is told and logged', async () => {
    const later = account({ userPrincipalName: 'AlexW@example.com', email: 'alex.wilber@EXAMPLE.com' });
    const from = world.log.length;
    const said = await answerTo(later, 'list my workspaces');
    expect(said).toMatch(/alexw@example\.com does not count: another account used it first/u);
    expect(said).not.toContain('Churn Lab');
    expect(linesSince(from).join()).toContain('address-of-another-account');
    await world.teams.write(later, 'delete dataset churn.csv');
    await cardFor(world.teams, later, 'Deletion', 'not possible', 'alexw@example.com');
    expect(await answerTo(alex, 'list my workspaces')).toContain('Churn Lab');
  });
});

describe('somebody who is not served', () => {
  it.each<[string, Partial<RosterMember>, object, RegExp]>([
    ['of another tenant, in their own chat', { tenantId: elsewhere, email: alex.email }, {}, /organisation/u],
    ['in a conversation of another tenant', {}, { conversation: { tenantId: elsewhere } }, /another organisation/u],
    [
      'in a conversation without a tenant',
      {},
      { conversation: { tenantId: undefined }, channelData: {} },
      /which org/u,
    ],
    ['on another channel', {}, { channelId: 'webchat' }, /Teams only/u],
  ])('%s reads why, and one line is logged', async (_case, facts, differs, expected) => {
    const person = account(facts);
    const from = world.log.length;
    const plain = world.teams.activity(person, {});
    const { conversation = {}, ...rest } = differs as { conversation?: object };
    const more = { ...rest, conversation: { ...plain.conversation, ...conversation } };
    expect(await answerTo(person, 'delete dataset churn.csv', { more })).toMatch(expected);
    const { body } = await world.teams.press(person, { text: 'help' }, { verb: 'say', more });
    expect(String(body?.value)).toMatch(expected);
    expect(linesSince(from)).toHaveLength(2);
    for (const line of linesSince(from)) expect(line).toContain(person.objectId);
  });

  it('because it is a bot gets no message, but a line', async () => {
    const { teams } = world;
    const from = world.log.length;
    const calls = teams.calls.length;
    const plain = teams.activity(account({}), { type: 'message', text: 'help', id: 'm' });
    await teams.send({ ...plain, from: { ...plain.from, role: 'bot' } });
    await teams.send({ ...plain, from: { ...plain.from, id: '28:another-bot' } });
    expect(teams.calls.length).toBe(calls);
    expect(linesSince(from)).toHaveLength(2);
  });
});
