import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatPerson } from '../../src/emulators/graph/sample-people.ts';
import type { RequestSettings } from '../../src/requests/request-services.ts';
import { inChannel, introduce } from '../harness/approvers.ts';
import { StudioPerson } from '../harness/studio-person.ts';
import { became as becameIn, buttonOf, cardFor, cardSaying, pressButton } from '../harness/talk.ts';
import { buttons, cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { adele, approversChannel, isaiah, megan, patti, startWorld, type World } from '../harness/world.ts';

/** A world in which every deletion waits, and nobody has to approve it. These people have met the bot. */
async function worldThatWaits(waitMinutes: number, changes: Partial<RequestSettings> = {}): Promise<World> {
  const rule = { says: 'Every deletion waits.', actions: ['delete', 'delete-workspace'], waitMinutes } as const;
  const world = await startWorld({
    prepare: async (settings) => ({
      ...settings,
      requests: {
        ...settings.requests,
        policy: { version: 'waits+0', rules: [rule], approversExist: true },
        approvers: [megan.email, patti.email],
        ...changes,
      },
    }),
  });
  await introduce(world);
  for (const person of [megan, patti, adele]) {
    await world.teams.write(person, 'hello');
    await cardFor(world.teams, person, 'Hello');
  }
  return world;
}

/** A confirmed deletion, which waits: its card for its requester. */
async function confirmed({ teams }: World, person: ChatPerson, dataset: string): Promise<PostedMessage> {
  const seen = new Set(teams.messages(personalChat(person)).map(({ id }) => id));
  await teams.write(person, `delete dataset "${dataset}" in workspace "Fraud Detection"`);
  const title = `Delete “${dataset}” from “Fraud Detection”?`;
  const preview = await teams.waitFor(
    personalChat(person),
    ({ id, card }) => !seen.has(id) && cardText(card).includes(title),
  );
  await pressButton(teams, person, preview, 'Delete');
  return preview;
}

const waits = 'Confirmed, waiting to start';
const became = ({ teams }: World, message: PostedMessage, ...texts: string[]) => becameIn(teams, message, ...texts);
const waitingIn = ({ teams }: World, conversationId: string, dataset: string) =>
  teams
    .messages(conversationId)
    .filter(({ card }) => cardText(card).includes(waits) && cardText(card).includes(dataset));

describe('a deletion that waits and that nobody has to approve', () => {
  let world: World;
  let studio: StudioPerson;
  beforeAll(async () => {
    world = await worldThatWaits(60);
    studio = new StudioPerson(world.studio, 'Fraud Detection');
  });
  afterAll(() => world.close());

  it('is shown to the approvers in their channel, with what it deletes, and one of them stops it there', async () => {
    const own = await confirmed(world, adele, 'labels.csv');
    const told = await cardSaying(world.teams, approversChannel, waits, 'Adele Vance has confirmed it.', 'labels.csv');
    expect(told.text).toBe('You can stop this: <at>Megan Bowen</at> and <at>Patti Fernandez</at>');
    expect(cardText(told.card)).toMatch(/“labels.csv”\s+dataset · .* · owner Adele Vance/u);
    expect(cardText(told.card)).toContain(
      'Until then Adele Vance, an owner of the workspace, an administrator, and the approvers can stop it',
    );
    await became(
      world,
      own,
      'Until then you, an owner of the workspace, an administrator, and the approvers can stop it',
      'I have told the approvers.',
    );
    const refused = await world.teams.press(isaiah, buttonOf(told, 'Stop it'), inChannel);
    expect(JSON.stringify(refused.body ?? '')).not.toMatch(/[Ss]topped/u);
    await became(world, own, waits);
    const pressed = await world.teams.press(megan, buttonOf(told, 'Stop it'), inChannel);
    expect(cardText(pressed.body?.value as PostedMessage['card'])).toContain('Stopped before it started');
    await became(world, own, 'Megan Bowen stopped it before it started.');
    await became(world, told, 'Stopped before it started', 'Megan Bowen stopped it before it started.');
    expect(await studio.names()).toContain('labels.csv');
  });

  it('is shown to an approver who asks for it in their own chat, and stopped there; to nobody else', async () => {
    const own = await confirmed(world, adele, 'chargebacks.tsv');
    const [id = ''] = /DSR-\d+/u.exec(cardText(own.card)) ?? [];
    await cardSaying(world.teams, approversChannel, waits, 'chargebacks.tsv');
    await world.teams.write(isaiah, `status of ${id}`);
    await cardFor(world.teams, isaiah, 'cannot find', id);
    await world.teams.write(patti, `status of ${id}`);
    const shown = await cardFor(world.teams, patti, waits, 'chargebacks.tsv');
    const pressed = await pressButton(world.teams, patti, shown, 'Stop it');
    expect(cardText(pressed.body?.value as PostedMessage['card'])).toContain('Patti Fernandez stopped it');
    await became(world, own, 'Patti Fernandez stopped it before it started.');
    expect(await studio.names()).toContain('chargebacks.tsv');
  });

  it('says to the approvers that its requester stopped it', async () => {
    const own = await confirmed(world, adele, 'labels.csv');
    const told = await cardSaying(world.teams, approversChannel, waits, 'labels.csv');
    await pressButton(world.teams, adele, await became(world, own, waits), 'Stop it');
    const stopped = await became(world, told, 'Stopped before it started', 'The requester stopped it.');
    expect(buttons(stopped.card)).toEqual([]);
  });
});

describe('the approvers of a deletion whose wait is over', () => {
  it('see that it started, and what became of it', async () => {
    await using stack = new AsyncDisposableStack();
    const world = await worldThatWaits(0.1);
    stack.defer(() => world.close());
    await confirmed(world, adele, 'labels.csv');
    const told = await cardSaying(world.teams, approversChannel, 'Adele Vance', 'DSR-');
    await became(world, told, 'Started after its wait', 'It has been carried out.');
    await cardFor(world.teams, adele, 'Deleted “labels.csv”');
  });
});

describe('approvers who are told in their own chats, too', () => {
  it('hear of it there; an approver who asks is not told of their own', async () => {
    await using stack = new AsyncDisposableStack();
    const world = await worldThatWaits(60, { approvalsInOwnChats: true });
    stack.defer(() => world.close());
    const own = await confirmed(world, megan, 'labels.csv');
    const hers = await cardFor(world.teams, patti, waits, 'labels.csv');
    await cardSaying(world.teams, approversChannel, waits, 'labels.csv');
    await became(world, own, 'I have told the approvers.');
    expect(waitingIn(world, personalChat(megan), 'labels.csv').map(({ id }) => id)).toEqual([own.id]);
    await pressButton(world.teams, patti, hers, 'Stop it');
    await became(world, own, 'Patti Fernandez stopped it before it started.');
    await became(world, hers, 'Stopped before it started');
  });
});

describe('approvers whose conversation is the requester’s own chat', () => {
  it('are told in their own chats, and the requester has one card', async () => {
    await using stack = new AsyncDisposableStack();
    const world = await worldThatWaits(60, { approvalConversationId: personalChat(megan) });
    stack.defer(() => world.close());
    const own = await confirmed(world, megan, 'labels.csv');
    await cardFor(world.teams, patti, waits, 'labels.csv');
    await became(world, own, 'I have told the approvers.');
    expect(waitingIn(world, personalChat(megan), 'labels.csv').map(({ id }) => id)).toEqual([own.id]);
  });
});

describe('a channel that cannot be reached', () => {
  it('is replaced by the own chats of those who may stop it', async () => {
    await using stack = new AsyncDisposableStack();
    const world = await worldThatWaits(60);
    stack.defer(() => world.close());
    world.teams.closed.add(approversChannel);
    const own = await confirmed(world, adele, 'labels.csv');
    const hers = await cardFor(world.teams, patti, waits, 'labels.csv');
    await pressButton(world.teams, patti, hers, 'Stop it');
    await became(world, own, 'Patti Fernandez stopped it before it started.');
  });
});

describe('a requester who is the only approver', () => {
  it('is promised nothing of others, and nobody is told', async () => {
    await using stack = new AsyncDisposableStack();
    const world = await worldThatWaits(60, { approvers: [megan.email] });
    stack.defer(() => world.close());
    const own = await confirmed(world, megan, 'labels.csv');
    const waiting = await became(world, own, waits, 'Until then you can stop it');
    expect(cardText(waiting.card)).not.toContain('approvers');
    expect(waitingIn(world, approversChannel, 'labels.csv')).toEqual([]);
  });
});
