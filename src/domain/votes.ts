import { isOneVote, type Voter, type VoterIdentity } from './reviews.ts';

/** A reviewer's vote on one version of a request's preview. */
export interface Vote extends VoterIdentity {
  readonly name: string;
  readonly vote: 'approve' | 'reject';
  /** What the reviewer wrote with it. */
  readonly comment: string | null;
  readonly at: Date;
}

/** A vote that counts, with the sets of reviewers that its giver belongs to now. */
export type CountedVote = Vote & Voter;

/** The longest comment of a reviewer, in characters. */
export const maxCommentLength = 500;

/** The votes for a request, of as many people as there are votes: a second one of the same human is none. */
export function approvalsIn<Each extends Vote>(votes: readonly Each[]): readonly Each[] {
  return votesOfPeople(votes, 'approve');
}

/** The same of those who rejected it. */
export function rejectionsIn<Each extends Vote>(votes: readonly Each[]): readonly Each[] {
  return votesOfPeople(votes, 'reject');
}

function votesOfPeople<Each extends Vote>(votes: readonly Each[], vote: Vote['vote']): readonly Each[] {
  const counted: Each[] = [];
  for (const each of votes) {
    if (each.vote === vote && !hasVoted(counted, each)) counted.push(each);
  }
  return counted;
}

/**
 * True when this human has voted, by whatever account, or the other one of a deputy and whom they stand in for: accounts
 * that share an address or are linked are one person.
 */
export function hasVoted(votes: readonly VoterIdentity[], by: VoterIdentity): boolean {
  return votes.some((vote) => isOneVote(vote, by));
}

/** "Lee Gu", "Lee Gu (for Adele Vance)": who voted, and for whom as their deputy. */
export function voterWords({ name, standsInFor = [] }: Pick<Vote, 'name' | 'standsInFor'>): string {
  if (standsInFor.length === 0) return name;
  return `${name} (for ${new Intl.ListFormat('en').format(standsInFor.map((away) => away.name))})`;
}
