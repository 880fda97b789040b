import type { AppCredentials } from 'botframework-connector';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/logger.ts';
import { createProbe, NotReadyError, type Probe } from '../domain/readiness.ts';
import type { RealIdentity } from './bot-credentials.ts';
import type { ConnectorWatch } from './connector-watch.ts';

/** Interval of the check: well below a token's lifetime of at least an hour, so that the probe fails before users are affected. */
const intervalMs = 60_000;

/**
 * Readiness probe for outgoing messages: whether a token for Teams' connector is available and whether the connector
 * accepts it. Without both the bot can read but not answer. botbuilder caches a token until shortly before it expires,
 * so a check rarely costs a call; the connector is called only after it has answered 401 to something.
 */
export function createIdentityProbe(
  identity: RealIdentity,
  credentials: Pick<AppCredentials, 'getToken'>,
  clock: Clock,
  log: Log,
): Probe & ConnectorWatch {
  /** Repeats a harmless call to the connector after it answered 401; null while the connector accepts the bot's calls. */
  let refused: (() => Promise<unknown>) | null = null;
  const ask = async () => {
    try {
      // After a 401 the cache is bypassed: its token may date from before the configuration was repaired.
      await credentials.getToken(refused !== null);
    } catch (error) {
      throw new NotReadyError(noToken[identity.kind], { cause: error });
    }
    // Success resets `refused` through `authorized`, as for every other call.
    const failure = await refused?.().catch((error: unknown) => error);
    if (refused !== null) throw new NotReadyError(notTaken, { cause: failure });
    return null;
  };
  const probe = createProbe({ name: 'identity', ask, clock, log, silence: noToken[identity.kind], intervalMs });
  return {
    ...probe,
    unauthorized: (error, again) => {
      refused = again;
      probe.doubt(new NotReadyError(notTaken, { cause: error }));
    },
    authorized: () => {
      if (refused === null) return;
      refused = null;
      probe.askAgain();
    },
  };
}

const notTaken =
  'Teams does not accept the bot’s identity (its connector answers 401), so the bot cannot answer. Check that ' +
  'MICROSOFT_APP_ID, MICROSOFT_APP_TENANT_ID and MICROSOFT_APP_TYPE are those of the bot’s registration.';

const noToken: Readonly<Record<RealIdentity['kind'], string>> = {
  secret:
    'The bot cannot get a token for Teams, so it cannot answer. Check MICROSOFT_APP_PASSWORD (it may have expired), ' +
    'MICROSOFT_APP_ID and MICROSOFT_APP_TENANT_ID; the log shows what Microsoft Entra ID answered.',
  'managed-identity':
    'The bot cannot get a token for Teams, so it cannot answer. Check that the managed identity whose client id is ' +
    'MICROSOFT_APP_ID is assigned to this web app; the log shows what its token service answered.',
};
