import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountType } from '../../src/domain/accounts.ts';
import { type AssetKind, assetKinds } from '../../src/domain/assets.ts';
import type { Capability, Subject } from '../../src/domain/capabilities.ts';
import { kindWords, mainSource } from '../../src/sources/registry.ts';
import { smallSeed } from '../harness/emulator.ts';
import { type Archive, exportInChat } from '../harness/exports.ts';
import { everythingIn } from '../harness/parity.ts';
import { plainStudio } from '../harness/plain-studio.ts';
import { cardFor, linksOf, pressButton } from '../harness/talk.ts';
import { cardText } from '../harness/teams.ts';
import { alex, megan, startWorld, type World } from '../harness/world.ts';

/** How the README writes it. */
const symbols: Readonly<Record<Capability, string>> = {
  asked: '✓',
  tried: '○',
  together: '↥',
  'by-hand': '☞',
  expiry: '⌛',
  none: '–',
};
const subjects: Readonly<Record<Subject, string>> = {
  ...(Object.fromEntries(assetKinds.map((kind) => [kind, kindWords[kind].many])) as Record<AssetKind, string>),
  endpoint: 'endpoints of web services',
  settings: 'settings of the workspace',
  member: 'members and invitations',
  gateway: 'data gateways',
  plan: 'commitment plans',
  workspace: 'the workspace itself',
  telemetry: 'telemetry',
};

it('the README’s table is the one in the code', async () => {
  const readme = await readFile(path.join(import.meta.dirname, '../../README.md'), 'utf8');
  const shown = readme.split('\n').filter((line) => / \| .[ ].[ ]. \|$/u.test(line));
  const cell = (subject: Subject, account: AccountType) => {
    const ways = mainSource.capabilities[subject][account];
    return [ways.list, ways.export, ways.delete].map((method) => symbols[method]).join(' ');
  };
  const expected = (Object.keys(mainSource.capabilities) as Subject[]).map(
    (subject) =>
      `| ${subjects[subject]} | ${(['guest', 'free', 'standard'] as const).map((type) => cell(subject, type)).join(' | ')} |`,
  );
  expect(shown).toEqual(expected);
});

let world: World;
let seedFolder: string;

/** The small seed, with a guest workspace that holds every kind that a free one holds. */
async function seedWithFullGuest(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'steward-seed-'));
  await cp(smallSeed, folder, { recursive: true });
  const free = JSON.parse(await readFile(path.join(folder, 'free-churn-lab', 'workspace.json'), 'utf8'));
  const guest = {
    ...free,
    id: '0123456789abcdef0123456789abcdef',
    name: 'Trial',
    type: 'Anonymous',
    createdAt: { hoursBeforeStart: 1 },
    ownerEmail: '',
    registeredBy: alex.email,
    members: [{ email: '', name: 'Guest', role: 'Owner' }],
  };
  await cp(path.join(folder, 'free-churn-lab'), path.join(folder, 'guest'), { recursive: true });
  await writeFile(path.join(folder, 'guest', 'workspace.json'), JSON.stringify(guest));
  return folder;
}

beforeAll(async () => {
  seedFolder = await seedWithFullGuest();
  world = await startWorld({ studio: { seedFolder } });
});
/** Tells a story that deletes, in a world of its own. */
async function apart(story: () => Promise<void>): Promise<void> {
  const shared = world;
  world = await startWorld({ studio: { seedFolder } });
  try {
    await story();
  } finally {
    await world.close();
    world = shared;
  }
}
afterAll(async () => {
  await world?.close();
  await rm(seedFolder, { recursive: true, force: true });
});

/** Somebody says something and gets a card that says all of this. */
async function answer(who: typeof alex, sentence: string, ...texts: (string | RegExp)[]): Promise<string> {
  await world.teams.write(who, sentence);
  return cardText((await cardFor(world.teams, who, ...texts)).card);
}

/** Where each kind's list is, and what tells an asset's name and id there. */
const lists: Readonly<
  Record<AssetKind, (all: Everything) => readonly { readonly id: string; readonly name: string }[]>
> = {
  dataset: ({ datasets }) => named(datasets, 'Id', 'Name'),
  experiment: ({ experiments }) =>
    named(
      experiments.filter(({ IsLeaf }) => IsLeaf),
      'ExperimentId',
      'Description',
    ),
  module: ({ modules }) => named(modules, 'Id', 'Name'),
  model: ({ models }) => named(models, 'Id', 'Name'),
  transform: ({ transforms }) => named(transforms, 'Id', 'Name'),
  webservice: ({ services }) =>
    named(
      services.map(({ service }) => service),
      'Id',
      'Name',
    ),
  project: ({ projects }) => named(projects, 'ContainerId', 'Name'),
  notebook: ({ notebooks }) =>
    named(
      notebooks.map(({ notebook }) => notebook),
      'FamilyId',
      'Name',
    ),
};
type Everything = Awaited<ReturnType<typeof everythingIn>>;
const named = (items: readonly object[], id: string, name: string) =>
  items.map((item) => ({ id: String(item[id as never]), name: String(item[name as never]) }));

describe.each([
  ['guest', alex, 'Trial'],
  ['free', alex, 'Churn Lab'],
  ['standard', megan, 'Fraud Detection'],
] as const)('in a %s workspace', (type, who, name) => {
  let before: Everything;
  let archive: Archive;
  const now = () => everythingIn(plainStudio(world.studio, name), world.studio.workspace(name).workspaceId);
  const ways = (subject: Subject) => mainSource.capabilities[subject][type];
  const inWorkspace = `in workspace "${name}"`;
  const holds = (folder: string) => [...archive.files.keys()].some((file) => file.startsWith(`${folder}/`));

  beforeAll(async () => {
    before = await now();
    archive = await exportInChat(world, who, `export the workspace "${name}"`, `Export “${name}”?`);
  });

  describe.each(assetKinds)('%s:', (kind) => {
    it('is listed', async () => {
      expect(ways(kind).list).toBe('asked');
      const there = lists[kind](before);
      expect(there.length).toBeGreaterThan(0);
      const text = await answer(
        who,
        `list my ${kindWords[kind].many} ${inWorkspace}`,
        `“${name}”`,
        there[0]?.name ?? '',
      );
      // New web services of a standard workspace are listed beside the classic ones.
      const more = type === 'standard' && kind === 'webservice' ? 2 : 0;
      expect(text).toMatch(new RegExp(`\\b${there.length + more} ${kindWords[kind].one}`, 'u'));
    });

    it('is in the archive', () => {
      expect(ways(kind).export).toBe('asked');
      const exported = archive.manifest.files.filter((file) => file.kind === kind);
      const ids = new Set(exported.flatMap(({ id, familyId }) => [id, familyId]));
      for (const { id } of lists[kind](before)) expect(ids).toContain(id);
    });
  });

  it('endpoints are listed and exported, and it is said what they are deleted with', async () => {
    const endpoints = before.services.flatMap((each) => each.endpoints as { Name: string }[]);
    expect(endpoints.length).toBeGreaterThan(0);
    await answer(who, `list the endpoints of ${name}`, 'Endpoints', ...endpoints.map((each) => each.Name));
    expect(JSON.stringify([...archive.documents('webservices').values()])).toContain(`"Name":"${endpoints[0]?.Name}"`);
    const words = type === 'guest' ? 'all its data are deleted' : 'is deleted with its web service';
    await answer(who, `delete the endpoint ${endpoints[0]?.Name} in ${name}`, words);
    expect((await now()).services).toHaveLength(before.services.length);
  });

  it('every kind that may have to be deleted by hand is named with the way and a link where Studio has no such call', async () => {
    const uncertain = assetKinds.filter((kind) => ways(kind).delete === 'tried');
    expect(uncertain).toHaveLength(type === 'guest' ? 0 : 5);
    if (uncertain.length === 0) return;
    const rule = {
      match: { method: 'DELETE', pathPattern: 'modules|trainedmodels|projectcontainers|notebooks' },
      fault: { kind: 'status', status: 405 },
    };
    await fetch(`${world.studio.url}/_control/faults`, { method: 'POST', body: JSON.stringify([rule]) });
    const wanted = uncertain.map((kind) => `${kindWords[kind].one} "${lists[kind](before)[0]?.name}"`);
    await world.teams.write(who, `delete ${wanted.join(' and ')} ${inWorkspace}`);
    const preview = await cardFor(world.teams, who, 'Delete 5 assets from', `${name}`);
    await pressButton(world.teams, who, preview, 'Delete');
    const receipt = await world.teams.waitFor(
      preview.conversationId,
      ({ id, card }) => id === preview.id && /web pages/u.test(cardText(card)),
    );
    const said = cardText(receipt.card);
    for (const kind of uncertain) {
      const asset = lists[kind](before)[0]?.name ?? '';
      expect(said).toContain(`“${asset}”`);
    }
    expect(said).toContain('https://studio.azureml.net');
    expect(linksOf(receipt)).toContain('https://studio.azureml.net');
    await fetch(`${world.studio.url}/_control/faults`, { method: 'DELETE' });
    const after = await now();
    for (const kind of uncertain) expect(lists[kind](after)).toEqual(lists[kind](before));
  });

  it('every kind is deleted, or the guest is told when it is purged and offered an export', () =>
    apart(async () => {
      const wanted = assetKinds.map((kind) => {
        const asset = lists[kind](before).find(
          ({ name: one }, _at, all) => all.filter((o) => o.name === one).length === 1,
        );
        return { kind, ...asset, name: asset?.name ?? '' };
      });
      const sentence = wanted.map(({ kind, name: asset }) => `${kindWords[kind].one} "${asset}"`).join(' and ');
      await world.teams.write(who, `delete ${sentence} ${inWorkspace}`);
      if (type === 'guest') {
        for (const kind of assetKinds) expect(ways(kind).delete).toBe('expiry');
        const refused = await cardFor(
          world.teams,
          who,
          'nothing in it can be deleted',
          /purged .* on \d{4}-\d\d-\d\d/u,
        );
        expect(cardText(refused.card)).toContain(`export the workspace "${name}"`);
        expect((await now()).datasets).toHaveLength(before.datasets.length);
        return;
      }
      const preview = await cardFor(world.teams, who, 'Delete 8 assets from', name);
      await pressButton(world.teams, who, preview, 'Delete');
      await world.teams.waitFor(
        preview.conversationId,
        ({ id, card }) => id === preview.id && /Checked with a fresh list/u.test(cardText(card)),
      );
      const after = await now();
      for (const { kind, id } of wanted) expect(lists[kind](after).map((one) => one.id)).not.toContain(id);
      const service = wanted.find(({ kind }) => kind === 'webservice')?.id;
      expect(await plainStudio(world.studio, name).management(`/webservices/${service}/endpoints`)).toBeNull();
    }));

  it('settings come with the workspace', async () => {
    expect(ways('settings').export).toBe('together');
    await answer(who, `list the settings of ${name}`, 'Settings', 'in the folder “workspace”');
    expect(holds('workspace')).toBe(true);
    await answer(
      who,
      `delete the settings of ${name}`,
      type === 'guest' ? 'all its data are deleted' : 'deleted only with the whole workspace',
    );
  });

  it('members are listed, exported, and removed by hand', async () => {
    const none = ways('member').list === 'none';
    const email = before.users.map(({ User }) => User.Email).at(-1) ?? '';
    await answer(who, `list the members of ${name}`, none ? 'A guest workspace has no members' : email, `“${name}”`);
    const { accounts } = JSON.parse(archive.text('personal-data.json'));
    expect(accounts).toHaveLength(none ? 0 : before.users.length);
    await byHand('member', `remove the member ${email} of ${name}`, 'Users', /ViewWorkspace/u);
    expect((await now()).users).toEqual(before.users);
  });

  it('data gateways are listed, exported, and deleted by hand', async () => {
    const none = ways('gateway').list === 'none';
    await answer(who, `list the gateways of ${name}`, 'Data gateways', none ? 'has no data gateways' : 'hq-sql');
    expect(archive.text('workspace/gateways.json').includes('hq-sql')).toBe(!none);
    await byHand('gateway', `delete the gateway hq-sql of ${name}`, 'Data Gateways', /ViewWorkspace/u);
    expect((await now()).gateways).toEqual(before.gateways);
  });

  it('commitment plans are listed, exported, and deleted by hand', async () => {
    const none = ways('plan').list === 'none';
    await answer(who, `list the commitment plans of ${name}`, none ? 'has no commitment plans' : 'fraud-plan');
    expect(archive.files.has('workspace/commitment-plan fraud-plan.json')).toBe(!none);
    await byHand('plan', `delete the commitment plan of ${name}`, 'press Delete', /commitmentPlans/u);
  });

  it('telemetry is never pretended, and its portal is named', async () => {
    expect([...archive.files.keys()].filter((file) => /telemetry/iu.test(file))).toEqual([]);
    expect(archive.text('README.txt')).toContain('Telemetry: it is not in the workspace');
    const said = await answer(who, 'Where is my telemetry?', /[Tt]elemetry/u, 'neither export nor delete it');
    const portal = { guest: 'names no way for guests', free: 'Privacy Portal', standard: 'Azure Privacy portal' }[type];
    expect(said).toContain(portal);
  });

  it('the workspace itself is listed with its account type, exported, and deleted or purged', () =>
    apart(async () => {
      const word = { guest: 'Guest account', free: 'Free account', standard: 'Standard account (PaidStandard)' }[type];
      const listed = await answer(who, 'list my workspaces', name, word);
      if (type === 'guest') expect(listed).toContain('Studio deletes everything in it on');
      expect(cardText(archive.preview.card)).toContain(word);
      await world.teams.write(who, `delete the workspace "${name}"`);
      if (ways('workspace').delete === 'expiry') {
        const refused = await cardFor(world.teams, who, 'Deletion of the workspace', 'nothing in it can be deleted');
        expect(cardText(refused.card)).toContain(`export the workspace "${name}"`);
        return;
      }
      const preview = await cardFor(world.teams, who, `Delete the whole workspace “${name}”?`, word);
      await pressButton(world.teams, who, preview, 'Delete workspace');
      await cardFor(world.teams, who, `Deleted the workspace “${name}”`, 'Checked');
      expect([...world.studio.workspaceNames().values()]).not.toContain(name);
    }));

  /** A wish to delete something that Steward does not delete is answered with the way, and a link where there is one. */
  async function byHand(subject: 'member' | 'gateway' | 'plan', sentence: string, words: string, link: RegExp) {
    await world.teams.write(who, sentence);
    if (ways(subject).delete === 'none') {
      await cardFor(world.teams, who, /has no/u, `“${name}”`);
      return;
    }
    const card = await cardFor(world.teams, who, 'nothing was done', words, `“${name}”`);
    expect(linksOf(card)[0]).toMatch(link);
  }
});
