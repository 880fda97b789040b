import type { ArchivePart, AssetResult, RequestAsset } from '../domain/request.ts';
import { requestId } from '../domain/request.ts';
import type { RequestReport } from '../requests/report.ts';
import type { CardBasis } from './card-basis.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import type { TeamsServices } from './services.ts';
import { statusCard } from './status-card.ts';

/** What a request came to: an archive to download, a receipt of deletions, or both. */
export async function resultCard(
  services: TeamsServices,
  report: RequestReport,
  basis: CardBasis,
  audience: 'requester' | 'public',
): Promise<RenderedCard> {
  const { request, parts } = report;
  const workspaceName = request.workspace?.name ?? '';
  if (request.action !== 'export') return receiptCard(services, report, basis, audience);
  const exported = report.exportCounts.get('done') ?? 0;
  const exceptionsTotal =
    report.workspaceProblems.length + sum(report.exportCounts, ['gone', 'changed', 'incomplete', 'failed']);
  if (audience === 'public') {
    return renderCard('export-result-public', {
      ...basis,
      workspaceName,
      requesterName: request.requester.name,
      assetsExported: exported,
      sizeBytes: parts.reduce((bytes, part) => bytes + part.sizeBytes, 0),
      parts: parts.length,
      exceptionsTotal,
      delivered: !report.unreached.includes('requester'),
    });
  }
  const links = await partLinks(services, report);
  if (links === null || request.linkExpiresAt === null) return statusCard(request);
  return renderCard('export-result', {
    ...basis,
    workspaceName,
    assetsExported: exported,
    linkExpiresAt: request.linkExpiresAt,
    parts: links,
    exceptions: [
      ...report.workspaceProblems.map(({ fileName, note }) => ({
        kind: 'workspace' as const,
        name: fileName ?? workspaceName,
        note,
      })),
      ...report.exportExceptions.map(({ asset, exported: outcome }) => exception(asset, outcome)),
    ],
    exceptionsTotal,
  });
}

async function receiptCard(
  services: TeamsServices,
  report: RequestReport,
  basis: CardBasis,
  audience: 'requester' | 'public',
): Promise<RenderedCard> {
  const { request } = report;
  const workspaceName = request.workspace?.name ?? '';
  const deleted = report.assets
    .filter(({ deleted: outcome }) => outcome?.result === 'done' || outcome?.result === 'gone')
    .map(({ asset }) => ({ kind: asset.kind, name: asset.name }));
  const deletedTotal = deletedCount(report);
  const links = audience === 'requester' ? await partLinks(services, report) : null;
  const archive =
    request.linkExpiresAt === null ? null : { parts: links ?? [], linkExpiresAt: links ? request.linkExpiresAt : null };
  if (request.state === 'cancelled' || request.state === 'failed') {
    return renderCard('delete-stopped', {
      ...basis,
      workspaceName,
      stopperName: request.state === 'cancelled' ? request.requester.name : null,
      stoppedAt: request.finishedAt ?? request.updatedAt,
      deleted,
      deletedTotal,
      notDeleted: request.progress.assetsTotal - deletedTotal,
      unknown: report.unsettled,
      archive,
    });
  }
  return renderCard('delete-receipt', {
    ...basis,
    workspaceName,
    requesterName: request.requester.name,
    approverName: request.decidedBy,
    finishedAt: request.finishedAt ?? request.updatedAt,
    verifiedAt: request.verifiedAt,
    deleted,
    deletedTotal,
    kept: report.deleteExceptions
      .filter(({ deleted: outcome }) => outcome?.result !== 'gone')
      .map(({ asset, deleted: outcome }) => exception(asset, outcome)),
    keptTotal: sum(report.deleteCounts, ['changed', 'incomplete', 'failed', 'kept']),
    archive,
  });
}

/** Links to all parts, made now; null when they have expired or the archive is gone. */
export async function partLinks(services: TeamsServices, { request, parts }: RequestReport) {
  const { linkExpiresAt, archiveRemovedAt } = request;
  if (linkExpiresAt === null || archiveRemovedAt !== null || linkExpiresAt.getTime() <= services.clock.now()) {
    return null;
  }
  return Promise.all(
    parts.map(async (part) => ({
      part: part.part,
      sizeBytes: part.sizeBytes,
      sha256: part.sha256,
      url: await services.linkTo(part, downloadName(request.number, part, parts.length), linkExpiresAt),
    })),
  );
}

/** What the browser calls the downloaded file. Short: a workspace's name can be long, and is part of each link. */
function downloadName(number: number, part: ArchivePart, parts: number): string {
  const suffix = parts === 1 ? '' : ` part ${part.part} of ${parts}`;
  return `${requestId(number)}${suffix}.zip`;
}

function exception(asset: RequestAsset['asset'], outcome: AssetResult | null) {
  return { kind: asset.kind, name: asset.name, note: outcome?.note ?? '' };
}

/** How many assets of a deletion are gone. */
export function deletedCount({ deleteCounts }: RequestReport): number {
  return sum(deleteCounts, ['done', 'gone']);
}

function sum(counts: RequestReport['exportCounts'], results: readonly AssetResult['result'][]): number {
  return results.reduce((total, result) => total + (counts.get(result) ?? 0), 0);
}
