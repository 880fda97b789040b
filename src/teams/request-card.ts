import { concernsPerson, isWorkspaceDeletion, traitsOf } from '../domain/actions.ts';
import type { RequestRecord } from '../domain/request.ts';
import { finalStates, requestId } from '../domain/request.ts';
import { recall } from '../requests/contacts.ts';
import { approversOf, countAssets, type RequestReport } from '../requests/report.ts';
import { assetPage, factsOf } from './asset-pages.ts';
import type { Audience, CardBasis } from './card-basis.ts';
import type { Pages } from './cards/pages.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { choiceCard } from './choice-card.ts';
import { directoryPreviewCard, directoryProgressCard, directoryResultCard } from './directory-card.ts';
import { obstacleOf } from './obstacle.ts';
import { previewCard } from './preview-card.ts';
import { refusalWords } from './refusal-words.ts';
import { againWords, insteadWords, whatWords } from './request-wording.ts';
import { resultCard } from './result-card.ts';
import { statusCard } from './status-card.ts';
import type { TeamsServices } from './teams-services.ts';
import { watchCard, workspaceReceiptCard } from './workspace-cards.ts';

/** The card that shows the current state of a request, for one audience. Only `requester` cards may contain links. */
export async function requestCard(
  services: TeamsServices,
  report: RequestReport,
  audience: Audience,
  /** The pages of its lists; the first ones by default. */
  pages: Pages = {},
  /** The most bytes of the card, when fewer than usual. */
  mostBytes?: number,
): Promise<RenderedCard> {
  const { request } = report;
  const known = await recall(services, request.requester.tenantId, request.requester.objectId);
  const basis: CardBasis = {
    request: requestId(request.number),
    version: request.version,
    // Only the requester's card needs an automatic refresh; approvers get an update through the outbox.
    refreshFor: services.refreshesCards && known && audience !== 'approvers' ? [known.channelUserId] : [],
    ...(mostBytes === undefined ? {} : { mostBytes }),
  };
  // Its lists have been erased, so only a status card is left.
  if (request.refusal?.reason === 'names-forgotten') return statusCard(request, audience);
  if (audience === 'approvers') return approversCard(services, report, basis, pages);
  // The name of the person and the links are for the administrator only.
  if (!traitsOf(request.action).isVisibleToOthers && audience !== 'requester') return statusCard(request, audience);
  if (report.directory !== null) {
    const shown = await directoryCard(services, report, basis, pages);
    if (shown !== null) return shown;
  }
  switch (request.state) {
    case 'preparing':
      return statusCard(request, audience);
    case 'awaiting-choice':
      return choiceCard(request, basis);
    case 'awaiting-confirmation':
      return previewCard(services, report, basis, audience, pages);
    case 'awaiting-approval':
      return renderCard('waiting-for-approval', {
        ...basis,
        action: request.action,
        workspaceName: request.workspace?.name ?? '',
        what: whatWords(request, audience),
        expiresAt: request.expiresAt ?? request.updatedAt,
        approvers: approversOf(report),
      });
    case 'scheduled':
    case 'running':
      return runningCard(services, report, basis, audience, pages);
    case 'succeeded':
    case 'partly-failed':
      return endCard(services, report, basis, audience, pages);
    case 'cancelled':
      return request.startedAt !== null && traitsOf(request.action).hasReceipt
        ? endCard(services, report, basis, audience, pages)
        : closedCard(request, basis, audience, 'cancelled');
    case 'expired':
      return closedCard(request, basis, audience, 'expired');
    case 'rejected':
      return closedCard(request, basis, audience, request.decidedBy === null ? 'refused' : 'rejected');
    case 'failed':
      return request.startedAt !== null &&
        traitsOf(request.action).hasReceipt &&
        (countAssets(report, 'deleted') + report.unsettled > 0 || request.linkExpiresAt !== null)
        ? resultCard(services, report, basis, audience, pages)
        : closedCard(request, basis, audience, 'failed');
  }
}

/** The special cards of an export of directory data; null in states where it has the same card as other requests. */
async function directoryCard(
  services: TeamsServices,
  report: RequestReport,
  basis: CardBasis,
  pages: Pages,
): Promise<RenderedCard | null> {
  switch (report.request.state) {
    case 'awaiting-confirmation':
      return directoryPreviewCard(services, report, basis);
    case 'scheduled':
    case 'running':
      return directoryProgressCard(report, basis);
    case 'succeeded':
    case 'partly-failed':
      return directoryResultCard(services, report, basis, pages);
    case 'cancelled':
      return closedCard(report.request, basis, 'requester', 'cancelled');
    default:
      return null;
  }
}

function endCard(
  services: TeamsServices,
  report: RequestReport,
  basis: CardBasis,
  audience: 'requester' | 'public',
  pages: Pages,
): Promise<RenderedCard> {
  return isWorkspaceDeletion(report.request.action)
    ? workspaceReceiptCard(services, report, basis, audience, pages)
    : resultCard(services, report, basis, audience, pages);
}

async function runningCard(
  services: TeamsServices,
  report: RequestReport,
  basis: CardBasis,
  audience: 'requester' | 'public',
  pages: Pages,
): Promise<RenderedCard> {
  const { request } = report;
  const { phase } = request.progress;
  const wholeWorkspace = isWorkspaceDeletion(request.action);
  if (phase === 'removing' || phase === 'waiting' || (phase === 'checking' && wholeWorkspace)) {
    return watchCard(services, report, basis, audience, pages);
  }
  return renderCard('progress', {
    ...basis,
    workspaceName: request.workspace?.name ?? '',
    action: request.action,
    phase: phase === 'asking' || phase === 'following' ? null : phase,
    assetsDone: request.progress.assetsDone,
    assetsTotal: request.progress.assetsTotal,
    bytesDone: request.progress.bytesDone,
    bytesTotal: request.progress.bytesTotal,
    startedAt: request.startedAt,
    stopRequested: request.stopRequested,
    ...obstacleOf(request.refusal),
  });
}

function closedCard(
  request: RequestRecord,
  basis: CardBasis,
  audience: 'requester' | 'public',
  outcome: 'cancelled' | 'expired' | 'rejected' | 'refused' | 'failed',
): RenderedCard {
  return renderCard('closed', {
    ...basis,
    action: request.action,
    workspaceName: request.workspace?.name ?? '',
    outcome,
    byName: outcome === 'cancelled' ? request.requester.name : outcome === 'rejected' ? request.decidedBy : null,
    note: request.refusal === null ? null : refusalWords(request.refusal, request.requester, audience === 'requester'),
    again: outcome === 'rejected' ? null : outcome === 'refused' ? insteadWords(request) : againWords(request),
    partsKeptUntil: outcome === 'failed' ? unfinishedKeptUntil(request) : null,
  });
}

/** Until when the finished parts of an incomplete archive stay in storage; null when there are none. */
function unfinishedKeptUntil({ action, removeAfter, archiveRemovedAt, linkExpiresAt }: RequestRecord): Date | null {
  if (concernsPerson(action) || archiveRemovedAt !== null || linkExpiresAt !== null) return null;
  return removeAfter;
}

async function approversCard(
  services: TeamsServices,
  report: RequestReport,
  basis: CardBasis,
  pages: Pages,
): Promise<RenderedCard> {
  const { request } = report;
  const { workspace, requester, action } = request;
  const workspaceName = workspace?.name ?? '';
  if (request.state === 'awaiting-approval' && workspace !== null) {
    return renderCard('approval', {
      ...basis,
      requesterName: requester.name,
      workspace: { ...workspace, expiresAt: workspace.expiresAt === null ? null : new Date(workspace.expiresAt) },
      reason: `A deletion by ${requester.name} in this workspace needs a second person’s approval.${
        request.changes === null ? '' : ' It changed after it was confirmed, so I ask you again.'
      }`,
      expiresAt: request.expiresAt ?? request.updatedAt,
      action,
      assets: isWorkspaceDeletion(action)
        ? { rows: [], total: 0 }
        : await assetPage(services, report, 'shown', 'assets', pages, factsOf),
      totals: request.totals,
    });
  }
  const decision =
    request.state === 'expired'
      ? 'expired'
      : request.state === 'rejected'
        ? 'rejected'
        : request.decidedBy !== null
          ? 'approved'
          : request.changes !== null && !finalStates.has(request.state)
            ? 'changed'
            : 'withdrawn';
  return renderCard('approval-decided', {
    ...basis,
    requesterName: requester.name,
    workspaceName,
    action,
    deciderName: decision === 'approved' || decision === 'rejected' ? request.decidedBy : null,
    decidedAt: request.updatedAt,
    decision,
  });
}
