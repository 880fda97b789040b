import { type Account, type Addresses, isSamePersonOrAddress } from './people.ts';

/** A reviewer's vote on one version of a request's preview. */
export interface Vote extends Account, Addresses {
  readonly name: string;
  readonly vote: 'approve' | 'reject';
  /** What the reviewer wrote with it. */
  readonly comment: string | null;
  readonly at: Date;
}

/** The most approvals that the settings can ask for. */
export const mostApprovals = 5;

/** The longest comment of a reviewer, in characters. */
export const maxCommentLength = 500;

/** The votes for a request, of as many people as there are votes: a second one of the same human is none. */
export function approvalsIn(votes: readonly Vote[]): readonly Vote[] {
  return votesOfPeople(votes, 'approve');
}

/** The same of those who rejected it. */
export function rejectionsIn(votes: readonly Vote[]): readonly Vote[] {
  return votesOfPeople(votes, 'reject');
}

function votesOfPeople(votes: readonly Vote[], vote: Vote['vote']): readonly Vote[] {
  const counted: Vote[] = [];
  for (const each of votes) {
    if (each.vote === vote && !hasVoted(counted, each)) counted.push(each);
  }
  return counted;
}

/** True when this human has voted, by whatever account: accounts that share an address are one person. */
export function hasVoted(votes: readonly (Account & Addresses)[], by: Account & Addresses): boolean {
  return votes.some((vote) => isSamePersonOrAddress(vote, by));
}

/** M of N: true when so many different people have approved that a request may run. */
export function isApproved(votes: readonly Vote[], needed: number): boolean {
  return approvalsIn(votes).length >= needed;
}
