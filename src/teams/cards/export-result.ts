import { z } from 'zod';
import template from '../../../cards/export-result.json' with { type: 'json' };
import { archiveWords, morePartsWords, partRow, sumsWords } from './archive.ts';
import { defineCard } from './definition.ts';
import { exceptionLine, mostExceptions } from './exceptions.ts';
import { prose, runs } from './literal.ts';
import { place } from './place.ts';
import { archivePart, count, exceptionRow, moment, name, requestFields } from './shapes.ts';
import { countWords, momentWords, numberWords, plainMomentWords, plural } from './words.ts';

/** A finished export with its links. Shown to the requester only. */
export const exportResult = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    workspaceName: name,
    assetsExported: count,
    parts: z.array(archivePart).readonly(),
    linkExpiresAt: moment,
    exceptions: z.array(exceptionRow).readonly(),
    exceptionsTotal: count,
  }),
  (data, rows) => {
    const { request, version, refreshFor, parts, exceptions, exceptionsTotal } = data;
    const title = runs('Your export', ...place('of', data.workspaceName), ' is ready');
    const sizeBytes = parts.reduce((bytes, part) => bytes + part.sizeBytes, 0);
    const sentence = `${countWords(data.assetsExported)} in ${archiveWords(parts.length, sizeBytes)}.`;
    const shownParts = parts.slice(0, rows).map((part) => partRow(part, parts.length));
    // Links matter more than names that the manifest holds too, so exceptions give way first.
    const shownExceptions = exceptions
      .slice(0, Math.min(mostExceptions, Math.max(0, Math.floor((rows - 20) / 8))))
      .map(exceptionLine);
    const exceptionsTitle = `${plural(exceptionsTotal, 'exception')}: exported incompletely or not at all`;
    return {
      summary: `${title.join('')}. ${sentence} ${exceptionsTotal > 0 ? `With ${plural(exceptionsTotal, 'exception')}. ` : ''}The download link works until ${plainMomentWords(data.linkExpiresAt)}.`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · Export`,
      title,
      sentence: prose(sentence),
      parts: shownParts,
      sums: sumsWords(parts),
      hasMoreParts: shownParts.length < parts.length,
      moreParts: morePartsWords(parts.length - shownParts.length),
      linkWord: parts.length === 1 ? 'The link works' : 'The links work',
      linkUntil: momentWords(data.linkExpiresAt),
      linkAgain: 'Whoever has a link can download, so do not pass it on.',
      renewText: `new link for ${request}`,
      hasExceptions: exceptionsTotal > 0,
      exceptionsTitle,
      exceptions: shownExceptions,
      hasMoreExceptions: shownExceptions.length < exceptionsTotal,
      moreExceptions: `${shownExceptions.length === 0 ? '' : `and ${numberWords(exceptionsTotal - shownExceptions.length)} more. `}All are named in manifest.json in the archive.`,
    };
  },
);
