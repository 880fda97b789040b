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
  type Answered,
  isHopeless,
  longestProbeMs,
  readStatus,
  retryDelayMs,
  sendingLimits,
  toldAfter,
} from './limits.ts';
import type { TeamsServices } from './teams-services.ts';

/** After so many answers that a message is gone it is posted anew; a single one may be an error of the service. */
const goneAfter = 3;

/** After so many failures in a row to make the whole of a card, the lesser one that was sent is left at that. */
const mostWholeTries = 30;

/** Whose failure an answer is. */
const scopes: Readonly<Record<Answered, FailureScope>> = {
  'too-large': 'card',
  'not-accepted': 'card',
  'no-entry': 'conversation',
  'too-fast': 'conversation',
  'not-now': 'service',
};

/**
 * Sends or updates one owed card, rendered from the request as it stands now. What fails is tried again; what fails
 * for long is told to others, and at last given up until its people can be reached again. Nothing is left unsaid: each
 * failure has its line in the log, and a card given up its row.
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
    await settle(services, card, report, conversation, sent);
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
 * Posts the card or puts it in the place of its message, smaller and smaller while Teams says that it is too large.
 * Null when only a lesser card can be made and Teams has that already. Throws what the last attempt threw.
 */
async function send(
  services: TeamsServices,
  connector: Connector,
  card: OutboxCard,
  report: RequestReport,
  conversation: KnownConversation,
): Promise<Sent | null> {
  // What was too large once may not be for ever, so each update begins a step larger than the last.
  for (let step = Math.max(0, card.sizeStep - 1); ; step += 1) {
    const { message, degraded } = await cardMessage(services, report, card, step);
    if (degraded && card.degraded && card.activityId !== null) {
      // What could not be made for hours will not be; its people have been told in words.
      return card.attempts < mostWholeTries ? null : { activityId: card.activityId, step, degraded: false };
    }
    try {
      return { activityId: await put(connector, card, conversation, message), step, degraded };
    } catch (error) {
      const answered = error instanceof ConnectorError ? readStatus(error.status) : null;
      if (step >= plainStep || (answered !== 'too-large' && answered !== 'not-accepted')) throw error;
      services.log.warn('a card was not taken and is sent smaller', { ...facts(card), status: statusOf(error), step });
      // It was one call more into the conversation, whatever came of it.
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

async function settle(
  services: TeamsServices,
  card: OutboxCard,
  { request }: RequestReport,
  conversation: KnownConversation,
  { activityId, step, degraded }: Sent,
): Promise<void> {
  const delivered = { conversationId: conversation.id, activityId, sizeStep: step, degraded };
  // Only now is it true that the approvers have been asked.
  const tellOthers = card.audience === 'approvers' && request.state === 'awaiting-approval';
  await recordDelivery(services, card, delivered, tellOthers);
  if (degraded) await retryWhole(services, card);
  services.log.info('a card was delivered', { ...facts(card), state: request.state, version: request.version, step });
  await revive(services, { conversationIds: [conversation.id], serviceUrl: serviceUrlOf(conversation) });
}

/** The whole card is still owed and tried now and then. */
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

/** Decides what follows from a failure. */
async function recover(
  services: TeamsServices,
  connector: Connector,
  card: OutboxCard,
  report: RequestReport,
  error: unknown,
): Promise<void> {
  const attempt = card.attempts + 1;
  // What is not Teams' answer has been logged where the card was made.
  if (!(error instanceof ConnectorError)) return postpone(services, card, 'card', null, attempt >= toldAfter);
  const answered = readStatus(error.status);
  services.log.warn('a card could not be delivered', {
    ...facts(card),
    status: error.status,
    attempt,
    ...(error.status === 401 ? { because: signInRefused } : {}),
  });
  if (answered === 'no-entry' && card.activityId !== null && error.status !== 403) {
    // It may be the message that is gone, or the conversation; the first is more likely, and found out by posting.
    return attempt < goneAfter ? postpone(services, card, 'card', error, false) : repost(services, card);
  }
  if (answered === 'no-entry' && card.audience === 'requester' && card.conversationId !== null) {
    if (attempt >= goneAfter && (await moveToOtherChat(services, connector, card, report))) return;
  }
  const failingMs = card.failingSince === null ? 0 : services.clock.now() - card.failingSince.getTime();
  if (isHopeless(answered, attempt, failingMs)) {
    return giveUp(services, card, `Teams answered ${error.status ?? 'nothing'} ${attempt} times`);
  }
  await postpone(services, card, scopes[answered], error, attempt >= toldAfter);
}

/** The bot is not in that chat any more, but Teams may still let it open one with the person. True when it did. */
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
    await settle(services, card, report, opened, sent);
    return true;
  } catch (error) {
    services.log.warn('no other chat could be opened', { ...facts(card), status: statusOf(error) });
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
    services.log.warn('people have not been reached, and others are told so', { ...facts(card), attempt });
  }
}

async function giveUp(services: TeamsServices, card: OutboxCard, reason: string): Promise<void> {
  await abandonCard(services, card, reason);
  services.log.warn('a card was given up until its people can be reached again', {
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
