import { z } from 'zod';
import template from '../../../cards/export-result.json' with { type: 'json' };
import { archiveBytes, partLinks } from '../archive-links.ts';
import { assetPage, exportException } from '../asset-pages.ts';
import type { CardContext } from '../card-context.ts';
import { archiveWords, partRow, revokedWords, sumsWords } from './archive.ts';
import { exceptionLine } from './asset-rows.ts';
import { type DataOf, defineCard } from './definition.ts';
import { prose, runs } from './literal.ts';
import { pageOf, requestPageTurner } from './pages.ts';
import { place } from './place.ts';
import { retryData, retryShape, retryView } from './retry-button.ts';
import { scheduledView } from './scheduled-run.ts';
import { archivePart, count, exceptionRow, moment, name, requestFields } from './shapes.ts';
import { countWords, momentWords, plainMomentWords, plural } from './words.ts';

/** A finished export with its links. Shown to the requester only. */
export const exportResult = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    workspaceName: name,
    /** Whether it holds only some of the workspace. */
    isPart: z.boolean().default(false),
    assetsExported: count,
    parts: pageOf(archivePart),
    /** Bytes of all parts on all pages. */
    sizeBytes: count,
    linkExpiresAt: moment,
    /** When the archive is removed; null when the request has no such date. */
    removeAfter: moment.nullable().default(null),
    /** Links from before work no longer, which was checked; null when none were revoked. */
    linksRevokedAt: moment.nullable().default(null),
    exceptions: pageOf(exceptionRow),
    retry: retryShape,
  }),
  (data, room) => {
    const { request, version, refreshFor, parts, exceptions } = data;
    const title = runs('Your export', ...place(data.isPart ? 'from' : 'of', data.workspaceName), ' is ready');
    const sentence = `${countWords(data.assetsExported)} in ${archiveWords(parts.total, data.sizeBytes)}.`;
    const pages = { parts: parts.page, exceptions: exceptions.page };
    const { schedule } = data;
    const kept = data.removeAfter === null ? '' : ` The archive will be removed on ${momentWords(data.removeAfter)}.`;
    return {
      summary: `${title.join('')}. ${sentence} ${exceptions.total > 0 ? `With ${plural(exceptions.total, 'exception')}. ` : ''}The download link works until ${plainMomentWords(data.linkExpiresAt)}.`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · ${schedule?.name ?? 'Export'}`,
      ...scheduledView(schedule),
      title,
      sentence: prose(sentence),
      pages,
      parts: parts.rows.map((part) => partRow(part, parts.total)),
      partsTurn: requestPageTurner('parts', parts, pages),
      sums: sumsWords(parts.rows),
      linkWord: parts.total === 1 ? 'The link works' : 'The links work',
      linkUntil: momentWords(data.linkExpiresAt),
      linkAgain: `Anyone with a link can download, so do not share it.${kept}`,
      renewText: `new link for ${request}`,
      hasRevoked: data.linksRevokedAt !== null,
      revoked: data.linksRevokedAt === null ? '' : revokedWords(data.linksRevokedAt),
      hasExceptions: exceptions.total > 0,
      exceptionsTitle: `${plural(exceptions.total, 'exception')}: exported incompletely or not at all`,
      exceptions: exceptions.rows.map((each) => exceptionLine(each, room)),
      ...retryView(data.retry),
      exceptionsTurn: requestPageTurner('exceptions', exceptions, pages),
    };
  },
);

/** The data of a finished export, with new links; null when there is nothing left to download. */
export async function exportResultData(context: CardContext): Promise<DataOf<typeof exportResult> | null> {
  const { basis, report } = context;
  const { workspace, removeAfter, linksRevokedAt } = report.request;
  const workspaceName = workspace?.name ?? '';
  const links = await partLinks(context);
  if (links === null) return null;
  const before = report.workspaceProblems.map(({ fileName, note }) => ({
    kind: 'workspace' as const,
    name: fileName ?? workspaceName,
    note,
  }));
  return {
    ...basis,
    workspaceName,
    isPart: report.request.ask.target === 'assets',
    assetsExported: report.exportCounts.get('done') ?? 0,
    linkExpiresAt: links.expiresAt,
    removeAfter,
    linksRevokedAt,
    parts: links.parts,
    sizeBytes: archiveBytes(report),
    retry: retryData(report),
    exceptions: await assetPage({
      context,
      list: 'not-exported',
      shownAs: 'exceptions',
      toRow: exportException,
      before,
    }),
  };
}
