import { type Account, type Addresses, isSamePersonOrAddress } from './people.ts';

/**
 * A set of people who may review: `approvers`, `administrators` and `helpdesk` are those whom the configuration names,
 * `workspace-owners` the owners of the request's workspace; every other name is a group of the policy file.
 */
export type ReviewerSet = string;

/** The set of those whom the configuration names. */
export const approverSet = 'approvers';
/** The set of the owners of the workspace. */
export const ownerSet = 'workspace-owners';

/** The sets that no group of the policy file can be called. */
export const reservedSets: readonly ReviewerSet[] = [approverSet, ownerSet, 'administrators', 'helpdesk'];

/** So many different people of these sets must approve. One approval counts for every review that admits its giver. */
export interface Review {
  readonly approvals: number;
  readonly by: readonly ReviewerSet[];
}

/** Somebody who votes, and those who are away and whose vote theirs stands for. */
export type VoterIdentity = Account & Addresses & { readonly standsInFor?: readonly NamedAccount[] };

type NamedAccount = Account & Addresses & { readonly name: string };

/** Somebody who votes, with the sets of reviewers whose vote it is at that moment. */
export type Voter = VoterIdentity & { readonly reviewsAs: readonly ReviewerSet[] };

/** True when two votes count once: they are of one human, one stands for the other, or both stand for one. Not transitive. */
export function isOneVote(a: VoterIdentity, b: VoterIdentity): boolean {
  if (isSamePersonOrAddress(a, b) || standsFor(a, b) || standsFor(b, a)) return true;
  return (a.standsInFor ?? []).some((away) => standsFor(b, away));
}

function standsFor({ standsInFor = [] }: VoterIdentity, other: Account & Addresses): boolean {
  return standsInFor.some((away) => isSamePersonOrAddress(away, other));
}

/** The most approvals that one rule can ask for. */
export const mostApprovals = 5;

/** True when somebody who belongs to these sets may decide. */
export function isAdmitted(reviews: readonly Review[], reviewsAs: readonly ReviewerSet[]): boolean {
  return reviews.some((review) => admits(review, reviewsAs));
}

function admits({ by }: Review, reviewsAs: readonly ReviewerSet[]): boolean {
  return by.some((set) => reviewsAs.includes(set));
}

/** The reviews that still lack approvals, with how many each lacks. Accounts that share an address are one person. */
export function lacking(reviews: readonly Review[], approvals: readonly Voter[]): readonly Review[] {
  return reviews.flatMap((review) => {
    const lacks = review.approvals - people(approvals.filter(({ reviewsAs }) => admits(review, reviewsAs)));
    return lacks > 0 ? [{ ...review, approvals: lacks }] : [];
  });
}

/** M of N: true when every review has the approvals of as many different people as it asks for. */
export function isApproved(reviews: readonly Review[], approvals: readonly Voter[]): boolean {
  return lacking(reviews, approvals).length === 0;
}

/** How many different people must approve at least. */
export function fewestApprovals(reviews: readonly Review[]): number {
  return Math.max(0, ...reviews.map(({ approvals }) => approvals));
}

/** The reviews of several rules together: of those by the same sets, the one that asks for more. */
export function allReviews(reviews: readonly Review[]): readonly Review[] {
  const strictest = new Map<string, Review>();
  for (const { approvals, by } of reviews) {
    const sets = [...new Set(by)].sort();
    const key = JSON.stringify(sets);
    strictest.set(key, { approvals: Math.max(approvals, strictest.get(key)?.approvals ?? 0), by: sets });
  }
  return [...strictest.values()];
}

/** True when whatever satisfies the one list of reviews satisfies the other, too. */
export function coversReviews(given: readonly Review[], wanted: readonly Review[]): boolean {
  return wanted.every((review) =>
    given.some(({ approvals, by }) => approvals >= review.approvals && by.every((set) => review.by.includes(set))),
  );
}

/** "an approver", "2 approvers", "an owner of the workspace or somebody of “privacy”". */
export function reviewWords({ approvals, by }: Review): string {
  if (approvals === 1) return by.map(oneOf).join(' or ');
  const [only, ...others] = by;
  if (only !== undefined && others.length === 0) return `${approvals} ${severalOf(only)}`;
  return `${approvals} different people (${by.map(severalOf).join(' or ')})`;
}

/** Of several reviews: "an approver, and of an owner of the workspace", to follow "the approval of". */
export function reviewsWords(reviews: readonly Review[]): string {
  return reviews.map(reviewWords).join(', and of ');
}

function oneOf(set: ReviewerSet): string {
  if (set === approverSet) return 'an approver';
  if (set === 'administrators') return 'a Studio Steward administrator';
  if (set === 'helpdesk') return 'somebody of the helpdesk';
  return set === ownerSet ? 'an owner of the workspace' : `somebody of “${set}”`;
}

function severalOf(set: ReviewerSet): string {
  if (set === approverSet) return 'approvers';
  if (set === 'administrators') return 'Studio Steward administrators';
  if (set === 'helpdesk') return 'people of the helpdesk';
  return set === ownerSet ? 'owners of the workspace' : `people of “${set}”`;
}

/** True when only those whom the configuration names have to approve. */
export function isByApproversOnly(reviews: readonly Review[]): boolean {
  return reviews.every(({ by }) => by.every((set) => set === approverSet));
}

function people(voters: readonly Voter[]): number {
  const counted: Voter[] = [];
  for (const voter of voters) {
    if (!counted.some((each) => isOneVote(each, voter))) counted.push(voter);
  }
  return counted.length;
}
