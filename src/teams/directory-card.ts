import { canSearchForFiles } from '../domain/directory-export.ts';
import { directoryFileName } from '../domain/download-names.ts';
import { refusalSentence } from '../domain/refusals.ts';
import type { RequestRecord } from '../domain/request.ts';
import { directoryFiles, type RequestReport } from '../requests/report.ts';

import { firstEnd } from './archive-links.ts';
import { lengthOf } from './asset-pages.ts';
import type { CardBasis } from './card-basis.ts';
import { lastPage, type Pages, rowsOf } from './cards/pages.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { statusCard } from './status-card.ts';
import type { TeamsServices } from './teams-services.ts';

const hour = 3_600_000;

/** The longest link on a card, so that a whole page of them fits; a blob's name can have 1,024 characters, each encoded as up to nine. */
const longestLink = 3_000;

/** The preview of an export of a person's directory data, which the administrator confirms. */
export function directoryPreviewCard(services: TeamsServices, report: RequestReport, basis: CardBasis): RenderedCard {
  const { request } = report;
  const { person } = directoryOf(report);
  return renderCard('directory-preview', {
    ...basis,
    personName: person.name,
    personAddress: person.address,
    linkHours: services.settings.linkLifetimeMs / hour,
    retentionHours: services.settings.archiveRetentionMs / hour,
    expiresAt: request.expiresAt ?? request.updatedAt,
  });
}

/** The progress of an export by Microsoft Graph. */
export function directoryProgressCard(report: RequestReport, basis: CardBasis): RenderedCard {
  const { request } = report;
  const { person, progress, askedAt, accessEndsAt } = directoryOf(report);
  const { phase } = request.progress;
  return renderCard('directory-progress', {
    ...basis,
    personName: person.name,
    stage: phase === 'asking' || phase === 'following' ? phase : 'starting',
    percent: progress,
    startedAt: askedAt,
    accessEndsAt,
    stopRequested: request.stopRequested,
    note: request.refusal === null ? null : refusalSentence(request.refusal),
  });
}

/** The files that Graph has written, with new links to one page of them; a status card when there is nothing left to download. */
export async function directoryResultCard(
  services: TeamsServices,
  report: RequestReport,
  basis: CardBasis,
  pages: Pages,
): Promise<RenderedCard> {
  const { request } = report;
  const { linkExpiresAt, archiveRemovedAt, removeAfter, finishedAt, updatedAt, verifiedAt } = request;
  const expired = linkExpiresAt !== null && linkExpiresAt.getTime() <= services.clock.now();
  if (archiveRemovedAt !== null || expired || services.linksRefused === true) return statusCard(request, 'requester');
  const { person, container, files: total, bytes } = directoryOf(report);
  const length = rowsOf('files', pages);
  const page = Math.min(pages.files ?? 0, lastPage('files', total, pages));
  const first = page * length;
  const files = linkExpiresAt === null ? [] : await directoryFiles(services, request.number, first, length);
  const linked = await Promise.all(
    files.map(async ({ name, sizeBytes }, index) => {
      const saved = directoryFileName(request.number, name, first + index);
      const link = await services.linkToFile(container, name, saved, linkExpiresAt ?? updatedAt);
      const url = link === null || link.url.length > longestLink ? null : link.url;
      return { link, row: { name, sizeBytes, url, gone: link === null } };
    }),
  );
  return renderCard('directory-result', {
    ...basis,
    personName: person.name,
    outcome: outcomeOf(request),
    files: {
      rows: linked.map(({ row }) => row),
      page,
      total,
      ...lengthOf(pages),
    },
    bytes,
    linkExpiresAt: firstEnd(linked.map(({ link }) => link)) ?? linkExpiresAt,
    searchedAt: verifiedAt,
    removedAt: removeAfter ?? finishedAt ?? updatedAt,
    canSearch: canSearchForFiles(request),
    note: request.refusal === null ? null : refusalSentence(request.refusal),
  });
}

function outcomeOf({ state, refusal }: RequestRecord) {
  if (state === 'succeeded') return 'complete' as const;
  return refusal?.reason === 'directory-export-in-doubt' ? ('in-doubt' as const) : ('cut-off' as const);
}

function directoryOf({ request, directory }: RequestReport) {
  if (directory === null) throw new Error(`request ${request.number} is about nobody in the directory`);
  return directory;
}
