import { hasConflictOfInterest } from './conflict-of-interest.ts';
import { type Account, type Addresses, isSamePersonOrAddress, type Person, type StandIn } from './people.ts';
import type { DataSubject } from './request.ts';
import { isAdmitted, type Review, type ReviewerSet } from './reviews.ts';

/** The longest time of one deputyship, in days. */
export const mostDeputyDays = 60;

/** Why a deputyship ended. */
export type DeputyEnd = 'person-away' | 'deputy' | 'administrator' | 'left' | 'time';

/** A deputyship as it is stored: somebody decides for somebody else for a time. Moments are in milliseconds. */
export interface Deputyship {
  readonly number: number;
  readonly tenantId: string;
  /** Object id of the person who is away. */
  readonly awayId: string;
  /** Object id of the deputy. */
  readonly deputyId: string;
  /** Object id of who was shown the preview. */
  readonly namedBy: string;
  /** Object id of the administrator who admitted the deputy; null while none has. */
  readonly admittedBy: string | null;
  readonly startsAt: number;
  readonly endsAt: number;
  /** IANA time zone in which its days were said. */
  readonly timeZone: string;
  /** Until when the preview can be confirmed. */
  readonly expiresAt: number;
  /** Null until somebody answers the preview. */
  readonly outcome: 'named' | 'declined' | null;
  readonly endedBecause: DeputyEnd | null;
}

/** True while the deputy may decide. */
export function isInForce({ outcome, endedBecause, startsAt, endsAt }: Deputyship, now: number): boolean {
  return outcome === 'named' && endedBecause === null && startsAt <= now && now < endsAt;
}

/** True while it is in force or will be. */
export function isAhead({ outcome, endedBecause, endsAt }: Deputyship, now: number): boolean {
  return outcome === 'named' && endedBecause === null && now < endsAt;
}

type Human = Account & Addresses;

/** What of a request decides who may review it. */
interface Reviewable {
  readonly requester: Human;
  readonly subject: DataSubject | null;
}

/** As what somebody may review a request: the sets whose vote theirs is, and those who are away that it stands for. */
export interface Reviewing {
  readonly reviewsAs: readonly ReviewerSet[];
  /** The sets that the person belongs to themselves. */
  readonly ownSets: readonly ReviewerSet[];
  readonly standsInFor: readonly Person[];
}

/**
 * As what a person may review a request now; null when they may not. In their own right by the sets that they belong to.
 * As a deputy by those of the person away as well, but only once an administrator admitted them, and not in a request of
 * that administrator or about their data: otherwise somebody could choose who approves their own wish. Without that, a
 * deputy reviews where a rule admits them anyway. Nobody reviews what they or an account linked with theirs asked for or
 * is about, nor for somebody who did. Whom the person away stands in for plays no part, so there is no deputy of a deputy.
 */
export function reviewingOf(
  request: Reviewable,
  reviews: readonly Review[],
  person: Person,
  setsOf: (person: Person) => readonly ReviewerSet[],
): Reviewing | null {
  if (hasConflictOfInterest(request, person)) return null;
  const ownSets = setsOf(person);
  const lending = (person.deputyFor ?? []).filter(
    ({ away }) =>
      !isSamePersonOrAddress(person, away) &&
      !hasConflictOfInterest(request, away) &&
      isAdmitted(reviews, setsOf(away)),
  );
  const lent = lending.filter((each) => isAdmittedIn(request, each)).flatMap(({ away }) => setsOf(away));
  const reviewsAs = [...new Set([...ownSets, ...lent])];
  if (!isAdmitted(reviews, reviewsAs)) return null;
  return { reviewsAs, ownSets, standsInFor: lending.map(({ away }) => away) };
}

function isAdmittedIn(request: Reviewable, { admittedBy }: StandIn): boolean {
  return admittedBy !== null && !hasConflictOfInterest(request, admittedBy);
}

/** Why a deputyship is not made, admitted or ended. */
export type DeputyRefusal =
  | 'own-deputy'
  | 'names-themselves'
  | 'not-an-administrator'
  | 'decides-nothing'
  | 'over'
  | 'too-long'
  | 'has-deputy'
  | 'deputy-is-away'
  | 'not-your-preview'
  | 'not-yours'
  | 'own-deputyship'
  | 'already-admitted'
  | 'already-decided'
  | 'already-ended'
  | 'expired'
  | 'unknown';

/** What the naming of a deputy depends on; people with what links connect them with. */
export interface NamingFacts {
  readonly now: number;
  readonly by: Human;
  readonly away: Human;
  readonly deputy: Human;
  readonly isAdministrator: boolean;
  /** Whether the person away may decide about any request. */
  readonly decides: boolean;
  readonly startsAt: number;
  readonly endsAt: number;
  /** Deputyships of these people that are in force or will be. */
  readonly others: readonly Deputyship[];
}

const dayMs = 86_400_000;

/** Why nobody may name this deputy; null when they may. People name a deputy for themselves, administrators for others. */
export function refusalOfNaming(facts: NamingFacts): DeputyRefusal | null {
  const { now, by, away, deputy, startsAt, endsAt, others } = facts;
  if (isSamePersonOrAddress(away, deputy)) return 'own-deputy';
  if (!isSamePersonOrAddress(by, away)) {
    if (!facts.isAdministrator) return 'not-an-administrator';
    if (isSamePersonOrAddress(by, deputy)) return 'names-themselves';
  }
  if (!facts.decides) return 'decides-nothing';
  if (endsAt <= now || endsAt <= startsAt) return 'over';
  // A day longer, since the first day has begun and clocks change.
  if (endsAt - Math.max(now, startsAt) > (mostDeputyDays + 1) * dayMs) return 'too-long';
  const meanwhile = others.filter((each) => each.startsAt < endsAt && startsAt < each.endsAt);
  const isAway = (human: Human) => meanwhile.some(({ awayId }) => accountsOf(human).includes(awayId));
  if (isAway(away)) return 'has-deputy';
  return isAway(deputy) ? 'deputy-is-away' : null;
}

/** The object ids of the accounts of one human, as far as they are known. */
function accountsOf({ objectId, linked }: Human): readonly string[] {
  return [objectId, ...(linked?.objectIds ?? [])];
}

/** Why a press does not confirm a preview; null when it does. Everything is asked again, as it is at the press. */
export function refusalOfConfirming(
  { namedBy, outcome, expiresAt }: Deputyship,
  facts: NamingFacts,
): DeputyRefusal | null {
  if (namedBy !== facts.by.objectId) return 'not-your-preview';
  if (outcome !== null) return 'already-decided';
  if (facts.now >= expiresAt) return 'expired';
  return refusalOfNaming(facts);
}

/** The people of a deputyship and who presses, with what links connect them with. */
export interface DeputyFacts {
  readonly now: number;
  readonly by: Human;
  readonly away: Human;
  readonly deputy: Human;
  readonly isAdministrator: boolean;
}

/** True for an administrator who is neither of the two, nor linked with either. */
export function isThirdAdministrator({ by, away, deputy, isAdministrator }: Omit<DeputyFacts, 'now'>): boolean {
  return isAdministrator && !isSamePersonOrAddress(by, away) && !isSamePersonOrAddress(by, deputy);
}

/** Why this person does not admit a deputy; null when they do. */
export function refusalOfAdmitting(deputyship: Deputyship, facts: DeputyFacts): DeputyRefusal | null {
  if (!facts.isAdministrator) return 'not-an-administrator';
  if (!isThirdAdministrator(facts)) return 'own-deputyship';
  if (!isAhead(deputyship, facts.now)) return 'already-ended';
  return deputyship.admittedBy === null ? null : 'already-admitted';
}

/** As what a person ends a deputyship, or why they may not. */
export function endedBy(
  deputyship: Deputyship,
  { now, by, away, deputy, isAdministrator }: DeputyFacts,
): { readonly because: DeputyEnd } | { readonly refusal: DeputyRefusal } {
  const because = isSamePersonOrAddress(by, away)
    ? 'person-away'
    : isSamePersonOrAddress(by, deputy)
      ? 'deputy'
      : isAdministrator
        ? 'administrator'
        : null;
  if (because === null) return { refusal: 'not-yours' };
  return isAhead(deputyship, now) ? { because } : { refusal: 'already-ended' };
}
