import type { TurnContext } from 'botbuilder';
import { decidesOwnMatter } from '../domain/lifecycle.ts';
import { samePerson } from '../domain/people.ts';
import { requestId, requestNumber } from '../domain/request.ts';
import { retireOther } from '../requests/outbox.ts';
import { press } from '../requests/press.ts';
import { isApprover, type RequestReport, reportRequest } from '../requests/report.ts';
import { retryFailed } from '../requests/retry.ts';
import type { Audience } from './card-basis.ts';
import { choosePress } from './cards/button-data.ts';
import type { Pages } from './cards/pages.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { channelOf } from './channels.ts';
import type { Actor } from './identity.ts';
import { respondWithCard, respondWithText } from './invoke-answers.ts';
import { refusalWords } from './refusal-words.ts';
import { requestCard } from './request-card.ts';
import type { TeamsServices } from './teams-services.ts';

/** True for presses that show something or stop something: they need not be asked who pressed as carefully as others. */
export function isHarmless(data: unknown): boolean {
  const read = choosePress.safeParse(data);
  return !read.success || ['refresh', 'page', 'cancel'].includes(read.data.choice);
}

/**
 * Answers a press on a request's card, at once: the decision is stored, the work happens behind it. The presser gets
 * the card as it now is; everybody else gets it by the outbox. What is refused is said in a sentence.
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
  const { version, choice, pages } = read.data;
  const { replyToId, conversation: place } = context.activity;
  if (replyToId) await retireOther(services, number, [place.id, channelOf(place.id)], replyToId);
  if (choice === 'refresh' || choice === 'page') return show(services, context, actor, number, version, pages ?? {});
  const { person, conversation } = actor;
  const outcome =
    choice === 'retry'
      ? await retryFailed(services, person, { conversationId: conversation.id, kind: conversation.kind }, number)
      : await press(services, person, { request: number, version, choice });
  const isPersonalChat = conversation.kind === 'personal';
  const sentence = outcome.result === 'refused' ? refusalWords(outcome.refusal, person, isPersonalChat) : null;
  if (outcome.result === 'refused') {
    const { reason } = outcome.refusal;
    services.log.info('a press was refused', { reason, objectId: person.objectId, request: number });
  }
  const report = outcome.request === null ? null : await reportRequest(services, outcome.request.number);
  const audience = report === null ? null : audienceOf(services, actor, report);
  if (report === null || audience === null) {
    return respondWithText(context, sentence ?? 'Done. Write "status" to see how the request stands.');
  }
  // Stateless cards cannot show a refusal, so it is said beside them.
  if (sentence !== null) await say(renderCard('notice', { severity: 'refused', sentence, next: null, examples: [] }));
  return respondWithCard(context, await requestCard(services, report, audience));
}

/**
 * Shows a request as it stands: to a person who turns a page, and to Teams, which asks for the newest card by itself
 * when somebody looks at an old one. The pages of an earlier version are not those of this one.
 */
async function show(
  services: TeamsServices,
  context: TurnContext,
  actor: Actor,
  number: number,
  version: number,
  pages: Pages,
): Promise<void> {
  const report = await reportRequest(services, number);
  const audience = report === null ? null : audienceOf(services, actor, report);
  if (report === null || audience === null) return respondWithText(context, notShownWords(report, number));
  const wanted = version === report.request.version ? pages : {};
  return respondWithCard(context, await requestCard(services, report, audience, wanted));
}

/** Why a request is not shown. Whether it exists is told only where it may be known. */
function notShownWords(report: RequestReport | null, number: number): string {
  const id = requestId(number);
  return report === null
    ? `I know no request ${id}, so there is nothing to show. Write “status” to see your own.`
    : `I cannot show ${id} to you here. Whoever asked for it can write “status of ${id}” in their own chat with me.`;
}

/** Which view of a request may be shown to this person in this conversation; null for none. */
function audienceOf(services: TeamsServices, actor: Actor, { request }: RequestReport): Audience | null {
  if (request.requester.tenantId !== actor.person.tenantId) return null;
  if (actor.conversation.kind === 'personal') {
    if (samePerson(request.requester, actor.person)) return 'requester';
    const decides = isApprover(services, actor.person) && !decidesOwnMatter(request, actor.person);
    return request.needsApproval && decides ? 'approvers' : null;
  }
  const here = channelOf(actor.conversation.id);
  if (request.needsApproval && here === channelOf(services.settings.approvalConversationId ?? '')) return 'approvers';
  return here === channelOf(request.originConversationId) ? 'public' : null;
}
