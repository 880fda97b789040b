import { z } from 'zod';
import template from '../../../cards/waiting-for-approval.json' with { type: 'json' };
import { approversOf } from '../../requests/report.ts';
import type { CardContext } from '../card-context.ts';
import { whatWords } from '../request-wording.ts';
import { actionNoun } from './action-words.ts';
import { missingReviewers, namedReviewers, shownVote, shownVotes, votedWords } from './approvals-view.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { place } from './place.ts';
import { reasonGiven, reasonGivenData, reasonGivenView } from './reason-view.ts';
import { action, approversKnow, count, moment, name, requestFields } from './shapes.ts';
import { approversWords, momentWords } from './words.ts';

/** Tells the requester that someone else must approve the request. */
export const waitingForApproval = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    action,
    workspaceName: name,
    what: z.string(),
    approvalsNeeded: count.default(1),
    /** Who has to approve it, and who of them has not yet; null when these are the approvers. */
    reviewers: z.string().nullable().default(null),
    missing: z.string().nullable().default(null),
    votes: z.array(shownVote).readonly().default([]),
    reasonGiven,
    expiresAt: moment,
    approvers: approversKnow.default('told'),
  }),
  (data) => {
    const { request, version, refreshFor, action } = data;
    const noun = actionNoun(action);
    const others =
      data.approvalsNeeded === 1 ? 'someone else approves' : `${data.approvalsNeeded} other people approve`;
    const who = data.reviewers === null ? `${others} it` : `it has the approval of ${data.reviewers}`;
    const voted = data.votes.length === 0 ? '' : ` ${votedWords(data.votes, data.approvalsNeeded, data.missing)}`;
    const sentence = `You have confirmed it. It starts when ${who}.${voted} Nothing has been done yet.`;
    return {
      summary: `${request} is waiting for approval. ${sentence}`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · ${noun}`,
      title: runs('Waiting for approval'),
      subject: runs(`${noun}: ${plainName(data.what)}`, ...place('in', data.workspaceName)),
      sentence: prose(sentence),
      ...reasonGivenView(data.reasonGiven, null),
      expiry: `${approversWords(data.approvers)} If nobody answers, it expires on ${momentWords(data.expiresAt)}.`,
    };
  },
);

/** The data of a confirmed request that waits for its approval. */
export function waitingForApprovalData(context: CardContext): DataOf<typeof waitingForApproval> {
  const { basis, report, audience } = context;
  const { request } = report;
  return {
    ...basis,
    action: request.action,
    workspaceName: request.workspace?.name ?? '',
    what: whatWords(request, audience),
    approvalsNeeded: request.approvalsNeeded,
    reviewers: namedReviewers(request),
    missing: missingReviewers(request, report.counted),
    votes: shownVotes(report.votes, audience),
    reasonGiven: reasonGivenData(context),
    expiresAt: request.expiresAt ?? request.updatedAt,
    approvers: approversOf(report),
  };
}
