import { isWorkspaceDeletion, traitsOf } from '../domain/actions.ts';
import { requestId } from '../domain/request.ts';
import type { RequestReport } from '../requests/report.ts';
import { assetPage, factsForOthers, factsOf, nameOf } from './asset-pages.ts';
import type { CardBasis } from './card-basis.ts';
import type { Pages } from './cards/pages.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import type { TeamsServices } from './teams-services.ts';

/** The preview that the person confirms: exactly what the confirmation will do. */
export async function previewCard(
  services: TeamsServices,
  report: RequestReport,
  basis: CardBasis,
  audience: 'requester' | 'public',
  pages: Pages,
): Promise<RenderedCard> {
  const { request } = report;
  const { workspace, ask, totals } = request;
  if (workspace === null) throw new Error(`request ${request.number} has a preview without a workspace`);
  const shared = {
    ...basis,
    workspace: { ...workspace, expiresAt: workspace.expiresAt === null ? null : new Date(workspace.expiresAt) },
    totals,
    changes: request.changes,
    expiresAt: request.expiresAt ?? request.updatedAt,
  };
  const retryOf = ask.retry === undefined ? null : requestId(ask.retry.of);
  const { workflow, deletes } = traitsOf(request.action);
  if (workflow === 'export') {
    const bytes = totals.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return renderCard('export-preview', {
      ...shared,
      assets:
        ask.target === 'assets'
          ? await assetPage(services, report, 'shown', 'assets', pages, nameOf)
          : { rows: [], total: 0 },
      retryOf,
      workspaceFiles: ask.retry?.workspaceFiles ?? false,
      data: ask.target === 'assets' ? 'customer' : ask.data,
      personalData: request.personalData,
      linkHours: services.settings.linkLifetimeMs / 3_600_000,
      parts: Math.max(1, Math.ceil(bytes / services.partBytes)),
      conversation: audience === 'requester' ? 'personal' : 'shared',
    });
  }
  if (isWorkspaceDeletion(request.action)) {
    const { removal } = workspace;
    if (!removal) throw new Error(`request ${request.number} previews a workspace’s deletion without a plan`);
    return renderCard('delete-workspace-preview', {
      ...shared,
      method: removal.method,
      tied: removal.tied.map(({ kind, name }) => ({ kind, name })),
      tiedKnown: removal.tiedKnown,
      storageAccount: removal.storageAccount,
      needsApproval: request.needsApproval,
    });
  }
  // An action without a preview of its own must not get that of a deletion.
  if (deletes !== 'assets') throw new Error(`the action ${request.action} has no preview`);
  return renderCard('delete-preview', {
    ...shared,
    retryOf,
    needsApproval: request.needsApproval,
    assets: await assetPage(
      services,
      report,
      'shown',
      'assets',
      pages,
      audience === 'requester' ? factsOf : factsForOthers,
    ),
  });
}
