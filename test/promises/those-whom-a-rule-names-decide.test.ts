import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PolicyRule } from '../../src/domain/policy-rules.ts';
import { inChannel, worldOfApprovers } from '../harness/approvers.ts';
import { StudioPerson } from '../harness/studio-person.ts';
import { became as becameIn, buttonOf, cardFor, cardSaying, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage } from '../harness/teams.ts';
import { adele, alex, approversChannel, megan, patti, type World } from '../harness/world.ts';

const byOwners: PolicyRule = {
  says: 'An owner agrees to every deletion.',
  actions: ['delete'],
  approvals: 1,
  reviewers: ['workspace-owners'],
};
const byPrivacy: PolicyRule = {
  says: 'Privacy agrees to every deletion.',
  actions: ['delete'],
  approvals: 1,
  reviewers: ['privacy'],
};

/** A world in which Adele is the only approver, and rules ask for others. */
const worldWith = (rules: readonly PolicyRule[], privacy: string[] = [patti.email]): Promise<World> =>
  worldOfApprovers({
    policy: { version: 'named+0', rules, groups: { privacy }, approversExist: true },
    approvers: [adele.email],
  });

describe('a deletion about which an owner and a group decide', () => {
  let world: World;
  let studio: StudioPerson;
  beforeAll(async () => {
    world = await worldWith([byOwners, byPrivacy]);
    studio = new StudioPerson(world.studio, 'Fraud Detection');
    // Each has talked to the bot once.
    for (const person of [megan, patti, adele]) await world.teams.write(person, 'hello');
  });
  afterAll(() => world.close());

  const became = (message: PostedMessage, ...texts: string[]) => becameIn(world.teams, message, ...texts);

  /** A deletion by Alex: his own card, and the one in the approvers' channel. */
  async function asked(dataset: string): Promise<{ own: PostedMessage; approval: PostedMessage }> {
    const { teams } = world;
    await teams.write(alex, `delete dataset "${dataset}" in workspace "Fraud Detection"`);
    const own = await cardFor(teams, alex, `Delete “${dataset}” from “Fraud Detection”?`);
    expect(cardText(own.card)).toContain(
      'Before it starts, it needs the approval of an owner of the workspace, and of somebody of “privacy”.',
    );
    await pressButton(teams, alex, own, 'Delete');
    const approval = await cardSaying(teams, approversChannel, 'Alex Wilber wants to delete', dataset);
    return { own, approval };
  }

  it('runs when both have agreed, each asked in their own chat, and the approvers count for nothing', async () => {
    const { teams } = world;
    const { own, approval } = await asked('labels.csv');
    await teams.write(alex, 'yes do it');
    await cardFor(teams, alex, /You have confirmed DSR-\d+ already\. It waits for an approval by somebody else/u);
    const owners = await cardFor(teams, megan, 'Alex Wilber wants to delete', 'labels.csv');
    const privacys = await cardFor(teams, patti, 'Alex Wilber wants to delete', 'labels.csv');
    expect(cardText(owners.card)).toContain('An owner agrees to every deletion. Privacy agrees to every deletion.');
    await teams.press(adele, buttonOf(approval, 'Approve'), inChannel);
    await cardSaying(teams, approversChannel, 'You are not among those who decide about this request.');
    await pressButton(teams, megan, owners, 'Approve');
    await became(own, 'Approved so far by Megan Bowen. Still needed: the approval of somebody of “privacy”.');
    expect(await studio.names()).toContain('labels.csv');
    await pressButton(teams, patti, privacys, 'Approve');
    await cardFor(teams, alex, 'Deleted “labels.csv”', 'Megan Bowen and Patti Fernandez');
    expect(await studio.names()).not.toContain('labels.csv');
  });

  it('is listed for those who may decide, with its card, and for nobody else', async () => {
    const { teams } = world;
    const { own } = await asked('chargebacks.tsv');
    const [id = ''] = /DSR-\d+/u.exec(cardText(own.card)) ?? [];
    for (const [person, isAsked] of [
      [megan, true],
      [patti, true],
      [adele, false],
    ] as const) {
      await teams.write(person, 'what waits for my approval');
      await cardFor(teams, person, isAsked ? id : /Nothing waits|nothing is waiting|no request/iu);
    }
    await teams.write(adele, `status of ${id}`);
    await cardFor(teams, adele, id, /cannot find|no request/iu);
    await pressButton(
      teams,
      megan,
      await cardFor(teams, megan, 'Alex Wilber wants to delete', 'chargebacks.tsv'),
      'Reject',
    );
    await became(own, 'Megan Bowen rejected it');
    expect(await studio.names()).toContain('chargebacks.tsv');
  });
});

describe('somebody whom the rules name no more', () => {
  it('sees nothing more of what they were asked about, and has no button', async () => {
    await using stack = new AsyncDisposableStack();
    const privacy = [patti.email];
    const world = await worldWith([{ ...byOwners, reasonNeeded: true }, byPrivacy], privacy);
    stack.defer(() => world.close());
    const { teams } = world;
    for (const person of [megan, patti]) await teams.write(person, 'hello');
    await teams.write(alex, 'delete dataset labels.csv in workspace "Fraud Detection"');
    const own = await cardFor(teams, alex, 'Delete “labels.csv” from “Fraud Detection”?');
    await teams.press(alex, { ...(buttonOf(own, 'Delete') as object), reason: 'Superseded by the June labels.' });
    const asked = await cardFor(teams, patti, 'Alex Wilber wants to delete', 'labels.csv', 'June labels');
    // As after a restart with another policy file.
    privacy.length = 0;
    await pressButton(
      teams,
      megan,
      await cardFor(teams, megan, 'Alex Wilber wants to delete', 'labels.csv'),
      'Approve',
    );
    const left = await teams.waitFor(
      asked.conversationId,
      ({ id, card }) => id === asked.id && !cardText(card).includes('labels.csv'),
    );
    expect(cardText(left.card)).not.toMatch(/June labels|Approve|Megan Bowen/u);
    const refused = await teams.press(patti, buttonOf(asked, 'Approve'));
    expect(JSON.stringify(refused.body ?? '')).not.toContain('June labels');
    expect(await new StudioPerson(world.studio, 'Fraud Detection').names()).toContain('labels.csv');
  });
});

describe('a rule with a conversation of its own', () => {
  it('is refused until the bot is in that channel, and then decided about there by people who never wrote', async () => {
    await using stack = new AsyncDisposableStack();
    const finance = 'finance-channel';
    const conversation = { id: finance, tenantId: null, name: 'Finance approvals' };
    const world = await worldWith([{ ...byPrivacy, conversation }]);
    stack.defer(() => world.close());
    const { teams } = world;
    await teams.write(alex, 'delete dataset labels.csv in workspace "Fraud Detection"');
    await cardFor(
      teams,
      alex,
      'nobody has added me to the channel “Finance approvals”',
      'mention me in the channel once',
    );
    const there = { conversation: finance, kind: 'channel' } as const;
    await teams.send(teams.activity(megan, { type: 'installationUpdate', action: 'add' }, there));
    await teams.write(alex, 'delete dataset labels.csv in workspace "Fraud Detection"');
    const own = await cardFor(teams, alex, 'Delete “labels.csv” from “Fraud Detection”?');
    await pressButton(teams, alex, own, 'Delete');
    const approval = await cardSaying(teams, finance, 'Alex Wilber wants to delete', 'labels.csv');
    const elsewhere = await teams.press(adele, buttonOf(approval, 'Approve'), inChannel);
    expect(JSON.stringify(elsewhere.body ?? '')).not.toContain('labels.csv');
    await teams.press(patti, buttonOf(approval, 'Approve'), there);
    await cardFor(teams, alex, 'Deleted “labels.csv”', 'Patti Fernandez');
    expect(teams.messages(approversChannel).filter(({ card }) => cardText(card).includes('labels.csv'))).toEqual([]);
  });
});

describe('a deletion that nobody could approve', () => {
  it('is refused when it is asked for: the only owner asks, or those who decide have never written', async () => {
    await using stack = new AsyncDisposableStack();
    const world = await worldWith([{ ...byPrivacy, workspaceRoles: ['user'] }, byOwners], ['carol@example.com']);
    stack.defer(() => world.close());
    const { teams } = world;
    await teams.write(alex, 'delete dataset churns.csv in Churn Lab');
    await cardFor(teams, alex, 'needs the approval of an owner of the workspace', 'too few of them');
    await teams.write(alex, 'delete dataset labels.csv in workspace "Fraud Detection"');
    await cardFor(teams, alex, 'needs the approval of somebody of “privacy”', 'have not written to me yet');
    expect(await new StudioPerson(world.studio, 'Fraud Detection').names()).toContain('labels.csv');
  });
});
