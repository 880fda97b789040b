import { type BotFrameworkAuthentication, type ConnectorClient, ConnectorFactory } from 'botframework-connector';

/** Told how Teams' connector takes the bot's calls. */
export interface ConnectorWatch {
  /** The connector answered 401: it does not accept who the bot says it is. `ask` calls it again, harmlessly. */
  unauthorized(error: unknown, ask: () => Promise<unknown>): void;
  /** The connector took who the bot says it is, whatever else it answered. */
  authorized(): void;
}

/**
 * Lets the watch see every call that botbuilder makes to a connector from now on: in turns, outside of turns, and of
 * the roster. All of them go through clients that this factory makes, so this is the one place to look at.
 */
export function watchConnectors(authentication: BotFrameworkAuthentication, watch: ConnectorWatch): void {
  const create = authentication.createConnectorFactory.bind(authentication);
  authentication.createConnectorFactory = (claims) => new WatchedConnectorFactory(create(claims), watch);
}

class WatchedConnectorFactory extends ConnectorFactory {
  readonly #inner: ConnectorFactory;
  readonly #watch: ConnectorWatch;

  constructor(inner: ConnectorFactory, watch: ConnectorWatch) {
    super();
    this.#inner = inner;
    this.#watch = watch;
  }

  override async create(serviceUrl: string, audience?: string): Promise<ConnectorClient> {
    const client = await this.#inner.create(serviceUrl, audience);
    const send = client.sendOperationRequest.bind(client);
    client.sendOperationRequest = async (...call) => {
      try {
        const result = await send(...call);
        this.#watch.authorized();
        return result;
      } catch (error) {
        const { statusCode } = error as { statusCode?: unknown };
        // Reads a list that Teams does not keep: whatever it answers, it looks at the token first.
        if (statusCode === 401) this.#watch.unauthorized(error, () => client.conversations.getConversations());
        else if (typeof statusCode === 'number') this.#watch.authorized();
        throw error;
      }
    };
    return client;
  }
}
