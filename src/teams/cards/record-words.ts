import type { ActorRole, RecordEvent } from '../../domain/record-events.ts';
import type { RequestEvent } from '../../domain/request-events.ts';
import { plural } from './words.ts';

/** What each event of a request's life says, behind who did it. */
const eventWords: Readonly<Record<RequestEvent['type'], string>> = {
  'choice-needed': 'asked which one is meant',
  previewed: 'showed what will happen',
  refused: 'refused it',
  chosen: 'answered which one is meant',
  confirmed: 'confirmed it',
  approved: 'approved it',
  disapproved: 'rejected it',
  cancelled: 'withdrew or stopped it',
  waited: 'ended the wait before the start',
  started: 'started the work',
  entered: 'went on to the next step',
  changed: 'found that something had changed, and made a new preview',
  finished: 'ended the work',
  stopped: 'stopped the work',
  'gave-up': 'gave up after several failures',
  expired: 'closed it, since nobody answered in time',
  'links-revoked': 'revoked the download links',
  'links-renamed': 'copied the files to new names',
  'links-replaced': 'saw that the old links no longer work',
};

/** What further rows of the record say. */
const furtherWords: Readonly<Record<string, string>> = {
  'request.asked': 'asked for it',
  'request.escalated': 'brought it before further people, since it waited',
  'request.names-forgotten': 'removed the names in it, whose time had come',
  'record.exported': 'got this record as a file',
  'link.renewed': 'got new download links',
  'archive.removed': 'removed the archive from storage',
  'workspace.delete.removing': 'called for the deletion of the workspace',
  'workspace.delete.checking': 'was told that the workspace is being deleted',
  'workspace.delete.waiting': 'waits until the workspace is gone',
  'directory.export.asking': 'asked Microsoft Graph for the export',
  'directory.export.following': 'follows the export of Microsoft Graph',
  'directory.export.searched': 'looked for the files of Microsoft Graph',
};

/** What was done with assets, by the last word of the row. */
const assetWords: Readonly<Record<string, (what: string) => string>> = {
  done: (what) => `deleted ${what}`,
  gone: (what) => `found ${what} gone`,
  changed: (what) => `kept ${what}, changed since the preview`,
  kept: (what) => `kept ${what}`,
  failed: (what) => `could not delete ${what}`,
  incomplete: (what) => `deleted ${what} in part`,
};

/** What happened, behind who did it: "deleted 3 assets", "approved it". */
export function whatHappened({ action, count, assetName, because, to }: RecordEvent): string {
  const asset = /^asset\.delete\.([a-z]+)$/u.exec(action)?.[1];
  const words = asset === undefined ? undefined : assetWords[asset];
  if (words !== undefined) return words(assetName === null ? plural(count, 'asset') : `“${assetName}”`);
  const event = action.startsWith('request.') ? action.slice('request.'.length) : '';
  const said = furtherWords[action] ?? (isEvent(event) ? eventWords[event] : `recorded ${action}`);
  const end = event === 'finished' && to !== null ? `: ${ends[to] ?? to}` : '';
  return `${said}${end}${because === null ? '' : ` (${because.replaceAll('-', ' ')})`}`;
}

const ends: Readonly<Record<string, string>> = {
  succeeded: 'done',
  'partly-failed': 'done, with exceptions',
  failed: 'it failed',
};

function isEvent(type: string): type is RequestEvent['type'] {
  return Object.hasOwn(eventWords, type);
}

const roles: Readonly<Record<ActorRole, string>> = {
  requester: 'requester',
  decider: 'approver',
  other: 'another person',
  system: 'Steward',
};

/** Rows that Steward writes under the id of the requester, in whose name it works. */
const inTheirName = /^(?:asset|workspace|directory)\./u;

/** Who did it: "Megan Bowen (approver)", or "an approver" where the reader sees roles. `isNamed` is for who sees names. */
export function whoActed({ action, role, name }: RecordEvent, isNamed: boolean): string {
  if (role === 'system' || inTheirName.test(action)) return 'Steward';
  const said = { requester: 'the requester', decider: 'an approver', other: 'another person', system: 'Steward' }[role];
  if (!isNamed) return said;
  return name === null ? `${said}, whose name is no longer kept` : `${name} (${roles[role]})`;
}

/** How far the record of a request is sealed, in a sentence. */
export function sealingWords({
  first,
  last,
  unsealed,
}: {
  readonly first: number | null;
  readonly last: number | null;
  readonly unsealed: number;
}): string {
  if (first === null || last === null) return 'Not sealed yet.';
  const sealed =
    first === last ? `Sealed as entry ${first} of the chain.` : `Sealed as entries ${first} to ${last} of the chain.`;
  return unsealed === 0 ? sealed : `${sealed} ${plural(unsealed, 'row')} not sealed yet.`;
}
