import { z } from 'zod';
import template from '../../../cards/delete-receipt.json' with { type: 'json' };
import { foundGone } from '../../domain/request.ts';
import { mainSource } from '../../sources/registry.ts';
import { archiveData } from '../archive-links.ts';
import { assetPage, deleteException, goneRow } from '../asset-pages.ts';
import type { CardContext } from '../card-context.ts';
import { archivePages, archiveShape, archiveView } from './archive.ts';
import { exceptionLine, nameLine } from './asset-rows.ts';
import { type DataOf, defineCard } from './definition.ts';
import { pagesNamed } from './known-pages.ts';
import { plainName, quoted, type Runs, runs } from './literal.ts';
import { pageOf, requestPageTurner } from './pages.ts';
import { place } from './place.ts';
import { reasonGiven, reasonGivenData, reasonGivenView } from './reason-view.ts';
import { retryData, retryShape, retryView } from './retry-button.ts';
import { count, exceptionRow, goneAsset, moment, name, requestFields } from './shapes.ts';
import { countWords, momentWords, numberWords, plainMomentWords } from './words.ts';

const shape = z.strictObject({
  ...requestFields,
  workspaceName: name,
  requesterName: name,
  approverName: name.nullable(),
  reasonGiven,
  finishedAt: moment,
  /** When a fresh list showed that they are gone; null when there was no such list. */
  verifiedAt: moment.nullable(),
  deleted: pageOf(goneAsset),
  /** How many of them are gone without a successful answer to one of our deletion calls. */
  gone: count.default(0),
  /** What should have been deleted but was not, with the reason. */
  kept: pageOf(exceptionRow),
  /** The archive from the export before it; without parts where others can see the card. */
  archive: archiveShape,
  retry: retryShape,
});

type Data = z.output<typeof shape>;

/** What was deleted, by whom, when, and the check that it is gone. */
export const deleteReceipt = defineCard(template, shape, (data, room) => {
  const { request, version, refreshFor, deleted, kept, archive } = data;
  const pages = { assets: deleted.page, exceptions: kept.page, ...archivePages(archive) };
  const title = titleOf(data);
  const approver = data.approverName === null ? '' : `, approved by ${plainName(data.approverName)}`;
  const requester = plainName(data.requesterName);
  const keptTitle = `${countWords(kept.total)} not deleted`;
  return {
    summary: `${title.join('')}: ${deleted.rows
      .map(({ name }) => plainName(name))
      .slice(0, 3)
      .join(
        ', ',
      )}. Requested by ${requester}, finished ${plainMomentWords(data.finishedAt)}.${kept.total > 0 ? ` ${keptTitle}.` : ''}`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · Deletion receipt`,
    title,
    by: runs(`Requested by ${requester}${approver}`),
    ...reasonGivenView(data.reasonGiven, null),
    finished: `Finished ${momentWords(data.finishedAt)}`,
    pages,
    deleted: deleted.rows.map((each) => nameLine(each, room)),
    assetsTurn: requestPageTurner('assets', deleted, pages),
    isChecked: deleted.total > 0 && data.verifiedAt !== null,
    isUnchecked: deleted.total > 0 && data.verifiedAt === null,
    check:
      data.verifiedAt === null
        ? `A fresh list from ${mainSource.name} does not confirm all of it yet. What it still lists is named below.`
        : `Checked with a fresh list from ${mainSource.name}, ${momentWords(data.verifiedAt)}: gone.`,
    hasKept: kept.total > 0,
    keptTitle,
    kept: kept.rows.map((each) => exceptionLine(each, room)),
    byHand: pagesNamed(kept.rows.map(({ note }) => note)),
    exceptionsTurn: requestPageTurner('exceptions', kept, pages),
    ...retryView(data.retry),
    ...archiveView(archive, request, pages),
  };
});

/** Claims a deletion by us only after a successful call; otherwise says "gone", or that it is unknown who deleted it. */
function titleOf({ deleted, gone, workspaceName }: Data): Runs {
  const from = place('from', workspaceName);
  if (deleted.total === 0) return runs('Nothing was deleted', ...from);
  const [only] = deleted.rows;
  if (deleted.total === 1 && only) {
    const shown = quoted(only.name, 60);
    if (gone === 0) return runs('Deleted ', ...shown, ...from);
    return only.note === foundGone
      ? runs(...shown, ' was already gone', ...from)
      : runs(...shown, ' is gone', ...from, ', not confirmed as deleted by me');
  }
  const done = deleted.total - gone;
  if (done === 0) return runs(`${countWords(gone)} gone`, ...from, ', not confirmed as deleted by me');
  return runs(
    `${countWords(done)} deleted`,
    ...from,
    ...(gone > 0 ? [`, ${numberWords(gone)} more gone, not confirmed as deleted by me`] : []),
  );
}

/** The data of a deletion's receipt. */
export async function deleteReceiptData(context: CardContext): Promise<DataOf<typeof deleteReceipt>> {
  const { basis, report } = context;
  const { request } = report;
  return {
    ...basis,
    workspaceName: request.workspace?.name ?? '',
    requesterName: request.requester.name,
    approverName: request.decidedBy,
    reasonGiven: reasonGivenData(context),
    finishedAt: request.finishedAt ?? request.updatedAt,
    verifiedAt: request.verifiedAt,
    deleted: await assetPage({ context, list: 'deleted', shownAs: 'assets', toRow: goneRow }),
    gone: report.deleteCounts.get('gone') ?? 0,
    kept: await assetPage({ context, list: 'not-deleted', shownAs: 'exceptions', toRow: deleteException }),
    archive: await archiveData(context),
    retry: retryData(report),
  };
}
