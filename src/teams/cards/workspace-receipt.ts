import { z } from 'zod';
import template from '../../../cards/workspace-receipt.json' with { type: 'json' };
import { refusalSentence } from '../../domain/refusals.ts';
import type { RequestRecord } from '../../domain/request.ts';
import { mainSource } from '../../sources/registry.ts';
import { archiveData } from '../archive-links.ts';
import type { CardContext } from '../card-context.ts';
import { archivePages, archiveShape, archiveView } from './archive.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, quoted, type Runs, runs } from './literal.ts';
import { reasonGiven, reasonGivenData, reasonGivenView } from './reason-view.ts';
import { kindTotal, moment, name, requestFields } from './shapes.ts';
import { remainsWords, removalOf, tiedResource, tiedRow } from './tied-resources.ts';
import { sumTotals } from './totals.ts';
import { momentWords, plainMomentWords } from './words.ts';

const shape = z.strictObject({
  ...requestFields,
  workspaceName: name,
  requesterName: name,
  approverName: name.nullable(),
  reasonGiven,
  /**
   * `gone`: verified as gone after an accepted deletion, or one by hand. `untold`: verified as gone after a call without an
   * answer, so it is unknown who deleted it. `found-gone`: verified as gone, and not by a call of ours. `closed`: Studio
   * no longer accepts the token, and Azure could not be asked. `kept`: Steward did not delete it. `still-there`: still
   * visible although the deletion was accepted. `stopped`: the person stopped the request.
   */
  outcome: z.enum(['gone', 'untold', 'found-gone', 'closed', 'kept', 'still-there', 'stopped']),
  /** True when a deletion call of ours got no answer. */
  unanswered: z.boolean().default(false),
  /** Whether Azure could be asked as well, or only Studio. */
  checkedWith: z.enum(['source', 'azure']),
  /** Why it was not deleted, or is not verified as deleted. */
  note: z.string().nullable(),
  totals: z.array(kindTotal).readonly(),
  /** Connected resources that remain in Azure. */
  staying: z.array(tiedResource).readonly(),
  storageAccount: name.nullable(),
  finishedAt: moment,
  verifiedAt: moment.nullable(),
  archive: archiveShape,
});

type Data = z.output<typeof shape>;

/** The result of a workspace deletion: what happened, by whom, when, how it was checked, and what remains. */
export const workspaceReceipt = defineCard(template, shape, (data, rows) => {
  const { request, version, refreshFor, outcome } = data;
  const title = titleOf(data);
  const approver = data.approverName === null ? '' : `, approved by ${plainName(data.approverName)}`;
  const requester = plainName(data.requesterName);
  const seenGone = outcome === 'gone' || outcome === 'untold' || outcome === 'found-gone';
  const gone = seenGone || (outcome === 'closed' && !data.unanswered);
  const more = uncheckedWords(data);
  const staying = data.staying.slice(0, Math.min(30, rows));
  return {
    summary: `${title.join('')}. Requested by ${requester}, finished ${plainMomentWords(data.finishedAt)}.`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · Workspace deletion receipt`,
    title,
    isChecked: seenGone,
    isUnchecked: more !== '',
    check: seenGone ? checkWords(data) : '',
    unchecked: prose(more),
    went: gone
      ? `${seenGone ? 'Gone with it' : 'If it is deleted, this is too'}: ${sumTotals(data.totals).words}, and all personal customer data in it.`
      : '',
    isGone: gone,
    hasStaying: gone && staying.length > 0,
    staying: staying.map(tiedRow),
    stays: gone ? prose(remainsWords(data.storageAccount)) : [],
    by: runs(`Requested by ${requester}${approver}`),
    ...reasonGivenView(data.reasonGiven, null),
    finished: `Finished ${momentWords(data.finishedAt)}`,
    pages: archivePages(data.archive),
    ...archiveView(data.archive, request, archivePages(data.archive)),
  };
});

function titleOf({ outcome, workspaceName }: Data): Runs {
  const shown = quoted(workspaceName, 60);
  switch (outcome) {
    case 'gone':
      return runs('Deleted the workspace ', ...shown);
    case 'untold':
      return runs('The workspace ', ...shown, ' is gone, not confirmed as deleted by me');
    case 'found-gone':
      return runs('The workspace ', ...shown, ' was already gone');
    case 'closed':
      return runs('The workspace ', ...shown, ' no longer answers');
    case 'kept':
      return runs('The workspace ', ...shown, ' was kept');
    case 'still-there':
      return runs('The workspace ', ...shown, ' is still there');
    case 'stopped':
      return runs('Stopped: the workspace ', ...shown, ' was not deleted');
  }
}

/** How the workspace was verified as gone. Fixed text only: names would be interpreted as markup here. */
function checkWords({ checkedWith, verifiedAt, finishedAt }: Data): string {
  const when = momentWords(verifiedAt ?? finishedAt);
  return checkedWith === 'azure'
    ? `Checked ${when}: Azure no longer lists it, and ${mainSource.name} no longer opens it.`
    : `Checked ${when}: ${mainSource.name} no longer opens it.`;
}

function uncheckedWords({ outcome, note, unanswered }: Data): string {
  switch (outcome) {
    case 'untold':
      return 'I asked for the deletion and got no answer, so I cannot tell whether my call or someone else deleted it.';
    case 'found-gone':
      return 'Someone else had deleted it before I could.';
    case 'closed':
      if (unanswered) return note ?? '';
      return [
        `${mainSource.name} no longer accepts my token for it. That happens when a workspace is deleted, but also when it gets a new token.`,
        'I cannot look into Azure, so the deletion is not proven: please check there.',
      ].join(' ');
    case 'kept':
    case 'still-there':
      return note ?? '';
    case 'stopped':
      return unanswered
        ? 'It was still there when I last checked. Before that, a deletion call of mine got no answer, so please check again in a while.'
        : 'I did not delete it. I cannot tell what you have deleted yourself.';
    case 'gone':
      return '';
  }
}

/** The data of the receipt of a workspace's deletion. */
export async function workspaceReceiptData(context: CardContext): Promise<DataOf<typeof workspaceReceipt>> {
  const { request } = context.report;
  const { resourceId, tied, storageAccount } = removalOf(request);
  return {
    ...context.basis,
    workspaceName: request.workspace?.name ?? '',
    requesterName: request.requester.name,
    approverName: request.decidedBy,
    reasonGiven: reasonGivenData(context),
    outcome: outcomeOf(request),
    unanswered: request.removalCall === 'asked',
    checkedWith: resourceId === null ? 'source' : 'azure',
    note: request.refusal === null ? null : refusalSentence(request.refusal),
    totals: request.totals,
    staying: tied.filter(({ kind }) => kind !== 'classic-web-service').map(({ kind, name }) => ({ kind, name })),
    storageAccount,
    finishedAt: request.finishedAt ?? request.updatedAt,
    verifiedAt: request.verifiedAt,
    archive: await archiveData(context),
  };
}

function outcomeOf({ state, refusal, verifiedAt, removalCall }: RequestRecord): Data['outcome'] {
  if (state === 'cancelled') return 'stopped';
  if (refusal?.reason === 'workspace-kept') return 'kept';
  if (refusal?.reason === 'workspace-still-there') return 'still-there';
  if (verifiedAt === null) return 'closed';
  if (removalCall === 'asked') return 'untold';
  return removalCall === 'absent' ? 'found-gone' : 'gone';
}
