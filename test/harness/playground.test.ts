import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  type Activity,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  type Request,
  type TurnContext,
} from 'botbuilder';
import type { Browser } from 'playwright-core';
import restify from 'restify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Playground, PlaygroundError, startPlayground } from '../../src/local/playground.ts';
import { launchBrowser } from './browser.ts';
import { describeInBrowser } from './describe-when.ts';
import { ChatWindow } from './playground.ts';

describeInBrowser('a chat window driven in a browser', (executable) => {
  let bot: EchoBot;
  let folder: string;
  let chromium: Browser;
  let alex: Playground;
  let megan: Playground;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'steward-windows-'));
    bot = await startEchoBot();
    const open = (person: string) =>
      startPlayground({ endpoint: bot.endpoint, port: 0, person, dataFolder: path.join(folder, person) });
    [chromium, alex, megan] = await Promise.all([
      launchBrowser(executable),
      open('alexw@example.com'),
      open('meganb@example.com'),
    ]);
  });

  afterAll(async () => {
    await Promise.all([chromium?.close(), alex?.close(), megan?.close()]);
    await bot?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('carries what a person says to the bot and shows the answer', async () => {
    const window = await ChatWindow.open(chromium, alex);
    await window.say('hello');
    await window.waitForBotText('Alex Wilber said hello');
    expect(bot.heard).toContainEqual(
      expect.objectContaining({
        text: 'hello',
        from: expect.objectContaining({ aadObjectId: alex.person.objectId }),
        conversation: expect.objectContaining({ id: alex.conversations.personal, conversationType: 'personal' }),
      }),
    );
    await window.close();
  });

  it('replaces a card by the answer to its button, and by an update, in place', async () => {
    const window = await ChatWindow.open(chromium, alex);
    await window.say('card');
    await window.cards('Unpressed').waitFor();
    await window.press('Press', { cardContaining: 'Unpressed' });
    await window.cards('Pressed by Alex Wilber').waitFor();
    await window.say('update');
    await window.cards('Updated').waitFor();
    expect(await window.cards().count()).toBe(1);
    const wide = await window.screenshot('harness-wide');
    await window.resize('narrow');
    await window.darken(true);
    const narrow = await window.screenshot('harness-dark-narrow');
    await window.resize('wide');
    for (const file of [wide, narrow]) expect((await stat(file)).size).toBeGreaterThan(10_000);
    await window.close();
  });

  it('lets the bot hear in a group and a channel what mentions it', async () => {
    const window = await ChatWindow.open(chromium, megan);
    for (const [chat, kind] of [
      ['Group Chat', 'groupChat'],
      ['Announcements', 'channel'],
    ] as const) {
      await window.openChat(chat);
      await window.say(`hello ${kind}`);
      await window.waitForBotText(`hello ${kind}`);
      const heard = bot.heard.find((activity) => activity.text?.endsWith(`hello ${kind}`));
      expect(heard?.conversation.conversationType).toBe(kind);
      expect(heard?.text).toBe(`<at>Studio Steward</at> hello ${kind}`);
    }
    await window.close();
  });

  it('keeps the windows of two people in one tenant and apart from each other', async () => {
    const connector = (playground: Playground, conversation: string) =>
      fetch(`${playground.url}/_connector/v3/conversations/${conversation}/members`);
    for (const kind of ['personal', 'group', 'general', 'announcements'] as const) {
      expect((await connector(alex, megan.conversations[kind])).status, kind).toBe(404);
      expect((await connector(alex, alex.conversations[kind])).status, kind).toBe(200);
    }
    const own = await connector(megan, megan.conversations.personal);
    expect(await own.json()).toEqual([
      expect.objectContaining({ objectId: megan.person.objectId, email: 'meganb@example.com' }),
    ]);
    const group = await connector(alex, alex.conversations.group);
    expect(await group.json()).toHaveLength(6);
  });

  it('refuses a port that is taken, and a person nobody knows', async () => {
    const settings = { endpoint: bot.endpoint, dataFolder: path.join(folder, 'refused') };
    const taken = startPlayground({ ...settings, port: Number(new URL(alex.url).port), person: 'adelev@example.com' });
    await expect(taken).rejects.toThrow(PlaygroundError);
    const nobody = startPlayground({ ...settings, port: 0, person: 'nobody@example.com' });
    await expect(nobody).rejects.toThrow('alexw@example.com, meganb@example.com');
  });
});

interface EchoBot {
  readonly endpoint: string;
  /** Received messages, in order of arrival. */
  readonly heard: Activity[];
  close(): Promise<void>;
}

/** A bot that repeats each message; "card" gets a card with a button, "update" changes that card. */
async function startEchoBot(): Promise<EchoBot> {
  const heard: Activity[] = [];
  let cardId: string | undefined;
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const turn = async (context: TurnContext) => {
    const { activity } = context;
    if (activity.type === 'invoke') {
      const value = {
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: card(`Pressed by ${activity.from.name}`),
      };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: value } });
    } else if (activity.type === 'message') {
      heard.push(activity);
      if (activity.text === 'card') {
        cardId = (await context.sendActivity(MessageFactory.attachment(CardFactory.adaptiveCard(card('Unpressed')))))
          ?.id;
      } else if (activity.text === 'update' && cardId !== undefined) {
        await context.updateActivity({
          ...MessageFactory.attachment(CardFactory.adaptiveCard(card('Updated'))),
          id: cardId,
        });
      } else {
        await context.sendActivity(`${activity.from.name} said ${activity.text}`);
      }
    }
  };
  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  server.post('/api/messages', async (request, response) => {
    await adapter.process(request as unknown as Request, response, turn);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { endpoint: `http://127.0.0.1:${server.address().port}/api/messages`, heard, close };
}

function card(text: string) {
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'TextBlock', text, wrap: true }],
    actions: [{ type: 'Action.Execute', title: 'Press', verb: 'press', data: { version: 1 } }],
  };
}
