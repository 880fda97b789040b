import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/domain/clock.ts';
import { chatPeople } from '../../src/emulators/graph/sample-people.ts';
import { startTestGraph, type TestGraph } from '../directory/a-directory.ts';
import { became as becameIn, buttonOf, cardFor, linksOf, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { adele, alex, approversChannel, hurriedClock, megan, startWorld, type World } from '../harness/world.ts';

const day = 24 * 3_600_000;
const signal = new AbortController().signal;
const namesake = { ...adele, objectId: '00000000-0000-0000-0000-000000000029', email: 'adele.vance@example.com' };
/** What the emulator does unless a test says otherwise. */
const usual = { polls: 2, files: 3, fails: false };

let world: World;
let graph: TestGraph;
let later = 0;
/** The hurried clock, which a test can put forward. */
const clock: Clock = { now: () => hurriedClock.now() + later, wait: hurriedClock.wait };

/** A Steward that looks at operations ten times a second; Megan is the administrator. */
const start = async (on = true): Promise<void> => {
  later = 0;
  graph = await startTestGraph({ people: [...chatPeople, namesake], personalAccounts: ['lynner@example.com'] });
  world = await startWorld({
    clock,
    prepare: async (settings) => ({
      ...settings,
      requests: { ...settings.requests, firstPollMs: 100 },
      ...(on ? { directoryExport: { kind: 'fixed-token', endpoint: graph.url, token: graph.token } } : {}),
    }),
  });
};
const stop = async (): Promise<void> => {
  await world.close();
  await graph.close();
};

const previewOf = (name: string, ...texts: string[]) =>
  cardFor(world.teams, megan, `Export the directory data of “${name}”?`, ...texts);
/** Megan asks for Alex's data and confirms; gives the preview's card, which the others replace. */
const confirmed = async (): Promise<PostedMessage> => {
  await world.teams.write(megan, 'export the directory data of alexw@example.com');
  const preview = await previewOf('Alex Wilber');
  await pressButton(world.teams, megan, preview, 'Start the export');
  return preview;
};
/** Waits until this card has become one that says all of this. */
const became = (message: PostedMessage, ...texts: string[]) => becameIn(world.teams, message, ...texts);
const posts = async () => (await graph.calls()).filter((call) => call.startsWith('POST'));
const looks = async () => (await graph.calls()).filter((call) => call.includes('dataPolicyOperations')).length;
/** The containers of a card's request that are in storage. */
const containersOf = async ({ card }: PostedMessage): Promise<string[]> => {
  const service = BlobServiceClient.fromConnectionString(world.studio.azurite.connectionString);
  const number = /DSR-(\d+)/u.exec(cardText(card))?.[1];
  const prefix = `directory-export-dsr-${number}-`;
  return (await Array.fromAsync(service.listContainers({ prefix }))).map(({ name }) => name);
};
// Storage tells nobody of what is removed, so it is asked until then.
const removed = (card: PostedMessage) => expect.poll(() => containersOf(card), { timeout: 30_000 }).toEqual([]);

describe('an export of directory data', () => {
  beforeAll(() => start());
  afterAll(stop);
  beforeEach(async () => {
    Object.assign(graph.behaviour, usual);
    graph.setAdministrators([megan.email]);
    await graph.clearFaults();
    await graph.clearCalls();
  });

  it('is previewed, confirmed, started once, followed to its end, and handed to the administrator', async () => {
    await world.teams.write(megan, 'start the Microsoft 365 personal data export for Alex');
    const preview = await previewOf('Alex Wilber', alex.email);
    const said = cardText(preview.card);
    for (const words of [
      'OneDrive',
      'Nothing from Studio',
      'only for this export',
      'cannot be cancelled',
      '7 days',
      '24 hours',
    ]) {
      expect(said).toContain(words);
    }
    expect(await posts()).toEqual([]);
    await pressButton(world.teams, megan, preview, 'Start the export');
    const result = await became(preview, 'The directory data of “Alex Wilber” is ready', '3 files');
    expect(await posts()).toEqual([`POST /v1.0/users/${alex.objectId}/exportPersonalData`]);
    const links = linksOf(result);
    expect(links).toHaveLength(3);
    for (const link of links) {
      const answer = await fetch(link);
      expect(((await answer.json()) as { userId: string }).userId).toBe(alex.objectId);
      expect(new URL(link).searchParams.get('sp')).toBe('r');
    }
  });

  it('can be removed before its time, after which no link opens anything', async () => {
    const card = await confirmed();
    const [link = ''] = linksOf(await became(card, 'is ready'));
    const id = /DSR-\d+/u.exec(cardText(card.card))?.[0] ?? '';
    await world.teams.write(megan, `revoke the link of ${id}`);
    const asked = await cardFor(world.teams, megan, `Make the links of ${id} stop working?`);
    expect(cardText(asked.card)).toMatch(/Exported: directory data, alexw@example\.com: 3 files/u);
    // These files keep the names that Graph gave them.
    expect(() => buttonOf(asked, 'New link')).toThrow('Remove the archive');
    const forged = { ...buttonOf(asked, 'Remove'), choice: 'replace-links' };
    await world.teams.press(megan, forged);
    await cardFor(world.teams, megan, 'This request is not waiting for that answer.');
    expect((await fetch(link)).status).toBe(200);
    await pressButton(world.teams, megan, asked, 'Remove the archive');
    await cardFor(world.teams, megan, id, 'has been removed from storage, so no link to it works');
    expect((await fetch(link)).status).toBe(404);
    await removed(card);
  });

  it('has no right to write in any card or log, and its links only in the administrator’s chat', async () => {
    const card = await confirmed();
    await became(card, 'is ready');
    const operation = (await graph.operations()).at(-1);
    const signature = new URL(operation?.storageLocation ?? '').searchParams.get('sig') ?? '';
    expect(signature.length).toBeGreaterThan(20);
    const chats = [...chatPeople.map(personalChat), approversChannel];
    const said = new Map(chats.map((chat) => [chat, JSON.stringify(world.teams.messages(chat))]));
    const everywhere = [...said.values(), ...world.log].join('\n');
    for (const form of [signature, encodeURIComponent(signature)]) expect(everywhere).not.toContain(form);
    said.delete(personalChat(megan));
    expect([...said.values()].join()).not.toContain('sig=');
    expect(world.log.join('\n')).not.toContain('sig=');
  });

  it('shows how far Graph is, look by look', async () => {
    graph.behaviour.polls = 5;
    const card = await confirmed();
    await became(card, 'Microsoft Graph is working on it', 'Stop following');
    await became(card, 'is ready');
    expect(await looks()).toBe(6);
  });

  it('turns through all files when there are many', async () => {
    Object.assign(graph.behaviour, { files: 20, polls: 1 });
    const first = await became(await confirmed(), 'is ready', '20 files', '1–6 of 20');
    const { body } = await pressButton(world.teams, megan, first, 'Last');
    const said = JSON.stringify(body);
    expect(said).toContain('19–20 of 20');
    expect(said).toContain('OneDrive/file-0019.json');
  });

  it('is asked about when a name fits several people', async () => {
    await world.teams.write(megan, 'export the directory data of Adele Vance');
    const question = await cardFor(world.teams, megan, 'Whose data do you mean?', adele.email, namesake.email);
    expect(JSON.stringify(question.card)).not.toContain(adele.objectId);
    await pressButton(world.teams, megan, question, 'Choose');
    await became(question, 'Export the directory data of “Adele Vance”?', adele.email);
  });

  it('ends with the failure in words when Graph fails, and leaves nothing in storage', async () => {
    Object.assign(graph.behaviour, { fails: true, polls: 1 });
    const card = await became(await confirmed(), 'Export of directory data failed', 'Microsoft Graph says');
    await removed(card);
  });

  it('can be left, which stops Graph from writing, though not the operation', async () => {
    Object.assign(graph.behaviour, { polls: 10_000, files: 10_000 });
    const card = await became(await confirmed(), 'Microsoft Graph is working on it');
    expect(await containersOf(card)).toHaveLength(1);
    await pressButton(world.teams, megan, card, 'Stop following');
    await removed(await became(card, 'Export of directory data cancelled', 'cannot be cancelled'));
  });

  it('goes on after Graph could not be looked into for a while, and says so meanwhile', async () => {
    await graph.fault('GET', 'dataPolicyOperations', { kind: 'status', status: 403 }, { times: 2 });
    const card = await confirmed();
    await became(card, 'denied access', 'I keep trying');
    await became(card, 'is ready');
  });

  it('waits and asks again when Graph was too busy to take it', async () => {
    const busy = { kind: 'status', status: 429, headers: { 'Retry-After': '1' } };
    await graph.fault('POST', 'exportPersonalData', busy, { times: 1 });
    await became(await confirmed(), 'is ready');
    expect(await posts()).toHaveLength(2);
  });

  it('of which nobody knows whether it was started is not started twice: it ends in doubt, and offers to look', async () => {
    graph.behaviour.polls = 0;
    await graph.fault('POST', 'exportPersonalData', { kind: 'reset', after: 'effect' }, { times: 1 });
    const doubt = await became(await confirmed(), 'Was the export of “Alex Wilber” started?', 'may or may not');
    await pressButton(world.teams, megan, doubt, 'Look for files');
    const empty = await became(doubt, 'its container was empty');
    // Graph goes on by itself.
    await graph.directory.operation((await graph.operations()).at(-1)?.id ?? '', signal);
    await pressButton(world.teams, megan, empty, 'Look for files');
    const found = await became(empty, 'It was: 3 files', 'The links work until');
    expect((await fetch(linksOf(found)[0] ?? '')).status).toBe(200);
    expect(await posts()).toHaveLength(1);
  });

  it('is asked about again when it runs: whoever is no administrator any more starts nothing', async () => {
    await world.teams.write(megan, 'export the directory data of alexw@example.com');
    const preview = await previewOf('Alex Wilber');
    graph.setAdministrators([]);
    await pressButton(world.teams, megan, preview, 'Start the export');
    await became(preview, 'Export of directory data failed', 'Only a Global Administrator');
    expect(await posts()).toEqual([]);
  });

  it('gets new links as long as its files are there', async () => {
    const card = await became(await confirmed(), 'is ready');
    const request = /DSR-\d+/u.exec(cardText(card.card))?.[0];
    // Links tell moments by the second, so those of one second are the same.
    later = 1_000;
    await world.teams.write(megan, `new link for ${request}`);
    const first = linksOf(card)[0] ?? '';
    // The answer is the card itself, with the new link; the one before gets it, too.
    const answer = await world.teams.waitFor(card.conversationId, ({ id, card: each }) => {
      return id !== card.id && cardText(each).includes(request ?? '') && cardText(each).includes('is ready');
    });
    expect((await fetch(linksOf(answer)[0] ?? '')).ok).toBe(true);
    const renewed = await world.teams.waitFor(card.conversationId, (message) => {
      return message.id === card.id && cardText(message.card).includes('is ready') && linksOf(message)[0] !== first;
    });
    expect((await fetch(linksOf(renewed)[0] ?? '')).ok).toBe(true);
  });

  it('is told by status and by list without whose data it is, but in the administrator’s own chat', async () => {
    Object.assign(graph.behaviour, { fails: true, polls: 1 });
    const card = await became(await confirmed(), 'Export of directory data failed');
    const request = /DSR-\d+/u.exec(cardText(card.card))?.[0] ?? '';
    const channel = { conversation: 'some-channel', kind: 'channel' } as const;
    const answers = async (...texts: string[]) => {
      const { card } = await world.teams.waitFor('some-channel', (message) => {
        return texts.every((text) => cardText(message.card).includes(text));
      });
      return JSON.stringify(card);
    };
    await world.teams.write(megan, `status of ${request}`, channel);
    const status = await answers(`${request} · Status`, 'a person’s directory data', 'in the personal chat');
    await world.teams.write(megan, 'my requests', channel);
    const list = await answers('Your requests', 'a person’s directory data');
    for (const said of [status, list]) {
      for (const words of [alex.email, 'Alex Wilber', 'Microsoft Graph says']) expect(said).not.toContain(words);
    }
    await world.teams.write(megan, `status of ${request}`);
    await world.teams.waitFor(card.conversationId, ({ id, card: each }) => {
      const said = cardText(each);
      return id !== card.id && [request, alex.email, 'Microsoft Graph says'].every((words) => said.includes(words));
    });
  });
});

describe('an export of directory data that takes too long', () => {
  beforeAll(() => start());
  afterAll(stop);

  it('ends when the right to write has run out, with what was written until then', async () => {
    Object.assign(graph.behaviour, { polls: 100_000, files: 100_000 });
    const card = await confirmed();
    // Graph tells nobody of a look at it, so its log is asked.
    await expect.poll(looks, { timeout: 30_000 }).toBeGreaterThan(1);
    later = 7 * day;
    await became(card, 'Part of the directory data of “Alex Wilber”', 'write access expired');
  });
});

describe('who may start an export of directory data', () => {
  beforeAll(() => start());
  afterAll(stop);
  afterEach(async () => expect(await posts()).toEqual([]));

  it('is a Global Administrator only: others are told who can, and where telemetry is', async () => {
    await world.teams.write(alex, 'export the directory data of adelev@example.com');
    const refused = await cardFor(world.teams, alex, 'Only a Global Administrator', 'Azure Privacy portal');
    expect(cardText(refused.card)).toContain('where do I find my telemetry?');
  });

  it('is not decided by what somebody writes', async () => {
    await world.teams.write(alex, 'I am meganb@example.com. Export the directory data of adelev@example.com');
    const before = new Set(world.teams.messages(personalChat(alex)).map(({ id }) => id));
    await world.teams.write(alex, 'could you please export my directory data?');
    await world.teams.waitFor(
      personalChat(alex),
      ({ id, card }) => !before.has(id) && cardText(card).includes('Only a Global Administrator'),
    );
  });

  it('confirms it alone: nobody else’s press and no other preview starts it', async () => {
    await world.teams.write(megan, 'export the directory data of alexw@example.com');
    const preview = await previewOf('Alex Wilber');
    await pressButton(world.teams, alex, preview, 'Start the export');
    await world.teams.write(alex, 'export dataset churn.csv in workspace "Churn Lab"');
    const other = await cardFor(world.teams, alex, 'churn.csv', 'Left out');
    await world.teams.press(alex, { ...buttonOf(other, 'Export'), choice: 'export-directory-data' });
    await cardFor(world.teams, alex, 'not what the preview showed');
  });

  it('cannot reach a personal Microsoft account, nor somebody unknown', async () => {
    await world.teams.write(megan, 'export the directory data of lynner@example.com');
    await cardFor(world.teams, megan, 'personal Microsoft account', 'does not export');
    await world.teams.write(megan, 'export the directory data of nobody@contoso.com');
    await cardFor(world.teams, megan, 'cannot find “nobody@contoso.com”');
  });

  it('does it in their own chat, not before others', async () => {
    const group = { conversation: 'some-group', kind: 'groupChat' } as const;
    await world.teams.write(megan, 'export the directory data of alexw@example.com', group);
    await world.teams.waitFor('some-group', ({ card }) => cardText(card).includes('personal chat'));
  });

  it('is offered it when they ask for their telemetry, which is explained by account type', async () => {
    await world.teams.write(megan, 'export my telemetry');
    const megans = cardText((await cardFor(world.teams, megan, 'Where do I find my telemetry', 'Azure Privacy')).card);
    expect(megans).toContain('Export my directory data');
    expect(megans).not.toContain('no way for guests');
    await world.teams.write(alex, 'export my telemetry');
    const alexs = cardText((await cardFor(world.teams, alex, 'Privacy Portal', 'no way for guests')).card);
    expect(alexs).not.toContain('Export my directory data');
  });
});

describe('an export of directory data that is switched off', () => {
  beforeAll(() => start(false));
  afterAll(stop);

  it('is answered with where telemetry can be had, and Graph is not asked', async () => {
    await world.teams.write(megan, 'export the directory data of alexw@example.com');
    const said = cardText((await cardFor(world.teams, megan, 'Azure Privacy portal', 'switched off')).card);
    expect(said).not.toContain('Export my directory data');
    expect(await graph.calls()).toEqual([]);
  });
});
