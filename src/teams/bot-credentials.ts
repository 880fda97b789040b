import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import {
  AppCredentials,
  AuthenticationConstants,
  ManagedIdentityAppCredentials,
  MicrosoftAppCredentials,
} from 'botframework-connector';
import type { BotIdentity } from '../config.ts';
import { signInWithin } from '../domain/sign-in.ts';

/** An identity with which the bot proves to Teams who it is; local mode has none. */
export type RealIdentity = Exclude<BotIdentity, { readonly kind: 'local' }>;

/** botbuilder would sign in in another way than the settings say. The start ends with this. */
export class BotIdentityError extends Error {
  override readonly name = 'BotIdentityError';
}

/**
 * What botbuilder calls the kinds of identity (`ConfigurationServiceClientCredentialFactory`), and the class of the
 * credentials that must result. botbuilder takes every word that it does not know for a third kind, with no password
 * at all, and says nothing; so the class that results is looked at before the bot starts.
 */
const kinds = {
  secret: { appType: 'SingleTenant', credentials: MicrosoftAppCredentials },
  'managed-identity': { appType: 'UserAssignedMsi', credentials: ManagedIdentityAppCredentials },
} as const satisfies Record<RealIdentity['kind'], { appType: string; credentials: unknown }>;

/** botbuilder's factory of credentials for this identity; in local mode one that signs nothing. */
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
  return new FactoryInTime(options, limitMs);
}

type Options = ConstructorParameters<typeof ConfigurationServiceClientCredentialFactory>[0];

/** Makes credentials that give up on a silent token service, so that no turn waits for one. */
class FactoryInTime extends ConfigurationServiceClientCredentialFactory {
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
      const ask = made.getToken.bind(made);
      made.getToken = (forceRefresh) => signInWithin(() => ask(forceRefresh), this.#limitMs);
    }
    return made;
  }
}

/**
 * The credentials that every call to Teams' connector is signed with. Throws BotIdentityError when they are not the
 * ones that the identity means: of another class, for another app, or for another tenant.
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
  // Not only instanceof: a subclass that is made for something else is not what was meant, either.
  if (!(made instanceof AppCredentials) || Object.getPrototypeOf(made) !== expected.prototype) {
    throw wrong(identity, `makes ${nameOf(made)} where ${expected.name} is meant`);
  }
  if (made.appId !== identity.appId) throw wrong(identity, 'signs in as another app');
  if (made instanceof MicrosoftAppCredentials) {
    if (!made.appPassword) throw wrong(identity, 'signs in without a secret');
    if (!made.oAuthEndpoint.endsWith(`/${identity.tenantId}`)) throw wrong(identity, 'signs in at another tenant');
  }
  if (await factory.isAuthenticationDisabled()) throw wrong(identity, 'asks nobody who writes to it for a token');
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
