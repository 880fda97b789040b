import { z } from 'zod';
import template from '../../../cards/approval.json' with { type: 'json' };
import { isWorkspaceDeletion } from '../../domain/actions.ts';
import { assetLine } from './asset-rows.ts';
import { defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { pageOf, requestPageTurner } from './pages.ts';
import { actionPlace, place } from './place.ts';
import { action, assetRow, kindTotal, moment, name, requestFields, workspace } from './shapes.ts';
import { sumTotals, totalRows } from './totals.ts';
import { accountWords, countWords, momentWords } from './words.ts';

const wordings = {
  export: {
    verb: 'export',
    approve: 'Approve export',
    consequence: 'The requester gets a download link to a copy of this data.',
  },
  delete: {
    verb: 'delete',
    approve: 'Approve deletion',
    consequence: 'The data is deleted and cannot be restored.',
  },
  'export-then-delete': {
    verb: 'export and then delete',
    approve: 'Approve both',
    consequence: 'The data is exported for the requester first, then deleted. Deleted data cannot be restored.',
  },
  'delete-workspace': {
    verb: 'delete',
    approve: 'Approve deletion',
    consequence: 'The whole workspace is deleted, with everything in it, and cannot be restored.',
  },
  'export-then-delete-workspace': {
    verb: 'export and then delete',
    approve: 'Approve both',
    consequence:
      'Everything is exported for the requester first, then the whole workspace is deleted. It cannot be restored.',
  },
  'export-directory-data': {
    verb: 'export directory data of',
    approve: 'Approve export',
    consequence: 'The requester gets links to the files that Microsoft Graph writes.',
  },
} as const;

/** Asks the approvers for a decision. Everybody in their channel sees the card, so it holds no link. */
export const approval = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    requesterName: name,
    workspace,
    action,
    /** The assets concerned; none when the request is for the whole workspace. */
    assets: pageOf(assetRow),
    totals: z.array(kindTotal).readonly(),
    /** Why the request needs an approval. */
    reason: z.string(),
    expiresAt: moment,
  }),
  (data, room) => {
    const { request, version, refreshFor, action, workspace, assets, totals } = data;
    const { verb, approve, consequence } = wordings[action];
    const requester = plainName(data.requesterName);
    const title = isWorkspaceDeletion(action)
      ? runs(`${requester} wants to ${verb} the whole workspace`, ...actionPlace(action, workspace.name))
      : runs(`${requester} wants to ${verb} ${countWords(assets.total)}`, ...place('from', workspace.name));
    const pages = { assets: assets.page };
    return {
      summary: `${title.join('')} (${sumTotals(totals).size}). It is waiting for an approver.`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · Approval needed`,
      title,
      subtitle: prose(accountWords(workspace.accountType, workspace.serviceType)),
      ...totalRows(totals),
      pages,
      assets: assets.rows.map((asset) => assetLine(asset, room)),
      assetsTurn: requestPageTurner('assets', assets, pages),
      consequence,
      style: action === 'export' ? 'emphasis' : 'attention',
      reason: prose(data.reason),
      approveTitle: approve,
      approveStyle: action === 'export' ? 'positive' : 'destructive',
      expiry: `The requester cannot approve it. If nobody answers, it expires on ${momentWords(data.expiresAt)} and nothing happens.`,
    };
  },
);
