import { isWorkspaceDeletion, traitsOf } from '../../domain/actions.ts';
import { isWaitingForPeople } from '../../domain/lifecycle.ts';
import { holdsText } from '../../domain/name-folding.ts';
import { samePerson } from '../../domain/people.ts';
import { refusalSentence } from '../../domain/refusals.ts';
import { finalStates, type RequestRecord, requestId, requestNumber } from '../../domain/request.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import { cancelAll, cancelByNumber, cancelTarget } from '../../requests/cancel.ts';
import { renewalRefusal, renewLink } from '../../requests/renew.ts';
import { approvalsFor, approversOf, myRequests, reportRequest, requestFor } from '../../requests/report.ts';
import { proposedSchedules } from '../../requests/schedules.ts';
import { mainSource } from '../../sources/registry.ts';
import type { Audience } from '../card-context.ts';
import { cardInTurn } from '../card-in-turn.ts';
import { type RenderedCard, renderCard } from '../cards/render.ts';
import { requestStatusData } from '../cards/request-status.ts';
import { channelOf } from '../channels.ts';
import { whatWords } from '../request-wording.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { nothingToCancelCard, proposedWords } from './schedule-hints.ts';
import { sayWhenGroupsUnread } from './unread-groups.ts';
import { archiveNamed, whichArchiveCard } from './which-archive.ts';

/** How many requests a list shows. */
const mostListed = 15;

/** "status of DSR-1042"; without an id the newest unfinished request, or else a list. */
export async function status(services: TeamsServices, turn: Turn): Promise<void> {
  const { person } = turn.actor;
  const typed = turn.reading.slots.request;
  if (typed !== undefined) {
    const number = requestNumber(typed);
    const request = number === null ? null : await requestFor(services, person, number);
    const unknown = { reason: 'unknown-request', name: number === null ? typed : requestId(number) } as const;
    return turn.say(request ? await statusFor(services, turn, request) : refusal(refusalSentence(unknown)));
  }
  const requests = await myRequests(services, person, mostListed);
  const [only, ...others] = requests;
  return turn.say(
    only !== undefined && others.length === 0
      ? await statusFor(services, turn, only)
      : listCard('mine', requests, audienceOf(turn)),
  );
}

/** "Can I have proof that it is gone?": the receipt of the named request, or of the newest deletion; false for none. */
export async function showReceipt(services: TeamsServices, turn: Turn): Promise<boolean> {
  const { person } = turn.actor;
  const number = requestNumber(turn.reading.slots.request ?? '');
  const request =
    number === null
      ? (await myRequests(services, person, mostListed)).find(({ action }) => traitsOf(action).deletes !== 'nothing')
      : await requestFor(services, person, number);
  if (request === undefined || request === null) return false;
  await turn.say(await statusFor(services, turn, request));
  return true;
}

/** "my requests", "what waits for my approval". */
export async function list(services: TeamsServices, turn: Turn): Promise<void> {
  const { person } = turn.actor;
  if (turn.reading.slots.scope === 'approvals') {
    const approvals = await approvalsFor(services, person, mostListed);
    await sayWhenGroupsUnread(services, turn);
    const own = approvals.length === 0 ? await waitingRequests(services, turn) : [];
    const proposed = own.length === 0 && approvals.length === 0 ? await proposedSchedules(services, person) : [];
    if (proposed.length > 0) return turn.say(info(proposedWords(proposed), ['which exports are scheduled?']));
    if (own.length === 0) return turn.say(approvalListCard(approvals));
    await turn.say(info('Nothing is waiting for your approval. These requests of yours are waiting:'));
    return turn.say(listCard('mine', own, audienceOf(turn)));
  }
  if (turn.reading.slots.scope === 'due') {
    await turn.say(info('Requests have no due dates yet. Here are your requests, the newest first.'));
  }
  const requests = await myRequests(services, person, mostListed);
  const open = openOnly.test(turn.text) ? requests.filter(({ state }) => !finalStates.has(state)) : requests;
  if (open.length === 0 && requests.length > 0) return turn.say(info('None of your requests is open.', ['status']));
  return turn.say(listCard('mine', open, audienceOf(turn)));
}

/** “What is still open of mine?” */
const openOnly = /\b(?:open|pending|waiting|unfinished|outstanding|still (?:running|waits?|to do))\b/iu;

/** "cancel", "cancel DSR-1042". Asks when several requests could be meant. */
export async function cancel(services: TeamsServices, turn: Turn): Promise<void> {
  const { person } = turn.actor;
  const typed = turn.reading.slots.request;
  if (turn.reading.slots.all === true && typed === undefined) return cancelEverything(services, turn);
  let number = typed === undefined ? null : requestNumber(typed);
  if (typed !== undefined && number === null) {
    return turn.say(refusal(refusalSentence({ reason: 'unknown-request', name: typed })));
  }
  if (number === null) {
    const target = await cancelTarget(services, person);
    switch (target.kind) {
      case 'none':
        return turn.say(await nothingToCancelCard(services, turn));
      case 'several':
        return turn.say(
          info(
            `You have ${target.requests.length} open requests. Which one should I cancel?`,
            target.requests.slice(0, 5).map((request) => `cancel ${requestId(request.number)}`),
          ),
        );
      case 'one':
        number = target.request.number;
    }
  }
  const outcome = await cancelByNumber(services, person, number);
  if (outcome.result === 'refused') return turn.say(refusal(refusalSentence(outcome.refusal)));
  const { request } = outcome;
  return turn.say(
    request.state === 'cancelled'
      ? info(`${requestId(request.number)} is cancelled. Nothing was changed in ${mainSource.name}.`)
      : info(stopWords(request)),
  );
}

/** "cancel everything": every open request of the person. */
async function cancelEverything(services: TeamsServices, turn: Turn): Promise<void> {
  const outcomes = await cancelAll(services, turn.actor.person);
  const requests = outcomes.flatMap((outcome) => (outcome.result === 'accepted' ? [outcome.request] : []));
  if (requests.length === 0) return turn.say(info('None of your requests is open, so there is nothing to cancel.'));
  const listed = (some: readonly RequestRecord[]) =>
    new Intl.ListFormat('en').format(some.map(({ number }) => requestId(number)));
  const cancelled = requests.filter(({ state }) => state === 'cancelled');
  const stopping = requests.filter(({ state }) => state !== 'cancelled');
  const are = (some: readonly RequestRecord[]) => (some.length === 1 ? 'is' : 'are');
  const sentences = [
    ...(cancelled.length === 0 ? [] : [`${listed(cancelled)} ${are(cancelled)} cancelled; nothing was changed.`]),
    ...(stopping.length === 0
      ? []
      : [
          `I am stopping ${listed(stopping)}. Work that has already started may still be completed; the cards will show what was done.`,
        ]),
  ];
  return turn.say(info(sentences.join(' '), ['status']));
}

/** What stopping a running request can still prevent, by its phase. */
function stopWords({ number, progress: { phase }, action, removalCall }: RequestRecord): string {
  const id = requestId(number);
  if (isWorkspaceDeletion(action)) {
    if (phase === 'checking') {
      return `The deletion that ${id} asked for has already been accepted and cannot be stopped. Its card shows when the workspace is gone.`;
    }
    if (phase === 'removing' || removalCall === 'asked') {
      return `For ${id} I have already asked for the deletion. A call that is under way cannot be taken back; if it fails, I will not try again. Its card will show the result.`;
    }
  }
  if (phase === 'following' || phase === 'asking') {
    return `I will stop following ${id}. An export that Microsoft Graph has started cannot be cancelled; its card will say more in a moment.`;
  }
  return `I am stopping ${id}. Work that has already started may still be completed. Its card will show what was done.`;
}

/** A bare "no": cancels the request that waits for an answer, if it is the only one. */
export async function decline(services: TeamsServices, turn: Turn): Promise<void> {
  const waiting = await waitingRequests(services, turn);
  const [only, ...others] = waiting;
  if (only === undefined) return turn.say(await nothingWaits(services, turn));
  const requested = others.length > 0 ? requestedOf(services, turn, waiting) : [];
  if (requested.length > 0) return cancelThese(services, turn, requested, waiting);
  if (others.length > 0) {
    return turn.say(
      info(
        'Several of your requests are waiting for an answer. Which one do you mean?',
        waiting.slice(0, 5).map(({ number }) => `cancel ${requestId(number)}`),
      ),
    );
  }
  const outcome = await cancelByNumber(services, turn.actor.person, only.number);
  if (outcome.result === 'refused') return turn.say(refusal(refusalSentence(outcome.refusal)));
  return turn.say(
    info(`All right, ${requestId(only.number)} is cancelled. Nothing was changed in ${mainSource.name}.`),
  );
}

/** How much newer than the others a request is that “leave it” is about, in milliseconds; and how long that holds. */
const clearlyNewerMs = 2_000;
const newestForMs = 5 * 60_000;

/** Of several waiting requests those of the assets that the message names, or else the one that has just asked. */
function requestedOf(
  { clock }: TeamsServices,
  { text, actor }: Turn,
  waiting: readonly RequestRecord[],
): RequestRecord[] {
  const named = waiting.filter(({ ask }) => ask.mentions.some(({ name }) => holdsText(name)(text)));
  if (named.length > 0) return named;
  const here = waiting
    .filter(({ originConversationId }) => originConversationId === actor.conversation.id)
    .sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime());
  const [newest, second] = here.map(({ updatedAt }) => updatedAt.getTime());
  const isNewest =
    newest !== undefined && newest - (second ?? 0) >= clearlyNewerMs && clock.now() - newest <= newestForMs;
  return isNewest ? here.slice(0, 1) : [];
}

/** Withdraws these, and names what else waits. */
async function cancelThese(
  services: TeamsServices,
  turn: Turn,
  requested: readonly RequestRecord[],
  waiting: readonly RequestRecord[],
): Promise<void> {
  for (const { number } of requested) await cancelByNumber(services, turn.actor.person, number);
  const ids = (some: readonly RequestRecord[]) =>
    new Intl.ListFormat('en').format(some.slice(0, 5).map(({ number }) => requestId(number)));
  const rest = waiting.filter((request) => !requested.includes(request));
  const others = rest.length === 0 ? '' : ` ${ids(rest)} still ${rest.length === 1 ? 'waits' : 'wait'}.`;
  const are = requested.length === 1 ? 'is' : 'are';
  await turn.say(
    info(
      `All right, ${ids(requested)} ${are} cancelled. Nothing was changed in ${mainSource.name}.${others}`,
      rest.slice(0, 4).map(({ number }) => `cancel ${requestId(number)}`),
    ),
  );
}

/** "No" or "stop" while nothing waits: what runs can still be stopped. */
async function nothingWaits(services: TeamsServices, turn: Turn): Promise<RenderedCard> {
  const target = await cancelTarget(services, turn.actor.person);
  const open = target.kind === 'none' ? [] : target.kind === 'one' ? [target.request] : target.requests;
  if (open.length === 0) return info('All right. None of your requests is waiting for an answer.');
  const sentences = open.slice(0, 5).map(({ number }) => `cancel ${requestId(number)}`);
  return info('None of your requests is waiting for an answer, but this is still open. Should I stop it?', sentences);
}

/** A bare "yes" confirms nothing: only the button on the exact preview does. */
export async function confirm(services: TeamsServices, turn: Turn): Promise<void> {
  const waiting = await waitingRequests(services, turn);
  const only = waiting.find(({ state }) => state !== 'awaiting-approval' && state !== 'cooling-off') ?? waiting[0];
  if (only !== undefined) return turn.say(info(yesWords(only), [`status of ${requestId(only.number)}`]));
  const isProposed = (await proposedSchedules(services, turn.actor.person)).length > 0;
  const sentence = isProposed
    ? 'To set it up exactly as the card shows, please press “Schedule it” on the card.'
    : 'None of your requests is waiting for a confirmation. If I offered buttons, please press the one you mean.';
  return turn.say(info(sentence));
}

/** What a “yes” cannot do for a request that waits. */
function yesWords({ number, state }: RequestRecord): string {
  const id = requestId(number);
  if (state === 'awaiting-approval')
    return `You have confirmed ${id} already. It waits for an approval by somebody else.`;
  if (state === 'cooling-off') return `You have confirmed ${id} already. It starts by itself when its wait is over.`;
  return `To confirm exactly what the card shows, please press the button on the card of ${id}.`;
}

/** "the link has expired": a new link on the request's card in the personal chat. */
export async function renew(services: TeamsServices, turn: Turn): Promise<void> {
  const typed = turn.reading.slots.request;
  const number = typed === undefined ? await archiveNamed(services, turn) : requestNumber(typed);
  if (number === 'unclear') return turn.say(await whichArchiveCard(services, turn));
  try {
    const refused = await renewalRefusal(services, turn.actor.person, number, turn.signal);
    if (refused !== null) return turn.say(refusal(refusalSentence(refused)));
  } catch (error) {
    if (!isSourceFailure(error)) throw error;
    return turn.say(refusal(`I can make a new link only after checking that you are still a member. ${error.message}`));
  }
  const outcome = await renewLink(services, turn.actor.person, number);
  if (outcome.result === 'refused' && number === null && outcome.refusal.reason === 'unknown-request')
    return turn.say(
      info('You have no export with files to download, so there is no link.', ['export my workspace', 'status']),
    );
  if (outcome.result === 'refused') return turn.say(refusal(refusalSentence(outcome.refusal)));
  const { number: renewed } = outcome.request;
  const report = turn.actor.conversation.kind === 'personal' ? await reportRequest(services, renewed) : null;
  if (report !== null) return turn.say(await cardInTurn({ services, report, audience: 'requester' }));
  return turn.say(info(`A new link for ${requestId(renewed)} is on its way to your personal chat with me.`));
}

/** The person's requests that wait for an answer, newest first. */
export async function waitingRequests(services: TeamsServices, turn: Turn): Promise<RequestRecord[]> {
  const requests = await myRequests(services, turn.actor.person, mostListed);
  return requests.filter(({ state }) => isWaitingForPeople(state) || state === 'cooling-off');
}

/** Who can see the answer. */
function audienceOf({ actor }: Turn): Audience {
  return actor.conversation.kind === 'personal' ? 'requester' : 'public';
}

/**
 * A request for this reader: a status card for its requester; the approval card with its buttons for an approver in
 * their personal chat or in the approvals channel; a status card without buttons for an approver elsewhere.
 */
async function statusFor(services: TeamsServices, turn: Turn, request: RequestRecord): Promise<RenderedCard> {
  const { person, conversation } = turn.actor;
  const report = await reportRequest(services, request.number);
  const isOwn = samePerson(request.requester, person);
  // What waits for an answer is shown with its buttons, wherever its first card has gone.
  const isAnswerable = request.state === 'awaiting-confirmation' || request.state === 'awaiting-choice';
  // What has ended is shown as it ended: with its receipt, and the link that still works.
  const isShownWhole = isAnswerable || finalStates.has(request.state);
  if (report !== null && isOwn && isShownWhole && conversation.kind === 'personal') {
    return cardInTurn({ services, report, audience: 'requester' });
  }
  if (report === null || isOwn) {
    const approvers = report === null ? null : approversOf(report);
    return renderCard(
      'request-status',
      requestStatusData({ services, request, audience: audienceOf(turn), approvers }),
    );
  }
  const here = channelOf(conversation.id);
  const decidesHere = conversation.kind === 'personal' || report.reviewedIn.some((id) => channelOf(id) === here);
  if (decidesHere) return cardInTurn({ services, report, audience: 'approvers' });
  const approvers = approversOf(report);
  return renderCard(
    'request-status',
    requestStatusData({ services, request, audience: 'public', approvers, mayCancel: false }),
  );
}

/** The pending approvals; each opens with its approval buttons. */
export function approvalListCard(requests: readonly RequestRecord[]): RenderedCard {
  return listCard('approvals', requests, 'approvers');
}

function listCard(scope: 'mine' | 'approvals', requests: readonly RequestRecord[], audience: Audience): RenderedCard {
  return renderCard('request-list', {
    scope,
    requests: requests.map((request) => ({
      request: requestId(request.number),
      action: request.action,
      workspaceName: request.workspace?.name ?? '',
      what: whatWords(request, audience),
      requesterName: scope === 'approvals' ? request.requester.name : null,
      state: request.state,
      createdAt: request.createdAt,
    })),
  });
}

function info(sentence: string, examples: readonly string[] = []): RenderedCard {
  return renderCard('notice', { severity: 'info', sentence, next: null, examples });
}

function refusal(sentence: string): RenderedCard {
  return renderCard('notice', { severity: 'refused', sentence, next: null, examples: ['status'] });
}
