import type { TeamsAdapter } from '@microsoft/teams-ai';
import { type Activity, type ConversationReference, TeamsInfo, TurnContext } from 'botbuilder';
import { retryAfterMs } from '../domain/retry-after.ts';
import { isSignInFailure } from '../domain/sign-in.ts';
import type { KnownConversation } from '../requests/contacts.ts';

/** The meaning of status 401, for operators. */
export const signInRefused = 'Teams does not accept the bot’s own sign-in: check its app id, tenant and identity';

/** A call to Teams' connector failed. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  /** HTTP status; null without an answer. */
  readonly status: number | null;
  readonly retryAfterMs: number | null;

  constructor(status: number | null, retryAfterMs: number | null, cause: unknown) {
    super(status === null ? 'Teams did not answer' : `Teams answered ${status}`, { cause });
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Proactive messages: writes into conversations outside of a turn. All methods throw ConnectorError. */
export interface Connector {
  /** Posts a message and returns its id. */
  post(conversation: KnownConversation, message: Partial<Activity>): Promise<string>;
  /** Replaces a message for everybody in the conversation. */
  update(conversation: KnownConversation, activityId: string, message: Partial<Activity>): Promise<void>;
  /** Opens (or finds) the bot's personal chat with a person known from the conversation `where`. */
  openPersonalChat(where: KnownConversation, channelUserId: string): Promise<KnownConversation>;
  /** Whether a person is a member of a conversation. */
  isMember(conversation: KnownConversation, channelUserId: string): Promise<boolean>;
}

/** Timeout of a call into a conversation, including the sign-in, in milliseconds. */
const longestCallMs = 15_000;

/**
 * Writes through botbuilder's adapter. `appId` is empty in local mode. A call without an answer within `timeoutMs` fails
 * with the status null; it is then unknown whether it had an effect.
 */
export function createConnector(adapter: TeamsAdapter, appId: string, timeoutMs = longestCallMs): Connector {
  const connector = plainConnector(adapter, appId);
  return {
    post: (conversation, message) => within(timeoutMs, connector.post(conversation, message)),
    update: (conversation, id, message) => within(timeoutMs, connector.update(conversation, id, message)),
    openPersonalChat: (where, user) => within(timeoutMs, connector.openPersonalChat(where, user)),
    isMember: (conversation, user) => within(timeoutMs, connector.isMember(conversation, user)),
  };
}

/** A timeout for a call that cannot be aborted. */
function within<Result>(timeoutMs: number, call: Promise<Result>): Promise<Result> {
  const limit = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const onLimit = () => reject(new ConnectorError(null, null, new Error(`no answer in ${timeoutMs} ms`)));
    limit.addEventListener('abort', onLimit, { once: true });
    call.then(resolve, reject).finally(() => limit.removeEventListener('abort', onLimit));
  });
}

function plainConnector(adapter: TeamsAdapter, appId: string): Connector {
  return {
    post: async (conversation, message) => {
      let id = '';
      await proactively(adapter, appId, conversation, async (context) => {
        id = (await context.sendActivity(message))?.id ?? '';
      });
      return id;
    },
    update: (conversation, activityId, message) =>
      proactively(adapter, appId, conversation, async (context) => {
        await context.updateActivity({ ...message, id: activityId });
      }),
    openPersonalChat: (where, channelUserId) => openPersonalChat(adapter, appId, where, channelUserId),
    isMember: async (conversation, channelUserId) => {
      let found = false;
      await proactively(adapter, appId, conversation, async (context) => {
        found = Boolean(await TeamsInfo.getMember(context, channelUserId));
      }).catch((error: unknown) => {
        if (!(error instanceof ConnectorError) || error.status !== 404) throw error;
      });
      return found;
    },
  };
}

/** Runs a turn in a conversation without an activity of its people. Throws ConnectorError. */
export function proactively(
  adapter: TeamsAdapter,
  appId: string,
  conversation: KnownConversation,
  logic: (context: TurnContext) => Promise<void>,
): Promise<void> {
  // Without the activity id; otherwise every message would become a reply to that activity.
  const { activityId: _activityId, ...reference } = conversation.reference as Partial<ConversationReference>;
  return throwingErrors((settle) =>
    adapter.continueConversationAsync(appId, reference, async (context: TurnContext) => settle(() => logic(context))),
  );
}

async function openPersonalChat(
  adapter: TeamsAdapter,
  appId: string,
  where: KnownConversation,
  channelUserId: string,
): Promise<KnownConversation> {
  const reference = where.reference as Partial<ConversationReference>;
  const tenantId = where.tenantId;
  let opened: KnownConversation | null = null;
  await throwingErrors((settle) =>
    adapter.createConversationAsync(
      appId,
      reference.channelId ?? 'msteams',
      reference.serviceUrl ?? '',
      'https://api.botframework.com',
      {
        isGroup: false,
        bot: reference.bot ?? { id: appId, name: '' },
        members: [{ id: channelUserId, name: '' }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
        // botbuilder's type asks for a first message, Teams for none.
      } as Parameters<TeamsAdapter['createConversationAsync']>[4],
      async (context: TurnContext) =>
        settle(async () => {
          const created = TurnContext.getConversationReference(context.activity);
          const id = context.activity.conversation.id;
          opened = {
            id,
            tenantId,
            kind: 'personal',
            reference: {
              ...created,
              channelId: reference.channelId ?? 'msteams',
              conversation: { id, conversationType: 'personal', isGroup: false, tenantId, name: '' },
            },
          };
        }),
    ),
  );
  if (opened === null) throw new ConnectorError(null, null, new Error('no conversation was opened'));
  return opened;
}

/**
 * Runs a proactive turn and throws its error. botbuilder passes errors of a turn to `onTurnError`, which answers a
 * person; here nobody is waiting for an answer, so errors are caught inside the turn and thrown to the caller.
 */
async function throwingErrors(
  turn: (settle: (work: () => Promise<void>) => Promise<void>) => Promise<void>,
): Promise<void> {
  let failure: unknown;
  try {
    await turn(async (work) => {
      try {
        await work();
      } catch (error) {
        failure = error;
      }
    });
  } catch (error) {
    failure = error;
  }
  if (failure !== undefined) throw toConnectorError(failure);
}

/** Reads status and Retry-After from any error that botframework-connector throws. */
export function toConnectorError(error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error;
  // The sign-in failed before Teams was called, so its status is not an answer of Teams.
  if (isSignInFailure(error)) return new ConnectorError(null, null, error);
  const { statusCode, response } = (error ?? {}) as {
    statusCode?: unknown;
    response?: { status?: unknown; headers?: { get?: (name: string) => string | undefined } };
  };
  const status = typeof statusCode === 'number' ? statusCode : response?.status;
  // Teams names a pause in seconds; a date counts as none, since no clock is at hand.
  return new ConnectorError(
    typeof status === 'number' ? status : null,
    retryAfterMs((name) => response?.headers?.get?.(name), Number.POSITIVE_INFINITY) || null,
    error,
  );
}
