import { SourceError } from '../../domain/asset-source.ts';
import { isWaitingForPeople } from '../../domain/lifecycle.ts';
import { samePerson } from '../../domain/people.ts';
import { isWorkspaceDeletion } from '../../domain/policy.ts';
import { refusalSentence } from '../../domain/refusals.ts';
import { type RequestRecord, requestId, requestNumber } from '../../domain/request.ts';
import { cancelByNumber, cancelTarget } from '../../requests/cancel.ts';
import { renewalRefusal, renewLink } from '../../requests/renew.ts';
import { approvalsFor, approversOf, myRequests, reportRequest, requestFor } from '../../requests/report.ts';
import type { Audience } from '../card-basis.ts';
import { type RenderedCard, renderCard } from '../cards/render.ts';
import { channelOf } from '../channels.ts';
import { requestCard } from '../request-card.ts';
import { whatWords } from '../request-wording.ts';
import { statusCard } from '../status-card.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

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

/** "my requests", "what waits for my approval". */
export async function list(services: TeamsServices, turn: Turn): Promise<void> {
  const { person } = turn.actor;
  if (turn.reading.slots.scope === 'approvals') {
    return turn.say(approvalListCard(await approvalsFor(services, person, mostListed)));
  }
  if (turn.reading.slots.scope === 'due') {
    await turn.say(info('Requests have no due dates yet; those come later. Here are your requests, the newest first.'));
  }
  return turn.say(listCard('mine', await myRequests(services, person, mostListed), audienceOf(turn)));
}

/** "cancel", "cancel DSR-1042". Asks when several requests could be meant. */
export async function cancel(services: TeamsServices, turn: Turn): Promise<void> {
  const { person } = turn.actor;
  const typed = turn.reading.slots.request;
  let number = typed === undefined ? null : requestNumber(typed);
  if (typed !== undefined && number === null) {
    return turn.say(refusal(refusalSentence({ reason: 'unknown-request', name: typed })));
  }
  if (number === null) {
    const target = await cancelTarget(services, person);
    switch (target.kind) {
      case 'none':
        return turn.say(info('None of your requests is open, so there is nothing to cancel.'));
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
      ? info(`${requestId(request.number)} is cancelled. Nothing was changed in Studio.`)
      : info(stopWords(request)),
  );
}

/** What a stop of a request that is under way can still do, by how far it is. */
function stopWords({ number, progress: { phase }, action, removalCall }: RequestRecord): string {
  const id = requestId(number);
  if (isWorkspaceDeletion(action)) {
    if (phase === 'checking') {
      return `The deletion that ${id} asked for was accepted already, so it cannot be stopped any more. Its card shows when the workspace is gone.`;
    }
    if (phase === 'removing' || removalCall === 'asked') {
      return `${id} has asked for the deletion already. A call that is under way cannot be called back; if it fails, I do not ask again. Its card will show what became of it.`;
    }
  }
  if (phase === 'following' || phase === 'asking') {
    return `I stop following ${id}. What Microsoft Graph has begun cannot be cancelled; its card says more in a moment.`;
  }
  return `I am stopping ${id}. Calls that are under way may still be carried out. Its card will show what was done until then.`;
}

/** A bare "no": withdraws the one request that waits for an answer. */
export async function decline(services: TeamsServices, turn: Turn): Promise<void> {
  const waiting = await waitingRequests(services, turn);
  const [only, ...others] = waiting;
  if (only === undefined) return turn.say(info('All right. Nothing of yours is waiting for an answer.'));
  if (others.length > 0) {
    return turn.say(
      info(
        'Several of your requests wait for an answer. Which one do you mean?',
        waiting.slice(0, 5).map(({ number }) => `cancel ${requestId(number)}`),
      ),
    );
  }
  const outcome = await cancelByNumber(services, turn.actor.person, only.number);
  if (outcome.result === 'refused') return turn.say(refusal(refusalSentence(outcome.refusal)));
  return turn.say(info(`All right, ${requestId(only.number)} is cancelled. Nothing was changed in Studio.`));
}

/** A bare "yes" confirms nothing: only the button on the exact preview does. */
export async function confirm(services: TeamsServices, turn: Turn): Promise<void> {
  const [only] = await waitingRequests(services, turn);
  return turn.say(
    only === undefined
      ? info('Nothing of yours is waiting for a confirmation.')
      : info(
          `To be sure that you mean exactly what the card shows, please press its button. It is the card of ${requestId(only.number)}.`,
          [`status of ${requestId(only.number)}`],
        ),
  );
}

/** "the link has expired": a fresh link on the request's card in the personal chat. */
export async function renew(services: TeamsServices, turn: Turn): Promise<void> {
  const typed = turn.reading.slots.request;
  const number = typed === undefined ? null : requestNumber(typed);
  try {
    const refused = await renewalRefusal(services, turn.actor.person, number, turn.signal);
    if (refused !== null) return turn.say(refusal(refusalSentence(refused)));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return turn.say(refusal(`I make no link before I know that you are still a member. ${error.message}`));
  }
  const outcome = await renewLink(services, turn.actor.person, number);
  if (outcome.result === 'refused') return turn.say(refusal(refusalSentence(outcome.refusal)));
  return turn.say(
    info(`A fresh link for ${requestId(outcome.request.number)} is on its way to your personal chat with me.`),
  );
}

async function waitingRequests(services: TeamsServices, turn: Turn): Promise<RequestRecord[]> {
  const requests = await myRequests(services, turn.actor.person, mostListed);
  return requests.filter(({ state }) => isWaitingForPeople(state));
}

/** Who sees the answer. */
function audienceOf({ actor }: Turn): Audience {
  return actor.conversation.kind === 'personal' ? 'requester' : 'public';
}

/**
 * A request as this reader should see it: its requester in a few lines, an approver in their own chat or in the channel
 * of the approvals with the buttons that decide, and an approver elsewhere without any.
 */
async function statusFor(services: TeamsServices, turn: Turn, request: RequestRecord): Promise<RenderedCard> {
  const { person, conversation } = turn.actor;
  const report = await reportRequest(services, request.number);
  if (report === null || samePerson(request.requester, person)) {
    return statusCard(request, audienceOf(turn), report === null ? null : approversOf(report));
  }
  const { approvalConversationId } = services.settings;
  const decidesHere =
    conversation.kind === 'personal' || channelOf(conversation.id) === channelOf(approvalConversationId ?? '');
  return decidesHere
    ? requestCard(services, report, 'approvers')
    : statusCard(request, 'public', approversOf(report), false);
}

/** What waits for an approver, each to be opened with the buttons that decide. */
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
