import { isWorkspaceDeletion } from '../domain/policy.ts';
import { refusalSentence } from '../domain/refusals.ts';
import { type RequestRecord, requestId } from '../domain/request.ts';
import { whatWords } from './ask-words.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { hindranceOf } from './hindrance.ts';

/** A request in a few lines, in any state: the answer to "status of DSR-1042". */
export function statusCard(request: RequestRecord): RenderedCard {
  const { progress, workspace, state } = request;
  return renderCard('request-status', {
    request: requestId(request.number),
    version: request.version,
    action: request.action,
    workspaceName: workspace?.name ?? '',
    what: whatWords(request),
    state,
    createdAt: request.createdAt,
    changedAt: request.updatedAt,
    lapsesAt: request.expiresAt,
    linkExpiresAt: request.linkExpiresAt,
    ...(isUnderWay(state) ? hindranceOf(request.refusal) : { note: endNote(request) }),
    progress:
      state === 'running' && !isWorkspaceDeletion(request.action) && request.action !== 'export-directory-data'
        ? { done: progress.assetsDone, total: progress.assetsTotal }
        : null,
  });
}

function endNote({ refusal }: RequestRecord): string | null {
  return refusal === null ? null : refusalSentence(refusal);
}

function isUnderWay(state: RequestRecord['state']): boolean {
  return state === 'preparing' || state === 'scheduled' || state === 'running';
}
