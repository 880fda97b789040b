import type { AppCredentials } from 'botframework-connector';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import { createProbe, NotReadyError, type Probe } from '../domain/readiness.ts';
import type { RealIdentity } from './bot-credentials.ts';

/** Well below a token's life of an hour and more, so that a token that runs out is noticed before a person does. */
const againMs = 60_000;

/**
 * Asks whether a token for Teams' connector can be had: without one the bot reads everything and can say nothing.
 * botbuilder keeps a token until shortly before its end, so asking costs a call only when one is due.
 */
export function createTokenProbe(identity: RealIdentity, credentials: AppCredentials, clock: Clock, log: Log): Probe {
  const ask = async () => {
    try {
      await credentials.getToken();
      return null;
    } catch (error) {
      throw new NotReadyError(refusals[identity.kind], { cause: error });
    }
  };
  return createProbe({ name: 'identity', ask, clock, log, againMs });
}

const refusals: Readonly<Record<RealIdentity['kind'], string>> = {
  secret:
    'No token for Teams can be had, so the bot cannot answer. Check MICROSOFT_APP_PASSWORD (it may have run out), ' +
    'MICROSOFT_APP_ID and MICROSOFT_APP_TENANT_ID; the log has what Microsoft Entra ID answered.',
  'managed-identity':
    'No token for Teams can be had, so the bot cannot answer. Check that the managed identity whose client id is ' +
    'MICROSOFT_APP_ID is assigned to this web app; the log has what its token service answered.',
};
