import { traitsOf } from '../domain/actions.ts';
import { type RequestRecord, requestId } from '../domain/request.ts';
import type { ApproverNotification } from '../requests/report.ts';
import type { Audience } from './card-basis.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { obstacleOf } from './obstacle.ts';
import { refusalWords } from './refusal-words.ts';
import { whatWords } from './request-wording.ts';

/**
 * A request in a few lines, in any state: the answer to "status of DSR-1042". The person whose directory data is
 * exported, whom a refusal may name too, is shown to the requester only.
 */
export function statusCard(
  request: RequestRecord,
  audience: Audience,
  /** Whether the approvers have been reached, where that was looked up. */
  approvers: ApproverNotification | null = null,
  /** Whether the reader may cancel it. */
  mayCancel = true,
): RenderedCard {
  const { progress, workspace, state } = request;
  return renderCard('request-status', {
    request: requestId(request.number),
    version: request.version,
    action: request.action,
    workspaceName: workspace?.name ?? '',
    what: whatWords(request, audience),
    state,
    createdAt: request.createdAt,
    changedAt: request.updatedAt,
    expiresAt: request.expiresAt,
    linkExpiresAt: request.linkExpiresAt,
    approvers,
    mayCancel,
    ...delayOf(request, audience),
    progress:
      state === 'running' && traitsOf(request.action).polled.length === 0
        ? { done: progress.assetsDone, total: progress.assetsTotal }
        : null,
  });
}

/** What delays the request, or why it ended. */
function delayOf(
  { action, state, refusal, requester }: RequestRecord,
  audience: Audience,
): ReturnType<typeof obstacleOf> {
  if (refusal !== null && !traitsOf(action).isVisibleToOthers && audience !== 'requester') {
    const note = isUnderWay(state)
      ? 'It is delayed; its card in the personal chat says why.'
      : 'It could not be done as asked; its card in the personal chat says why.';
    return { note, outage: null };
  }
  if (isUnderWay(state)) return obstacleOf(refusal);
  const note = refusal === null ? null : refusalWords(refusal, requester, audience === 'requester');
  return { note, outage: null };
}

function isUnderWay(state: RequestRecord['state']): boolean {
  return state === 'preparing' || state === 'scheduled' || state === 'running';
}
