import { traitsOf } from '../domain/actions.ts';
import { requestId } from '../domain/request.ts';
import { countAssets, type RequestReport } from '../requests/report.ts';
import { archiveBytes, archiveOf, partLinks } from './archive-links.ts';
import { assetPage, deleteException, exportException, goneRow } from './asset-pages.ts';
import type { CardBasis } from './card-basis.ts';
import type { Pages } from './cards/pages.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { statusCard } from './status-card.ts';
import type { TeamsServices } from './teams-services.ts';

/** The result of a request: an archive to download, a receipt of deletions, or both. */
export async function resultCard(
  services: TeamsServices,
  report: RequestReport,
  basis: CardBasis,
  audience: 'requester' | 'public',
  pages: Pages,
): Promise<RenderedCard> {
  const { request, parts } = report;
  const workspaceName = request.workspace?.name ?? '';
  if (traitsOf(request.action).hasReceipt) return receiptCard(services, report, basis, audience, pages);
  const exported = report.exportCounts.get('done') ?? 0;
  const problems = report.workspaceProblems.map(({ fileName, note }) => ({
    kind: 'workspace' as const,
    name: fileName ?? workspaceName,
    note,
  }));
  if (audience === 'public') {
    return renderCard('export-result-public', {
      ...basis,
      workspaceName,
      requesterName: request.requester.name,
      assetsExported: exported,
      sizeBytes: archiveBytes(report),
      parts: parts.length,
      exceptionsTotal: problems.length + countAssets(report, 'not-exported'),
      delivered: !report.unreached.includes('requester'),
    });
  }
  const links = await partLinks(services, report, pages);
  if (links === null) return statusCard(request, audience);
  return renderCard('export-result', {
    ...basis,
    workspaceName,
    assetsExported: exported,
    linkExpiresAt: links.expiresAt,
    removeAfter: request.removeAfter,
    parts: links.parts,
    sizeBytes: archiveBytes(report),
    retry: retryOf(report),
    exceptions: await assetPage(services, report, 'not-exported', 'exceptions', pages, exportException, problems),
  });
}

/** Whether the card offers a retry of what failed, or names the request that is the retry. */
function retryOf({ retry: { offered, by } }: RequestReport) {
  return { offered: offered !== null, by: by === null ? null : requestId(by) };
}

async function receiptCard(
  services: TeamsServices,
  report: RequestReport,
  basis: CardBasis,
  audience: 'requester' | 'public',
  pages: Pages,
): Promise<RenderedCard> {
  const { request } = report;
  const shared = {
    ...basis,
    workspaceName: request.workspace?.name ?? '',
    deleted: await assetPage(services, report, 'deleted', 'assets', pages, goneRow),
    gone: report.deleteCounts.get('gone') ?? 0,
    archive: await archiveOf(services, report, audience, pages),
  };
  if (request.state === 'cancelled' || request.state === 'failed') {
    return renderCard('delete-stopped', {
      ...shared,
      stopperName: request.state === 'cancelled' ? request.requester.name : null,
      stoppedAt: request.finishedAt ?? request.updatedAt,
      notDeleted: request.progress.assetsTotal - shared.deleted.total,
      unknown: report.unsettled,
    });
  }
  return renderCard('delete-receipt', {
    ...shared,
    retry: retryOf(report),
    requesterName: request.requester.name,
    approverName: request.decidedBy,
    finishedAt: request.finishedAt ?? request.updatedAt,
    verifiedAt: request.verifiedAt,
    kept: await assetPage(services, report, 'not-deleted', 'exceptions', pages, deleteException),
  });
}
