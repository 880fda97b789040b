import type { AssetKind } from '../domain/assets.ts';
import { groupOfEntry } from '../domain/directory-groups.ts';
import { isObjectId } from '../domain/people.ts';
import type { PolicySettings } from '../domain/policy.ts';
import type { PolicyRule } from '../domain/policy-rules.ts';
import type { Retention } from '../domain/retention.ts';
import { approverSet, reviewWords } from '../domain/reviews.ts';
import { kindWords } from '../sources/registry.ts';

/** The configured values that pages mention. */
export interface Facts {
  /** Lifetime of a download link, in milliseconds. */
  readonly linkLifetimeMs: number;
  /** How long a finished archive is stored, in milliseconds. */
  readonly archiveRetentionMs: number;
  /** How long a request waits for a person's answer, in milliseconds. */
  readonly requestLifetimeMs: number;
  /** Maximum size of one archive part, in bytes. */
  readonly partBytes: number;
  readonly policy: PolicySettings;
  /** E-mail addresses or object ids of the people who may approve, or groups (`group:<object id>`). */
  readonly approvers: readonly string[];
  /** Kinds of assets that can be listed and exported. */
  readonly kinds: readonly AssetKind[];
  /** True when a language model interprets messages that the embedded reader is unsure of. */
  readonly languageModel: boolean;
  /** True when tenant administrators may start exports of directory data. */
  readonly directoryExport: boolean;
  /** How long records are kept. */
  readonly retention: Retention;
}

/** The placeholders that a page may use between double braces. */
export const placeholders = [
  'link lifetime',
  'archive retention',
  'request lifetime',
  'part size',
  'approvals',
  'approvers',
  'kinds',
  'language model',
  'directory export',
  'requests kept',
  'names kept',
  'audit kept',
  'people kept',
] as const;

export type Placeholder = (typeof placeholders)[number];

const marks = /\{\{([^{}]*)\}\}/gu;

/** The names of the placeholders in a text. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(marks)].map(([, name = '']) => name);
}

/** The text with the configured values in place of its placeholders. Unknown placeholders are left unchanged. */
export function fillIn(text: string, facts: Facts): string {
  return text.replace(marks, (mark, name: string) => {
    const known = placeholders.find((placeholder) => placeholder === name);
    return known === undefined ? mark : configuredValue(known, facts);
  });
}

function configuredValue(placeholder: Placeholder, facts: Facts): string {
  switch (placeholder) {
    case 'link lifetime':
      return timeSpan(facts.linkLifetimeMs);
    case 'archive retention':
      return timeSpan(facts.archiveRetentionMs);
    case 'request lifetime':
      return timeSpan(facts.requestLifetimeMs);
    case 'requests kept':
      return timeSpan(facts.retention.requestsMs);
    case 'names kept':
      return timeSpan(facts.retention.namesMs);
    case 'audit kept':
      return timeSpan(facts.retention.auditMs);
    case 'people kept':
      return timeSpan(facts.retention.peopleMs);
    case 'part size':
      return size(facts.partBytes);
    case 'approvals':
      return approvalRule(facts.policy);
    case 'approvers':
      return approverList(facts.approvers);
    case 'kinds':
      return list(facts.kinds.map((kind) => kindWords[kind].many));
    case 'directory export':
      return facts.directoryExport
        ? 'For an account of your organization, a Global Administrator can start Microsoft Graph’s export of a person’s ' +
            'data from this chat, for example with “export the directory data of megan@contoso.com”. Microsoft’s page ' +
            'says that it covers the person’s data in OneDrive and their activity reports. It holds nothing of Studio’s.'
        : 'Microsoft Graph has an export of an organization user’s data, which a tenant administrator can start; from this chat it is switched off.';
    case 'language model':
      return facts.languageModel
        ? 'What you write to me, with the last few messages before it, may be read by the language model that your ' +
            'administrator has set up, so that I understand it. It never sees your assets’ contents, links or tokens.'
        : 'No language model reads your messages or your data here. I understand sentences by fixed rules and by a small ' +
            'model of my own, which was trained beforehand and learns nothing from you; nothing is sent anywhere for it.';
  }
}

function approvalRule({ rules, approversExist }: PolicySettings): string {
  const asking = rules.filter(({ approvals = 0 }) => approvals > 0);
  if (asking.length === 0) {
    return 'Nobody: as I am set up here, a deletion needs no second person. The press on the button of its card is enough.';
  }
  const who = ({ approvals = 0, reviewers = [approverSet] }: PolicyRule) => {
    if (reviewers.some((set) => set !== approverSet)) return ` (by ${reviewWords({ approvals, by: reviewers })})`;
    return approvals > 1 ? ` (${approvals} different people)` : '';
  };
  const sentences = asking.map((rule) => `${rule.says.replace(/[.!?]$/u, '')}${who(rule)}.`);
  const others = approversExist
    ? 'Every other deletion needs nobody else: the press on the button of its card is enough.'
    : 'Nobody is set up to approve anything here, so I refuse such a deletion and say who can do it instead.';
  return [...sentences, others].join(' ');
}

/**
 * Maximum number of approvers listed by address. A longer list would make the answer long without helping the reader.
 */
const maxNamed = 5;

/**
 * Approvers by their addresses. Those given by object id, and groups, are only counted, since people do not recognise
 * ids.
 */
function approverList(all: readonly string[]): string {
  if (all.length === 0) return 'No approvers are named in my configuration.';
  const entries = all.filter((entry) => groupOfEntry(entry) === null);
  const groups = all.length - entries.length;
  if (groups === 0) return peopleList(entries);
  const members = `Whoever is in ${groups === 1 ? 'a group' : `one of ${groups} groups`} in Microsoft Entra ID may approve.`;
  return entries.length === 0 ? members : `${peopleList(entries)} ${members}`;
}

function peopleList(entries: readonly string[]): string {
  const addresses = entries.filter((entry) => !isObjectId(entry));
  const named = addresses.slice(0, maxNamed);
  const rest = entries.length - named.length;
  if (named.length === 0) return `My configuration names ${counted(rest, 'approver')}, by account id.`;
  return entries.length === 1
    ? `The approver is ${named[0]}.`
    : `The approvers are ${list(rest === 0 ? named : [...named, `${rest} more`])}.`;
}

function timeSpan(milliseconds: number): string {
  const hours = milliseconds / 3_600_000;
  if (hours < 1) return counted(Math.round(milliseconds / 60_000), 'minute');
  if (hours >= 48 && hours % 24 === 0) return counted(hours / 24, 'day');
  return counted(Math.round(hours * 10) / 10, 'hour');
}

function size(bytes: number): string {
  const mebibytes = Math.round(bytes / 1_048_576);
  return mebibytes >= 1_024 && mebibytes % 1_024 === 0 ? `${mebibytes / 1_024} GB` : `${mebibytes} MB`;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
