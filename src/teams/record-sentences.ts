import { endEvent, lastDecisions, type RecordEvent } from '../domain/record-events.ts';
import { refusalSentence } from '../domain/refusals.ts';
import { finalStates, type RequestRecord, requestId } from '../domain/request.ts';
import { whatHappened, whoActed } from './cards/record-words.ts';
import { listWords, plainMomentWords, plural } from './cards/words.ts';

/** What is known of a request and its record, for one reader. */
interface Told {
  readonly request: RequestRecord;
  readonly events: readonly RecordEvent[];
  /** Whether the reader sees names. */
  readonly isNamed: boolean;
}

/** "Megan Bowen (approver) on 3 Nov 2026, 10:12 UTC". */
function byOn(event: RecordEvent, isNamed: boolean): string {
  const comment = event.comment === null ? '' : `, who wrote “${event.comment}”`;
  return `${whoActed(event, isNamed)} on ${plainMomentWords(event.at)}${comment}`;
}

/** Who approved or rejected a request, in a sentence or two. */
export function whoDecidedWords({ request, events, isNamed }: Told): string {
  const id = requestId(request.number);
  const decisions = lastDecisions(events);
  const votes = (action: string) =>
    decisions.filter((each) => each.action === action).map((each) => byOn(each, isNamed));
  const [approvals, rejections] = [votes('request.approved'), votes('request.disapproved')];
  const parts = [
    ...(approvals.length === 0 ? [] : [`approved by ${listWords(approvals)}`]),
    ...(rejections.length === 0 ? [] : [`rejected by ${listWords(rejections)}`]),
  ];
  const waits = request.state === 'awaiting-approval' ? ` It still waits; it needs ${needs(request)}.` : '';
  if (parts.length > 0) return `${id} was ${listWords(parts)}.${waits}`;
  if (waits !== '') return `Nobody has decided about ${id} yet.${waits}`;
  if (!events.some(({ action }) => action === 'request.confirmed')) {
    return `${id} was not confirmed, so nobody was asked to approve it.`;
  }
  return request.approvalsNeeded === 0
    ? `Nobody had to approve ${id}: the policy asked for no approval.`
    : `Nobody decided about ${id}.`;
}

function needs({ approvalsNeeded }: RequestRecord): string {
  return plural(Math.max(1, approvalsNeeded), 'approval');
}

/** Why a request was refused, rejected, withdrawn or ended without what was asked for, in a sentence or two. */
export function whyRefusedWords({ request, events, isNamed }: Told): string {
  const id = requestId(request.number);
  const ending = endEvent(events);
  if (!finalStates.has(request.state)) {
    const [last] = lastDecisions(events).filter(({ action }) => action === 'request.disapproved');
    const vote =
      last === undefined ? '' : ` So far it was rejected by ${byOn(last, isNamed)}, which alone does not end it.`;
    return `${id} was not refused: it is still open.${vote}`;
  }
  if (request.state === 'succeeded' || ending === null) {
    return `${id} was not refused: it is done. What I refuse at once, such as a press by somebody who may not, is not in the record.`;
  }
  const on = plainMomentWords(ending.at);
  const reason = request.refusal === null ? '' : ` ${reasonWords(request, isNamed)}`;
  switch (request.state) {
    case 'rejected': {
      const votes = lastDecisions(events).filter(({ action }) => action === 'request.disapproved');
      if (votes.length === 0) return `I refused ${id} on ${on}.${reason}`;
      const silent = isNamed && votes.every(({ comment }) => comment === null) ? ' No reason was written.' : '';
      const hidden = isNamed ? '' : ' What they wrote is shown to those concerned, in their own chat.';
      return `${id} was rejected by ${listWords(votes.map((each) => byOn(each, isNamed)))}.${silent}${hidden}`;
    }
    case 'expired':
      return `${id} was not refused: nobody answered in time, so it expired on ${on}.`;
    case 'cancelled':
      return `${id} was not refused: ${cancelledWords(ending, isNamed)} on ${on}.${reason}`;
    case 'partly-failed':
      return `${id} was done in part, until ${on}.${reason}${assetsWords(events)}`;
    default:
      return `${id} failed on ${on}.${reason}${assetsWords(events)}`;
  }
}

/** The sentence of the recorded refusal; for who sees roles without the names in it. */
function reasonWords({ refusal }: RequestRecord, isNamed: boolean): string {
  if (refusal === null) return '';
  return isNamed ? refusalSentence(refusal) : `The reason: ${refusal.reason.replaceAll('-', ' ')}.`;
}

function cancelledWords(ending: RecordEvent, isNamed: boolean): string {
  if (ending.because === 'requester-left')
    return 'it was withdrawn, since the account of who asked is no longer active,';
  return ending.action === 'request.stopped'
    ? 'its work was stopped'
    : `it was withdrawn by ${whoActed(ending, isNamed)}`;
}

/** What was kept or failed, as the record has it. */
function assetsWords(events: readonly RecordEvent[]): string {
  const kept = events.filter(({ action }) => /^asset\.delete\.(?!done|gone)/u.test(action));
  return kept.length === 0 ? '' : ` Steward ${listWords(kept.map(whatHappened))}. “status” of the request names why.`;
}

/** Who asked for, confirmed and decided what was done, and what that was, in a few sentences. */
export function whoDidWords({ request, events, isNamed }: Told): string {
  const id = requestId(request.number);
  const find = (action: string) => events.findLast((each) => each.action === action);
  const asked = find('request.asked');
  const confirmed = find('request.confirmed');
  const done = events.filter(({ action }) => /^(?:asset\.|workspace\.delete\.removing)/u.test(action));
  const decided = lastDecisions(events).length === 0 ? [] : [whoDecidedWords({ request, events, isNamed })];
  return [
    asked === undefined
      ? `The record of ${id} no longer has who asked for it.`
      : `${id} was asked for by ${byOn(asked, isNamed)}.`,
    ...(confirmed === undefined ? ['It was not confirmed.'] : [`It was confirmed by ${byOn(confirmed, isNamed)}.`]),
    ...decided,
    ...done.map((each) => `Steward ${whatHappened(each)} on ${plainMomentWords(each.at)}.`),
    ...(finalStates.has(request.state) ? [] : ['It has not ended yet.']),
  ].join(' ');
}
