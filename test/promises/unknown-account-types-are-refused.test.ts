import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallSeed } from '../harness/emulator.ts';
import { cardFor, pressButton } from '../harness/talk.ts';
import { cardText } from '../harness/teams.ts';
import { adele, alex, approversChannel, megan, patti, startWorld, type World } from '../harness/world.ts';

let world: World;
let seedFolder: string;

beforeAll(async () => {
  seedFolder = await mkdtemp(path.join(tmpdir(), 'steward-seed-'));
  await cp(smallSeed, seedFolder, { recursive: true });
  const free = JSON.parse(await readFile(path.join(seedFolder, 'free-churn-lab', 'workspace.json'), 'utf8'));
  const quantum = { ...free, id: '0123456789abcdef0123456789abcdef', name: 'Qubit Lab', type: 'Quantum' };
  await cp(path.join(seedFolder, 'free-churn-lab'), path.join(seedFolder, 'quantum'), { recursive: true });
  await writeFile(path.join(seedFolder, 'quantum', 'workspace.json'), JSON.stringify(quantum));
  world = await startWorld({ studio: { seedFolder } });
});
afterAll(async () => {
  await world?.close();
  await rm(seedFolder, { recursive: true, force: true });
});

const clearly = /“Qubit Lab” is of a type that Steward does not know \(“Quantum”\), so nothing was done with it/u;

describe('a workspace whose account type nobody knows', () => {
  it.each([
    'export workspace "Qubit Lab"',
    'export my personal data from workspace "Qubit Lab"',
    'export dataset churn-2018.csv in workspace "Qubit Lab"',
    'delete dataset churn-2018.csv in workspace "Qubit Lab"',
    'delete workspace "Qubit Lab"',
    'list my datasets in workspace "Qubit Lab"',
    'list my workspaces',
  ])('is refused with a clear message: %s', async (sentence) => {
    const before = world.teams.messages(`personal-chat-of-${alex.id}`).length;
    await world.teams.write(alex, sentence);
    const card = await world.teams.waitFor(
      `personal-chat-of-${alex.id}`,
      ({ id, card: shown }) =>
        clearly.test(cardText(shown)) &&
        world.teams.messages(`personal-chat-of-${alex.id}`).findIndex((each) => each.id === id) >= before,
    );
    expect(cardText(card.card)).toContain('administrator');
    const log = (await (await fetch(`${world.studio.url}/_control/log`)).json()) as { method: string }[];
    expect(log.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  it('does not stand in the way of its members’ other workspaces, nor show itself to people who are no members', async () => {
    await world.teams.write(alex, 'list my datasets in workspace "Churn Lab"');
    await cardFor(world.teams, alex, 'datasets in “Churn Lab”');
    await world.teams.write(adele, 'list my workspaces');
    const list = await cardFor(world.teams, adele, 'Fraud Detection');
    expect(cardText(list.card)).not.toMatch(/Qubit|Quantum/u);
  });
});

describe('the account type is shown in every preview:', () => {
  it.each([
    [alex, 'export workspace "Churn Lab"', 'Export “Churn Lab”?', 'Free account'],
    [alex, 'export workspace "Guest-Workspace"', 'Export “Guest-Workspace”?', 'Guest account'],
    [
      megan,
      'export dataset transactions.csv from workspace "Fraud Detection"',
      'Export “transactions.csv”',
      'Standard account (PaidStandard)',
    ],
    [alex, 'delete dataset churn-2018.csv in workspace "Churn Lab"', 'Delete “churn-2018.csv”', 'Free account'],
    [
      megan,
      'delete experiment "Threshold test" in workspace "Fraud Detection"',
      'Delete “Threshold test”',
      'Standard account (PaidStandard)',
    ],
    [alex, 'delete workspace "Churn Lab"', 'Delete the whole workspace “Churn Lab”?', 'Free account'],
    [megan, 'delete workspace "Fraud Detection"', 'Delete the whole workspace', 'Standard account (PaidStandard)'],
  ] as const)('of %o who writes: %s', async (who, sentence, title, type) => {
    await world.teams.write(who, sentence);
    const preview = await cardFor(world.teams, who, title, type);
    await pressButton(world.teams, who, preview, 'Cancel');
  });

  it('a guest’s also says when the workspace expires', async () => {
    await world.teams.write(alex, 'export workspace "Guest-Workspace"');
    await cardFor(world.teams, alex, 'Export “Guest-Workspace”?', 'This workspace expires on');
  });

  it('and on the card for approvers', async () => {
    await world.teams.send(
      world.teams.activity(
        patti,
        { type: 'installationUpdate', action: 'add' },
        { conversation: approversChannel, kind: 'channel' },
      ),
    );
    await world.teams.write(alex, 'delete dataset "transactions.csv" in workspace "Fraud Detection"');
    await pressButton(world.teams, alex, await cardFor(world.teams, alex, 'Delete “transactions.csv”'), 'Delete');
    const approval = await world.teams.waitFor(approversChannel, ({ card }) => /transactions/u.test(cardText(card)));
    expect(cardText(approval.card)).toContain('Standard account (PaidStandard)');
  });
});
