import { z } from 'zod';
import template from '../../../cards/delete-receipt.json' with { type: 'json' };
import { archivePages, archiveShape, archiveView } from './archive.ts';
import { exceptionLine, nameLine } from './asset-rows.ts';
import { defineCard } from './definition.ts';
import { pagesNamed } from './known-pages.ts';
import { plainName, quoted, type Runs, runs } from './literal.ts';
import { pageOf, turner } from './pages.ts';
import { place } from './place.ts';
import { retryShape, retryView } from './retry.ts';
import { exceptionRow, moment, name, namedAsset, requestFields } from './shapes.ts';
import { countWords, momentWords, plainMomentWords } from './words.ts';

const shape = z.strictObject({
  ...requestFields,
  workspaceName: name,
  requesterName: name,
  approverName: name.nullable(),
  finishedAt: moment,
  /** When a fresh list showed that they are gone; null when none could be fetched. */
  verifiedAt: moment.nullable(),
  deleted: pageOf(namedAsset),
  /** What was to be deleted and is still there, with the reason. */
  kept: pageOf(exceptionRow),
  /** The archive made before; without parts where others can see the card. */
  archive: archiveShape,
  retry: retryShape,
});

type Data = z.output<typeof shape>;

/** What was deleted, by whom, when, and the proof that it is gone. */
export const deleteReceipt = defineCard(template, shape, (data, room) => {
  const { request, version, refreshFor, deleted, kept, archive } = data;
  const pages = { assets: deleted.page, exceptions: kept.page, ...archivePages(archive) };
  const title = runs(...whatWords(data), ...place('from', data.workspaceName));
  const approver = data.approverName === null ? '' : `, approved by ${plainName(data.approverName)}`;
  const requester = plainName(data.requesterName);
  const keptTitle = `${countWords(kept.total)} not deleted`;
  return {
    summary: `${title.join('')}: ${deleted.rows
      .map(({ name }) => plainName(name))
      .slice(0, 3)
      .join(
        ', ',
      )}. Asked for by ${requester}, finished ${plainMomentWords(data.finishedAt)}.${kept.total > 0 ? ` ${keptTitle}.` : ''}`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · Deletion receipt`,
    title,
    by: runs(`Asked for by ${requester}${approver}`),
    finished: `Finished ${momentWords(data.finishedAt)}`,
    pages,
    deleted: deleted.rows.map((each) => nameLine(each, room)),
    assetsTurn: turner('assets', deleted, pages),
    isChecked: deleted.total > 0 && data.verifiedAt !== null,
    isUnchecked: deleted.total > 0 && data.verifiedAt === null,
    check:
      data.verifiedAt === null
        ? 'A fresh list from Studio does not confirm all of it yet. What it still shows is named below.'
        : `Checked with a fresh list from Studio, ${momentWords(data.verifiedAt)}: gone.`,
    hasKept: kept.total > 0,
    keptTitle,
    kept: kept.rows.map((each) => exceptionLine(each, room)),
    byHand: pagesNamed(kept.rows.map(({ note }) => note)),
    exceptionsTurn: turner('exceptions', kept, pages),
    ...retryView(data.retry),
    ...archiveView(archive, request, pages),
  };
});

function whatWords({ deleted }: Data): Runs {
  if (deleted.total === 0) return ['Nothing was deleted'];
  const [only] = deleted.rows;
  return deleted.total === 1 && only
    ? ['Deleted ', ...quoted(only.name, 60)]
    : [`${countWords(deleted.total)} deleted`];
}
