import { z } from 'zod';
import template from '../../../cards/revoke-link.json' with { type: 'json' };
import { traitsOf } from '../../domain/actions.ts';
import { archiveBytes } from '../archive-links.ts';
import type { CardContext } from '../card-context.ts';
import { whatWords } from '../request-wording.ts';
import { archiveWords } from './archive.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { place } from './place.ts';
import { action, count, moment, name, requestFields } from './shapes.ts';
import { momentWords, plural, sizeWords } from './words.ts';

const shape = z.strictObject({
  ...requestFields,
  /**
   * `asking`: what to do is the person's choice. `replacing`: the parts are being copied to new names. `deleting`: what
   * the old links open is being deleted. `removing`: the whole archive is.
   */
  stage: z.enum(['asking', 'replacing', 'deleting', 'removing']),
  action,
  /** What was exported, as the person knows it. */
  what: z.string(),
  workspaceName: name,
  /** Zip files of the archive; 0 for files that Microsoft Graph wrote, which are not replaced. */
  parts: count,
  /** Files in them. */
  files: count,
  sizeBytes: count,
  /** Since when there are links; null when it is not known. */
  linksSince: moment.nullable(),
  linkExpiresAt: moment,
  /** Whether the newest link has expired. */
  expired: z.boolean(),
  /** Until when the archive is kept. */
  removeAfter: moment.nullable(),
  /** What hinders it at the moment, as a sentence. */
  trouble: z.string().nullable(),
});

type Data = z.output<typeof shape>;

/**
 * Links that are to stop working: what would be done and the choice, and then how far it is. Shown only to the requester,
 * in their personal chat; holds no link.
 */
export const revokeLink = defineCard(template, shape, (data) => {
  const { request, version, refreshFor, stage, trouble } = data;
  const title = titleOf(data);
  const progress = progressOf(data);
  const isAsking = stage === 'asking';
  return {
    summary: `${title} ${isAsking ? 'Nothing has been changed yet.' : progress}`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · Download links`,
    title: runs(title),
    what: runs(
      data.parts === 0 ? 'Exported: directory data, ' : 'Exported: ',
      plainName(data.what),
      ...place('in', data.workspaceName),
      `: ${contentWords(data)}.`,
    ),
    facts: isAsking ? factsOf(data) : '',
    choices: isAsking ? choicesOf(data) : [],
    hasLoss: isAsking && traitsOf(data.action).deletes !== 'nothing',
    loss: 'This request deleted data after it was exported, so its archive may be the only copy. If you remove it, that data is lost.',
    hasTrouble: trouble !== null,
    trouble: prose(`${trouble ?? ''} I keep trying. Until I say here that it is done, the old links may still work.`),
    progress,
    canReplace: isAsking && data.parts > 0,
    // A replacement that does not get on can still become a removal.
    canRemove: isAsking || (trouble !== null && stage !== 'removing'),
    canKeep: isAsking,
  };
});

function titleOf({ stage, request }: Data): string {
  switch (stage) {
    case 'asking':
      return `Make the links of ${request} stop working?`;
    case 'replacing':
    case 'deleting':
      return `Replacing the links of ${request}`;
    case 'removing':
      return `Removing the archive of ${request}`;
  }
}

function contentWords({ parts, files, sizeBytes }: Data): string {
  if (parts === 0) return `${plural(files, 'file')}, ${sizeWords(sizeBytes)}`;
  return `${archiveWords(parts, sizeBytes)}, with ${plural(files, 'file')} in ${parts === 1 ? 'it' : 'them'}`;
}

function factsOf({ linksSince, linkExpiresAt, expired, removeAfter }: Data): string {
  return [
    linksSince === null ? '' : `There have been links since ${momentWords(linksSince)}.`,
    `The newest ${expired ? 'stopped' : 'stops'} working on ${momentWords(linkExpiresAt)}.`,
    removeAfter === null ? '' : `The archive is kept until ${momentWords(removeAfter)}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function choicesOf({ parts, expired, removeAfter, request }: Data): { label: string; words: string }[] {
  const fresh = expired
    ? `Then write “new link for ${request}” to get one.`
    : 'You get new links here, for as long as the newest one would have worked.';
  const day = removeAfter === null ? '' : ' The archive is kept until the same day as before.';
  const replace = {
    label: 'New link: ',
    words: `a link cannot be switched off by itself. I copy the files to new names and delete the old ones, so that every link that was handed out before stops working, your own too. ${fresh}${day}`,
  };
  const remove = {
    label: 'Remove the archive: ',
    words:
      'I delete the files. No link works any more, and nothing can be downloaded, by you neither. For the data you would have to ask for the export again.',
  };
  if (parts > 0) return [replace, remove];
  const why = 'Microsoft Graph gave these files their names, so I cannot give them new ones. ';
  return [{ label: remove.label, words: `${why}${remove.words}` }];
}

function progressOf({ stage }: Data): string {
  switch (stage) {
    case 'asking':
      return 'Nothing changes until you press a button.';
    case 'replacing':
      return 'I am copying the files to new names. The old links work until this card says that they do not.';
    case 'deleting':
      return 'The copies are made and checked. I am deleting the old files; until I have seen that they are gone, the old links may work.';
    case 'removing':
      return 'I am deleting the files. Until I have seen that they are gone, links may work.';
  }
}

/** The data of the question what to do about the links of a request, or of how far their revocation is. */
export function revokeLinkData({ services, report, basis, audience }: CardContext): DataOf<typeof revokeLink> {
  const { request, parts, directory } = report;
  const { linkExpiresAt, removeAfter, revocation } = request;
  if (linkExpiresAt === null) throw new Error(`request ${request.number} has no links to revoke`);
  return {
    ...basis,
    stage: revocation?.stage ?? 'asking',
    action: request.action,
    what: whatWords(request, audience),
    workspaceName: request.workspace?.name ?? '',
    parts: parts.length,
    files: directory?.files ?? parts.reduce((files, part) => files + part.files, 0),
    sizeBytes: directory?.bytes ?? archiveBytes(report),
    linksSince: request.linksSince ?? (request.state === 'running' ? null : request.finishedAt),
    linkExpiresAt,
    expired: linkExpiresAt.getTime() <= services.clock.now(),
    removeAfter,
    trouble: revocation?.trouble ?? null,
  };
}
