import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardFor } from '../harness/talk.ts';
import { cardText, personalChat } from '../harness/teams.ts';
import { alex, megan, startWorld, type World } from '../harness/world.ts';

describe('the question which workspace is meant', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  /** A request of Alex that waits for the answer. */
  async function asked(): Promise<string> {
    const before = new Set(world.teams.messages(personalChat(alex)).map(({ id }) => id));
    await world.teams.write(alex, 'export a workspace');
    const card = await world.teams.waitFor(
      personalChat(alex),
      ({ id, card: each }) => !before.has(id) && cardText(each).includes('Which workspace do you want to export?'),
    );
    return /DSR-\d+/u.exec(cardText(card.card))?.[0] ?? '';
  }

  it.each(['Churn Lab', 'churn lab then', 'the Churn Lab of course, as I said'])(
    'is answered by “%s”',
    async (text) => {
      const id = await asked();
      await world.teams.write(alex, text);
      await cardFor(world.teams, alex, `I go on with “Churn Lab” for ${id}`);
      await cardFor(world.teams, alex, id, 'Export “Churn Lab”?');
      await world.teams.write(alex, `cancel ${id}`);
      await cardFor(world.teams, alex, id, 'cancelled');
    },
  );

  it.each(['Churn Lap Dance', 'what is a workspace?', 'thanks', 'list datasets in Churn Lab', 'what is in Churn Lab?'])(
    'is not answered by “%s”',
    async (text) => {
      const id = await asked();
      const answers = world.teams.messages(personalChat(alex)).length;
      await world.teams.write(alex, text);
      expect(world.teams.messages(personalChat(alex)).length).toBeGreaterThan(answers);
      const said = world.teams.messages(personalChat(alex)).map(({ card }) => cardText(card));
      expect(said.join()).not.toContain(`for ${id}. Its card`);
      await world.teams.write(alex, `cancel ${id}`);
      await cardFor(world.teams, alex, id, 'cancelled');
    },
  );

  it.each(['the free one', 'guest', 'the guest workspace, everything in it'])(
    'is answered by an account type that one of them has: “%s”',
    async (text) => {
      const id = await asked();
      await world.teams.write(alex, text);
      await cardFor(
        world.teams,
        alex,
        `I go on with “${text.includes('guest') ? 'Guest-Workspace' : 'Churn Lab'}” for ${id}`,
      );
      await world.teams.write(alex, `cancel ${id}`);
      await cardFor(world.teams, alex, id, 'cancelled');
    },
  );

  it('is answered by the person who was asked, not by another one with the same words', async () => {
    const id = await asked();
    await world.teams.write(megan, 'Churn Lab');
    const said = world.teams.messages(personalChat(megan)).map(({ card }) => cardText(card));
    expect(said.join()).not.toContain(id);
  });
});

describe('the question which of two assets of one name is meant', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  it.each([
    ['the older one', 'Megan Bowen'],
    ['the bigger one please', 'PowerShell'],
    ['The one by Megan Bowen.', 'Megan Bowen'],
    ['the one from January 15th', 'Megan Bowen'],
    ['the newest', 'PowerShell'],
    ['the one from 15 January 2019', 'Megan Bowen'],
    ["the older one, megan's from 15 january", 'Megan Bowen'],
    ['The one from Megan, of 15 January, but will she get a message about it?', 'Megan Bowen'],
  ])('is answered by “%s”', async (text, owner) => {
    const { teams } = world;
    const before = new Set(teams.messages(personalChat(alex)).map(({ id }) => id));
    await teams.write(alex, 'delete the dataset "survey results" in Churn Lab');
    const question = await teams.waitFor(
      personalChat(alex),
      ({ id, card }) => !before.has(id) && cardText(card).includes('Which one do you mean?'),
    );
    const request = /DSR-\d+/u.exec(cardText(question.card))?.[0] ?? '';
    await teams.write(alex, 'both of them, or neither');
    await teams.write(alex, text);
    await cardFor(teams, alex, `I go on with “survey results” for ${request}`);
    await cardFor(teams, alex, request, 'Delete “survey results” from “Churn Lab”?', owner);
    await teams.write(alex, `cancel ${request}`);
    await cardFor(teams, alex, request, 'cancelled');
  });
});

describe('a question whose options were made on the first days of a month', () => {
  it('is answered by the day, which is no place in the list', async () => {
    const world = await startWorld();
    const { teams } = world;
    await teams.write(alex, 'export the web service "Chargeback alert" in Fraud Detection');
    const question = await cardFor(teams, alex, 'Which one do you mean?', 'created 1 Aug 2018');
    const request = /DSR-\d+/u.exec(cardText(question.card))?.[0] ?? '';
    await teams.write(alex, 'the one from 1 August 2018');
    await cardFor(teams, alex, `I go on with “Chargeback alert” for ${request}`);
    await cardFor(teams, alex, request, 'Export “Chargeback alert”');
    await world.close();
  });
});

describe('what nobody understands while a preview waits', () => {
  it('is answered with that preview, and with its button where a copy is wanted first', async () => {
    const world = await startWorld();
    const { teams } = world;
    await teams.write(alex, 'delete dataset churn.csv in Churn Lab');
    const preview = await cardFor(teams, alex, 'Delete “churn.csv” from “Churn Lab”?');
    const request = /DSR-\d+/u.exec(cardText(preview.card))?.[0] ?? '';
    await teams.write(alex, 'Hmm, I would rather keep a copy of it first, and only then delete it.');
    await cardFor(teams, alex, `press “Export first, then delete” on the card of ${request}`);
    await teams.write(alex, 'flibbertigibbet the wibbly one');
    await cardFor(teams, alex, `${request} still waits for your answer. Nothing happens until`);
    await teams.write(alex, 'hm no, leave that, I shall keep it after all');
    await cardFor(teams, alex, request, 'cancelled');
    await world.close();
  });
});
