import type { BrowserContext } from 'playwright-core';

/**
 * What the bot says on its way to the page, which can be held back. The page loses an answer to a channel
 * post that arrives before the page has taken note of its own post, as a fast bot's can; a person's
 * window loses it likewise, but rarely.
 */
export class PlaygroundInbox {
  private held: (() => void)[] | null = null;

  /** Stands between the page and its server from now on. */
  async attach(context: BrowserContext): Promise<void> {
    await context.routeWebSocket(/_ws_conversation/, (page) => {
      const server = page.connectToServer();
      server.onMessage((message) => {
        if (this.held === null) page.send(message);
        else this.held.push(() => page.send(message));
      });
    });
  }

  /** Keeps what comes until {@link release}. */
  hold(): void {
    this.held ??= [];
  }

  /** Hands over what was kept, in order. */
  release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const send of held) send();
  }
}
