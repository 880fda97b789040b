import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import { ManagedIdentityAppCredentials, MicrosoftAppCredentials } from 'botframework-connector';
import { describe, expect, it } from 'vitest';
import type { BotIdentity } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { systemClock } from '../../src/system-clock.ts';
import { createAdapter } from '../../src/teams/adapter.ts';
import {
  BotIdentityError,
  createCredentialsFactory,
  openCredentials,
  type RealIdentity,
} from '../../src/teams/bot-credentials.ts';

const appId = '6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11';
const tenantId = '0b7d3a52-6d4e-4a1e-9c55-5b8f3f0e2a11';
const secret: RealIdentity = { kind: 'secret', appId, tenantId, secret: 'very-secret' };
const managed: RealIdentity = { kind: 'managed-identity', appId, tenantId };
/** Every kind of identity with what must sign the bot's calls; a new kind does not compile without its line here. */
const kinds: {
  readonly [K in BotIdentity['kind']]: readonly [BotIdentity, (new (...args: never[]) => unknown) | null];
} = {
  local: [{ kind: 'local' }, null],
  secret: [secret, MicrosoftAppCredentials],
  'managed-identity': [managed, ManagedIdentityAppCredentials],
};
const log = createLog('error', { write: () => undefined });
/** As botbuilder makes credentials for each call: from the adapter's own factory. */
const factoryOf = (identity: BotIdentity) =>
  createAdapter(identity, { credentials: createCredentialsFactory(identity), clock: systemClock, log })
    .credentialsFactory;

describe('the credentials with which the bot writes to Teams', () => {
  it.each(Object.entries(kinds))(
    'are of the right class for the identity kind %s',
    async (_kind, [identity, meant]) => {
      // As botbuilder makes them for each call: from the adapter's own factory.
      const credentialsFactory = factoryOf(identity);
      if (identity.kind === 'local') {
        expect(await credentialsFactory.isAuthenticationDisabled()).toBe(true);
        return;
      }
      expect(await credentialsFactory.isAuthenticationDisabled()).toBe(false);
      const credentials = await openCredentials(identity, credentialsFactory);
      expect(credentials.constructor).toBe(meant);
      expect(credentials).toMatchObject({ appId, oAuthScope: 'https://api.botframework.com' });
      expect(await credentialsFactory.isValidAppId(tenantId)).toBe(false);
    },
  );

  it('sign in with a secret at the bot’s own tenant', async () => {
    const credentials = await openCredentials(secret, factoryOf(secret));
    expect(credentials).toMatchObject({
      appPassword: 'very-secret',
      oAuthEndpoint: `https://login.microsoftonline.com/${tenantId}`,
    });
  });

  it.each([
    ['a word that botbuilder does not know', { MicrosoftAppType: 'MSI' }, managed],
    ['another of its words', { MicrosoftAppType: 'MultiTenant' }, managed],
    ['no word', {}, secret],
    [
      'a kind that signs in elsewhere',
      { MicrosoftAppType: 'MultiTenant', MicrosoftAppPassword: 'very-secret' },
      secret,
    ],
    ['the other kind', { MicrosoftAppType: 'UserAssignedMSI' }, secret],
    ['another app', { MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppId: tenantId }, managed],
    [
      'another tenant',
      { MicrosoftAppType: 'SingleTenant', MicrosoftAppTenantId: appId, MicrosoftAppPassword: 'very-secret' },
      secret,
    ],
  ])('do not open, so that nothing starts, for %s', async (_case, wrong, identity) => {
    const options = { MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId, ...wrong };
    const factory = new ConfigurationServiceClientCredentialFactory(options);
    await expect(openCredentials(identity, factory)).rejects.toThrow();
    const told = await openCredentials(identity, factory).catch((error: unknown) => error);
    expect(String(told)).not.toContain('very-secret');
    if (told instanceof BotIdentityError) expect(told.message).toContain('Nothing was started');
  });
});
