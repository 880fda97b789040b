import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Playground } from '../../src/local/playground.ts';
import { botName } from '../../src/local/playground-config.ts';
import { PlaygroundInbox } from './playground-inbox.ts';

/** A conversation in the window's sidebar. */
export type ChatName = 'Personal Chat' | 'Group Chat' | 'General' | 'Announcements';

/** A file as the browser downloaded it. */
interface DownloadedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Sizes in CSS pixels: a desktop window, and the narrowest width that the page supports. */
const sizes = { wide: { width: 1280, height: 900 }, narrow: { width: 760, height: 900 } } as const;
export type ChatWindowSize = keyof typeof sizes;

/** A message of the bot in a personal or group chat. */
const chatBubble = '.fai-OutputCard';
/** The composer of a channel and each thread below it have this class. */
const thread = '.fui-Card';
/**
 * A message of the bot in a thread: a card, or a text, which alone has this attribute of the page's Markdown renderer.
 */
const channelReply = '.fui-Card .ac-adaptiveCard, .fui-Card div:has(> [node])';

/** One person's Playground page, used as a person would. It waits for visible content, never for a fixed time. */
export class ChatWindow {
  readonly page: Page;
  private readonly inbox: PlaygroundInbox;
  private chat: ChatName = 'Personal Chat';

  private constructor(page: Page, inbox: PlaygroundInbox) {
    this.page = page;
    this.inbox = inbox;
  }

  /** Opens the page; resolves when the bot has received the installation event of the personal chat. */
  static async open(browser: Browser, playground: Playground): Promise<ChatWindow> {
    const context = await browser.newContext({ viewport: sizes.wide });
    // The page loads three web fonts from a content network and would wait for them when offline.
    await context.route(
      (url) => url.hostname !== 'localhost' && url.hostname !== '127.0.0.1',
      (route) => route.abort(),
    );
    const inbox = new PlaygroundInbox();
    await inbox.attach(context);
    const page = await context.newPage();
    await page.goto(playground.url);
    await page
      .getByText(/conversationUpdate \d{3}/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Hide log panel' }).click();
    return new ChatWindow(page, inbox);
  }

  /**
   * Opens a conversation. The first visit after the page was loaded sends the bot the conversation's installation
   * event.
   */
  async openChat(chat: ChatName): Promise<void> {
    await this.page.getByRole('treeitem', { name: chat }).click();
    await this.composer(chat).waitFor();
    this.chat = chat;
  }

  /**
   * Sends a message in the open conversation. Outside the personal chat it mentions the bot, which otherwise receives
   * nothing.
   */
  async say(text: string): Promise<void> {
    // The fields of cards are text boxes, too, and are no place to write a message.
    const composer = this.page.locator('[role="textbox"][contenteditable="true"]').first();
    await composer.click();
    if (this.chat !== 'Personal Chat') {
      await this.page.keyboard.type('@');
      await this.page.getByRole('menuitem', { name: botName }).click();
      await this.page.keyboard.type(' ');
    }
    await this.page.keyboard.insertText(text);
    if (isChannel(this.chat)) await this.post();
    else await this.send();
  }

  /** Resolves when the open conversation shows this text of the bot, in a message or on a card. */
  async waitForBotText(text: string | RegExp): Promise<void> {
    await this.botMessages().filter({ hasText: text }).first().waitFor();
  }

  /** The bot's messages in the open conversation, oldest first; a card is one message. */
  botMessages(): Locator {
    return this.page.locator(chatBubble).or(this.page.locator(channelReply));
  }

  /** Adaptive Cards in the open conversation, oldest first. */
  cards(containing?: string | RegExp): Locator {
    const cards = this.page.locator('.ac-adaptiveCard');
    return containing === undefined ? cards : cards.filter({ hasText: containing });
  }

  /**
   * Presses a button on the newest card that contains the text and has the button; resolves when the bot has responded.
   */
  async press(title: string, { cardContaining }: { cardContaining: string | RegExp }): Promise<void> {
    const button = this.page.getByRole('button', { name: title, exact: true });
    const card = this.cards(cardContaining).filter({ has: button }).last();
    await this.clickAndAwaitAnswer(card.getByRole('button', { name: title, exact: true }));
  }

  /**
   * Presses "Choose" in the row with this text, on the newest card that contains the other text; resolves when the bot
   * has responded.
   */
  async choose(row: string | RegExp, { cardContaining }: { cardContaining: string | RegExp }): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Choose', exact: true });
    const rows = this.cards(cardContaining).last().locator('.ac-container').filter({ hasText: row });
    // The row is the innermost container with both.
    await this.clickAndAwaitAnswer(rows.filter({ has: button }).last().getByRole('button'));
  }

  /** Presses a button that opens a download, on the newest card that contains the text; resolves with the file. */
  async download(title: string, { cardContaining }: { cardContaining: string | RegExp }): Promise<DownloadedFile> {
    const link = this.cards(cardContaining).last().getByRole('link', { name: title, exact: true });
    const [download] = await Promise.all([this.page.context().waitForEvent('download'), link.click()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  /** Resizes the page. In the narrow size the sidebar is hidden: use the wide size to change the conversation. */
  async resize(size: ChatWindowSize): Promise<void> {
    await this.page.setViewportSize(sizes[size]);
    const rightEdge = "document.querySelector('[role=treeitem]').getBoundingClientRect().right";
    await this.page.waitForFunction(size === 'wide' ? `${rightEdge} > 200` : `${rightEdge} <= 0`);
    // The page shows its log panel again when there is room for it.
    const hideLog = this.page.getByRole('button', { name: 'Hide log panel' });
    if (await hideLog.isVisible()) await hideLog.click();
  }

  /**
   * Lets the browser darken the page, which has no dark theme itself. This shows where a card depends on a light
   * background.
   */
  async darken(enabled: boolean): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('Emulation.setAutoDarkModeOverride', { enabled });
  }

  /** Saves a screenshot as `test/.output/<name>.png`; returns the file's path. */
  async screenshot(name: string): Promise<string> {
    const file = path.resolve(import.meta.dirname, '../.output', `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  private async clickAndAwaitAnswer(button: Locator): Promise<void> {
    const answered = this.page.waitForResponse((response) =>
      /\/_conversation\/v1\/(invoke|submit)$/.test(response.url()),
    );
    await Promise.all([answered, button.click()]);
  }

  private async send(): Promise<void> {
    const sent = this.page.waitForResponse((response) => response.url().endsWith('/messages'));
    await this.page.getByRole('button', { name: 'Send Message' }).click();
    await sent;
  }

  /** Starts a thread. The bot's answers are held back until the thread is visible. */
  private async post(): Promise<void> {
    const threads = this.page.locator(thread);
    const next = threads.nth(await threads.count());
    this.inbox.hold();
    await this.page.getByRole('button', { name: 'Post', exact: true }).click();
    await next.waitFor();
    this.inbox.release();
  }

  private composer(chat: ChatName): Locator {
    const prompt = isChannel(chat) ? 'Start a new post' : 'Type a message...';
    return this.page.getByText(prompt, { exact: true }).first();
  }
}

function isChannel(chat: ChatName): boolean {
  return chat === 'General' || chat === 'Announcements';
}
