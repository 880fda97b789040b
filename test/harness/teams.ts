import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ChatPerson, chatTenantId } from '../../src/emulators/graph/sample-people.ts';
import { Roster } from './roster.ts';

/** A message in a conversation, in its latest version. */
export interface PostedMessage {
  readonly id: string;
  readonly conversationId: string;
  /** Number of posts and updates of this message. */
  readonly changes: number;
  readonly text: string;
  /** The ids of the people who are mentioned in it. */
  readonly mentioned: readonly string[];
  /** The language that the bot says the message is in; null where it says none. */
  readonly locale: string | null;
  /** The Adaptive Card; null for a text. */
  readonly card: CardJson | null;
}

export interface CardJson {
  readonly fallbackText?: string;
  readonly body?: readonly unknown[];
  readonly actions?: readonly unknown[];
}

/** An injected fault of the connector. */
export interface ConnectorFault {
  /** The calls that it affects; ids in the path are decoded. */
  readonly match: (method: string, path: string) => boolean;
  /** The status of the response, or what happens to the connection instead. */
  readonly status: number | 'dropped' | 'hanging';
  readonly retryAfterSeconds?: number;
  /** With true the connector does its work and only the response is replaced; otherwise it does nothing. */
  readonly afterEffect?: boolean;
  /** Affects only requests with a body of more bytes. */
  readonly overBytes?: number;
  /** Number of further calls that it affects. */
  times: number;
}

/** How the connector and the bot authenticate each other. */
export interface ConnectorTrust {
  /** The address that the bot has to use for its replies. */
  readonly serviceUrl: string;
  /** Whether the connector accepts this authorization header from the bot. */
  accepts(authorization: string | undefined): Promise<boolean>;
  /** The token sent to the bot with each activity. */
  token(): Promise<string>;
}

/** The data of a card's button. */
export interface PressData {
  readonly request: string;
  readonly version: number;
  readonly choice: string;
}

/**
 * A stand-in for Teams, which cannot run here: the connector that receives the bot's messages over HTTP, and people who
 * write to the bot. The browser tests use a real client.
 */
export class Teams {
  readonly #server: Server;
  readonly #messages = new Map<string, PostedMessage>();
  readonly #waiters = new Set<() => void>();
  readonly faults: ConnectorFault[] = [];
  /** Conversations in which the bot is not allowed to write. */
  readonly closed = new Set<string>();
  readonly people: readonly ChatPerson[];
  /** What the connector returns about the members of conversations. */
  readonly roster: Roster;
  /** All calls, for counting. */
  readonly calls: { readonly method: string; readonly path: string; readonly at: number; typing: boolean }[] = [];
  endpoint = '';
  /** Null in local mode, where nobody authenticates. */
  trust: ConnectorTrust | null = null;
  /** Called with every call before it is answered. */
  onCall: () => Promise<void> | void = () => undefined;

  private constructor(server: Server, people: readonly ChatPerson[]) {
    this.#server = server;
    this.people = people;
    this.roster = new Roster(people);
  }

  /** Starts the connector on a free port. Set `endpoint` to the bot's address before anybody writes. */
  static async start(people: readonly ChatPerson[]): Promise<Teams> {
    // A call fails when its caller is killed and aborts it; nothing needs to be done then.
    const server = createServer((request, response) => {
      teams.#answer(request, response).catch(() => response.destroy());
    });
    const teams = new Teams(server, people);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return teams;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Messages of a conversation, in the order in which they were first posted. */
  messages(conversationId: string): PostedMessage[] {
    return [...this.#messages.values()].filter((message) => message.conversationId === conversationId);
  }

  /** Resolves with the first message whose latest version fits, waiting for it if necessary. */
  async waitFor(
    conversationId: string,
    fits: (message: PostedMessage) => boolean,
    timeoutMs = 60_000,
  ): Promise<PostedMessage> {
    const limit = AbortSignal.timeout(timeoutMs);
    for (;;) {
      const found = this.messages(conversationId).findLast(fits);
      if (found) return found;
      await new Promise<void>((resolve, reject) => {
        const give = () => {
          const shown = this.messages(conversationId).map(({ card, text }) => card?.fallbackText ?? text);
          reject(new Error(`no such message in ${conversationId}; there is:\n${shown.join('\n')}`));
        };
        limit.addEventListener('abort', give, { once: true });
        this.#waiters.add(() => {
          limit.removeEventListener('abort', give);
          resolve();
        });
      });
    }
  }

  /** A person writes a message. Resolves with the status of the bot's response. */
  async write(person: ChatPerson, text: string, options: WriteOptions = {}): Promise<{ status: number; id: string }> {
    const id = options.id ?? randomUUID();
    const status = await this.send(this.activity(person, { type: 'message', id, text, ...options.more }, options));
    return { status: status.status, id };
  }

  /** A person presses a button of a card. Resolves with the response to the invoke activity. */
  async press(
    person: ChatPerson,
    data: unknown,
    options: WriteOptions & { readonly verb?: string } = {},
  ): Promise<{ status: number; body: { type?: string; value?: unknown } | null }> {
    const value = { action: { type: 'Action.Execute', verb: options.verb ?? 'choose', data } };
    const onMessage = options.replyTo === undefined ? {} : { replyToId: options.replyTo };
    const invoke = { type: 'invoke', name: 'adaptiveCard/action', id: randomUUID(), value, ...onMessage };
    const response = await this.send(this.activity(person, { ...invoke, ...options.more }, options));
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }

  /** Posts any body to the bot's endpoint. */
  async send(body: unknown): Promise<Response> {
    const token = this.trust ? { authorization: `Bearer ${await this.trust.token()}` } : {};
    return await fetch(this.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...token },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** An activity with the fields that Teams includes in every activity. */
  activity(
    person: ChatPerson,
    more: object,
    { conversation = personalChat(person), kind = 'personal', team }: WriteOptions = {},
  ) {
    return {
      channelId: 'msteams',
      serviceUrl: this.trust?.serviceUrl ?? this.url,
      from: { id: person.id, name: `${person.givenName} ${person.surname}`, aadObjectId: person.objectId },
      recipient: { id: 'bot', name: 'Studio Steward' },
      conversation: { id: conversation, conversationType: kind, tenantId: chatTenantId, isGroup: kind !== 'personal' },
      channelData: { tenant: { id: chatTenantId }, ...(team === undefined ? {} : { team: { id: team } }) },
      ...more,
    };
  }

  #wake(): void {
    const waiting = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiting) wake();
  }

  /** Removes a message, as when somebody deletes it or clears the conversation. */
  forget(id: string): void {
    this.#messages.delete(id);
  }

  /**
   * Teams requests the latest card when a person views one that lists them for automatic refresh. Resolves with the
   * card that this person then sees, or null when the card does not list them.
   */
  async refresh(
    person: ChatPerson,
    message: PostedMessage,
    options: WriteOptions = {},
  ): Promise<{ status: number; body: { type?: string; value?: unknown } | null } | null> {
    const { refresh } = (message.card ?? {}) as {
      refresh?: { action?: { data?: unknown }; userIds?: readonly string[] };
    };
    if (!refresh?.userIds?.includes(person.id)) return null;
    return this.press(person, refresh.action?.data, {
      conversation: message.conversationId,
      replyTo: message.id,
      ...options,
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Conversation ids may contain a slash, so each path segment is decoded separately.
    const steps = (request.url ?? '').split('?')[0]?.split('/').slice(1).map(decodeURIComponent) ?? [];
    const path = `/${steps.join('/')}`;
    const method = request.method ?? '';
    const call = { method, path, at: performance.now(), typing: false };
    this.calls.push(call);
    await this.onCall();
    let text = '';
    for await (const chunk of request) text += chunk;
    if (this.trust && !(await this.trust.accepts(request.headers.authorization))) {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: 'Authorization has been denied for this request.' }));
      return;
    }
    const bytes = Buffer.byteLength(text);
    const fault = this.faults.find(
      (each) => each.times > 0 && bytes > (each.overBytes ?? -1) && each.match(method, path),
    );
    if (fault) fault.times -= 1;
    const answer =
      fault && fault.afterEffect !== true
        ? { status: 500, body: {} }
        : this.#work(method, steps, text === '' ? {} : JSON.parse(text), call);
    this.#wake();
    if (fault?.status === 'hanging') return;
    if (fault?.status === 'dropped') {
      response.destroy();
      return;
    }
    const wait = fault?.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
    const told = fault
      ? { status: fault.status, body: { error: { code: 'Fault', message: 'as ordered' } } }
      : { status: answer.status, body: answer.body };
    response.writeHead(told.status, { 'content-type': 'application/json', ...wait });
    response.end(JSON.stringify(told.body));
  }

  /** What the connector does without a fault. */
  #work(
    method: string,
    steps: readonly string[],
    body: SentBody,
    call: { typing: boolean },
  ): { status: number; body: object } {
    const failed = (status: number, code: string) => ({ status, body: { error: { code, message: 'no' } } });
    const [version, collection, conversationId, what, id] = steps;
    if (version !== 'v3' || collection !== 'conversations') return failed(404, 'NotFound');
    if (conversationId === undefined) {
      const person = this.people.find((each) => each.id === body.members?.[0]?.id);
      if (!person || this.closed.has(personalChat(person))) return failed(403, 'BotNotInConversationRoster');
      return { status: 201, body: { id: personalChat(person) } };
    }
    if (what === 'members') {
      const member = this.roster.find(conversationId, id ?? '');
      return member ? { status: 200, body: member } : failed(404, 'MemberNotFoundInConversation');
    }
    if (what !== 'activities') return failed(404, 'NotFound');
    if (this.closed.has(conversationId)) return failed(403, 'BotNotInConversationRoster');
    if (body.type === 'typing') {
      call.typing = true;
      return { status: 201, body: { id: randomUUID() } };
    }
    const earlier = id === undefined || method === 'POST' ? undefined : this.#messages.get(id);
    if (method !== 'POST' && !earlier) return failed(404, 'ActivityNotFoundInConversation');
    if (method === 'DELETE' && earlier) {
      this.#messages.delete(earlier.id);
      return { status: 200, body: {} };
    }
    const posted = earlier?.id ?? randomUUID();
    this.#messages.set(posted, {
      id: posted,
      conversationId,
      changes: (earlier?.changes ?? 0) + 1,
      text: body.text ?? '',
      locale: body.locale ?? null,
      mentioned: (body.entities ?? []).flatMap(({ mentioned }) => mentioned?.id ?? []),
      card: body.attachments?.[0]?.content ?? null,
    });
    return { status: earlier ? 200 : 201, body: { id: posted } };
  }
}

/** The fields that the connector reads from a request of the bot's client. */
interface SentBody {
  readonly type?: string;
  readonly text?: string;
  readonly locale?: string;
  readonly entities?: readonly { readonly mentioned?: { readonly id: string } }[];
  readonly members?: readonly { readonly id: string }[];
  readonly attachments?: readonly { readonly content: CardJson }[];
}

interface WriteOptions {
  readonly conversation?: string;
  readonly kind?: 'personal' | 'groupChat' | 'channel';
  /** The team of a channel; its roster is then requested by this id. */
  readonly team?: string;
  readonly id?: string;
  /** The message with the card whose button is pressed. */
  readonly replyTo?: string;
  /** Additional fields of the activity. */
  readonly more?: object;
}

/** Conversation id of a person's own chat with the bot. */
export function personalChat(person: ChatPerson): string {
  return `personal-chat-of-${person.id}`;
}

/** All texts of a card, joined. */
export function cardText(card: CardJson | null): string {
  const pieces: string[] = [];
  const walk = (node: unknown) => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (node !== null && typeof node === 'object') {
      for (const [key, value] of Object.entries(node)) {
        if (typeof value === 'string' && (key === 'text' || key === 'title' || key === 'value')) pieces.push(value);
        else walk(value);
      }
    }
  };
  walk(card?.body ?? []);
  walk(card?.actions ?? []);
  return pieces.join(' ');
}

/** The titles and the data of a card's buttons. */
export function buttons(card: unknown): { readonly title: string; readonly data: PressData }[] {
  const found: { title: string; data: PressData }[] = [];
  const walk = (node: unknown) => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (node !== null && typeof node === 'object') {
      const { type, verb, title, data } = node as Record<string, unknown>;
      if (type === 'Action.Execute' && verb === 'choose') found.push({ title: String(title), data: data as PressData });
      Object.values(node).forEach(walk);
    }
  };
  const { refresh: _refresh, ...visible } = (card ?? {}) as Record<string, unknown>;
  walk(visible);
  return found;
}
