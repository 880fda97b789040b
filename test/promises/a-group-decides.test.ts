import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGraph, type TestGraph } from '../directory/a-directory.ts';
import { introduce } from '../harness/approvers.ts';
import { everyDeletionNeeds } from '../harness/policies.ts';
import { StudioPerson } from '../harness/studio-person.ts';
import { buttonOf, cardFor, pressButton } from '../harness/talk.ts';
import { adele, alex, hurriedClock, megan, patti, startWorld, type World } from '../harness/world.ts';

const team = 'a1b2c3d4-0000-4000-8000-000000000001';
const inside = 'a1b2c3d4-0000-4000-8000-000000000002';

describe('a deletion about which a group of Microsoft Entra ID decides', () => {
  let graph: TestGraph;
  let world: World;
  let studio: StudioPerson;
  let aheadMs = 0;
  beforeAll(async () => {
    // Patti is in it through a group inside it.
    graph = await startTestGraph({
      groups: [
        { id: team, people: [], groups: [inside] },
        { id: inside, people: [patti.email] },
      ],
    });
    const rules = everyDeletionNeeds(1).rules.map((rule) => ({ ...rule, reviewers: ['privacy'] }));
    world = await startWorld({
      clock: { ...hurriedClock, now: () => hurriedClock.now() + aheadMs },
      prepare: async (settings) => ({
        ...settings,
        groups: { kind: 'fixed-token', endpoint: graph.url, token: graph.token },
        requests: {
          ...settings.requests,
          policy: { version: 'group+0', rules, groups: { privacy: [`group:${team}`] }, approversExist: true },
          approvers: [adele.email],
        },
      }),
    });
    await introduce(world);
    studio = new StudioPerson(world.studio, 'Fraud Detection');
    for (const person of [megan, patti]) await world.teams.write(person, 'hello');
  });
  afterAll(async () => {
    await world.close();
    await graph.close();
  });

  it('is asked of its members in their own chats, and runs when one agrees', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete dataset labels.csv in workspace "Fraud Detection"');
    const own = await cardFor(teams, alex, 'Delete “labels.csv” from “Fraud Detection”?', 'somebody of “privacy”');
    await pressButton(teams, alex, own, 'Delete');
    const asked = await cardFor(teams, patti, 'Alex Wilber wants to delete', 'labels.csv');
    const refused = await teams.press(megan, buttonOf(asked, 'Approve'));
    expect(JSON.stringify(refused.body ?? '')).not.toContain('labels.csv');
    expect(await studio.names()).toContain('labels.csv');
    await pressButton(teams, patti, asked, 'Approve');
    await cardFor(teams, alex, 'Deleted “labels.csv”', 'Patti Fernandez');
    expect(await studio.names()).not.toContain('labels.csv');
  });

  it('is not prepared, and says why, while Graph does not say who is in the group', async () => {
    const { teams } = world;
    await graph.fault('GET', 'transitiveMembers', { kind: 'status', status: 403 });
    // More than a minute after it was read.
    aheadMs = 61_000;
    await teams.write(patti, 'what waits for my approval');
    await cardFor(teams, patti, 'I could not read just now who is in the groups that decide');
    await teams.write(alex, 'delete dataset chargebacks.tsv in workspace "Fraud Detection"');
    await cardFor(teams, alex, 'Microsoft Graph denied access while reading who is in a group');
    expect(await studio.names()).toContain('chargebacks.tsv');
  });
});
