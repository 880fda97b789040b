import { z } from 'zod';
import template from '../../../cards/workspace-receipt.json' with { type: 'json' };
import { archivePages, archiveShape, archiveView } from './archive.ts';
import { defineCard } from './definition.ts';
import { plainName, prose, quoted, type Runs, runs } from './literal.ts';
import { kindTotal, moment, name, requestFields } from './shapes.ts';
import { remainsWords, tiedResource, tiedRow } from './tied-resources.ts';
import { sumTotals } from './totals.ts';
import { momentWords, plainMomentWords } from './words.ts';

const shape = z.strictObject({
  ...requestFields,
  workspaceName: name,
  requesterName: name,
  approverName: name.nullable(),
  /**
   * `gone` when that was seen after a deletion that was accepted, or by hand; `untold` when it was seen and nobody can say
   * whose doing it was; `found-gone` when it was no call of ours; `closed` when it no longer answers and nobody else could be asked, `kept` when Steward
   * did not delete it, `still-there` when it shows although the deletion was accepted, `stopped` when the person gave up.
   */
  outcome: z.enum(['gone', 'untold', 'found-gone', 'closed', 'kept', 'still-there', 'stopped']),
  /** True when a call of ours for the deletion stayed unanswered. */
  unanswered: z.boolean().default(false),
  /** Whether Azure could be asked as well, or Studio only. */
  checkedWith: z.enum(['studio', 'azure']),
  /** Why it was kept. */
  note: z.string().nullable(),
  totals: z.array(kindTotal).readonly(),
  /** What stays in Azure. */
  staying: z.array(tiedResource).readonly(),
  storageAccount: name.nullable(),
  finishedAt: moment,
  verifiedAt: moment.nullable(),
  archive: archiveShape,
});

type Data = z.output<typeof shape>;

/** What became of a whole workspace, by whom, when, how that was checked, and what is left. */
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
    summary: `${title.join('')}. Asked for by ${requester}, finished ${plainMomentWords(data.finishedAt)}.`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · Workspace deletion receipt`,
    title,
    isChecked: seenGone,
    isUnchecked: more !== '',
    check: seenGone ? checkWords(data) : '',
    unchecked: prose(more),
    went: gone ? `${sumTotals(data.totals).words} went with it, and all personal customer data in it.` : '',
    isGone: gone,
    hasStaying: gone && staying.length > 0,
    staying: staying.map(tiedRow),
    stays: gone ? prose(remainsWords(data.storageAccount)) : [],
    by: runs(`Asked for by ${requester}${approver}`),
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
      return runs('Deleted the workspace ', ...shown, ', but I cannot tell by whom');
    case 'found-gone':
      return runs('The workspace ', ...shown, ' was gone already');
    case 'closed':
      return runs('The workspace ', ...shown, ' no longer answers');
    case 'kept':
      return runs('The workspace ', ...shown, ' was kept');
    case 'still-there':
      return runs('The workspace ', ...shown, ' still shows');
    case 'stopped':
      return runs('Stopped: the workspace ', ...shown, ' was not deleted');
  }
}

/** How it was seen that the workspace is gone. Words of ours only: names would be read as markup here. */
function checkWords({ checkedWith, verifiedAt, finishedAt }: Data): string {
  const when = momentWords(verifiedAt ?? finishedAt);
  return checkedWith === 'azure'
    ? `Checked ${when}: Azure no longer lists it, and Studio no longer opens it.`
    : `Checked ${when}: Studio no longer opens it.`;
}

function uncheckedWords({ outcome, note, unanswered }: Data): string {
  switch (outcome) {
    case 'untold':
      return 'I asked for the deletion and got no answer, so I cannot tell whether it was my call or somebody else.';
    case 'found-gone':
      return 'Somebody else had deleted it before I could.';
    case 'closed':
      if (unanswered) return note ?? '';
      return 'Studio no longer accepts the token that I hold, as it does for a deleted workspace and for one with a new token. I may not look into Azure, so this is not proven: please see there.';
    case 'kept':
    case 'still-there':
      return note ?? '';
    case 'stopped':
      return unanswered
        ? 'It was still there when I looked last. Before that a call of mine for its deletion got no answer, so look again in a while.'
        : 'I did not delete it. What you have deleted yourself I cannot know.';
    case 'gone':
      return '';
  }
}
