import { z } from 'zod';
import { waitWords } from '../../domain/policy-rules.ts';
import type { RequestRecord } from '../../domain/request.ts';
import { isByApproversOnly, lacking, reviewsWords } from '../../domain/reviews.ts';
import { approvalsIn, type CountedVote, type Vote, voterWords } from '../../domain/votes.ts';
import { reviewsOfRequest } from '../../requests/reviewers.ts';
import type { Audience } from '../card-context.ts';
import { plainName, visible } from './literal.ts';
import { listWords, numberWords } from './words.ts';

/** Who has to approve, where it is not just the approvers of the configuration; null otherwise. */
export function namedReviewers(request: RequestRecord): string | null {
  const reviews = reviewsOfRequest(request);
  return isByApproversOnly(reviews) ? null : reviewsWords(reviews);
}

/** Whose approval is still missing, in the same cases. */
export function missingReviewers(request: RequestRecord, votes: readonly CountedVote[]): string | null {
  const reviews = reviewsOfRequest(request);
  return isByApproversOnly(reviews) ? null : reviewsWords(lacking(reviews, approvalsIn(votes)));
}

/** Who else must agree before a deletion starts, for its preview. */
export function approvalsView(
  needed: number,
  waitMinutes = 0,
  named: string | null = null,
): { readonly needsApproval: boolean; readonly approvers: string } {
  const who = needed === 1 ? 'Someone else' : `${numberWords(needed)} other people`;
  const agrees =
    named === null
      ? `${who} must approve it before it starts.`
      : `Before it starts, it needs the approval of ${named}.`;
  const approved = needed === 0 ? [] : [agrees];
  const since = needed === 0 ? 'you confirm it' : 'that';
  const waits =
    waitMinutes === 0 ? [] : [`It starts ${waitWords(waitMinutes)} after ${since}; until then it can be stopped.`];
  return { needsApproval: needed > 0 || waitMinutes > 0, approvers: [...approved, ...waits].join(' ') };
}

/** "1 of 2 approvals so far: Megan Bowen." */
function approvedWords(names: readonly string[], needed: number): string {
  const counted = `${numberWords(names.length)} of ${numberWords(needed)} approvals so far`;
  return `${counted}: ${listWords(names.map((name) => plainName(name)))}.`;
}

/** A vote as cards show it. */
export const shownVote = z.strictObject({
  name: z.string(),
  vote: z.enum(['approve', 'reject']),
  comment: z.string().nullable(),
});

/** The votes as the data of a card; comments are for the requester and those who decide. */
export function shownVotes(votes: readonly Vote[], audience: Audience): readonly z.output<typeof shownVote>[] {
  return votes.map((each) => ({
    name: voterWords(each),
    vote: each.vote,
    comment: audience === 'public' ? null : each.comment,
  }));
}

/** "1 of 2 approvals so far: Megan Bowen. Patti Fernandez rejected it." Empty before the first vote. */
export function votedWords(
  votes: readonly z.output<typeof shownVote>[],
  needed: number,
  missing: string | null = null,
): string {
  const approved = votes.filter(({ vote }) => vote === 'approve').map(({ name }) => name);
  const rejected = votes.filter(({ vote }) => vote === 'reject').map(({ name }) => `${plainName(name)} rejected it. `);
  const soFar =
    missing === null
      ? approvedWords(approved, needed)
      : `Approved so far by ${listWords(approved.map((name) => plainName(name)))}. Still needed: the approval of ${missing}.`;
  const counted = approved.length === 0 ? '' : `${soFar} `;
  return `${counted}${rejected.join('')}${commentWords(votes)}`.trim();
}

/** What those who rejected it wrote, with a blank behind it: "Reason: “Still in use.” " */
export function commentWords(votes: readonly z.output<typeof shownVote>[]): string {
  const rejecting = votes.filter(({ vote }) => vote === 'reject');
  return rejecting
    .filter(({ comment }) => comment !== null)
    .map(({ name, comment }) => {
      const head = rejecting.length === 1 ? 'Reason' : `${plainName(name)} wrote`;
      return `${head}: “${visible(comment ?? '')}” `;
    })
    .join('');
}
