import { z } from 'zod';
import template from '../../../cards/directory-result.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { plainName, prose, quoted, type Runs, runs } from './literal.ts';
import { pageOf, requestPageTurner, shortened } from './pages.ts';
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
