import { z } from 'zod';
import template from '../../../cards/export-preview.json' with { type: 'json' };
import { mainSource } from '../../sources/registry.ts';
import { assetPage, nameOf } from '../asset-pages.ts';
import type { CardContext } from '../card-context.ts';
import { chosenWords } from '../limit-words.ts';
import { changesShape, changesView, reconfirmWords } from './changes.ts';
import { type DataOf, defineCard } from './definition.ts';
import { longestName, prose, quoted, runs } from './literal.ts';
import { pageOf, requestPageTurner, shortened } from './pages.ts';
import { previewData } from './preview-data.ts';
import { retryOf, retryOfData, retryWords } from './retry-button.ts';
import { kindTotal, moment, namedAsset, requestFields, workspace } from './shapes.ts';
import { notInArchives, sumTotals, totalRows } from './totals.ts';
import {
  accountWords,
  countWords,
  durationWords,
  kindWord,
  listWords,
  momentWords,
  numberWords,
  sentences,
} from './words.ts';

const shape = z.strictObject({
  ...requestFields,
  workspace,
  /** The assets that are exported; none when it is the whole workspace. */
  assets: pageOf(namedAsset),
  totals: z.array(kindTotal).readonly(),
  changes: changesShape,
  /** How the assets were chosen, as a sentence; empty when they were named. */
  chosen: z.string().default(''),
  retryOf,
  /** Whether the workspace's own files are exported although only some assets are, or none. */
  workspaceFiles: z.boolean().default(false),
  data: z.enum(['all', 'customer', 'personal']),
  /** Whose personal data the archive contains. */
  personalData: z.enum(['everyone', 'own', 'none']),
  linkHours: z.number().positive(),
  /** The estimated number of zip files, from the sizes that Studio reports. */
  parts: z.int().positive(),
  /** Whether this card is shown in the requester's personal chat or where others see it. */
  conversation: z.enum(['personal', 'shared']),
  expiresAt: moment,
});

type Data = z.output<typeof shape>;

/** What an export would contain, and where it would go; the person confirms it before anything is exported. */
export const exportPreview = defineCard(template, shape, (data, room) => {
  const { request, version, refreshFor, workspace, assets, totals, parts } = data;
  const title = titleOf(data);
  const sum = sumTotals(totals);
  const pages = { assets: assets.page };
  const named = assets.rows.map(
    ({ kind, name }) => `${kindWord(kind)} ${quoted(name, shortened(longestName, room)).join('')}`,
  );
  const link = durationWords(data.linkHours * 3_600_000);
  const files = parts === 1 ? 'One zip file' : `About ${numberWords(parts)} zip files; each can be opened on its own`;
  const where =
    data.conversation === 'personal' ? 'here' : 'to the requester’s personal chat, not to this conversation';
  return {
    summary: `${reconfirmWords(data.changes)}${title.join('')} ${totals.length === 0 ? '' : `${sum.words}. `}It is waiting for your confirmation.`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · ${data.schedule?.name ?? 'Export'} preview${retryWords(data.retryOf)}`,
    title,
    subtitle: prose(sentences(accountWords(workspace.accountType, workspace.serviceType), data.chosen)),
    ...changesView(data.changes),
    isExpiring: workspace.expiresAt !== null,
    expiryNote:
      workspace.expiresAt === null
        ? ''
        : `This workspace expires on ${momentWords(workspace.expiresAt)}. Then ${mainSource.name} deletes everything in it.`,
    hasNames: named.length > 0,
    names: prose(listWords(named), 2000),
    pages,
    assetsTurn: requestPageTurner('assets', assets, pages),
    ...totalRows(totals),
    holds: holdsWords(data),
    leavesOut: `Keys, tokens and passwords. Microsoft’s sample data.${notInArchives(totals)
      .map((words) => ` ${words}`)
      .join('')}`,
    delivery: `${files}. I send the download link ${where}. It works for ${link}.`,
    expiry: `Nothing happens until you press Export. This preview expires on ${momentWords(data.expiresAt)}.`,
  };
});

function titleOf({
  workspace,
  assets,
  workspaceFiles,
  data,
}: Pick<Data, 'workspace' | 'assets' | 'workspaceFiles' | 'data'>): readonly string[] {
  const from = quoted(workspace.name, 60);
  const [only] = assets.rows;
  if (data === 'personal') return runs('Export the personal data in ', ...from, '?');
  if (only === undefined) return runs(workspaceFiles ? 'Export the settings of ' : 'Export ', ...from, '?');
  if (assets.total === 1) return runs('Export ', ...quoted(only.name, 60), ' from ', ...from, '?');
  return runs(`Export ${countWords(assets.total)} from `, ...from, '?');
}

function holdsWords({
  assets,
  workspaceFiles,
  data,
  personalData,
}: Pick<Data, 'assets' | 'workspaceFiles' | 'data' | 'personalData'>): string {
  const people = {
    everyone: 'account ids, e-mail addresses and roles of everybody in the workspace',
    own: 'your own account id, e-mail address and role',
    none: 'no personal account data, because a guest workspace has none',
  }[personalData];
  if (data === 'personal') return `Personal data only: ${people}. A guide and a list of all files.`;
  const settings = 'the settings of the workspace';
  if (workspaceFiles && assets.total === 0) {
    return 'The settings of the workspace. A guide and a list of all files with their checksums.';
  }
  const contents =
    assets.total === 0
      ? `All assets counted above and ${settings}`
      : `The assets named above${workspaceFiles ? ` and ${settings}` : ''}`;
  const personal = data === 'customer' ? '' : ` Personal data: ${people}.`;
  return `${contents}, with their descriptions.${personal} A guide and a list of all files with their checksums.`;
}

/** The data of an export's preview. */
export async function exportPreviewData(context: CardContext): Promise<DataOf<typeof exportPreview>> {
  const { services, report, audience } = context;
  const { ask, totals, personalData } = report.request;
  const bytes = totals.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return {
    ...previewData(context),
    chosen: chosenWords(report.request.ask),
    assets:
      ask.target === 'assets'
        ? await assetPage({ context, list: 'shown', shownAs: 'assets', toRow: nameOf })
        : { rows: [], total: 0 },
    retryOf: retryOfData(report),
    workspaceFiles: ask.retry?.workspaceFiles ?? false,
    data: ask.target === 'assets' ? 'customer' : ask.data,
    personalData,
    linkHours: services.settings.linkLifetimeMs / 3_600_000,
    parts: Math.max(1, Math.ceil(bytes / services.partBytes)),
    conversation: audience === 'requester' ? 'personal' : 'shared',
  };
}
