import { type Account, type Addresses, isSamePersonOrAddress } from './people.ts';

/** A reviewer's vote on one version of a request's preview. */
export interface Vote extends Account, Addresses {
  readonly name: string;
  readonly vote: 'approve' | 'reject';
  readonly at: Date;
}

/** The most approvals that the settings can ask for. */
export const mostApprovals = 5;

/** The votes for a request, of as many people as there are votes: a second one of the same human is none. */
export function approvalsIn(votes: readonly Vote[]): readonly Vote[] {
  const counted: Vote[] = [];
  for (const each of votes) {
    if (each.vote === 'approve' && !hasVoted(counted, each)) counted.push(each);
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
