import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PolicyRule } from '../../src/domain/policy-rules.ts';
import { inChannel, introduce } from '../harness/approvers.ts';
import { StudioPerson } from '../harness/studio-person.ts';
import { buttonOf, cardFor, cardSaying, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { adele, alex, approversChannel, megan, startWorld, type World } from '../harness/world.ts';

const why = 'Superseded by the labels of 2020';

/** A world in which every deletion needs a reason, and what else is given here. */
async function worldOfReasons(more: Partial<PolicyRule>): Promise<World> {
  const says = 'What is deleted has a reason.';
  const rule: PolicyRule = { says, actions: ['delete', 'delete-workspace'], reasonNeeded: true, ...more };
  const world = await startWorld({
    prepare: async (settings) => ({
      ...settings,
      requests: {
        ...settings.requests,
        policy: { version: 'reasons+0', rules: [rule], approversExist: true },
        approvers: [megan.email],
      },
    }),
  });
  await introduce(world);
  return world;
}

describe('a deletion that needs a reason and an approval', () => {
  let world: World;
  let studio: StudioPerson;
  beforeAll(async () => {
    world = await worldOfReasons({ approvals: 1 });
    studio = new StudioPerson(world.studio, 'Fraud Detection');
  });
  afterAll(() => world.close());

  /** The previews of earlier tests, which look alike. */
  const seen = new Set<string>();
  /** A preview in the requester's own chat, or in a group. */
  async function preview(dataset: string, conversation?: string): Promise<PostedMessage> {
    const place = conversation === undefined ? {} : ({ conversation, kind: 'groupChat' } as const);
    await world.teams.write(adele, `delete dataset "${dataset}" in workspace "Fraud Detection"`, place);
    const title = `Delete “${dataset}” from “Fraud Detection”?`;
    const found = await world.teams.waitFor(
      conversation ?? personalChat(adele),
      ({ id, card }) => !seen.has(id) && cardText(card).includes(title),
    );
    seen.add(found.id);
    return found;
  }
  const pressWith = (message: PostedMessage, reason?: string) => {
    const data = { ...(buttonOf(message, 'Delete') as object), ...(reason === undefined ? {} : { reason }) };
    return world.teams.press(adele, data, { conversation: message.conversationId, replyTo: message.id });
  };
  const shown = (message: PostedMessage) =>
    world.teams.messages(message.conversationId).findLast(({ id }) => id === message.id)?.card;

  it('asks for it with a field of 500 characters, and says why and who reads it', async () => {
    const card = await preview('labels.csv');
    expect(cardText(card.card)).toContain(
      'What is deleted has a reason. Your reason is read by those who decide about this request and in the approvers’ conversation, and kept with it until its names are removed.',
    );
    expect(JSON.stringify(card.card)).toContain('"id":"reason"');
    expect(JSON.stringify(card.card)).toContain('"maxLength":500');
    await pressButton(world.teams, adele, card, 'Cancel');
  });

  it.each([
    ['no reason', undefined],
    ['an empty one', ''],
    ['blanks', ' \n\t '],
    ['control characters', '\u0000\u0001\u001f\u200b\u3164'],
    ['half of a character', '\ud83d'],
    ['a mere link', 'https://tickets.example.com/4711'],
  ])('is not confirmed by a press with %s, and the person reads why', async (_case, reason) => {
    const card = await preview('labels.csv');
    const before = world.teams.messages(card.conversationId).length;
    await pressWith(card, reason);
    await world.teams.waitFor(
      card.conversationId,
      (message) =>
        world.teams.messages(card.conversationId).indexOf(message) >= before &&
        cardText(message.card).includes('This needs a reason, in words'),
    );
    expect(cardText(shown(card) ?? {})).toContain('Nothing happens until you answer.');
    expect(await studio.names()).toContain('labels.csv');
    await pressButton(world.teams, adele, card, 'Cancel');
  });

  it('does nothing with a press of 5,000 characters, which no card sends', async () => {
    const card = await preview('labels.csv');
    const { body } = await pressWith(card, 'x'.repeat(5_000));
    expect(JSON.stringify(body)).toContain('nothing was done');
    expect(cardText(shown(card) ?? {})).toContain('Nothing happens until you answer.');
    expect(
      world.teams
        .messages(approversChannel)
        .map(({ card: each }) => cardText(each))
        .join(),
    ).not.toContain('xxx');
    await pressButton(world.teams, adele, card, 'Cancel');
  });

  it('shows the reason to those who decide and to the requester, bounded and without secrets, then runs', async () => {
    const own = await preview('labels.csv');
    await pressWith(own, `${why};\nmy password is hunter22x. ${'More. '.repeat(300)}`);
    const approval = await cardSaying(world.teams, approversChannel, 'Adele Vance’s reason: “Superseded by');
    const waiting = await world.teams.waitFor(
      own.conversationId,
      ({ id, card }) => id === own.id && cardText(card).includes(`Your reason: “${why}; my password is ***`),
    );
    for (const { card } of [approval, waiting]) {
      expect(cardText(card)).not.toContain('hunter22x');
      expect(cardText(card).length).toBeLessThan(2_500);
    }
    await world.teams.press(megan, buttonOf(approval, 'Approve'), inChannel);
    await cardFor(world.teams, adele, 'Deleted “labels.csv”', `Your reason: “${why}`);
    expect(await studio.names()).not.toContain('labels.csv');
    expect(world.log.join('\n')).not.toMatch(/Superseded|hunter22x/u);
  });

  it('is never shown to others in a shared conversation', async () => {
    const card = await preview('chargebacks.tsv', 'group');
    expect(cardText(card.card)).toContain('I do not show it to others in this conversation.');
    await pressWith(card, why);
    const approval = await cardSaying(world.teams, approversChannel, 'chargebacks.tsv', `reason: “${why}”`);
    await world.teams.waitFor(
      'group',
      ({ id, card: each }) => id === card.id && cardText(each).includes('Waiting for approval'),
    );
    await world.teams.press(megan, buttonOf(approval, 'Approve'), inChannel);
    await cardSaying(world.teams, 'group', 'Deleted “chargebacks.tsv”');
    const said = world.teams.messages('group').map((message) => JSON.stringify(message.card));
    expect(said.join('\n')).not.toContain(why);
  });
});

describe('a deletion that needs a reason and nobody else', () => {
  it('keeps the reason all the same, and shows it to its requester', async () => {
    await using stack = new AsyncDisposableStack();
    const world = await worldOfReasons({});
    stack.defer(() => world.close());
    await world.teams.write(megan, 'delete dataset labels.csv in workspace "Fraud Detection"');
    const card = await cardFor(
      world.teams,
      megan,
      'Delete “labels.csv” from “Fraud Detection”?',
      'Your reason is kept with this request until its names are removed.',
    );
    expect(cardText(card.card)).not.toContain('decide about');
    await world.teams.press(megan, { ...(buttonOf(card, 'Delete') as object), reason: why });
    await cardFor(world.teams, megan, 'Deleted “labels.csv”', `Your reason: “${why}”`);
  });
});

describe('the deletion of a whole workspace that needs a reason and its typed name', () => {
  it('is confirmed by a press with both, and by none with one of them', async () => {
    await using stack = new AsyncDisposableStack();
    const world = await worldOfReasons({ actions: ['delete-workspace'], confirmByTypingName: true, waitMinutes: 60 });
    stack.defer(() => world.close());
    await world.teams.write(alex, 'delete workspace "Churn Lab"');
    const card = await cardFor(world.teams, alex, 'Delete the whole workspace “Churn Lab”?');
    expect(cardText(card.card)).toContain('read by the approvers, who may stop this request before it starts');
    const press = (fields: object) =>
      world.teams.press(alex, { ...(buttonOf(card, 'Delete workspace') as object), ...fields });
    await press({ typed: 'Churn Lab' });
    await cardFor(world.teams, alex, 'This needs a reason, in words');
    await press({ reason: why });
    await cardFor(world.teams, alex, 'type its name into the field');
    expect(world.teams.messages(approversChannel).filter(({ card: each }) => cardText(each).includes(why))).toEqual([]);
    await press({ typed: 'churn lab', reason: why });
    await cardFor(world.teams, alex, 'Confirmed, waiting to start', `Your reason: “${why}”`);
    await cardSaying(world.teams, approversChannel, 'Confirmed, waiting to start', `Alex Wilber’s reason: “${why}”`);
  });
});
