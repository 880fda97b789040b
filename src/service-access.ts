import { DefaultAzureCredential, type TokenCredential } from '@azure/identity';
import type { createArchiveStorage } from './archive/storage.ts';
import { createFileSigner } from './audit/file-signer.ts';
import type { ResourceManagerSettings } from './azure/arm/arm-transport.ts';
import { createVaultSigner } from './azure/key-vault/vault-signer.ts';
import {
  ConfigurationError,
  type GraphAccess,
  type ResourceManagerAccess,
  type Settings,
  type StorageSettings,
} from './config.ts';
import type { GraphSettings } from './directory/graph-settings.ts';
import type { AnchorSigner } from './domain/anchor-signer.ts';
import type { Clock } from './domain/clock.ts';
import { groupsIn } from './domain/directory-groups.ts';
import { signInWithin } from './domain/sign-in.ts';
import { createLanguageModel, type LanguageModel } from './language-model/model.ts';
import { entriesOfSettings } from './requests/role-members.ts';

/** Addresses and credentials of the services that Steward uses. */
export interface ServiceAccess {
  readonly storage: Parameters<typeof createArchiveStorage>[0];
  readonly resourceManager: ResourceManagerSettings | null;
  /** Microsoft Graph for exports of directory data. */
  readonly graph: GraphSettings | null;
  /** Microsoft Graph for the members of groups. */
  readonly groups: GraphSettings | null;
  /** Microsoft Graph for the state of accounts. */
  readonly accounts: GraphSettings | null;
  readonly languageModel: LanguageModel | null;
  /** Signs heads of the record; null without a key. */
  readonly signer: AnchorSigner | null;
}

/**
 * One credential for all of Azure, so that its token cache is shared; the emulators have their own. Throws
 * ConfigurationError when a group is named and there is no access to Microsoft Graph.
 */
export function serviceAccess(settings: Settings, clock: Clock): ServiceAccess {
  const credential = azureCredential(settings.azureClientId);
  return {
    storage: storageOptions(settings.storage, credential, clock),
    resourceManager: settings.resourceManager ? signedIn(settings.resourceManager, credential, clock) : null,
    graph: settings.directoryExport ? signedIn(settings.directoryExport, credential, clock) : null,
    groups: groupAccess(settings, credential, clock),
    accounts: settings.accounts ? signedIn(settings.accounts, credential, clock) : null,
    signer: signerOf(settings.signingKey, credential),
    languageModel: settings.languageModel ? createLanguageModel(settings.languageModel, { credential, clock }) : null,
  };
}

/** The machine's identity in Azure, or a developer's, with a time-out for getting a token. */
export function azureCredential(managedIdentityClientId: Settings['azureClientId'], limitMs?: number): TokenCredential {
  const credential = new DefaultAzureCredential(managedIdentityClientId ? { managedIdentityClientId } : {});
  return {
    getToken: (scopes, options) => signInWithin(() => credential.getToken(scopes, options), limitMs),
  };
}

function signerOf(key: Settings['signingKey'], credential: TokenCredential): AnchorSigner | null {
  if (key === undefined) return null;
  return key.kind === 'file' ? createFileSigner(key.key) : createVaultSigner(key, credential);
}

function groupAccess(settings: Settings, credential: TokenCredential, clock: Clock): GraphSettings | null {
  const [named] = groupsIn(entriesOfSettings(settings.requests));
  if (named === undefined) return null;
  if (settings.groups) return signedIn(settings.groups, credential, clock);
  throw new ConfigurationError(
    `The configuration names the group ${named}, but Steward has no access to Microsoft Graph, which knows who is in it. ` +
      'Name people instead, or give it access to Microsoft Graph.',
  );
}

function storageOptions(
  settings: StorageSettings,
  credential: TokenCredential,
  clock: Clock,
): ServiceAccess['storage'] {
  const shared = { url: settings.accountUrl, container: settings.container, clock };
  return settings.kind === 'azure'
    ? { ...shared, allowHttp: false, signIn: { kind: 'entra', credential } }
    : {
        ...shared,
        allowHttp: true,
        signIn: { kind: 'key', accountName: settings.accountName, accountKey: settings.accountKey },
      };
}

function signedIn(access: ResourceManagerAccess | GraphAccess, credential: TokenCredential, clock: Clock) {
  const { endpoint } = access;
  if (access.kind === 'azure') return { endpoint, credential };
  const getToken = async () => ({ token: access.token, expiresOnTimestamp: clock.now() + 3_600_000 });
  return { endpoint, credential: { getToken } };
}
