import { archiveFileName } from '../domain/download-names.ts';
import { hasLeft } from '../requests/leavers.ts';
import type { RequestReport } from '../requests/report.ts';
import { lengthOf } from './asset-pages.ts';
import type { CardContext } from './card-context.ts';
import { lastPage, rowsOf } from './cards/pages.ts';
import type { FreshLink } from './teams-services.ts';

/**
 * New links to one page of the parts, with the time at which the first of them expires; null when the links of the
 * request have expired, are being revoked, the archive is gone, or its requester has left. A part that is no longer in storage has no link.
 */
export async function partLinks({ services, report: { request, parts }, pages }: CardContext) {
  const { linkExpiresAt, archiveRemovedAt, revocation } = request;
  // While links are being revoked a new one could open what is about to be deleted.
  if (services.linksRefused === true || revocation !== null) return null;
  if (linkExpiresAt === null || archiveRemovedAt !== null || linkExpiresAt.getTime() <= services.clock.now()) {
    return null;
  }
  if (await hasLeft(services, request.requester)) return null;
  const page = Math.min(pages.parts ?? 0, lastPage('parts', parts.length, pages));
  const length = rowsOf('parts', pages);
  const start = page * length;
  const made = await Promise.all(
    parts.slice(start, start + length).map(async (part) => {
      const { sizeBytes, sha256 } = part;
      const link = await services.linkTo(part, archiveFileName(request.number, part.part, parts.length), linkExpiresAt);
      return { link, row: { part: part.part, sizeBytes, sha256, url: link?.url ?? null } };
    }),
  );
  const expiresAt = firstEnd(made.map(({ link }) => link)) ?? linkExpiresAt;
  return { parts: { rows: made.map(({ row }) => row), page, total: parts.length, ...lengthOf(pages) }, expiresAt };
}

/** When the first of these links expires; null without links. */
export function firstEnd(links: readonly (FreshLink | null)[]): Date | null {
  const ends = links.flatMap((link) => (link === null ? [] : [link.expiresAt.getTime()]));
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}

/** The archive from the export before a deletion, for its card. With links only for the requester's personal chat. */
export async function archiveData(context: CardContext) {
  const { report, audience } = context;
  const { linkExpiresAt } = report.request;
  if (report.parts.length === 0 || linkExpiresAt === null) return null;
  const links = audience === 'requester' ? await partLinks(context) : null;
  return {
    parts: links?.parts ?? { rows: [], total: report.parts.length },
    sizeBytes: archiveBytes(report),
    linkExpiresAt: links?.expiresAt ?? null,
    removed: report.request.archiveRemovedAt !== null,
    linksRevokedAt: report.request.linksRevokedAt,
  };
}

/** Bytes of all parts of a request's archive. */
export function archiveBytes({ parts }: RequestReport): number {
  return parts.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
}
