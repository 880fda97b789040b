import { z } from 'zod';
import template from '../../../cards/delete-workspace-preview.json' with { type: 'json' };
import { traitsOf } from '../../domain/actions.ts';
import { mainSource } from '../../sources/registry.ts';
import type { CardContext } from '../card-context.ts';
import { approvalsView, namedReviewers } from './approvals-view.ts';
import { changesShape, changesView, reconfirmWords } from './changes.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, quoted, runs } from './literal.ts';
import { previewData } from './preview-data.ts';
import { reasonAsked, reasonAskedData, reasonField } from './reason-view.ts';
import { count, kindTotal, moment, name, requestFields, workspace } from './shapes.ts';
import { remainsWords, removalOf, tiedResource, tiedRow } from './tied-resources.ts';
import { sumTotals, totalRows, unseenWords } from './totals.ts';
import { accountWords, momentWords, numberWords } from './words.ts';

const shape = z.strictObject({
  ...requestFields,
  workspace,
  totals: z.array(kindTotal).readonly(),
  method: z.enum(['source', 'resource-manager', 'by-hand']),
  tied: z.array(tiedResource).readonly(),
  tiedKnown: z.boolean(),
  storageAccount: name.nullable(),
  changes: changesShape,
  approvalsNeeded: count,
  /** Who has to approve it; null when these are the approvers. */
  reviewers: z.string().nullable().default(null),
  /** Cooling-off period before it starts, in minutes. */
  waitMinutes: z.number().min(0).default(0),
  reasonAsked,
  /** Whether a copy was asked for, so that the deletion alone cannot be confirmed. */
  exportsFirst: z.boolean().default(false),
  /** Whether its name has to be typed to confirm. */
  asksForName: z.boolean().default(false),
  expiresAt: moment,
});

type Data = z.output<typeof shape>;

/** The most characters of the name in the title. */
const clippedTitle = 60;

/** The most connected resources that the card names. */
const mostTied = 30;

/** What is deleted with a whole workspace, what stays, and who deletes it: what the person confirms. */
export const deleteWorkspacePreview = defineCard(template, shape, (data, rows) => {
  const { request, version, refreshFor, workspace, totals, tied, tiedKnown, storageAccount } = data;
  const title = runs('Delete the whole workspace ', ...quoted(workspace.name, clippedTitle), '?');
  const shown = tied.slice(0, Math.min(mostTied, rows));
  return {
    summary: `${reconfirmWords(data.changes)}${title.join('')} ${sumTotals(totals).words}. This cannot be undone. It is waiting for your confirmation.`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · Workspace deletion preview`,
    title,
    subtitle: prose(`${accountWords(workspace.accountType, workspace.serviceType)} · ${sumTotals(totals).words}`),
    ...changesView(data.changes),
    ...totalRows(totals),
    consequence: [
      'Everything counted above is deleted, with the history of all runs. All personal customer data in the workspace is deleted too, and its members lose access.',
      ...unseenWords(totals),
    ].join(' '),
    ...approvalsView(data.approvalsNeeded, data.waitMinutes, data.reviewers),
    ...reasonField(data.reasonAsked),
    exportsFirst: data.exportsFirst,
    hasTied: shown.length > 0,
    tied: shown.map(tiedRow),
    hasMoreTied: tied.length > shown.length,
    moreTied: `and ${numberWords(tied.length - shown.length)} more`,
    isTiedUnknown: !tiedKnown,
    stays: prose(remainsWords(storageAccount)),
    how: howWords(data),
    asksForName: data.asksForName,
    // A title is clipped, and what has to be typed must be there to read.
    hasWholeName: data.asksForName && workspace.name.length > clippedTitle,
    wholeName: prose(`Its whole name: ${workspace.name}`),
    deleteTitle: `Delete workspace ${plainName(workspace.name, 18)}`,
    expiry: `Nothing happens until you answer. This preview expires on ${momentWords(data.expiresAt)}.`,
  };
});

function howWords({ method, workspace }: Data): string {
  switch (method) {
    case 'source':
      return `I delete it through ${mainSource.name}, and then check until it is gone.`;
    case 'resource-manager':
      return 'I delete it through Azure Resource Manager, and then check until it is gone.';
    case 'by-hand':
      return workspace.accountType === 'standard'
        ? 'I have no access to its Azure subscription, so you delete it yourself. After you confirm, I show you the page and the steps, and check until it is gone.'
        : 'I cannot delete it, so you do it yourself. After you confirm, I show you the page and the steps, and check until it is gone.';
  }
}

/** The data of the preview of a workspace's deletion. */
export function deleteWorkspacePreviewData(context: CardContext): DataOf<typeof deleteWorkspacePreview> {
  const { request } = context.report;
  const { method, tied, tiedKnown, storageAccount } = removalOf(request);
  return {
    ...previewData(context),
    method,
    tied: tied.map(({ kind, name }) => ({ kind, name })),
    tiedKnown,
    storageAccount,
    approvalsNeeded: request.approvalsNeeded,
    reviewers: namedReviewers(request),
    waitMinutes: request.terms?.waitMinutes ?? 0,
    reasonAsked: reasonAskedData(context),
    exportsFirst: traitsOf(request.action).archives,
    asksForName: request.terms?.typedName ?? false,
  };
}
