import { z } from 'zod';
import template from '../../../cards/export-result-public.json' with { type: 'json' };
import { countAssets } from '../../requests/report.ts';
import { archiveBytes } from '../archive-links.ts';
import type { CardContext } from '../card-context.ts';
import { archiveWords } from './archive.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { place } from './place.ts';
import { count, name, requestFields } from './shapes.ts';
import { countWords, plural } from './words.ts';

/** A finished export where others can see the card: never with a link. */
export const exportResultPublic = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    workspaceName: name,
    requesterName: name,
    assetsExported: count,
    sizeBytes: count,
    parts: count,
    exceptionsTotal: count,
    /** False when the requester's personal chat could not be reached. */
    delivered: z.boolean(),
  }),
  (data) => {
    const { request, version, refreshFor, exceptionsTotal } = data;
    const requester = plainName(data.requesterName);
    const title = runs('The export', ...place('of', data.workspaceName), ' is ready');
    const sentence = data.delivered
      ? `The download link went to ${requester} in a personal chat.`
      : `I cannot reach ${requester} in a personal chat. ${requester}, please write “new link for ${request}” to me there.`;
    const exceptions = exceptionsTotal === 0 ? '' : ` ${plural(exceptionsTotal, 'exception')}, listed there.`;
    const note = `${countWords(data.assetsExported)}, ${archiveWords(data.parts, data.sizeBytes)}.${exceptions}`;
    return {
      summary: `${title.join('')}. ${sentence}`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · Export`,
      title,
      sentence: prose(sentence),
      note,
    };
  },
);

/** The data of a finished export as others see it. */
export function exportResultPublicData({ basis, report }: CardContext): DataOf<typeof exportResultPublic> {
  const { request, parts, workspaceProblems } = report;
  return {
    ...basis,
    workspaceName: request.workspace?.name ?? '',
    requesterName: request.requester.name,
    assetsExported: report.exportCounts.get('done') ?? 0,
    sizeBytes: archiveBytes(report),
    parts: parts.length,
    exceptionsTotal: workspaceProblems.length + countAssets(report, 'not-exported'),
    delivered: !report.unreached.includes('requester'),
  };
}
