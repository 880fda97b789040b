import type { Activity } from 'botbuilder';
import type { Account } from '../domain/people.ts';
import type { RequestRecord } from '../domain/request.ts';
import { type ReviewPlace, seesPlace } from '../domain/review-places.ts';
import { type KnownConversation, recall, recallConversation, rememberPersonalChat } from '../requests/contacts.ts';
import {
  abandonCard,
  claimCard,
  type FailureScope,
  hasRecipient,
  type OutboxCard,
  postponeCard,
  recordDelivery,
  repost,
  reserveSend,
  revive,
} from '../requests/outbox.ts';
import { reportRequest } from '../requests/report.ts';
import { reviewPlaces } from '../requests/review-conversations.ts';
import { knownReviewers, type Reviewer, reviewerBy, triedReviewers } from '../requests/reviewers.ts';
import { cardMessage, type Delivery, plainStep, withMentions } from './card-message.ts';
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
  const delivery: Delivery = { services, connector, card, report };
  // Whether its reader may still decide is not known now, so what it would show is not, either.
  if (hasRecipient(card) && !(await isReaderKnown(delivery))) return retryWhole(delivery);
  try {
    const conversation = await conversationFor(delivery);
    if (conversation === null) return await giveUp(services, card, 'no conversation is known');
    const sent = await send(delivery, conversation);
    if (sent === null) return await retryWhole(delivery);
    await markDelivered(delivery, conversation, sent);
  } catch (error) {
    await recover(delivery, error);
  }
}

/** False while it cannot be said whether the one reader of a card may decide about its request. */
async function isReaderKnown({ services, card, report: { request } }: Delivery): Promise<boolean> {
  const unread = await triedReviewers(services, request);
  if (unread !== 'groups') return unread === null;
  return (await reviewerBy(services, services.database.db, request, card.recipient)) !== null;
}

/** What failed, with what answer of Teams if there was one, and whether others are informed. */
interface Failure {
  readonly scope: FailureScope;
  readonly error: ConnectorError | null;
  readonly unreached: boolean;
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
async function send(delivery: Delivery, conversation: KnownConversation): Promise<Sent | null> {
  const { services, card } = delivery;
  // A card may be smaller than last time, so each update starts one size larger than the last.
  for (let step = Math.max(0, card.sizeStep - 1); ; step += 1) {
    const { message: made, degraded } = await cardMessage(delivery, step);
    const purpose = isToldOf(delivery.report.request) ? 'You can stop this' : 'To decide';
    const message =
      conversation.kind === 'personal' ? made : withMentions(made, await toMention(delivery, conversation), purpose);
    if (degraded && card.degraded && card.activityId !== null) {
      // A card that could not be rendered for hours never will be; the fallback text has been sent.
      return card.attempts < mostRenderAttempts ? null : { activityId: card.activityId, step, degraded: false };
    }
    try {
      return { activityId: await put(delivery, conversation, message), step, degraded };
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
  { connector, card }: Delivery,
  conversation: KnownConversation,
  message: Partial<Activity>,
): Promise<string> {
  const { activityId } = card;
  if (activityId === null || conversation.id !== card.conversationId) return connector.post(conversation, message);
  await connector.update(conversation, activityId, message);
  return activityId;
}

async function markDelivered(
  { services, card, report: { request } }: Omit<Delivery, 'connector'>,
  conversation: KnownConversation,
  { activityId, step, degraded }: Sent,
): Promise<void> {
  const delivered = { conversationId: conversation.id, activityId, sizeStep: step, degraded };
  // The requester's card may say that the approvers have been asked or told only after this delivery.
  const tellOthers = card.audience === 'approvers' && (request.state === 'awaiting-approval' || isToldOf(request));
  await recordDelivery(services, card, delivered, tellOthers);
  if (degraded) await retryWhole({ services, card });
  services.log.info('card delivered', { ...facts(card), state: request.state, version: request.version, step });
  await revive(services, { conversationIds: [conversation.id], serviceUrl: serviceUrlOf(conversation) });
}

/** Keeps the complete card in the outbox and retries it. */
function retryWhole(delivery: Pick<Delivery, 'services' | 'card'>): Promise<void> {
  return postpone(delivery, { scope: 'card', error: null, unreached: false });
}

/** Those who are asked or told in a shared conversation, while they can do something about it. */
async function toMention(delivery: Delivery, conversation: KnownConversation): Promise<readonly Reviewer[]> {
  const { services, card } = delivery;
  const { request } = delivery.report;
  const isAsking = card.audience === 'approvers' && (request.state === 'awaiting-approval' || isToldOf(request));
  if (!isAsking) return [];
  const reviewers = await knownReviewers(services, services.database.db, request);
  // Others may not be members of this conversation, and are asked in their own chats.
  const isHere = ({ conversationId }: { conversationId: string | null }) => conversationId === card.conversationId;
  const places = reviewPlaces(services, request).filter(isHere);
  // Where it was escalated to, everybody has to see whose decision is missing.
  if (places.length === 0 && request.terms?.escalations?.some(isHere)) return reviewers;
  const seeing = reviewers.filter(({ reviewsAs }) => seesPlace(places, reviewsAs));
  const isHereToo = await Promise.all(seeing.map((each) => isHereAsDeputy(delivery, conversation, places, each)));
  return seeing.filter((_each, index) => isHereToo[index]);
}

/** A deputy need not be a member of the conversation of the person away; where Teams does not say, they are not named. */
async function isHereAsDeputy(
  { services, connector, card }: Delivery,
  conversation: KnownConversation,
  places: readonly ReviewPlace[],
  { ownSets, channelUserId }: Reviewer,
): Promise<boolean> {
  if (seesPlace(places, ownSets)) return true;
  return connector.isMember(conversation, channelUserId).catch((error: unknown) => {
    services.log.warn('it is not known whether a deputy is in a conversation', {
      ...facts(card),
      status: statusOf(error),
    });
    return false;
  });
}

/** True while reviewers may stop what none of them had to approve, so that its card is the first they see of it. */
function isToldOf({ state, approvalsNeeded }: RequestRecord): boolean {
  return state === 'cooling-off' && approvalsNeeded === 0;
}

async function conversationFor(delivery: Delivery): Promise<KnownConversation | null> {
  const { services, card } = delivery;
  if (card.conversationId !== null) return recallConversation(services, card.conversationId);
  return personIn(delivery) === null ? null : openPersonalChat(delivery);
}

/** The person in whose own chat the card belongs; null when it belongs into a shared conversation. */
function personIn({ card, report }: Pick<Delivery, 'card' | 'report'>): Account | null {
  const { requester } = report.request;
  if (hasRecipient(card)) return { tenantId: requester.tenantId, objectId: card.recipient };
  return card.audience === 'requester' ? requester : null;
}

async function openPersonalChat(
  { services, connector, card, report }: Delivery,
  /** A personal chat that the bot can no longer write into. */
  closed: string | null = null,
): Promise<KnownConversation | null> {
  const person = personIn({ card, report });
  if (person === null) return null;
  // Reviewers are met in their conversations.
  const { request } = report;
  const metIn = hasRecipient(card) ? reviewPlaces(services, request).map(({ conversationId }) => conversationId) : [];
  const [known, ...places] = await Promise.all([
    recall(services, person.tenantId, person.objectId),
    ...[...metIn, request.originConversationId].map((id) => recallConversation(services, id)),
  ]);
  const origin = places.find((place) => place !== null);
  if (!known || !origin) return null;
  if (known.personalConversationId !== null && known.personalConversationId !== closed) {
    const met = await recallConversation(services, known.personalConversationId);
    if (met) return met;
  }
  const opened = await connector.openPersonalChat(origin, known.channelUserId);
  await rememberPersonalChat(services, person, opened);
  return opened;
}

/** Chooses the reaction to a failure: retry, post again, another chat, or abandon the card. */
async function recover(delivery: Delivery, error: unknown): Promise<void> {
  const { services, card } = delivery;
  const attempt = card.attempts + 1;
  const unreached = attempt >= informOthersAfter;
  // An error that is not an answer of Teams has been logged where the card was rendered.
  if (!(error instanceof ConnectorError)) return postpone(delivery, { scope: 'card', error: null, unreached });
  const answered = classifyStatus(error.status);
  services.log.warn('card delivery failed', {
    ...facts(card),
    status: error.status,
    attempt,
    ...(error.status === 401 ? { because: signInRefused } : {}),
  });
  if (answered === 'no-entry' && card.activityId !== null && error.status !== 403) {
    // Either the message or the conversation is gone; the first is more likely, and posting again shows which.
    return attempt < goneAfter
      ? postpone(delivery, { scope: 'card', error, unreached: false })
      : repost(services, card);
  }
  if (answered === 'no-entry' && personIn(delivery) !== null && card.conversationId !== null) {
    if (attempt >= goneAfter && (await moveToOtherChat(delivery))) return;
  }
  const failingMs = card.failingSince === null ? 0 : services.clock.now() - card.failingSince.getTime();
  if (isRetryBudgetUsedUp(answered, attempt, failingMs)) {
    return giveUp(services, card, `Teams answered ${error.status ?? 'nothing'} ${attempt} times`);
  }
  await postpone(delivery, { scope: scopes[answered], error, unreached });
}

/** The bot was removed from that chat, but Teams may let it open another with the person. True when that worked. */
async function moveToOtherChat(delivery: Delivery): Promise<boolean> {
  const { services, card } = delivery;
  try {
    const opened = await openPersonalChat(delivery, card.conversationId);
    if (opened === null || opened.id === card.conversationId) return false;
    const sent = await send({ ...delivery, card: { ...card, activityId: null } }, opened);
    if (sent === null) return false;
    await markDelivered(delivery, opened, sent);
    return true;
  } catch (error) {
    services.log.warn('could not open another chat', { ...facts(card), status: statusOf(error) });
    return false;
  }
}

async function postpone(
  { services, card }: Pick<Delivery, 'services' | 'card'>,
  { scope, error, unreached }: Failure,
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
