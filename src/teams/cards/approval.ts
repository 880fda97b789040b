import { z } from 'zod';
import template from '../../../cards/approval.json' with { type: 'json' };
import { isWorkspaceDeletion } from '../../domain/actions.ts';
import { isSamePersonOrAddress, samePerson } from '../../domain/people.ts';
import type { RequestRecord } from '../../domain/request.ts';
import { hasVoted } from '../../domain/votes.ts';
import { reviewingAs } from '../../requests/reviewers.ts';
import { assetPage, factsOf } from '../asset-pages.ts';
import type { CardContext } from '../card-context.ts';
import { actionWords, losesData } from './action-words.ts';
import { missingReviewers, namedReviewers, shownVote, shownVotes, votedWords } from './approvals-view.ts';
import { assetLine } from './asset-rows.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { pageOf, requestPageTurner } from './pages.ts';
import { actionPlace, place } from './place.ts';
import { workspaceData } from './preview-data.ts';
import { reasonGiven, reasonGivenData, reasonGivenView } from './reason-view.ts';
import { action, assetRow, count, kindTotal, moment, name, requestFields, workspace } from './shapes.ts';
import { sumTotals, totalRows } from './totals.ts';
import { accountWords, countWords, listWords, momentWords } from './words.ts';

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
    /** How many must approve, and who has voted so far. */
    approvalsNeeded: count.default(1),
    /** Whose approval is still missing; null when these are the approvers. */
    missing: z.string().nullable().default(null),
    votes: z.array(shownVote).readonly().default([]),
    rejectionNeedsComment: z.boolean().default(false),
    /** Why the request needs an approval. */
    reason: z.string(),
    /** Why the requester wants it; null where nobody asked. */
    reasonGiven,
    expiresAt: moment,
    /** Who looks at it; buttons that decide are for reviewers who have not voted. */
    reader: z.enum(['reviewer', 'requester', 'voted', 'represented', 'onlooker']).default('reviewer'),
    isReminder: z.boolean().default(false),
    /** For whom the reader decides as their deputy. */
    decidesFor: z.array(z.string()).readonly().default([]),
  }),
  (data, room) => {
    const { request, version, refreshFor, action, workspace, assets, totals } = data;
    const { verb, approve, consequence } = actionWords(action);
    const requester = plainName(data.requesterName);
    const title = isWorkspaceDeletion(action)
      ? runs(`${requester} wants to ${verb} the whole workspace`, ...actionPlace(action, workspace.name))
      : runs(`${requester} wants to ${verb} ${countWords(assets.total)}`, ...place('from', workspace.name));
    const pages = { assets: assets.page };
    const reminder = data.isReminder ? 'Reminder: ' : '';
    return {
      summary: `${reminder}${title.join('')} (${sumTotals(totals).size}). It is waiting for an approver.`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · ${data.isReminder ? 'Reminder: approval needed' : 'Approval needed'}`,
      decides: data.reader === 'reviewer',
      withdraws: data.reader === 'requester',
      title,
      subtitle: prose(accountWords(workspace.accountType, workspace.serviceType)),
      ...totalRows(totals),
      pages,
      assets: assets.rows.map((asset) => assetLine(asset, room)),
      assetsTurn: requestPageTurner('assets', assets, pages),
      consequence,
      style: losesData(action) ? 'attention' : 'emphasis',
      reason: prose(data.reason),
      ...reasonGivenView(data.reasonGiven, data.requesterName),
      voted: prose(votedWords(data.votes, data.approvalsNeeded, data.missing), 1_200),
      hasVoted: data.votes.length > 0,
      commentLabel: data.rejectionNeedsComment
        ? 'Why you reject it (required for that; the requester sees it)'
        : 'Why, if you reject it (optional; the requester sees it)',
      approveTitle: approve,
      approveStyle: losesData(action) ? 'destructive' : 'positive',
      isDeputy: data.decidesFor.length > 0,
      decidesFor: runs(`You decide for ${listWords(data.decidesFor.map((each) => plainName(each, 60)))}.`),
      expiry: `${readerWords[data.reader]} If nobody answers, it expires on ${momentWords(data.expiresAt)} and nothing happens.`,
    };
  },
);

const readerWords = {
  reviewer: 'The requester cannot approve it.',
  requester: 'You asked for this, so somebody else decides. You can withdraw it.',
  voted: 'You have voted on this. It waits for others.',
  represented: 'A vote that counts for you was given: of a deputy and the person away one counts. It waits for others.',
  onlooker: 'You are not among those who decide about it.',
} as const;

/** Whom the reviewer who sees it stands in for; a card for several people names them where it mentions the deputy. */
function decidesFor({ services, report, reader }: CardContext): readonly string[] {
  const reviewing = reader === undefined ? null : reviewingAs(services, report.request, reader);
  return (reviewing?.standsInFor ?? []).map(({ name: away }) => away);
}

/** What the card is for the one person who sees it; a card for several people is made for reviewers. */
function readerOf({ services, report, reader }: CardContext): keyof typeof readerWords {
  const { request, votes } = report;
  if (reader === undefined) return 'reviewer';
  if (samePerson(reader, request.requester)) return 'requester';
  const reviewing = reviewingAs(services, request, reader);
  if (votes.some((vote) => isSamePersonOrAddress(vote, reader))) return 'voted';
  if (hasVoted(votes, { ...reader, standsInFor: reviewing?.standsInFor ?? [] })) return 'represented';
  return reviewing === null ? 'onlooker' : 'reviewer';
}

/** True in the second half of the time in which it waits, when the approvers are reminded. */
function isReminder({ services, report }: CardContext): boolean {
  const { expiresAt } = report.request;
  const left = expiresAt === null ? Number.POSITIVE_INFINITY : expiresAt.getTime() - services.clock.now();
  return left <= services.settings.waitsForPeopleMs / 2;
}

/** The data of the question to the approvers. Throws for a request without a workspace. */
export async function approvalData(context: CardContext): Promise<DataOf<typeof approval>> {
  const { basis, report } = context;
  const { request } = report;
  const { requester, action, totals, changes, expiresAt, updatedAt } = request;
  return {
    ...basis,
    requesterName: requester.name,
    workspace: workspaceData(request),
    action,
    assets: isWorkspaceDeletion(action)
      ? { rows: [], total: 0 }
      : await assetPage({ context, list: 'shown', shownAs: 'assets', toRow: factsOf }),
    totals,
    approvalsNeeded: request.approvalsNeeded,
    missing: missingReviewers(request, report.counted),
    votes: shownVotes(report.votes, 'approvers'),
    rejectionNeedsComment: request.terms?.rejectionNeedsComment ?? false,
    reason: `${rulesWords(request)}This deletion by ${requester.name} needs ${needWords(request)}.${changes === null ? '' : ' It changed after it was confirmed, so I ask you again.'}`,
    reasonGiven: reasonGivenData(context),
    expiresAt: expiresAt ?? updatedAt,
    reader: readerOf(context),
    isReminder: isReminder(context),
    decidesFor: decidesFor(context),
  };
}

function needWords(request: RequestRecord): string {
  const named = namedReviewers(request);
  if (named !== null) return `the approval of ${named}`;
  const { approvalsNeeded } = request;
  return approvalsNeeded === 1 ? 'a second person’s approval' : `the approvals of ${approvalsNeeded} other people`;
}

/** The rules that ask for approvals, as their sentences. */
function rulesWords({ terms }: RequestRecord): string {
  return terms === null || terms.because.length === 0 ? '' : `${terms.because.join(' ')} `;
}
