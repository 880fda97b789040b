import { archiveFileName } from '../domain/download-names.ts';
import type { RequestReport } from '../requests/report.ts';
import { lengthOf } from './asset-pages.ts';
import { lastPage, type Pages, rowsOf } from './cards/pages.ts';
import type { TeamsServices } from './services.ts';

/** Links to one page of the parts, made now; null when they have expired or the archive is gone. */
export async function partLinks(services: TeamsServices, { request, parts }: RequestReport, pages: Pages) {
  const { linkExpiresAt, archiveRemovedAt } = request;
  if (services.linksRefused === true) return null;
  if (linkExpiresAt === null || archiveRemovedAt !== null || linkExpiresAt.getTime() <= services.clock.now()) {
    return null;
  }
  const page = Math.min(pages.parts ?? 0, lastPage('parts', parts.length, pages));
  const length = rowsOf('parts', pages);
  const start = page * length;
  const rows = await Promise.all(
    parts.slice(start, start + length).map(async (part) => ({
      part: part.part,
      sizeBytes: part.sizeBytes,
      sha256: part.sha256,
      url: await services.linkTo(part, archiveFileName(request.number, part.part, parts.length), linkExpiresAt),
    })),
  );
  return { rows, page, total: parts.length, ...lengthOf(pages) };
}

/** The archive that was made before a deletion, for its card. Links are for the requester's own chat only. */
export async function archiveOf(
  services: TeamsServices,
  report: RequestReport,
  audience: 'requester' | 'public',
  pages: Pages,
) {
  const { linkExpiresAt } = report.request;
  if (report.parts.length === 0 || linkExpiresAt === null) return null;
  const links = audience === 'requester' ? await partLinks(services, report, pages) : null;
  return {
    parts: links ?? { rows: [], total: report.parts.length },
    sizeBytes: archiveBytes(report),
    linkExpiresAt: links ? linkExpiresAt : null,
  };
}

/** Bytes of all parts of a request's archive. */
export function archiveBytes({ parts }: RequestReport): number {
  return parts.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
}
