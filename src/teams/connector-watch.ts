import { type BotFrameworkAuthentication, type ConnectorClient, ConnectorFactory } from 'botframework-connector';

/** Observer of the connector's answers to the bot's sign-in. */
export interface ConnectorWatch {
  /** The connector answered 401: it does not accept the bot's identity. `ask` makes a harmless call to check again. */
  unauthorized(error: unknown, ask: () => Promise<unknown>): void;
  /** The connector accepted the bot's identity, whatever else it answered. */
  authorized(): void;
}

/**
 * Notifies the watch of every call that botbuilder makes to a connector from now on: in turns, outside of turns, and for
 * the roster. All of them use clients that this factory creates, so it is the one place to intercept them.
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
        // The check reads a list that Teams does not support: whatever the answer, it validates the token first.
        if (statusCode === 401) this.#watch.unauthorized(error, () => client.conversations.getConversations());
        else if (typeof statusCode === 'number') this.#watch.authorized();
        throw error;
      }
    };
    return client;
  }
}
