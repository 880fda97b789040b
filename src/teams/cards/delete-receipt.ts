import { z } from 'zod';
import template from '../../../cards/delete-receipt.json' with { type: 'json' };
import { archiveShape, archiveView } from './archive.ts';
import { defineCard } from './definition.ts';
import { exceptionLine, mostExceptions, nameLine } from './exceptions.ts';
import { plainName, quoted, type Runs, runs } from './literal.ts';
import { place } from './place.ts';
import { count, exceptionRow, moment, name, namedAsset, requestFields } from './shapes.ts';
import { countWords, momentWords, numberWords, plainMomentWords } from './words.ts';

const shape = z.strictObject({
  ...requestFields,
  workspaceName: name,
  requesterName: name,
  approverName: name.nullable(),
  finishedAt: moment,
  /** When a fresh list showed that they are gone; null when none could be fetched. */
  verifiedAt: moment.nullable(),
  deleted: z.array(namedAsset).readonly(),
  deletedTotal: count,
  /** What was to be deleted and is still there, with the reason. */
  kept: z.array(exceptionRow).readonly(),
  keptTotal: count,
  /** The archive made before; without parts where others can see the card. */
  archive: archiveShape,
});

type Data = z.output<typeof shape>;

/** How many deleted assets a receipt names. */
const mostNamed = 25;

/** What was deleted, by whom, when, and the proof that it is gone. */
export const deleteReceipt = defineCard(template, shape, (data, rows) => {
  const { request, version, refreshFor, deletedTotal, keptTotal, archive } = data;
  const title = runs(...whatWords(data), ...place('from', data.workspaceName));
  const approver = data.approverName === null ? '' : `, approved by ${plainName(data.approverName)}`;
  const requester = plainName(data.requesterName);
  const deleted = data.deleted.slice(0, Math.min(mostNamed, rows));
  const kept = data.kept.slice(0, Math.min(mostExceptions, rows)).map(exceptionLine);
  const keptTitle = `${countWords(keptTotal)} not deleted`;
  return {
    summary: `${title.join('')}: ${deleted
      .map(({ name }) => plainName(name))
      .slice(0, 3)
      .join(
        ', ',
      )}. Asked for by ${requester}, finished ${plainMomentWords(data.finishedAt)}.${keptTotal > 0 ? ` ${keptTitle}.` : ''}`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · Deletion receipt`,
    title,
    by: runs(`Asked for by ${requester}${approver}`),
    finished: `Finished ${momentWords(data.finishedAt)}`,
    deleted: deleted.map(nameLine),
    hasMore: deletedTotal > deleted.length,
    more: `and ${numberWords(deletedTotal - deleted.length)} more`,
    isChecked: deletedTotal > 0 && data.verifiedAt !== null,
    isUnchecked: deletedTotal > 0 && data.verifiedAt === null,
    check:
      data.verifiedAt === null
        ? 'A fresh list from Studio does not confirm all of it yet. What it still shows is named below.'
        : `Checked with a fresh list from Studio, ${momentWords(data.verifiedAt)}: gone.`,
    hasKept: keptTotal > 0,
    keptTitle,
    kept,
    hasMoreKept: keptTotal > kept.length,
    moreKept: `and ${numberWords(keptTotal - kept.length)} more`,
    ...archiveView(archive, request, rows),
  };
});

function whatWords({ deleted, deletedTotal }: Data): Runs {
  if (deletedTotal === 0) return ['Nothing was deleted'];
  const [only] = deleted;
  return deletedTotal === 1 && only ? ['Deleted ', ...quoted(only.name, 60)] : [`${countWords(deletedTotal)} deleted`];
}
