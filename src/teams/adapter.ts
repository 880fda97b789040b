import { TeamsAdapter } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { Request, Response } from 'restify';
import type { BotIdentity } from '../config.ts';
import type { Log } from '../domain/log.ts';
import { createCredentialsFactory } from './bot-credentials.ts';

/** The bot's app id; empty in local mode, where nobody authenticates. */
export function appIdOf(identity: BotIdentity): string {
  return identity.kind === 'local' ? '' : identity.appId;
}

/**
 * Makes botbuilder's adapter. With an app id it refuses every activity that Teams' connector has not signed;
 * without one (local mode) it accepts all, which is why the server then listens on loopback only.
 */
export function createAdapter(identity: BotIdentity, log: Log): TeamsAdapter {
  const adapter = new TeamsAdapter({}, createCredentialsFactory(identity));
  adapter.onTurnError = async (context, error) => {
    log.error('a turn failed', error, { activity: context.activity.type });
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
      .catch((cause: unknown) => log.error('the failure could not be told', cause));
  };
  return adapter;
}

/** Hands one HTTP request to the adapter, which authenticates it. Rejects when the body is no activity at all. */
export async function receive(
  adapter: TeamsAdapter,
  request: Request,
  response: Response,
  logic: (context: TurnContext) => Promise<void>,
): Promise<void> {
  // botbuilder describes restify's request with types of its own that differ in optional properties only.
  await adapter.process(request as unknown as Parameters<TeamsAdapter['process']>[0], response, logic);
}
