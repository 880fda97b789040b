import { isWorkspaceDeletion, traitsOf } from '../domain/actions.ts';
import { linkStateOf } from '../domain/link-revocation.ts';
import type { Person } from '../domain/people.ts';
import { finalStates, type RequestRecord, requestId } from '../domain/request.ts';
import { type KnownPerson, recall } from '../requests/contacts.ts';
import { countAssets, type RequestReport } from '../requests/report.ts';
import type { Audience, CardContext } from './card-context.ts';
import { approvalData } from './cards/approval.ts';
import { approvalDecidedData } from './cards/approval-decided.ts';
import { chooseAssetData } from './cards/choose-asset.ts';
import { choosePersonData } from './cards/choose-person.ts';
import { chooseWorkspaceData } from './cards/choose-workspace.ts';
import { closedData, type Outcome } from './cards/closed.ts';
import { coolingOffData } from './cards/cooling-off.ts';
import { deletePreviewData } from './cards/delete-preview.ts';
import { deleteReceiptData } from './cards/delete-receipt.ts';
import { deleteStoppedData } from './cards/delete-stopped.ts';
import { deleteWorkspacePreviewData } from './cards/delete-workspace-preview.ts';
import { directoryPreviewData } from './cards/directory-preview.ts';
import { directoryProgressData } from './cards/directory-progress.ts';
import { directoryResultData } from './cards/directory-result.ts';
import { exportPreviewData } from './cards/export-preview.ts';
import { exportResultData } from './cards/export-result.ts';
import { exportResultPublicData } from './cards/export-result-public.ts';
import type { Pages } from './cards/pages.ts';
import { progressData } from './cards/progress.ts';
import { proposeNameData } from './cards/propose-name.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { requestStatusData } from './cards/request-status.ts';
import { revokeLinkData } from './cards/revoke-link.ts';
import { waitingForApprovalData } from './cards/waiting-for-approval.ts';
import { workspaceReceiptData } from './cards/workspace-receipt.ts';
import { workspaceWatchData } from './cards/workspace-watch.ts';
import { type Outsider, outsiderCard } from './outsider-card.ts';
import { scheduledBasis } from './schedule-cards.ts';
import type { TeamsServices } from './teams-services.ts';

/** The request to show, and to whom. */
interface CardWish {
  readonly services: TeamsServices;
  readonly report: RequestReport;
  /** Only `requester` cards may contain links. */
  readonly audience: Audience;
  /** The pages of its lists; the first ones by default. */
  readonly pages?: Pages;
  /** The most bytes of the card, when fewer than usual. */
  readonly mostBytes?: number | undefined;
  /** The one person who sees it, where it is shown to one person only. */
  readonly reader?: Person | undefined;
  /** Why somebody who may not decide has a card for reviewers: they see nothing of it. */
  readonly outsider?: Outsider | null;
}

/**
 * The card that shows the current state of a request, for one audience: chooses which card that is, and has its module
 * make its data.
 */
export async function requestCard({
  services,
  report,
  audience,
  pages = {},
  mostBytes,
  reader,
  outsider = null,
}: CardWish): Promise<RenderedCard> {
  const { request } = report;
  const known = await recall(services, request.requester.tenantId, request.requester.objectId);
  const basis = {
    request: requestId(request.number),
    version: request.version,
    refreshFor: services.refreshesCards ? await refreshFor(services, report, audience, known) : [],
    schedule: scheduledBasis(report),
    ...(mostBytes === undefined ? {} : { mostBytes }),
  };
  const context: CardContext = {
    services,
    report,
    basis,
    audience,
    pages,
    ...(reader === undefined ? {} : { reader }),
  };
  // Its lists have been erased, so only a status card is left.
  if (request.refusal?.reason === 'names-forgotten') return statusCard(context);
  if (audience === 'approvers') return outsider === null ? approversCard(context) : outsiderCard(context, outsider);
  // The name of the person and the links are for the administrator only.
  if (!traitsOf(request.action).isVisibleToOthers && audience !== 'requester') return statusCard(context);
  if (audience === 'requester' && showsRevocation(request)) {
    return renderCard('revoke-link', revokeLinkData(context));
  }
  const special = report.directory === null ? null : await directoryCard(context);
  return special ?? stateCard(context);
}

/**
 * Whose Teams asks for a view of their own when they see the card: the requester, since the state may have changed, and
 * on a card for the approvers also whoever has voted, since for both of them it has no buttons that decide. What
 * everybody else sees is right by itself.
 */
async function refreshFor(
  services: TeamsServices,
  { request, votes }: RequestReport,
  audience: Audience,
  requester: KnownPerson | null,
): Promise<string[]> {
  const isAsking = request.state === 'awaiting-approval';
  if (audience === 'approvers' && !isAsking) return [];
  const voted = audience === 'approvers' ? votes : [];
  const known = await Promise.all(voted.map(({ tenantId, objectId }) => recall(services, tenantId, objectId)));
  return [requester, ...known].flatMap((each) => each?.channelUserId ?? []).slice(0, mostRefreshed);
}

/** The most people whose Teams refreshes a card (learn.microsoft.com, "Up to date cards": 60). */
const mostRefreshed = 60;

/** What still runs, or waits for somebody, keeps its own card with its buttons while its links are being revoked. */
function showsRevocation(request: RequestRecord): boolean {
  const links = linkStateOf(request);
  return finalStates.has(request.state) && links !== 'none' && links !== 'handed-out';
}

/** The card of a state that needs no other one. */
async function stateCard(context: CardContext): Promise<RenderedCard> {
  const { report } = context;
  const { request } = report;
  const receiptOfBegun = request.startedAt !== null && traitsOf(request.action).hasReceipt;
  switch (request.state) {
    case 'preparing':
      return statusCard(context);
    case 'awaiting-choice':
      return choiceCard(context);
    case 'awaiting-confirmation':
      return previewCard(context);
    case 'awaiting-approval':
      return renderCard('waiting-for-approval', waitingForApprovalData(context));
    case 'cooling-off':
      return renderCard('cooling-off', await coolingOffData(context));
    case 'scheduled':
    case 'running':
      return runningCard(context);
    case 'succeeded':
    case 'partly-failed':
      return endCard(context);
    case 'cancelled':
      return receiptOfBegun ? endCard(context) : closedCard(context, 'cancelled');
    case 'expired':
      return closedCard(context, 'expired');
    case 'rejected':
      return closedCard(context, request.decidedBy === null ? 'refused' : 'rejected');
    case 'failed':
      return receiptOfBegun && (countAssets(report, 'deleted') + report.unsettled > 0 || request.linkExpiresAt !== null)
        ? resultCard(context)
        : closedCard(context, 'failed');
  }
}

/** The special cards of an export of directory data; null in states where it has the same card as other requests. */
async function directoryCard(context: CardContext): Promise<RenderedCard | null> {
  switch (context.report.request.state) {
    case 'awaiting-confirmation':
      return renderCard('directory-preview', directoryPreviewData(context));
    case 'scheduled':
    case 'running':
      return renderCard('directory-progress', directoryProgressData(context));
    case 'succeeded':
    case 'partly-failed': {
      const data = await directoryResultData(context);
      return data === null ? statusCard(context) : renderCard('directory-result', data);
    }
    case 'cancelled':
      return closedCard(context, 'cancelled');
    default:
      return null;
  }
}

/** The question that a request needs an answer to, with its options as buttons. */
function choiceCard(context: CardContext): RenderedCard {
  const { number, choice } = context.report.request;
  if (choice === null) throw new Error(`request ${number} awaits a choice but offers none`);
  switch (choice.question) {
    case 'which-person':
      return renderCard('choose-person', choosePersonData(context, choice));
    case 'which-workspace':
      return renderCard('choose-workspace', chooseWorkspaceData(context, choice));
    case 'which-asset':
      return renderCard('choose-asset', chooseAssetData(context, choice));
    case 'did-you-mean-workspace':
    case 'did-you-mean-asset':
      return renderCard('propose-name', proposeNameData(context, choice));
  }
}

/** The preview that the person confirms: exactly what the confirmation will do. */
async function previewCard(context: CardContext): Promise<RenderedCard> {
  const { action } = context.report.request;
  const { workflow, deletes } = traitsOf(action);
  if (workflow === 'export') return renderCard('export-preview', await exportPreviewData(context));
  if (isWorkspaceDeletion(action)) return renderCard('delete-workspace-preview', deleteWorkspacePreviewData(context));
  // An action without a preview of its own must not get that of a deletion.
  if (deletes !== 'assets') throw new Error(`the action ${action} has no preview`);
  return renderCard('delete-preview', await deletePreviewData(context));
}

async function runningCard(context: CardContext): Promise<RenderedCard> {
  const { action, progress } = context.report.request;
  const { phase } = progress;
  if (phase === 'removing' || phase === 'waiting' || (phase === 'checking' && isWorkspaceDeletion(action))) {
    return renderCard('workspace-watch', await workspaceWatchData(context));
  }
  return renderCard('progress', progressData(context));
}

async function endCard(context: CardContext): Promise<RenderedCard> {
  return isWorkspaceDeletion(context.report.request.action)
    ? renderCard('workspace-receipt', await workspaceReceiptData(context))
    : resultCard(context);
}

/** The result of a request: an archive to download, a receipt of deletions, or both. */
async function resultCard(context: CardContext): Promise<RenderedCard> {
  const { action, state } = context.report.request;
  if (traitsOf(action).hasReceipt) {
    return state === 'cancelled' || state === 'failed'
      ? renderCard('delete-stopped', await deleteStoppedData(context))
      : renderCard('delete-receipt', await deleteReceiptData(context));
  }
  if (context.audience === 'public') return renderCard('export-result-public', exportResultPublicData(context));
  const data = await exportResultData(context);
  return data === null ? statusCard(context) : renderCard('export-result', data);
}

async function approversCard(context: CardContext): Promise<RenderedCard> {
  const { state, workspace } = context.report.request;
  if (state === 'cooling-off') return renderCard('cooling-off', await coolingOffData(context));
  return state === 'awaiting-approval' && workspace !== null
    ? renderCard('approval', await approvalData(context))
    : renderCard('approval-decided', approvalDecidedData(context));
}

function closedCard(context: CardContext, outcome: Outcome): RenderedCard {
  return renderCard('closed', closedData(context, outcome));
}

function statusCard({ services, report: { request }, audience }: CardContext): RenderedCard {
  return renderCard('request-status', requestStatusData({ services, request, audience }));
}
