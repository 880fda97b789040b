import { z } from 'zod';
import template from '../../../cards/delete-stopped.json' with { type: 'json' };
import { mainSource } from '../../sources/registry.ts';
import { archiveData } from '../archive-links.ts';
import { assetPage, goneRow } from '../asset-pages.ts';
import type { CardContext } from '../card-context.ts';
import { archivePages, archiveShape, archiveView } from './archive.ts';
import { nameLine } from './asset-rows.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, runs } from './literal.ts';
import { pageOf, requestPageTurner } from './pages.ts';
import { place } from './place.ts';
import { count, goneAsset, moment, name, requestFields } from './shapes.ts';
import { countWords, momentWords, numberWords } from './words.ts';

/** A deletion that ended before it was complete: what is gone and what is left. */
export const deleteStopped = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    workspaceName: name,
    /** Who stopped it; null when it failed. */
    stopperName: name.nullable(),
    stoppedAt: moment,
    deleted: pageOf(goneAsset),
    /** How many of them are gone without a successful answer to one of our deletion calls. */
    gone: count.default(0),
    notDeleted: count,
    /** Assets whose deletion call got no answer: they may be gone or not. */
    unknown: count.default(0),
    archive: archiveShape.default(null),
  }),
  (data, room) => {
    const { request, version, refreshFor, deleted, notDeleted } = data;
    const deletedTotal = deleted.total;
    const pages = { assets: deleted.page, ...archivePages(data.archive) };
    const title = runs(
      data.stopperName === null ? 'Deletion failed partway' : 'Deletion stopped',
      ...place('in', data.workspaceName),
    );
    const rest =
      notDeleted === 0
        ? `Everything ${data.gone === 0 ? 'had already been deleted' : 'is already gone'}.`
        : `${countWords(notDeleted)} not deleted. To delete ${notDeleted === 1 ? 'it' : 'them'}, ask again; you will get a new preview.`;
    return {
      summary: `${title.join('')}. ${countWords(deletedTotal)} ${data.gone === 0 ? 'deleted' : 'gone'}, ${numberWords(notDeleted)} not deleted.`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · Deletion`,
      title,
      by: runs(data.stopperName === null ? 'Ended by an error' : `Stopped by ${plainName(data.stopperName)}`),
      finished: momentWords(data.stoppedAt),
      hasDeleted: deletedTotal > 0,
      deletedTitle: `${countWords(deletedTotal)} ${data.gone === 0 ? 'already deleted' : 'already gone'}; this cannot be undone`,
      pages,
      deleted: deleted.rows.map((each) => nameLine(each, room)),
      assetsTurn: requestPageTurner('assets', deleted, pages),
      rest: [
        deletedTotal === 0 && data.unknown === 0 ? `Nothing was deleted. ${rest}` : rest,
        unknownWords(data.unknown),
      ]
        .join(' ')
        .trim(),
      ...archiveView(data.archive, request, pages),
    };
  },
);

function unknownWords(unknown: number): string {
  if (unknown === 0) return '';
  return `Of these, ${countWords(unknown)} may be gone: I asked ${mainSource.name} to delete ${unknown === 1 ? 'it' : 'them'}, but got no answer. List the assets to see what is left.`;
}

/** The data of a deletion that ended before it was complete. */
export async function deleteStoppedData(context: CardContext): Promise<DataOf<typeof deleteStopped>> {
  const { basis, report } = context;
  const { request } = report;
  const deleted = await assetPage({ context, list: 'deleted', shownAs: 'assets', toRow: goneRow });
  return {
    ...basis,
    workspaceName: request.workspace?.name ?? '',
    stopperName: request.state === 'cancelled' ? request.requester.name : null,
    stoppedAt: request.finishedAt ?? request.updatedAt,
    deleted,
    gone: report.deleteCounts.get('gone') ?? 0,
    notDeleted: request.progress.assetsTotal - deleted.total,
    unknown: report.unsettled,
    archive: await archiveData(context),
  };
}
