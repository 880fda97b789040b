import type { BrowserContext } from 'playwright-core';

/**
 * Messages from the bot to the page, which a test can hold back. The page loses a reply to a channel post when it
 * arrives before the page has registered its own post, which happens with a fast bot. A person's window can lose it
 * too, but rarely does.
 */
export class PlaygroundInbox {
  private held: (() => void)[] | null = null;

  /** Intercepts the connection between the page and its server from now on. */
  async attach(context: BrowserContext): Promise<void> {
    await context.routeWebSocket(/_ws_conversation/, (page) => {
      const server = page.connectToServer();
      server.onMessage((message) => {
        if (this.held === null) page.send(message);
        else this.held.push(() => page.send(message));
      });
    });
  }

  /** Queues incoming messages until {@link release}. */
  hold(): void {
    this.held ??= [];
  }

  /** Delivers the queued messages in order. */
  release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const send of held) send();
  }
}
