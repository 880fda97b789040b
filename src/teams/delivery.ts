import { type Activity, CardFactory, MessageFactory } from 'botbuilder';
import { type KnownConversation, recall, recallConversation, rememberPersonalChat } from '../requests/acquaintances.ts';
import { abandonCard, claimCard, type OwedCard, postponeCard, settleCard } from '../requests/deliveries.ts';
import { type RequestReport, reportRequest } from '../requests/report.ts';
import { type Connector, ConnectorError } from './connector.ts';
import { isWorthRetrying, retryDelayMs, sendingLimits } from './limits.ts';
import { requestCard } from './request-card.ts';
import type { TeamsServices } from './services.ts';

/** After so many failed calls in a row a card is given up. */
const mostAttempts = 20;

/**
 * Sends or updates one owed card, rendered from the request as it stands now. What fails is tried again later or,
 * when Teams says that the conversation is closed to the bot, on another way to the person.
 */
export async function deliver(services: TeamsServices, connector: Connector, cardId: number): Promise<void> {
  const card = await claimCard(services, cardId, sendingLimits);
  if (card === null) return;
  const report = await reportRequest(services, card.requestNumber);
  if (report === null) return abandonCard(services, card, 'its request is gone');
  try {
    const conversation = await conversationFor(services, connector, card, report);
    if (conversation === null) return await abandonCard(services, card, 'no conversation is known');
    const message = messageWith(await requestCard(services, report, card.audience));
    let activityId = card.activityId;
    if (activityId === null || conversation.id !== card.conversationId) {
      activityId = await connector.post(conversation, message);
    } else {
      await connector.update(conversation, activityId, message);
    }
    await settleCard(services, card, conversation.id, activityId);
    services.log.info('a card was delivered', {
      request: card.requestNumber,
      audience: card.audience,
      state: report.request.state,
      version: report.request.version,
    });
  } catch (error) {
    if (!(error instanceof ConnectorError)) {
      services.log.error('a card could not be made', error, { request: card.requestNumber, audience: card.audience });
      return await postponeCard(services, card, retryDelayMs(card.attempts + 1, services.random(), null), false);
    }
    await recover(services, connector, card, report, error);
  }
}

/** A message that holds one card. */
export function messageWith({ card, summary }: { card: object; summary: string }): Partial<Activity> {
  const message = MessageFactory.attachment(CardFactory.adaptiveCard(card));
  return { ...message, summary };
}

async function conversationFor(
  services: TeamsServices,
  connector: Connector,
  card: OwedCard,
  report: RequestReport,
): Promise<KnownConversation | null> {
  if (card.conversationId !== null) return recallConversation(services, card.conversationId);
  return card.audience === 'requester' ? openPersonalChat(services, connector, report) : null;
}

async function openPersonalChat(
  services: TeamsServices,
  connector: Connector,
  { request }: RequestReport,
  /** A personal chat that Teams has just closed to the bot. */
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

async function recover(
  services: TeamsServices,
  connector: Connector,
  card: OwedCard,
  report: RequestReport,
  error: ConnectorError,
): Promise<void> {
  const attempt = card.attempts + 1;
  services.log.warn('a card could not be delivered', {
    request: card.requestNumber,
    audience: card.audience,
    status: error.status,
    attempt,
  });
  if (attempt >= mostAttempts) return abandonCard(services, card, `gave up after ${attempt} attempts`);
  // 404 on an update: the message is gone, not the conversation; post it anew.
  if (error.status === 404 && card.activityId !== null) return postponeCard(services, card, 0, true);
  if (isWorthRetrying(error.status)) {
    return postponeCard(services, card, retryDelayMs(attempt, services.random(), error.retryAfterMs), false);
  }
  const shutOut = error.status === 403 || error.status === 404;
  if (shutOut && card.audience === 'requester' && card.conversationId !== null) {
    // The bot is not in that chat any more. Teams may still let it open one with the person.
    const opened = await openPersonalChat(services, connector, report, card.conversationId).catch(() => null);
    if (opened !== null && opened.id !== card.conversationId) {
      const message = messageWith(await requestCard(services, report, card.audience));
      const activityId = await connector.post(opened, message).catch(() => null);
      if (activityId !== null) return settleCard(services, card, opened.id, activityId);
    }
  }
  return abandonCard(services, card, `Teams answered ${error.status}`);
}
