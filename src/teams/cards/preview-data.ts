import type { RequestRecord } from '../../domain/request.ts';
import type { CardContext } from '../card-context.ts';

/** What every preview of something in a workspace shows. Throws without a workspace. */
export function previewData({ basis, report: { request } }: Pick<CardContext, 'basis' | 'report'>) {
  const { totals, changes, expiresAt, updatedAt } = request;
  return { ...basis, workspace: workspaceData(request), totals, changes, expiresAt: expiresAt ?? updatedAt };
}

/** The workspace of a request as a card's data. Throws without one. */
export function workspaceData({ number, workspace }: RequestRecord) {
  if (workspace === null) throw new Error(`request ${number} has a preview without a workspace`);
  return { ...workspace, expiresAt: workspace.expiresAt === null ? null : new Date(workspace.expiresAt) };
}
