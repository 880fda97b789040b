import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import {
  AppCredentials,
  AuthenticationConstants,
  ManagedIdentityAppCredentials,
  MicrosoftAppCredentials,
} from 'botframework-connector';
import type { BotIdentity } from '../config.ts';
import { signInWithin } from '../domain/sign-in.ts';

/** An identity that the bot signs in to Teams with; local mode has none. */
export type RealIdentity = Exclude<BotIdentity, { readonly kind: 'local' }>;

/** botbuilder would sign in differently from the settings. The start fails with this error. */
export class BotIdentityError extends Error {
  override readonly name = 'BotIdentityError';
}

/**
 * botbuilder's names for the kinds of identity (`ConfigurationServiceClientCredentialFactory`), and the class of the
 * credentials that must result. botbuilder silently treats every unknown name as a third kind, without any password;
 * so the resulting class is checked before the bot starts.
 */
const kinds = {
  secret: { appType: 'SingleTenant', credentials: MicrosoftAppCredentials },
  'managed-identity': { appType: 'UserAssignedMsi', credentials: ManagedIdentityAppCredentials },
} as const satisfies Record<RealIdentity['kind'], { appType: string; credentials: unknown }>;

/** botbuilder's factory of credentials for this identity; in local mode its credentials sign nothing. */
export function createCredentialsFactory(
  identity: BotIdentity,
  limitMs?: number,
): ConfigurationServiceClientCredentialFactory {
  if (identity.kind === 'local') return new ConfigurationServiceClientCredentialFactory({});
  const options = {
    MicrosoftAppId: identity.appId,
    MicrosoftAppType: kinds[identity.kind].appType,
    MicrosoftAppTenantId: identity.tenantId,
    ...(identity.kind === 'secret' ? { MicrosoftAppPassword: identity.secret } : {}),
  };
  return new TimeLimitedCredentialsFactory(options, limitMs);
}

type Options = ConstructorParameters<typeof ConfigurationServiceClientCredentialFactory>[0];

/** Creates credentials with a time limit for getting a token, so that no turn waits for a token service that does not answer. */
class TimeLimitedCredentialsFactory extends ConfigurationServiceClientCredentialFactory {
  readonly #limitMs: number | undefined;

  constructor(options: Options, limitMs: number | undefined) {
    super(options);
    this.#limitMs = limitMs;
  }

  override async createCredentials(
    ...parameters: Parameters<ConfigurationServiceClientCredentialFactory['createCredentials']>
  ): ReturnType<ConfigurationServiceClientCredentialFactory['createCredentials']> {
    const made = await super.createCredentials(...parameters);
    if (made instanceof AppCredentials) {
      const getToken = made.getToken.bind(made);
      made.getToken = (forceRefresh) => signInWithin(() => getToken(forceRefresh), this.#limitMs);
    }
    return made;
  }
}

/**
 * The credentials that every call to Teams' connector is signed with. Throws BotIdentityError when they do not match
 * the identity: of another class, for another app, or for another tenant.
 */
export async function openCredentials(
  identity: RealIdentity,
  factory: Pick<ConfigurationServiceClientCredentialFactory, 'createCredentials' | 'isAuthenticationDisabled'>,
): Promise<AppCredentials> {
  // What botbuilder's adapter passes for every call in the public cloud.
  const made: unknown = await factory.createCredentials(
    identity.appId,
    AuthenticationConstants.ToChannelFromBotOAuthScope,
    AuthenticationConstants.ToChannelFromBotLoginUrl,
    true,
  );
  const expected = kinds[identity.kind].credentials;
  // Compares prototypes, because instanceof would also accept a subclass with another purpose.
  if (!(made instanceof AppCredentials) || Object.getPrototypeOf(made) !== expected.prototype) {
    throw wrong(identity, `creates ${nameOf(made)} instead of ${expected.name}`);
  }
  if (made.appId !== identity.appId) throw wrong(identity, 'signs in as another app');
  if (made instanceof MicrosoftAppCredentials) {
    if (!made.appPassword) throw wrong(identity, 'signs in without a secret');
    if (!made.oAuthEndpoint.endsWith(`/${identity.tenantId}`)) throw wrong(identity, 'signs in at another tenant');
  }
  if (await factory.isAuthenticationDisabled()) throw wrong(identity, 'does not check the tokens of incoming messages');
  return made;
}

function wrong(identity: RealIdentity, what: string): BotIdentityError {
  return new BotIdentityError(
    `The bot’s identity (${identity.kind}) cannot be used: botbuilder ${what}. Nothing was started.`,
  );
}

function nameOf(made: unknown): string {
  return made instanceof Object ? made.constructor.name : String(made);
}
