import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatPerson } from '../../src/emulators/graph/sample-people.ts';
import type { RequestSettings } from '../../src/requests/request-services.ts';
import { inChannel, worldOfApprovers } from '../harness/approvers.ts';
import { StudioPerson } from '../harness/studio-person.ts';
import { buttonOf, cardFor, cardSaying, pressButton } from '../harness/talk.ts';
import { buttons, cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { adele, alex, approversChannel, isaiah, megan, patti, type World } from '../harness/world.ts';

/** Megan, Patti, Adele and Isaiah have met the bot. */
async function placeWith(changes: Partial<RequestSettings>): Promise<World> {
  const world = await worldOfApprovers(changes);
  for (const person of [megan, patti, adele, isaiah]) {
    await world.teams.write(person, 'hello');
    await cardFor(world.teams, person, 'Hello');
  }
  return world;
}

/** Adele asks for a deletion and confirms it; the card in the approvers' channel. */
async function asked({ teams }: World, dataset: string): Promise<PostedMessage> {
  await teams.write(adele, `delete dataset "${dataset}" in workspace "Fraud Detection"`);
  const preview = await cardFor(teams, adele, `Delete “${dataset}” from “Fraud Detection”?`);
  await pressButton(teams, adele, preview, 'Delete');
  return teams.waitFor(approversChannel, isAsking(dataset));
}

const isAskedBy = (name: string) => (message: PostedMessage) =>
  cardText(message.card).includes(`${name} wants to delete`);
const isAsking = (dataset: string) => (message: PostedMessage) =>
  isAskedBy('Adele Vance')(message) && cardText(message.card).includes(dataset);
const titlesOf = ({ card }: PostedMessage) => buttons(card).map(({ title }) => title);

describe('approvers who are asked in their own chats, too', () => {
  let world: World;
  beforeAll(async () => {
    world = await placeWith({ approvalsInOwnChats: true });
  });
  afterAll(() => world.close());

  it('get the card there and vote there; the requester, who is one of them, is not asked', async () => {
    const { teams } = world;
    const studio = new StudioPerson(world.studio, 'Fraud Detection');
    const approval = await asked(world, 'labels.csv');
    const own = await Promise.all(
      [megan, patti].map((person) => teams.waitFor(personalChat(person), isAsking('labels.csv'))),
    );
    expect(own.map(titlesOf)).toEqual([
      ['Approve deletion', 'Reject'],
      ['Approve deletion', 'Reject'],
    ]);
    expect(teams.messages(personalChat(adele)).filter(isAsking('labels.csv'))).toEqual([]);
    await pressButton(teams, megan, own[0] as PostedMessage, 'Approve');
    const voted = await teams.waitFor(
      personalChat(megan),
      ({ id, card }) => id === own[0]?.id && cardText(card).includes('You have voted on this.'),
    );
    expect(titlesOf(voted)).toEqual([]);
    await teams.waitFor(personalChat(patti), ({ card }) => cardText(card).includes('1 of 2 approvals so far: Megan'));
    await teams.waitFor(approversChannel, ({ card }) => cardText(card).includes('1 of 2 approvals so far: Megan'));
    await pressButton(teams, patti, own[1] as PostedMessage, 'Approve');
    await cardFor(teams, adele, 'Deleted “labels.csv”');
    for (const place of [personalChat(megan), personalChat(patti), approversChannel]) {
      await cardSaying(teams, place, 'Approved by Megan Bowen and Patti Fernandez', 'It has been carried out.');
    }
    expect(await studio.names()).not.toContain('labels.csv');
    expect(approval.conversationId).toBe(approversChannel);
  });
});

describe('approvers who are asked in their channel', () => {
  let world: World;
  beforeAll(async () => {
    world = await placeWith({});
  });
  afterAll(() => world.close());

  it('are mentioned there, and nobody else is, nor after the decision', async () => {
    const { teams } = world;
    const approval = await asked(world, 'chargebacks.tsv');
    expect(approval.text).toBe('To decide: <at>Megan Bowen</at> and <at>Patti Fernandez</at>');
    expect(approval.mentioned).toHaveLength(2);
    expect(teams.messages(personalChat(megan)).filter(isAsking('chargebacks.tsv'))).toEqual([]);
    await teams.press(patti, buttonOf(approval, 'Reject'), inChannel);
    const decided = await cardSaying(teams, approversChannel, 'Rejected by Patti Fernandez');
    expect([decided.text, decided.mentioned]).toEqual(['', []]);
  });

  it('see it as it is for them: who asked may withdraw it, who has voted waits, and others only look', async () => {
    const { teams } = world;
    const approval = await asked(world, 'transactions.csv');
    const { request, version } = buttonOf(approval, 'Approve');
    const shownTo = async (person: ChatPerson) => {
      const { body } = await teams.press(person, { request, version, choice: 'refresh', pages: {} }, inChannel);
      const card = body?.value as PostedMessage['card'];
      return { titles: buttons(card).map(({ title }) => title), text: cardText(card) };
    };
    expect((await shownTo(megan)).titles).toEqual(['Approve deletion', 'Reject']);
    expect(await shownTo(adele)).toMatchObject({
      titles: ['Withdraw'],
      text: expect.stringContaining('You asked for this, so somebody else decides.'),
    });
    expect(await shownTo(isaiah)).toMatchObject({
      titles: [],
      text: expect.stringContaining('You are not among those who decide about it.'),
    });
    const pressed = await teams.press(megan, buttonOf(approval, 'Approve'), inChannel);
    expect(buttons(pressed.body?.value)).toEqual([]);
    expect((await shownTo(megan)).text).toContain('You have voted on this. It waits for others.');
    expect((await shownTo(patti)).titles).toEqual(['Approve deletion', 'Reject']);
    await teams.press(adele, { request, version, choice: 'cancel' }, inChannel);
    await cardSaying(teams, approversChannel, 'Withdrawn');
  });
});

describe('a channel that cannot be reached', () => {
  it('is replaced by the own chats of those who may decide', async () => {
    await using stack = new AsyncDisposableStack();
    const world = await placeWith({});
    stack.defer(() => world.close());
    const { teams } = world;
    teams.closed.add(approversChannel);
    await teams.write(alex, 'delete dataset churn.csv in Churn Lab');
    const preview = await cardFor(teams, alex, 'Delete “churn.csv” from “Churn Lab”?');
    await pressButton(teams, alex, preview, 'Delete');
    for (const person of [megan, patti, adele]) {
      const own = await cardFor(teams, person, 'Alex Wilber wants to delete', 'churn.csv');
      if (person !== adele) await pressButton(teams, person, own, 'Approve');
    }
    await cardFor(teams, alex, 'Deleted “churn.csv”', 'Megan Bowen and Patti Fernandez');
    expect(teams.messages(approversChannel).filter(isAskedBy('Alex Wilber'))).toEqual([]);
  });
});

describe('an approval that nobody gave in half of the time', () => {
  it('is asked for anew in a message of its own, and in the own chats of those who have not voted, and expires', async () => {
    await using stack = new AsyncDisposableStack();
    const world = await placeWith({ waitsForPeopleMs: 20_000 });
    stack.defer(() => world.close());
    const { teams } = world;
    const first = await asked(world, 'labels.csv');
    expect(cardText(first.card)).toContain('Approval needed');
    await teams.press(patti, buttonOf(first, 'Approve'), inChannel);
    const again = await teams.waitFor(
      approversChannel,
      ({ id, card }) => id !== first.id && cardText(card).includes('Reminder: approval needed'),
    );
    expect(again.mentioned).toHaveLength(2);
    await teams.waitFor(approversChannel, ({ id, card }) => id === first.id && buttons(card).length === 0);
    await cardFor(teams, megan, 'Reminder: approval needed', 'labels.csv');
    await cardSaying(teams, approversChannel, 'Expired without an answer');
    await cardFor(teams, adele, 'expired');
    expect(teams.messages(personalChat(patti)).filter(isAsking('labels.csv'))).toEqual([]);
    expect(teams.messages(personalChat(adele)).filter(isAsking('labels.csv'))).toEqual([]);
  });
});
