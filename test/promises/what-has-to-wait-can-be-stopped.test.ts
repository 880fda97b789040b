import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChannel, introduce } from '../harness/approvers.ts';
import { StudioPerson } from '../harness/studio-person.ts';
import { became as becameIn, buttonOf, cardFor, cardSaying, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage } from '../harness/teams.ts';
import { adele, alex, approversChannel, megan, patti, startWorld, type World } from '../harness/world.ts';

/** A world in which every deletion waits so long after Megan or Patti approved it. */
async function worldThatWaits(waitMinutes: number): Promise<World> {
  const rule = {
    says: 'Every deletion waits.',
    actions: ['delete', 'delete-workspace'],
    approvals: 1,
    waitMinutes,
  } as const;
  const world = await startWorld({
    prepare: async (settings) => ({
      ...settings,
      requests: {
        ...settings.requests,
        policy: { version: 'waits+0', rules: [rule], approversExist: true },
        approvers: [megan.email, patti.email],
      },
    }),
  });
  await introduce(world);
  return world;
}

/** A deletion by Adele that Megan has approved: her own card, and the approvers'. */
async function approved(world: World, dataset: string): Promise<{ own: PostedMessage; approval: PostedMessage }> {
  const { teams } = world;
  await teams.write(adele, `delete dataset "${dataset}" in workspace "Fraud Detection"`);
  const own = await cardFor(teams, adele, `Delete “${dataset}” from “Fraud Detection”?`);
  expect(cardText(own.card)).toContain('after that; until then it can be stopped.');
  await pressButton(teams, adele, own, 'Delete');
  const asked = await cardSaying(teams, approversChannel, 'Adele Vance wants to delete', dataset);
  await teams.press(megan, buttonOf(asked as PostedMessage, 'Approve'), inChannel);
  const shows = (id: string, conversationId: string) =>
    teams.waitFor(conversationId, (card) => card.id === id && cardText(card.card).includes('waiting to start'));
  return { own: await shows(own.id, own.conversationId), approval: await shows(asked.id, asked.conversationId) };
}

describe('a deletion that has to wait', () => {
  let world: World;
  let studio: StudioPerson;
  beforeAll(async () => {
    world = await worldThatWaits(60);
    studio = new StudioPerson(world.studio, 'Fraud Detection');
  });
  afterAll(() => world.close());

  const became = (message: PostedMessage, ...texts: string[]) => becameIn(world.teams, message, ...texts);

  it('says when it starts and who can stop it, and does nothing before', async () => {
    const { own, approval } = await approved(world, 'labels.csv');
    expect(cardText(own.card)).toMatch(
      /You have confirmed it, and Megan Bowen approved it\..*Nothing has been done yet/su,
    );
    expect(cardText(approval.card)).toMatch(/Adele Vance has confirmed it.*whoever may approve it can stop it/su);
    await world.teams.write(adele, 'what is the status of my request?');
    await cardFor(
      world.teams,
      adele,
      'Confirmed, waiting to start',
      'It is confirmed, and starts on its own',
      'Until then it can be stopped.',
    );
    expect(await studio.names()).toContain('labels.csv');
    await pressButton(world.teams, adele, own, 'Stop it');
    await became(own, 'Adele Vance cancelled it');
    await became(approval, 'The requester stopped it.');
  });

  it('is stopped by a reviewer’s button in the channel, and the requester reads who did', async () => {
    const { own, approval } = await approved(world, 'labels.csv');
    await world.teams.press(patti, buttonOf(approval, 'Stop it'), inChannel);
    await became(own, 'Patti Fernandez stopped it before it started.');
    await became(approval, 'Patti Fernandez stopped it before it started.');
    expect(await studio.names()).toContain('labels.csv');
  });

  it('is stopped by a reviewer’s words, and by nobody who may not', async () => {
    const { own, approval } = await approved(world, 'chargebacks.tsv');
    const [id = ''] = /DSR-\d+/u.exec(cardText(own.card)) ?? [];
    const refused = await world.teams.press(alex, buttonOf(approval, 'Stop it'), inChannel);
    expect(JSON.stringify(refused.body ?? '')).not.toMatch(/stopped it before/u);
    await world.teams.write(alex, `stop ${id}`);
    await cardFor(world.teams, alex, id, /cannot find|no request/iu);
    await became(own, 'waiting to start');
    await world.teams.write(megan, `stop ${id}`);
    await became(own, 'Megan Bowen stopped it before it started.');
    expect(await studio.names()).toContain('chargebacks.tsv');
  });
});

describe('a deletion whose wait is over', () => {
  let world: World;
  beforeAll(async () => {
    world = await worldThatWaits(0.05);
  });
  afterAll(() => world.close());

  it('starts by itself and is carried out', async () => {
    await approved(world, 'labels.csv');
    await cardFor(world.teams, adele, 'Deleted “labels.csv”', 'Megan Bowen');
    expect(await new StudioPerson(world.studio, 'Fraud Detection').names()).not.toContain('labels.csv');
  });
});
