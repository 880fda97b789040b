import { refusalSentence } from '../domain/refusals.ts';
import type { RequestRecord } from '../domain/request.ts';
import type { WorkspaceRemoval } from '../domain/workspace-removal.ts';
import type { RequestReport } from '../requests/report.ts';
import { archiveOf } from './archive-links.ts';
import type { CardBasis } from './card-basis.ts';
import type { Pages } from './cards/pages.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import type { TeamsServices } from './teams-services.ts';

/** A workspace that is being deleted, and what a person may have to do for that. */
export async function watchCard(
  services: TeamsServices,
  report: RequestReport,
  basis: CardBasis,
  audience: 'requester' | 'public',
  pages: Pages,
): Promise<RenderedCard> {
  const { request } = report;
  const { byHand } = removalOf(request);
  const { phase } = request.progress;
  // The reason is set when a call got no answer, and cleared when the next call gets one.
  const asking = request.refusal === null ? 'asking' : 'unanswered';
  return renderCard('workspace-watch', {
    ...basis,
    workspaceName: request.workspace?.name ?? '',
    stage: phase === 'checking' ? 'accepted' : phase === 'waiting' ? 'by-hand' : asking,
    why: request.refusal === null ? null : refusalSentence(request.refusal),
    ...byHand,
    archive: await archiveOf(services, report, audience, pages),
    stopRequested: request.stopRequested,
  });
}

/** The result of a workspace deletion. */
export async function workspaceReceiptCard(
  services: TeamsServices,
  report: RequestReport,
  basis: CardBasis,
  audience: 'requester' | 'public',
  pages: Pages,
): Promise<RenderedCard> {
  const { request } = report;
  const removal = removalOf(request);
  return renderCard('workspace-receipt', {
    ...basis,
    workspaceName: request.workspace?.name ?? '',
    requesterName: request.requester.name,
    approverName: request.decidedBy,
    outcome: outcomeOf(request),
    unanswered: request.removalCall === 'asked',
    checkedWith: removal.resourceId === null ? 'source' : 'azure',
    note: request.refusal === null ? null : refusalSentence(request.refusal),
    totals: request.totals,
    staying: removal.tied
      .filter(({ kind }) => kind !== 'classic-web-service')
      .map(({ kind, name }) => ({ kind, name })),
    storageAccount: removal.storageAccount,
    finishedAt: request.finishedAt ?? request.updatedAt,
    verifiedAt: request.verifiedAt,
    archive: await archiveOf(services, report, audience, pages),
  });
}

function outcomeOf({ state, refusal, verifiedAt, removalCall }: RequestRecord) {
  if (state === 'cancelled') return 'stopped';
  if (refusal?.reason === 'workspace-kept') return 'kept';
  if (refusal?.reason === 'workspace-still-there') return 'still-there';
  if (verifiedAt === null) return 'closed';
  if (removalCall === 'asked') return 'untold';
  return removalCall === 'absent' ? 'found-gone' : 'gone';
}

function removalOf({ number, workspace }: RequestRecord): WorkspaceRemoval {
  if (workspace?.removal) return workspace.removal;
  throw new Error(`request ${number} deletes a workspace without a plan`);
}
