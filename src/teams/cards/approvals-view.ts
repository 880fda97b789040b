import { z } from 'zod';
import { waitWords } from '../../domain/policy-rules.ts';
import type { Vote } from '../../domain/votes.ts';
import type { Audience } from '../card-context.ts';
import { plainName, visible } from './literal.ts';
import { listWords, numberWords } from './words.ts';

/** Who else must agree before a deletion starts, for its preview. */
export function approvalsView(
  needed: number,
  waitMinutes = 0,
): { readonly needsApproval: boolean; readonly approvers: string } {
  const who = needed === 1 ? 'Someone else' : `${numberWords(needed)} other people`;
  const approved = needed === 0 ? [] : [`${who} must approve it before it starts.`];
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
  return votes.map(({ name, vote, comment }) => ({
    name,
    vote,
    comment: audience === 'public' ? null : comment,
  }));
}

/** "1 of 2 approvals so far: Megan Bowen. Patti Fernandez rejected it." Empty before the first vote. */
export function votedWords(votes: readonly z.output<typeof shownVote>[], needed: number): string {
  const approved = votes.filter(({ vote }) => vote === 'approve').map(({ name }) => name);
  const rejected = votes.filter(({ vote }) => vote === 'reject').map(({ name }) => `${plainName(name)} rejected it. `);
  const counted = approved.length === 0 ? '' : `${approvedWords(approved, needed)} `;
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
