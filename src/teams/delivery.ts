import type { Activity } from 'botbuilder';
import { type KnownConversation, recall, recallConversation, rememberPersonalChat } from '../requests/contacts.ts';
import {
  abandonCard,
  claimCard,
  type FailureScope,
  type OutboxCard,
  postponeCard,
  recordDelivery,
  repost,
  reserveSend,
  revive,
} from '../requests/outbox.ts';
import { type RequestReport, reportRequest } from '../requests/report.ts';
import { cardMessage, plainStep } from './card-message.ts';
import { type Connector, ConnectorError, signInRefused } from './connector.ts';
import {
  classifyStatus,
  informOthersAfter,
  isRetryBudgetUsedUp,
  longestProbeMs,
  retryDelayMs,
  type StatusClass,
  sendingLimits,
} from './limits.ts';
import type { TeamsServices } from './teams-services.ts';

/** After this many answers that a message is gone, it is posted again; a single one may be an error of the service. */
const goneAfter = 3;

/** After this many consecutive failures to render a complete card, the fallback that was sent is final. */
const mostRenderAttempts = 30;

/** What an answer says has failed: the card, its conversation, or the whole service. */
const scopes: Readonly<Record<StatusClass, FailureScope>> = {
  'too-large': 'card',
  'not-accepted': 'card',
  'no-entry': 'conversation',
  'too-fast': 'conversation',
  'not-now': 'service',
};

/**
 * Sends or updates one card of the outbox, rendered from the request's current state. Failures are retried with backoff.
 * After several failures others are informed; in the end the card is abandoned until its conversation can be reached
 * again. Each failure is logged, and an abandoned card keeps its row.
 */
export async function deliver(services: TeamsServices, connector: Connector, cardId: number): Promise<void> {
  const card = await claimCard(services, cardId, sendingLimits);
  if (card === null) return;
  const report = await reportRequest(services, card.requestNumber);
  if (report === null) return giveUp(services, card, 'its request is gone');
  try {
    const conversation = await conversationFor(services, connector, card, report);
    if (conversation === null) return await giveUp(services, card, 'no conversation is known');
    const sent = await send(services, connector, card, report, conversation);
    if (sent === null) return await retryWhole(services, card);
    await markDelivered(services, card, report, conversation, sent);
  } catch (error) {
    await recover(services, connector, card, report, error);
  }
}

interface Sent {
  readonly activityId: string;
  readonly step: number;
  readonly degraded: boolean;
}

/**
 * Posts the card, or updates its message, in smaller sizes while Teams answers that it is too large. Null when only a
 * fallback can be rendered and Teams already shows that. Throws the error of the last attempt.
 */
async function send(
  services: TeamsServices,
  connector: Connector,
  card: OutboxCard,
  report: RequestReport,
  conversation: KnownConversation,
): Promise<Sent | null> {
  // A card may be smaller than last time, so each update starts one size larger than the last.
  for (let step = Math.max(0, card.sizeStep - 1); ; step += 1) {
    const { message, degraded } = await cardMessage(services, report, card, step);
    if (degraded && card.degraded && card.activityId !== null) {
      // A card that could not be rendered for hours never will be; the fallback text has been sent.
      return card.attempts < mostRenderAttempts ? null : { activityId: card.activityId, step, degraded: false };
    }
    try {
      return { activityId: await put(connector, card, conversation, message), step, degraded };
    } catch (error) {
      const answered = error instanceof ConnectorError ? classifyStatus(error.status) : null;
      if (step >= plainStep || (answered !== 'too-large' && answered !== 'not-accepted')) throw error;
      services.log.warn('card rejected by Teams, sending a smaller one', {
        ...facts(card),
        status: statusOf(error),
        step,
      });
      // The rejected call counts against the conversation's rate limit, too.
      await reserveSend(services, conversation.id, sendingLimits);
    }
  }
}

async function put(
  connector: Connector,
  card: OutboxCard,
  conversation: KnownConversation,
  message: Partial<Activity>,
): Promise<string> {
  const { activityId } = card;
  if (activityId === null || conversation.id !== card.conversationId) return connector.post(conversation, message);
  await connector.update(conversation, activityId, message);
  return activityId;
}

async function markDelivered(
  services: TeamsServices,
  card: OutboxCard,
  { request }: RequestReport,
  conversation: KnownConversation,
  { activityId, step, degraded }: Sent,
): Promise<void> {
  const delivered = { conversationId: conversation.id, activityId, sizeStep: step, degraded };
  // The requester's card may say that the approvers have been asked only after this delivery.
  const tellOthers = card.audience === 'approvers' && request.state === 'awaiting-approval';
  await recordDelivery(services, card, delivered, tellOthers);
  if (degraded) await retryWhole(services, card);
  services.log.info('card delivered', { ...facts(card), state: request.state, version: request.version, step });
  await revive(services, { conversationIds: [conversation.id], serviceUrl: serviceUrlOf(conversation) });
}

/** Keeps the complete card in the outbox and retries it. */
function retryWhole(services: TeamsServices, card: OutboxCard): Promise<void> {
  return postpone(services, card, 'card', null, false);
}

async function conversationFor(
  services: TeamsServices,
  connector: Connector,
  card: OutboxCard,
  report: RequestReport,
): Promise<KnownConversation | null> {
  if (card.conversationId !== null) return recallConversation(services, card.conversationId);
  return card.audience === 'requester' ? openPersonalChat(services, connector, report) : null;
}

async function openPersonalChat(
  services: TeamsServices,
  connector: Connector,
  { request }: RequestReport,
  /** A personal chat that the bot can no longer write into. */
  closed: string | null = null,
): Promise<KnownConversation | null> {
  const { requester, originConversationId } = request;
  const [known, origin] = await Promise.all([
    recall(services, requester.tenantId, requester.objectId),
    recallConversation(services, originConversationId),
  ]);
  if (!known || !origin) return null;
  if (known.personalConversationId !== null && known.personalConversationId !== closed) {
    const met = await recallConversation(services, known.personalConversationId);
    if (met) return met;
  }
  const opened = await connector.openPersonalChat(origin, known.channelUserId);
  await rememberPersonalChat(services, requester, opened);
  return opened;
}

/** Chooses the reaction to a failure: retry, post again, another chat, or abandon the card. */
async function recover(
  services: TeamsServices,
  connector: Connector,
  card: OutboxCard,
  report: RequestReport,
  error: unknown,
): Promise<void> {
  const attempt = card.attempts + 1;
  // An error that is not an answer of Teams has been logged where the card was rendered.
  if (!(error instanceof ConnectorError)) return postpone(services, card, 'card', null, attempt >= informOthersAfter);
  const answered = classifyStatus(error.status);
  services.log.warn('card delivery failed', {
    ...facts(card),
    status: error.status,
    attempt,
    ...(error.status === 401 ? { because: signInRefused } : {}),
  });
  if (answered === 'no-entry' && card.activityId !== null && error.status !== 403) {
    // Either the message or the conversation is gone; the first is more likely, and posting again shows which.
    return attempt < goneAfter ? postpone(services, card, 'card', error, false) : repost(services, card);
  }
  if (answered === 'no-entry' && card.audience === 'requester' && card.conversationId !== null) {
    if (attempt >= goneAfter && (await moveToOtherChat(services, connector, card, report))) return;
  }
  const failingMs = card.failingSince === null ? 0 : services.clock.now() - card.failingSince.getTime();
  if (isRetryBudgetUsedUp(answered, attempt, failingMs)) {
    return giveUp(services, card, `Teams answered ${error.status ?? 'nothing'} ${attempt} times`);
  }
  await postpone(services, card, scopes[answered], error, attempt >= informOthersAfter);
}

/** The bot was removed from that chat, but Teams may let it open another with the person. True when that worked. */
async function moveToOtherChat(
  services: TeamsServices,
  connector: Connector,
  card: OutboxCard,
  report: RequestReport,
): Promise<boolean> {
  try {
    const opened = await openPersonalChat(services, connector, report, card.conversationId);
    if (opened === null || opened.id === card.conversationId) return false;
    const sent = await send(services, connector, { ...card, activityId: null }, report, opened);
    if (sent === null) return false;
    await markDelivered(services, card, report, opened, sent);
    return true;
  } catch (error) {
    services.log.warn('could not open another chat', { ...facts(card), status: statusOf(error) });
    return false;
  }
}

async function postpone(
  services: TeamsServices,
  card: OutboxCard,
  scope: FailureScope,
  error: ConnectorError | null,
  unreached: boolean,
): Promise<void> {
  const attempt = card.attempts + 1;
  const retryAfterMs = error?.retryAfterMs ?? null;
  const delays = {
    first: retryDelayMs(attempt, services.random(), retryAfterMs, longestProbeMs),
    other: retryDelayMs(attempt, services.random(), retryAfterMs),
  };
  await postponeCard(services, card, { scope, delays, unreached });
  if (unreached && card.unreachedSince === null) {
    services.log.warn('recipients not reached, informing others', { ...facts(card), attempt });
  }
}

async function giveUp(services: TeamsServices, card: OutboxCard, reason: string): Promise<void> {
  await abandonCard(services, card, reason);
  services.log.warn('card delivery abandoned until its conversation can be reached', {
    ...facts(card),
    reason,
    attempts: card.attempts + 1,
  });
}

function facts({ requestNumber, audience }: OutboxCard) {
  return { request: requestNumber, audience };
}

function statusOf(error: unknown): number | null {
  return error instanceof ConnectorError ? error.status : null;
}

function serviceUrlOf({ reference }: KnownConversation): string | null {
  const { serviceUrl } = reference as { serviceUrl?: unknown };
  return typeof serviceUrl === 'string' ? serviceUrl : null;
}
