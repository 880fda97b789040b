import {
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  errors,
  type JWTPayload,
  jwtVerify,
  type RemoteJWKSet,
} from 'jose';
import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';

/**
 * Validation of the tokens of incoming activities: only those that the Bot Framework signed for this app, by the
 * requirements on Microsoft's page "Authenticate requests with the Bot Connector API". botframework-connector's own
 * check also accepts tokens of any Entra ID tenant for this app without checking their audience ("emulator" tokens), so
 * that anyone who receives a token of the bot could replay it to the bot; it also prints to the console.
 */
const issuer = 'https://api.botframework.com';
const metadataUrl = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
const algorithms = ['RS256', 'RS384', 'RS512'];
/** Allowed clock skew in seconds; the page names five minutes. */
const skewSeconds = 300;

/** Why an activity is rejected; a closed list, so that the log can name it. */
type RefusalReason =
  | 'no token'
  | 'no readable token'
  | 'another issuer'
  | 'unknown key'
  | 'wrong signature'
  | 'expired'
  | 'not valid yet'
  | 'for another app'
  | 'for another service address'
  | 'key not for this channel'
  | 'keys not reachable';

const statuses: Readonly<Partial<Record<RefusalReason, 403 | 503>>> = {
  'for another app': 403,
  'for another service address': 403,
  'key not for this channel': 403,
  'keys not reachable': 503,
};

/** An activity is rejected. */
export class RefusedActivityError extends Error {
  override readonly name = 'RefusedActivityError';
  readonly reason: RefusalReason;
  /** 401 without proof that it is from the Bot Framework, 403 when it is for another bot, 503 when it cannot be checked. */
  readonly status: 401 | 403 | 503;

  constructor(reason: RefusalReason, cause?: unknown) {
    super(`The activity was not accepted: ${reason}.`, { cause });
    this.reason = reason;
    this.status = statuses[reason] ?? 401;
  }
}

/** The fields of an activity that its token has to match. */
interface Addressed {
  readonly channelId?: unknown;
  readonly serviceUrl?: unknown;
}

/** Resolves when the authorization header proves that the activity is for this bot; rejects with RefusedActivityError. */
export type Authenticator = (authorization: string | undefined, activity: Addressed) => Promise<void>;

/** Creates the check for this app. `fetcher` fetches the Bot Framework's keys. */
export function createAuthenticator(appId: string, clock: Clock, fetcher: typeof fetch = fetch): Authenticator {
  const keys = new SigningKeys(clock, fetcher);
  return async (authorization, activity) => {
    if (!authorization) throw new RefusedActivityError('no token');
    const token = /^Bearer ([\w.-]+)$/u.exec(authorization)?.[1];
    // The issuer is checked before the signature, so that a stranger's tokens cause no calls for keys.
    if (token === undefined) throw new RefusedActivityError('no readable token');
    if (issuerOf(token) !== issuer) throw new RefusedActivityError('another issuer');
    const { payload, keyId } = await verify(token, appId, keys, clock);
    if (!keys.mayServe(keyId, activity.channelId)) throw new RefusedActivityError('key not for this channel');
    const serviceUrl = payload.serviceurl ?? payload.serviceUrl;
    if (typeof serviceUrl !== 'string' || serviceUrl !== activity.serviceUrl) {
      throw new RefusedActivityError('for another service address');
    }
  };
}

function issuerOf(token: string): unknown {
  try {
    return decodeJwt(token).iss;
  } catch (error) {
    throw new RefusedActivityError('no readable token', error);
  }
}

async function verify(
  token: string,
  appId: string,
  keys: SigningKeys,
  clock: Clock,
): Promise<{ payload: JWTPayload; keyId: string | undefined }> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, (...parts) => keys.find(...parts), {
      issuer,
      audience: appId,
      algorithms,
      clockTolerance: skewSeconds,
      currentDate: new Date(clock.now()),
      requiredClaims: ['exp'],
    });
    return { payload, keyId: protectedHeader.kid };
  } catch (error) {
    throw error instanceof RefusedActivityError ? error : new RefusedActivityError(reasonOf(error), error);
  }
}

function reasonOf(error: unknown): RefusalReason {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'for another app';
    return error.claim === 'nbf' ? 'not valid yet' : 'no readable token';
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong signature';
  return 'no readable token';
}

const metadata = z.object({ jwks_uri: z.url({ protocol: /^https$/u }) });
const day = 86_400_000;
/** How long keys are cached: Microsoft publishes a new key at least five days before it is used. */
const keysLifetimeMs = 5 * day;
const keysRefreshMs = day;
/** After a failed call for keys, no other is made for this time. */
const afterFailureMs = 5_000;
const callLimitMs = 5_000;
/** The shortest time between two refreshes for an unknown key: rotation is detected, but strangers cause few calls. */
const cooldownMs = 5_000;

/** The Bot Framework's signing keys: fetched when needed, refreshed daily and for an unknown key. */
class SigningKeys {
  readonly #clock: Clock;
  readonly #fetch: typeof fetch;
  #set: Promise<RemoteJWKSet> | null = null;
  #loadedAt = 0;
  #failedAt = Number.NEGATIVE_INFINITY;
  #endorsements = new Map<string, readonly string[]>();

  constructor(clock: Clock, fetcher: typeof fetch) {
    this.#clock = clock;
    this.#fetch = fetcher;
  }

  /** The key that a token's header names. Rejects with RefusedActivityError. */
  async find(...[header, token]: Parameters<RemoteJWKSet>): ReturnType<RemoteJWKSet> {
    const now = this.#clock.now();
    const known = header?.kid !== undefined && this.#endorsements.has(header.kid);
    if (!known && now - this.#failedAt < afterFailureMs) throw new RefusedActivityError('keys not reachable');
    try {
      this.#set ??= this.#open();
      const set = await this.#set;
      if (known && now - this.#loadedAt > keysRefreshMs) this.#refresh(set);
      const key = await set(header, token);
      this.#note(set);
      return key;
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) throw new RefusedActivityError('unknown key', error);
      if (error instanceof errors.JWKSMultipleMatchingKeys) throw new RefusedActivityError('unknown key', error);
      this.#failedAt = this.#clock.now();
      throw new RefusedActivityError('keys not reachable', error);
    }
  }

  /** False when the key is endorsed for other channels than the activity's. */
  mayServe(keyId: string | undefined, channelId: unknown): boolean {
    const endorsed = this.#endorsements.get(keyId ?? '') ?? [];
    return endorsed.length === 0 || (typeof channelId === 'string' && endorsed.includes(channelId));
  }

  async #open(): Promise<RemoteJWKSet> {
    try {
      const response = await this.#fetch(metadataUrl, { signal: AbortSignal.timeout(callLimitMs), redirect: 'manual' });
      if (!response.ok) throw new Error(`The OpenID metadata answered ${response.status}`);
      const { jwks_uri } = metadata.parse(await response.json());
      return createRemoteJWKSet(new URL(jwks_uri), {
        timeoutDuration: callLimitMs,
        cooldownDuration: cooldownMs,
        cacheMaxAge: keysLifetimeMs,
        [customFetch]: (url, options) => this.#fetch(url, options),
      });
    } catch (error) {
      this.#set = null;
      throw error;
    }
  }

  /** Refreshes in the background; the cached keys are used meanwhile. */
  #refresh(set: RemoteJWKSet): void {
    this.#loadedAt = this.#clock.now();
    set.reload().then(
      () => this.#note(set),
      () => undefined,
    );
  }

  #note(set: RemoteJWKSet): void {
    const keys = (set.jwks()?.keys ?? []) as readonly { kid?: string; endorsements?: unknown }[];
    this.#loadedAt ||= this.#clock.now();
    this.#endorsements = new Map(
      keys.flatMap(({ kid, endorsements }) =>
        kid === undefined ? [] : [[kid, Array.isArray(endorsements) ? endorsements.map(String) : []] as const],
      ),
    );
  }
}
