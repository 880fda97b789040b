import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asset, AssetKind } from '../../src/domain/assets.ts';
import type { ChatPerson } from '../../src/emulators/graph/sample-people.ts';
import type { WorkspaceOptions } from '../../src/local/generated-workspace.ts';
import { createStudioSource } from '../../src/sources/studio-classic/source.ts';
import { systemClock } from '../../src/system-clock.ts';
import { allText, walk } from '../cards/walk.ts';
import { type GeneratedSeeds, generateSeeds, nothing } from '../harness/generated-seeds.ts';
import { buttonOf, cardFor, cardSaying, linksOf, pressButton } from '../harness/talk.ts';
import { type CardJson, cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { adele, alex, approversChannel, isaiah, megan, patti, startWorld, type World } from '../harness/world.ts';

type Conversation = 'personal' | 'groupChat' | 'channel';

const signal = new AbortController().signal;
const shared = { type: 'free', bytes: 300_000, seed: 3 } as const;
const wishes: readonly WorkspaceOptions[] = [
  { ...shared, name: 'Big Lab', owner: alex.email, counts: { ...nothing, datasets: 121 } },
  { ...shared, name: 'Payments Lab', owner: megan.email, counts: { ...nothing, datasets: 34 }, bytes: 20_000 },
];

let world: World;
let seeds: GeneratedSeeds;

beforeAll(async () => {
  seeds = await generateSeeds(wishes);
  world = await startWorld({
    studio: { furtherSeeds: seeds.folder },
    // Small parts, so that an archive of few bytes has many.
    prepare: async (settings) => ({ ...settings, partBytes: 12_000 }),
  });
  await world.teams.send(
    world.teams.activity(
      patti,
      { type: 'installationUpdate', action: 'add' },
      { conversation: approversChannel, kind: 'channel' },
    ),
  );
});
afterAll(async () => {
  await world?.close();
  await seeds?.remove();
});

function listed(workspaceName: string, kind: AssetKind): Promise<Asset[]> {
  const source = createStudioSource({ connections: world.studio.registrations(), clock: systemClock });
  return Array.fromAsync(source.list(world.studio.workspace(workspaceName).workspaceId, kind, signal));
}

async function sortedNames(workspaceName: string): Promise<string[]> {
  return (await listed(workspaceName, 'dataset')).map(({ name }) => name).sort();
}

/** Presses a button that leads to another page; gives the card that the presser then sees. */
async function turn(
  person: ChatPerson,
  message: PostedMessage,
  title: string,
  kind: Conversation = 'personal',
): Promise<PostedMessage> {
  const action = [...walk(message.card)].find((node) => node.title === title && node.isEnabled === true);
  if (!action) throw new Error(`no way ${title} on: ${cardText(message.card)}`);
  const { body } = await world.teams.press(person, action.data, {
    conversation: message.conversationId,
    kind,
    verb: String(action.verb),
  });
  expect(body?.type).toBe('application/vnd.microsoft.card.adaptive');
  return { ...message, card: body?.value as CardJson };
}

/** A card page by page, from the page that is shown to the last one. */
async function pagesFrom(
  person: ChatPerson,
  first: PostedMessage,
  kind: Conversation = 'personal',
): Promise<PostedMessage[]> {
  const pages = [first];
  for (;;) {
    const message = pages.at(-1) ?? first;
    if (![...walk(message.card)].some(({ title, isEnabled }) => title === 'Next' && isEnabled === true)) return pages;
    pages.push(await turn(person, message, 'Next', kind));
  }
}

/** What stands in quotation marks at the beginning of a row. */
function namesOn({ card }: PostedMessage): string[] {
  return allText(card).flatMap((text) => /^“(.*?)” {2}/u.exec(text)?.[1] ?? []);
}

describe('a deletion of a kind', () => {
  it('names every asset, page by page, and says the number on its button', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete all datasets in workspace "Big Lab"');
    const preview = await cardFor(teams, alex, 'Delete 121 datasets from “Big Lab”?');
    expect(buttonOf(preview, 'Delete 121 datasets').choice).toBe('delete');
    const pages = await pagesFrom(alex, preview);
    expect(pages).toHaveLength(9);
    expect(pages.flatMap(namesOn).sort()).toEqual(await sortedNames('Big Lab'));
    const [, second] = pages;
    if (!second) throw new Error('no second page');
    expect(namesOn(await turn(alex, await turn(alex, second, 'Last'), 'Previous'))).toHaveLength(15);
    expect(namesOn(await turn(alex, second, 'First'))).toEqual(namesOn(preview));
    // A page that never was is the last one, and no press of this kind changes anything.
    const far = { ...buttonOf(second, 'Next'), pages: { assets: 999_999 } };
    const { body } = await teams.press(alex, far);
    expect(cardText(body?.value as CardJson)).toContain('121 of 121');
    await pressButton(teams, alex, preview, 'Cancel');
    const closed = await cardFor(teams, alex, /cancelled it/u);
    // The pages of the preview are gone with it.
    const answer = await teams.press(alex, buttonOf(second, 'Next'), { conversation: closed.conversationId });
    expect(cardText(answer.body?.value as CardJson)).toMatch(/cancelled it/u);
  });

  it('takes no more typed names at once than it says, and tells another way', async () => {
    const typed = Array.from({ length: 101 }, (_, index) => `"d${index}"`).join(', ');
    await world.teams.write(megan, `delete datasets ${typed}`);
    await cardFor(world.teams, megan, '101 assets', 'I can take 100 at once', 'what they have in common');
  });

  it('is shown page by page only to those who may see the card', async () => {
    const { teams } = world;
    const group = { conversation: 'group', kind: 'groupChat' } as const;
    await teams.write(alex, 'delete all datasets in workspace "Big Lab"', group);
    const preview = await cardSaying(teams, 'group', 'Delete 121 datasets');
    expect(namesOn(await turn(isaiah, preview, 'Next', 'groupChat'))).toHaveLength(15);
    const elsewhere = await teams.press(isaiah, buttonOf(preview, 'Next'), {
      conversation: personalChat(isaiah),
      kind: 'personal',
    });
    expect(elsewhere.body).toMatchObject({
      type: 'application/vnd.microsoft.activity.message',
      value: expect.stringMatching(/^[A-Z].*\./u),
    });
    await pressButton(teams, alex, preview, 'Cancel', 'groupChat');
  });

  it('is approved by somebody who could page through the same list, and its receipt names every asset', async () => {
    const { teams } = world;
    const names = await sortedNames('Payments Lab');
    await teams.write(adele, 'delete all datasets in workspace "Payments Lab"');
    const preview = await cardFor(teams, adele, 'Delete 34 datasets from “Payments Lab”?');
    const [, , last] = await pagesFrom(adele, preview);
    if (!last) throw new Error('no last page');
    // What is confirmed is the request, whichever page of it is shown.
    await pressButton(teams, adele, last, 'Delete 34 datasets');
    const approval = await cardSaying(teams, approversChannel, 'Adele Vance', '34 assets');
    expect((await pagesFrom(patti, approval, 'channel')).flatMap(namesOn).sort()).toEqual(names);
    await pressButton(teams, patti, await turn(patti, approval, 'Last', 'channel'), 'Approve', 'channel');
    const receipt = await cardFor(teams, adele, '34 assets deleted', 'Patti Fernandez', 'Checked with a fresh list');
    expect((await pagesFrom(adele, receipt)).flatMap(namesOn).sort()).toEqual(names);
    expect(await listed('Payments Lab', 'dataset')).toEqual([]);
  });

  it('of experiments says how many earlier runs go, and they do', async () => {
    const { teams } = world;
    const [experiment] = (await listed('Churn Lab', 'experiment')).filter(({ versions }) => versions > 1);
    if (!experiment) throw new Error('no experiment with a history');
    const earlier = experiment.versions - 1;
    await teams.write(alex, `delete experiment "${experiment.name}" in workspace "Churn Lab"`);
    const preview = await cardFor(
      teams,
      alex,
      `Delete “${experiment.name}” from “Churn Lab”?`,
      `with ${earlier} earlier run${earlier === 1 ? '' : 's'}`,
    );
    await pressButton(teams, alex, preview, 'Delete');
    await cardFor(teams, alex, `Deleted “${experiment.name}”`, 'Checked with a fresh list');
    // A run that stayed would now stand as the newest of its line.
    const left = await listed('Churn Lab', 'experiment');
    expect(left.filter(({ name }) => name === experiment.name)).toEqual([]);
  });
});

describe('an archive of many parts', () => {
  it('has a link to every part, in the requester’s own chat only', async () => {
    const { teams } = world;
    const group = { conversation: 'export-group', kind: 'groupChat' } as const;
    await teams.write(alex, 'export workspace "Big Lab"', group);
    await pressButton(teams, alex, await cardSaying(teams, 'export-group', 'Export “Big Lab”?'), 'Export', 'groupChat');
    const result = await cardFor(teams, alex, 'is ready', /\d\d zip files/u);
    const pages = await pagesFrom(alex, result);
    const links = pages.flatMap(linksOf);
    expect(pages.length).toBeGreaterThan(1);
    expect(cardText(result.card)).toContain(`in ${links.length} zip files`);
    expect(new Set(links.map((link) => new URL(link).pathname)).size).toBe(links.length);
    const statuses = await Promise.all(links.map(async (link) => (await fetch(link, { method: 'HEAD' })).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
    // The same press from the group shows what the group may see.
    const there = await teams.press(alex, buttonOf(result, 'Next'), group);
    expect(JSON.stringify(there.body)).not.toMatch(/sig=|https?:\/\/127/u);
    expect(cardText(there.body?.value as CardJson)).toContain('personal chat');
  });
});

describe('a list of assets', () => {
  it('is paged to its end, for whoever is a member, wherever the button lies', async () => {
    const { teams } = world;
    await teams.write(alex, 'list my datasets in workspace "Big Lab"');
    const list = await cardFor(teams, alex, '121 datasets in “Big Lab”');
    const pages = await pagesFrom(alex, list);
    const shown = pages.flatMap(({ card }) =>
      [...walk(card)].flatMap(({ type, cells }) => (type === 'TableRow' ? (allText([cells])[0] ?? []) : [])),
    );
    // The owner stands behind the name.
    const names = shown.map((text) => text.replace(/ {2}owner .*$/u, '')).filter((text) => text !== 'Name');
    expect(names.sort()).toEqual(await sortedNames('Big Lab'));
    const later = [...walk(list.card)].find(({ title }) => title === 'Next')?.data;
    const stranger = await teams.press(megan, later, { verb: 'list' });
    expect(stranger.body?.type).toBe('application/vnd.microsoft.activity.message');
    expect(JSON.stringify(stranger.body)).toContain('not a member');
    const unknown = await teams.press(alex, { ...(later as object), workspace: 'no such' }, { verb: 'list' });
    expect(JSON.stringify(unknown.body)).toContain('not a member');
  });
});
