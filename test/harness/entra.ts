import { randomUUID, type webcrypto } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';

/** An app registration or managed identity that may sign in. */
export interface RegisteredApp {
  readonly appId: string;
  readonly tenantId: string;
  /** Null for a managed identity. */
  readonly secret: string | null;
}

/** A response that replaces a token or the documents with keys. */
export interface EntraFault {
  /** Affects the token endpoints (Entra ID's and the managed identity's) or the documents with keys. */
  readonly at: 'token' | 'keys';
  /** `silence` never responds. */
  readonly answer: 'silence' | { readonly status: number; readonly body?: object };
  times: number;
}

/** How a Bot Framework token differs from a valid one. */
export interface TokenChoices {
  readonly audience?: string;
  readonly issuer?: string;
  readonly serviceUrl?: string | null;
  /** Seconds from now; negative for an expired token. */
  readonly expiresIn?: number;
  readonly notBeforeIn?: number;
  /** The key that signs it. `stranger` is an unpublished key under the id of a published one. */
  readonly key?: 'newest' | 'stranger';
  readonly keyId?: string;
  readonly endorsements?: readonly string[];
  readonly claims?: JWTPayload;
}

interface SigningKey {
  readonly id: string;
  readonly private: webcrypto.CryptoKey;
  readonly public: webcrypto.CryptoKey;
  readonly jwk: JWK;
  published: boolean;
  endorsements: readonly string[];
}

const botFramework = 'https://api.botframework.com';

/**
 * A stand-in for Microsoft Entra ID, for the token service of managed identities and for the Bot Framework's keys,
 * which cannot run here. It implements their HTTP APIs, distinguished by the Host header; `to-loopback.ts` redirects
 * the host names to it. Its tokens are real JWTs, signed with its own keys, which it publishes.
 */
export class Entra {
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });
  readonly #channelKeys: SigningKey[] = [];
  readonly #ownKeys: SigningKey[] = [];
  readonly #stranger: SigningKey;
  readonly apps: RegisteredApp[];
  readonly faults: EntraFault[] = [];
  /** Lifetime of its tokens, in seconds. */
  tokenLifetime = 3_600;
  /** In a web app, each call to the managed identity's token service must have this header value. */
  readonly identityHeader = randomUUID();
  /** All calls, as `METHOD host/path`. */
  readonly calls: string[] = [];

  private constructor(apps: readonly RegisteredApp[], own: SigningKey, channel: SigningKey, stranger: SigningKey) {
    this.apps = [...apps];
    this.#ownKeys.push(own);
    this.#channelKeys.push(channel);
    this.#stranger = stranger;
  }

  static async start(apps: readonly RegisteredApp[]): Promise<Entra> {
    const entra = new Entra(apps, await newKey(), await newKey(), await newKey());
    await new Promise<void>((resolve) => entra.#server.listen(0, '127.0.0.1', resolve));
    return entra;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Makes the Bot Framework sign with a new key. By default the previous key stays published. */
  async rotate({ withdraw = false, publish = true } = {}): Promise<void> {
    if (withdraw) for (const key of this.#channelKeys) key.published = false;
    this.#channelKeys.push({ ...(await newKey()), published: publish });
  }

  /** Publishes all keys, as happens some time after a rotation. */
  publishAll(): void {
    for (const key of this.#channelKeys) key.published = true;
  }

  /** Endorses the newest key of the Bot Framework for these channels. */
  endorse(channels: readonly string[]): void {
    const key = this.#channelKeys.at(-1);
    if (key) key.endorsements = channels;
  }

  /** A token of the Bot Framework for a bot: a valid one, or one with these differences. */
  async channelToken(appId: string, serviceUrl: string, choices: TokenChoices = {}): Promise<string> {
    const newest = this.#channelKeys.at(-1) ?? this.#stranger;
    const key = choices.key === 'stranger' ? this.#stranger : newest;
    return await sign(key, choices.keyId ?? newest.id, {
      iss: choices.issuer ?? botFramework,
      aud: choices.audience ?? appId,
      nbf: now() + (choices.notBeforeIn ?? -60),
      exp: now() + (choices.expiresIn ?? 3_600),
      ...(choices.serviceUrl === null ? {} : { serviceurl: choices.serviceUrl ?? serviceUrl }),
      ...choices.claims,
    });
  }

  /** A token of Entra ID for an app, such as the bot's own. */
  async appToken(app: RegisteredApp, audience: string): Promise<string> {
    const key = this.#ownKeys.at(-1) ?? this.#stranger;
    return await sign(key, key.id, {
      iss: `https://sts.windows.net/${app.tenantId}/`,
      aud: audience,
      iat: now() - 1,
      nbf: now() - 1,
      exp: now() + this.tokenLifetime,
      appid: app.appId,
      oid: '3f1d2c4b-0a9e-4d77-8b61-2f6c1e5a7d90',
      tid: app.tenantId,
      ver: '1.0',
    });
  }

  /**
   * Id of the app that an authorization header authenticates at the Bot Framework's connector; null when it is invalid.
   */
  async speaker(authorization: string | undefined): Promise<string | null> {
    const token = /^Bearer (.+)$/u.exec(authorization ?? '')?.[1];
    if (token === undefined) return null;
    const find = async ({ kid }: { kid?: string }) => {
      const key = this.#ownKeys.find(({ id }) => id === kid);
      if (!key) throw new Error('unknown key');
      return key.public;
    };
    try {
      const { payload } = await jwtVerify(token, find, { audience: botFramework });
      return typeof payload.appid === 'string' ? payload.appid : null;
    } catch {
      return null;
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = (request.headers.host ?? '').replace(/:\d+$/u, '');
    const url = new URL(request.url ?? '/', `https://${host}`);
    this.calls.push(`${request.method} ${host}${url.pathname}`);
    let text = '';
    for await (const chunk of request) text += chunk;
    const reply = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const asksForToken = /\/token$/u.test(url.pathname);
    const fault = this.faults.find(({ at, times }) => times > 0 && at === (asksForToken ? 'token' : 'keys'));
    if (fault) {
      fault.times -= 1;
      if (fault.answer === 'silence') return;
      return reply(fault.answer.status, fault.answer.body ?? { error: 'temporarily_unavailable' });
    }
    if (host === 'login.botframework.com') return reply(...this.#channelDocument(url));
    if (url.pathname === '/msi/token') {
      const allowed = request.headers['x-identity-header'] === this.identityHeader;
      return reply(...(allowed ? await this.#managedToken(url) : ([403, { error: 'forbidden' }] as const)));
    }
    if (url.pathname === '/metadata/identity/oauth2/token') {
      const allowed = request.headers.metadata === 'true';
      return reply(...(allowed ? await this.#managedToken(url) : ([400, { error: 'bad_request' }] as const)));
    }
    if (host === 'login.microsoftonline.com') return reply(...(await this.#tenant(url, new URLSearchParams(text))));
    reply(404, { error: 'not_found' });
  }

  #channelDocument({ pathname }: URL): readonly [number, object] {
    if (pathname === '/v1/.well-known/openidconfiguration') {
      return [200, { issuer: botFramework, jwks_uri: 'https://login.botframework.com/v1/.well-known/keys' }];
    }
    if (pathname === '/v1/.well-known/keys') return [200, { keys: published(this.#channelKeys) }];
    return [404, {}];
  }

  /** Entra ID's metadata and its token endpoint, as in "client credentials flow" of the identity platform. */
  async #tenant(url: URL, form: URLSearchParams): Promise<readonly [number, object]> {
    const [, tenantId = '', ...path] = url.pathname.split('/');
    const base = `https://login.microsoftonline.com/${tenantId}`;
    switch (path.join('/')) {
      case 'v2.0/.well-known/openid-configuration':
        return [
          200,
          {
            issuer: `${base}/v2.0`,
            authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
            token_endpoint: `${base}/oauth2/v2.0/token`,
            jwks_uri: `${base}/discovery/v2.0/keys`,
          },
        ];
      case 'discovery/v2.0/keys':
        return [200, { keys: published(this.#ownKeys) }];
      case 'oauth2/v2.0/token': {
        const app = this.apps.find(({ appId }) => appId === form.get('client_id'));
        if (!app) return refusal('unauthorized_client', 'AADSTS700016: Application was not found in the directory.');
        if (app.tenantId !== tenantId) return refusal('invalid_request', 'AADSTS90002: Tenant not found.');
        if (app.secret === null || form.get('client_secret') !== app.secret) {
          return refusal('invalid_client', 'AADSTS7000215: Invalid client secret provided.');
        }
        const resource = (form.get('scope') ?? '').replace(/\/\.default$/u, '');
        const token = await this.appToken(app, resource);
        const lifetime = { expires_in: this.tokenLifetime, ext_expires_in: this.tokenLifetime };
        return [200, { token_type: 'Bearer', ...lifetime, access_token: token }];
      }
      default:
        return [404, {}];
    }
  }

  /** The token service of managed identities, for a web app and for a virtual machine. */
  async #managedToken(url: URL): Promise<readonly [number, object]> {
    const app = this.apps.find(({ appId, secret }) => secret === null && appId === url.searchParams.get('client_id'));
    if (!app) {
      return [400, { error: 'invalid_request', error_description: 'No managed identity was found for this client id' }];
    }
    const resource = url.searchParams.get('resource') ?? '';
    const token = await this.appToken(app, resource);
    const expires = { expires_on: String(now() + this.tokenLifetime), expires_in: String(this.tokenLifetime) };
    return [200, { access_token: token, ...expires, resource, token_type: 'Bearer', client_id: app.appId }];
  }
}

function refusal(error: string, description: string): readonly [number, object] {
  return [error === 'invalid_client' ? 401 : 400, { error, error_description: description, error_codes: [0] }];
}

function published(keys: readonly SigningKey[]): JWK[] {
  return keys.filter((key) => key.published).map(({ jwk, endorsements }) => ({ ...jwk, endorsements }) as JWK);
}

async function newKey(): Promise<SigningKey> {
  const pair = await generateKeyPair('RS256', { extractable: true });
  const id = randomUUID();
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: id, use: 'sig' };
  return { id, private: pair.privateKey, public: pair.publicKey, jwk, published: true, endorsements: ['msteams'] };
}

async function sign(key: SigningKey, keyId: string, claims: JWTPayload): Promise<string> {
  return await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: keyId, typ: 'JWT' }).sign(key.private);
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
