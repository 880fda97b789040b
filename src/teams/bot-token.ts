import type { AppCredentials } from 'botframework-connector';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/logger.ts';
import { createProbe, NotReadyError, type Probe } from '../domain/readiness.ts';
import type { RealIdentity } from './bot-credentials.ts';
import type { ConnectorWatch } from './connector-watch.ts';

/** Well below a token's life of an hour and more, so that a token that runs out is noticed before a person does. */
const againMs = 60_000;

/**
 * Asks whether the bot can speak: whether a token for Teams' connector can be had and whether the connector takes it.
 * Without both the bot reads everything and can say nothing. botbuilder keeps a token until shortly before its end, so
 * asking costs a call only when one is due; the connector is asked only after it has answered 401 to something.
 */
export function createIdentityProbe(
  identity: RealIdentity,
  credentials: Pick<AppCredentials, 'getToken'>,
  clock: Clock,
  log: Log,
): Probe & ConnectorWatch {
  /** Calls the connector again as the call did that it answered 401 to last; null when it takes the bot's calls. */
  let refused: (() => Promise<unknown>) | null = null;
  const ask = async () => {
    try {
      // A token that is refused may be of before a repair; the next one need not be.
      await credentials.getToken(refused !== null);
    } catch (error) {
      throw new NotReadyError(noToken[identity.kind], { cause: error });
    }
    // Its answer comes to this probe as that of every other call does.
    const failure = await refused?.().catch((error: unknown) => error);
    if (refused !== null) throw new NotReadyError(notTaken, { cause: failure });
    return null;
  };
  const probe = createProbe({ name: 'identity', ask, clock, log, silence: noToken[identity.kind], againMs });
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
    'No token for Teams can be had, so the bot cannot answer. Check MICROSOFT_APP_PASSWORD (it may have run out), ' +
    'MICROSOFT_APP_ID and MICROSOFT_APP_TENANT_ID; the log has what Microsoft Entra ID answered.',
  'managed-identity':
    'No token for Teams can be had, so the bot cannot answer. Check that the managed identity whose client id is ' +
    'MICROSOFT_APP_ID is assigned to this web app; the log has what its token service answered.',
};
