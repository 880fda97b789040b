import type { TurnContext } from 'botbuilder';
import { type Person, samePerson } from '../domain/people.ts';
import { requestId, requestNumber } from '../domain/request.ts';
import { retireOther } from '../requests/outbox.ts';
import { press } from '../requests/press.ts';
import { type RequestReport, reportRequest, reviews } from '../requests/report.ts';
import { retryFailed } from '../requests/retry.ts';
import type { Audience } from './card-context.ts';
import { cardInTurn } from './card-in-turn.ts';
import { choosePress } from './cards/button-data.ts';
import type { Pages } from './cards/pages.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { channelOf } from './channels.ts';
import { groupCard } from './group-card.ts';
import type { Actor } from './identity.ts';
import { respondWithCard, respondWithText } from './invoke-answers.ts';
import { refusalWords } from './refusal-words.ts';
import type { TeamsServices } from './teams-services.ts';

/** The choice that leaves links as they are. */
const keepLinks = 'keep-links';

/** True for presses that only show or stop something: for them the cached identity of the person is enough. */
export function isHarmless(data: unknown): boolean {
  const read = choosePress.safeParse(data);
  return !read.success || ['refresh', 'page', 'group', 'cancel', keepLinks].includes(read.data.choice);
}

/**
 * Answers a press on a request's card at once: the decision is stored, and a worker does the rest. The person who pressed
 * gets the updated card as the answer, everybody else through the outbox. A refusal is answered with a sentence.
 */
export async function answerPress(
  services: TeamsServices,
  context: TurnContext,
  actor: Actor,
  data: unknown,
  say: (card: RenderedCard) => Promise<void>,
): Promise<void> {
  const read = choosePress.safeParse(data);
  const number = read.success ? requestNumber(read.data.request) : null;
  if (!read.success || number === null) {
    return respondWithText(
      context,
      'That button is not one of mine, so nothing was done. Write "status" to see your requests.',
    );
  }
  const { version, choice, pages, comment, typed, reason } = read.data;
  const { replyToId, conversation: place } = context.activity;
  // The card of several requests is no card of one of them.
  if (choice === 'group') return showGroup(services, context, actor, number);
  if (replyToId) await retireOther(services, number, [place.id, channelOf(place.id)], replyToId);
  if (choice === 'refresh' || choice === 'page') {
    return show({ services, context, actor, number, version, pages: pages ?? {} });
  }
  if (choice === keepLinks) return keep(services, context, actor, number);
  const { person, conversation } = actor;
  const outcome =
    choice === 'retry'
      ? await retryFailed(services, person, { conversationId: conversation.id, kind: conversation.kind }, number)
      : await press(services, person, {
          request: number,
          version,
          choice,
          ...(comment === undefined ? {} : { comment }),
          ...(typed === undefined ? {} : { typed }),
          ...(reason === undefined ? {} : { reason }),
        });
  const isPersonalChat = conversation.kind === 'personal';
  const sentence =
    outcome.result === 'refused' ? refusalWords(services, outcome.refusal, person, isPersonalChat) : null;
  if (outcome.result === 'refused') {
    const { reason } = outcome.refusal;
    services.log.info('a press was refused', { reason, objectId: person.objectId, request: number });
  }
  const report = outcome.request === null ? null : await reportRequest(services, outcome.request.number);
  const audience = report === null ? null : await audienceOf(services, actor, report);
  if (report === null || audience === null) {
    return respondWithText(context, sentence ?? 'Done. Write "status" to see the state of the request.');
  }
  // A card shows the request's state only, so a refusal is sent as a separate message.
  if (sentence !== null) await say(renderCard('notice', { severity: 'refused', sentence, next: null, examples: [] }));
  const reader = readerOf(audience, actor);
  return respondWithCard(context, await cardInTurn({ services, report, audience, reader }));
}

/** What approvers see follows who looks at it. */
function readerOf(audience: Audience, { person }: Actor): Person | undefined {
  return audience === 'approvers' ? person : undefined;
}

interface ShowPress {
  readonly services: TeamsServices;
  readonly context: TurnContext;
  readonly actor: Actor;
  readonly number: number;
  readonly version: number;
  readonly pages: Pages;
}

/**
 * Shows the current state of a request: to a person who turns a page, and for Teams' automatic refresh of an old card.
 * Page numbers of an earlier version are ignored, since the lists may differ.
 */
async function show({ services, context, actor, number, version, pages }: ShowPress): Promise<void> {
  const report = await reportRequest(services, number);
  const audience = report === null ? null : await audienceOf(services, actor, report);
  if (report === null || audience === null) return respondWithText(context, notShownWords(report, number));
  const wanted = version === report.request.version ? pages : {};
  const reader = readerOf(audience, actor);
  return respondWithCard(context, await cardInTurn({ services, report, audience, pages: wanted, reader }));
}

/** Shows the requests of one message anew, to the person who made them. */
async function showGroup(
  services: TeamsServices,
  context: TurnContext,
  { person, conversation }: Actor,
  number: number,
): Promise<void> {
  const report = await reportRequest(services, number);
  const audience = conversation.kind === 'personal' ? 'requester' : 'public';
  const card = report === null ? null : await groupCard(services, person, report.request, audience);
  if (card === null) return respondWithText(context, notShownWords(report, number));
  return respondWithCard(context, card);
}

/** Answers that nothing was done about links. Nothing is stored, so the press is checked for who may see the request only. */
async function keep(services: TeamsServices, context: TurnContext, actor: Actor, number: number): Promise<void> {
  const report = await reportRequest(services, number);
  if (report === null || (await audienceOf(services, actor, report)) !== 'requester') {
    return respondWithText(context, notShownWords(report, number));
  }
  const id = requestId(number);
  const sentence = `I changed nothing about the links of ${id}.`;
  const examples = [`revoke the link of ${id}`];
  return respondWithCard(context, renderCard('notice', { severity: 'info', sentence, next: null, examples }));
}

/** Why a request is not shown to this person here. */
function notShownWords(report: RequestReport | null, number: number): string {
  const id = requestId(number);
  return report === null
    ? `I cannot find request ${id}, so there is nothing to show. Write “status” to see your own requests.`
    : `I cannot show ${id} to you here. The person who asked for it can write “status of ${id}” in their personal chat with me.`;
}

/** Which view of a request may be shown to this person in this conversation; null for none. */
async function audienceOf(services: TeamsServices, actor: Actor, report: RequestReport): Promise<Audience | null> {
  const { request } = report;
  const isForReviewers = request.approvalsNeeded > 0 || report.isShownToReviewers;
  if (request.requester.tenantId !== actor.person.tenantId) return null;
  if (actor.conversation.kind === 'personal') {
    if (samePerson(request.requester, actor.person)) return 'requester';
    return isForReviewers && (await reviews(services, request, actor.person)) ? 'approvers' : null;
  }
  const here = channelOf(actor.conversation.id);
  if (isForReviewers && report.reviewedIn.some((id) => channelOf(id) === here)) return 'approvers';
  return here === channelOf(request.originConversationId) ? 'public' : null;
}
