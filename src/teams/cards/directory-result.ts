import { z } from 'zod';
import template from '../../../cards/directory-result.json' with { type: 'json' };
import { canSearchForFiles } from '../../domain/directory-export.ts';
import { directoryFileName } from '../../domain/download-names.ts';
import { refusalSentence } from '../../domain/refusals.ts';
import type { RequestRecord } from '../../domain/request.ts';
import { hasLeft } from '../../requests/leavers.ts';
import { directoryFiles } from '../../requests/report.ts';
import { firstEnd } from '../archive-links.ts';
import { lengthOf } from '../asset-pages.ts';
import type { CardContext } from '../card-context.ts';
import { type DataOf, defineCard } from './definition.ts';
import { directoryOf } from './directory-data.ts';
import { plainName, prose, quoted, type Runs, runs } from './literal.ts';
import { lastPage, pageOf, requestPageTurner, rowsOf, shortened } from './pages.ts';
import { count, moment, name, requestFields } from './shapes.ts';
import { momentWords, plainMomentWords, plural, sizeWords } from './words.ts';

const file = z.strictObject({
  name,
  sizeBytes: count,
  /** Null when the address would be too long for a card. */
  url: z.url({ protocol: /^https?$/u }).nullable(),
  /** True when it is no longer in storage. */
  gone: z.boolean().default(false),
});

const shape = z.strictObject({
  ...requestFields,
  personName: name,
  /** `cut-off` when Graph's write access ended first, `in-doubt` when it is unknown whether the call reached Graph. */
  outcome: z.enum(['complete', 'cut-off', 'in-doubt']),
  /** The files of this page, with links made now. */
  files: pageOf(file),
  /** Of all files on all pages. */
  bytes: count,
  linkExpiresAt: moment.nullable(),
  /** When the container was last checked for files, for an export that is in doubt. */
  searchedAt: moment.nullable(),
  /** When the container is removed. */
  removedAt: moment,
  canSearch: z.boolean(),
  note: z.string().nullable(),
});

type Data = z.output<typeof shape>;

/** The files that Microsoft Graph has written about a person, with links. Shown only to the administrator, in their personal chat. */
export const directoryResult = defineCard(template, shape, (data, room) => {
  const { request, version, refreshFor, files, linkExpiresAt } = data;
  const title = titleOf(data);
  const sentence = sentenceOf(data);
  const pages = { files: files.page };
  const until = linkExpiresAt === null ? '' : ` The links work until ${plainMomentWords(linkExpiresAt)}.`;
  return {
    summary: `${title.join('')}. ${sentence}${until}`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · Export of directory data`,
    title,
    sentence: prose(sentence),
    hasNote: data.note !== null,
    note: prose(data.note ?? ''),
    pages,
    files: files.rows.map(({ name: fileName, sizeBytes, url, gone }) => ({
      label: runs(plainName(fileName, shortened(80, room))),
      detail: `  ${sizeWords(sizeBytes)}${url === null ? withoutLink(gone) : ''}`,
      hasLink: url !== null,
      url: url ?? '',
    })),
    filesTurn: requestPageTurner('files', files, pages),
    hasLinks: linkExpiresAt !== null && files.total > 0,
    linkWord: files.total === 1 ? 'The link works' : 'The links work',
    linkUntil: linkExpiresAt === null ? '' : momentWords(linkExpiresAt),
    linkAgain: 'Anyone with a link can download, so do not share it.',
    renewText: `new link for ${request}`,
    canSearch: data.canSearch,
    removal: `The container for these files will be removed on ${momentWords(data.removedAt)}.`,
  };
});

function withoutLink(gone: boolean): string {
  return gone
    ? ' · no longer in storage; ask for a new export'
    : ' · the name is too long for a link on a card; ask your storage administrator';
}

function titleOf({ outcome, personName }: Data): Runs {
  const whose = quoted(personName, 60);
  switch (outcome) {
    case 'complete':
      return runs('The directory data of ', ...whose, ' is ready');
    case 'cut-off':
      return runs('Part of the directory data of ', ...whose);
    case 'in-doubt':
      return runs('Was the export of ', ...whose, ' started?');
  }
}

function sentenceOf({ outcome, files: { total }, bytes, searchedAt }: Data): string {
  const found = `${plural(total, 'file')}, ${sizeWords(bytes)}, as Microsoft Graph wrote them.`;
  if (outcome !== 'in-doubt')
    return total === 0 ? 'Microsoft Graph reports that it is done, but it wrote no files.' : found;
  if (total > 0) return `It was: ${found} I cannot tell whether that is everything.`;
  return searchedAt === null
    ? 'If it was, its files will appear in its container after a while. Check with the button below.'
    : `When I last checked, on ${plainMomentWords(searchedAt)}, its container was empty. Files can still appear.`;
}

/** The longest link on a card, so that a whole page of them fits; a blob's name can have 1,024 characters, each encoded as up to nine. */
const longestLink = 3_000;

/** The data of what Graph has written, with new links to one page of the files; null when there is nothing left to download. */
export async function directoryResultData({
  services,
  report,
  basis,
  pages,
}: CardContext): Promise<DataOf<typeof directoryResult> | null> {
  const { request } = report;
  const { linkExpiresAt, archiveRemovedAt, removeAfter, finishedAt, updatedAt, verifiedAt } = request;
  const expired = linkExpiresAt !== null && linkExpiresAt.getTime() <= services.clock.now();
  if (archiveRemovedAt !== null || expired || services.linksRefused === true) return null;
  if (await hasLeft(services, request.requester)) return null;
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
  return {
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
  };
}

function outcomeOf({ state, refusal }: RequestRecord): Data['outcome'] {
  if (state === 'succeeded') return 'complete';
  return refusal?.reason === 'directory-export-in-doubt' ? 'in-doubt' : 'cut-off';
}
