import { TeamsAdapter } from '@microsoft/teams-ai';
import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import { type AuthenticateRequestResult, AuthenticationConstants, ClaimsIdentity } from 'botframework-connector';
import type { Request, Response } from 'restify';
import type { BotIdentity } from '../config.ts';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/logger.ts';
import { type Authenticator, createAuthenticator, RefusedActivityError } from './authentication.ts';
import type { createCredentialsFactory } from './bot-credentials.ts';
import { signInRefused, toConnectorError } from './connector.ts';
import { limitConnectorCalls } from './connector-client.ts';
import { type ConnectorWatch, watchConnectors } from './connector-watch.ts';

/** The bot's app id; empty in local mode, where nobody authenticates. */
export function appIdOf(identity: BotIdentity): string {
  return identity.kind === 'local' ? '' : identity.appId;
}

/** The dependencies of an adapter. */
export interface AdapterParts {
  /** botbuilder's factory of the credentials that sign each call. */
  readonly credentials: ReturnType<typeof createCredentialsFactory>;
  readonly clock: Clock;
  readonly log: Log;
  /** Notified of each answer of Teams' connector to the bot's sign-in. */
  readonly watch?: ConnectorWatch;
  /** Fetches the Bot Framework's signing keys. */
  readonly fetcher?: typeof fetch;
}

/** botbuilder's adapter with this bot's own authentication of incoming activities; rejections are logged. */
export interface BotAdapter extends TeamsAdapter {
  /** Processes one activity and returns the invoke's answer. Rejects with RefusedActivityError when it is not from Teams. */
  take(
    authorization: string | undefined,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined>;
}

/**
 * Creates the adapter. With an app id it rejects every activity that is not signed by the Bot Framework for this app;
 * without one (local mode) it accepts all, which is why the server then listens on loopback only.
 */
export function createAdapter(
  identity: BotIdentity,
  { credentials, clock, log, watch, fetcher }: AdapterParts,
): BotAdapter {
  const authenticate = identity.kind === 'local' ? null : createAuthenticator(identity.appId, clock, fetcher);
  const adapter = new AuthenticatingAdapter(identity, credentials, authenticate, watch ?? null);
  adapter.use(limitConnectorCalls(adapter.ConnectorClientKey));
  adapter.onTurnError = async (context, error) => {
    const { status } = toConnectorError(error);
    log.error('a turn failed', error, {
      activity: context.activity.type,
      ...(status === null ? {} : { status }),
      ...(status === 401 ? { because: signInRefused } : {}),
    });
    if (context.activity.type === 'invoke') {
      const value =
        'Something went wrong on my side. Write "status" in a few minutes to see whether anything was done.';
      await context.sendActivity({
        type: 'invokeResponse',
        value: { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value } },
      });
      return;
    }
    if (context.activity.type !== 'message') return;
    await context
      .sendActivity(
        'Something went wrong on my side. Please try again in a few minutes; "status" shows whether anything was recorded.',
      )
      .catch((cause: unknown) => log.error('could not send the error message', cause));
  };
  return adapter;
}

class AuthenticatingAdapter extends TeamsAdapter implements BotAdapter {
  readonly #identity: BotIdentity;
  readonly #authenticate: Authenticator | null;

  constructor(
    identity: BotIdentity,
    credentials: AdapterParts['credentials'],
    authenticate: Authenticator | null,
    watch: ConnectorWatch | null,
  ) {
    super({}, credentials);
    this.#identity = identity;
    this.#authenticate = authenticate;
    if (watch) watchConnectors(this.botFrameworkAuthentication, watch);
  }

  async take(
    authorization: string | undefined,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    await this.#authenticate?.(authorization, activity);
    return await this.processActivity(this.#proven(activity.serviceUrl), activity, logic);
  }

  /** What botbuilder's own check would return for an activity that is authenticated. */
  #proven(serviceUrl: string): AuthenticateRequestResult {
    const appId = appIdOf(this.#identity);
    const claims = new ClaimsIdentity(
      appId === ''
        ? []
        : [
            { type: AuthenticationConstants.AudienceClaim, value: appId },
            { type: AuthenticationConstants.ServiceUrlClaim, value: serviceUrl },
          ],
      true,
    );
    return {
      audience: AuthenticationConstants.ToChannelFromBotOAuthScope,
      claimsIdentity: claims,
      connectorFactory: this.botFrameworkAuthentication.createConnectorFactory(claims),
    };
  }
}

/** Log throttling: the shortest time between two entries of one reason, in milliseconds, so that strangers cannot flood the log. */
const logGapMs = 60_000;

/** Handles requests to the bot's endpoint: passes each activity to the adapter and logs rejections. */
export function createReceiver(
  adapter: BotAdapter,
  { clock, log }: Pick<AdapterParts, 'clock' | 'log'>,
): (request: Request, response: Response, logic: (context: TurnContext) => Promise<void>) => Promise<void> {
  const refusals = new Map<string, { loggedAt: number; since: number }>();
  const logRefusal = ({ reason, status, cause }: RefusedActivityError) => {
    const earlier = refusals.get(reason) ?? { loggedAt: Number.NEGATIVE_INFINITY, since: 0 };
    earlier.since += 1;
    refusals.set(reason, earlier);
    if (clock.now() - earlier.loggedAt < logGapMs) return;
    const times = earlier.since;
    refusals.set(reason, { loggedAt: clock.now(), since: 0 });
    if (status === 503) log.error('activities rejected', cause, { reason, status, times });
    else log.warn('activities rejected', { reason, status, times });
  };
  return async (request, response, logic) => {
    const activity = readActivity(request.body);
    if (activity === null) {
      response.send(400, { message: 'The body is not a Bot Framework activity.' });
      return;
    }
    try {
      const answer = await adapter.take(request.headers.authorization, activity, logic);
      response.send(answer?.status ?? 200, answer?.body);
    } catch (error) {
      if (error instanceof RefusedActivityError) {
        logRefusal(error);
        response.send(error.status, { message: 'This activity was not accepted.' });
        return;
      }
      log.error('activity failed', error);
      response.send(500, { message: 'Something went wrong.' });
    }
  };
}

const times = ['timestamp', 'localTimestamp', 'expiration'] as const;

/** The body as an activity, with times as dates, as botbuilder's own reader parses it; null when it is not an activity. */
function readActivity(body: unknown): Activity | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const activity = body as Activity & { rawTimestamp?: string; rawLocalTimestamp?: string; rawExpiration?: string };
  if (typeof activity.type !== 'string' || activity.type === '') return null;
  for (const name of times) {
    const given: unknown = activity[name];
    if (typeof given !== 'string') continue;
    activity[`raw${name.charAt(0).toUpperCase()}${name.slice(1)}` as 'rawTimestamp'] = given;
    activity[name] = new Date(given);
  }
  return activity;
}
