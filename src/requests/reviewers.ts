import type { Connection } from '../database/connection.ts';
import { enqueueCard } from '../database/outbox-rows.ts';
import { type KnownPerson, knownObjectIds, readAccountsOf, readPerson } from '../database/person-rows.ts';
import { type Reviewing, reviewingOf } from '../domain/deputies.ts';
import {
  type Account,
  hasAddress,
  isNamedIn,
  isObjectId,
  namesSameHuman,
  type Person,
  plainAddress,
  samePerson,
} from '../domain/people.ts';
import { reviewsOf } from '../domain/policy-rules.ts';
import type { RequestRecord } from '../domain/request.ts';
import { type ReviewPlace, seesPlace } from '../domain/review-places.ts';
import {
  approverSet,
  isAdmitted,
  ownerSet,
  type Review,
  type ReviewerSet,
  type VoterIdentity,
} from '../domain/reviews.ts';
import { type CountedVote, hasVoted, type Vote } from '../domain/votes.ts';
import { forgetMembership, knownMembership, recentMembership } from './recent-memberships.ts';
import type { RequestServices } from './request-services.ts';
import { reviewPlaces } from './review-conversations.ts';
import { forgetGroups, knowsGroups, peopleIn, readGroups } from './role-members.ts';
import { type DeputyPair, deputiesOf, withRights, withStandIns } from './stand-ins.ts';

/** Who asks and whom it concerns, who neither may decide, and what has to be approved where. */
export type Reviewed = Pick<RequestRecord, 'requester' | 'subject' | 'terms' | 'approvalsNeeded' | 'workspace'>;
type Settled = Pick<RequestServices, 'settings' | 'source' | 'groups' | 'clock'>;

/** The most reviewers that are looked up for one request. */
const mostReviewers = 60;

/** How old what was read of owners may be, in milliseconds, so that it is not older than a minute where it is relied on. */
const freshOwnersMs = 20_000;

/** How long the question who owns a workspace may take, in milliseconds. */
export const longestLookMs = 10_000;

/** Somebody who is known to the bot and may decide, and as what. */
export interface Reviewer extends Omit<KnownPerson, 'person'>, Reviewing {
  readonly person: Person;
}

/** Who has to approve a request. */
export function reviewsOfRequest({
  terms,
  approvalsNeeded,
}: Pick<Reviewed, 'terms' | 'approvalsNeeded'>): readonly Review[] {
  return reviewsOf(terms ?? { approvals: approvalsNeeded });
}

/** Those who may decide about a request or, where nobody has to, may see it and stop it while it waits to start. */
function reviewersOf(request: Reviewed): readonly Review[] {
  const reviews = reviewsOfRequest(request);
  return reviews.length > 0 ? reviews : [{ approvals: 1, by: [approverSet] }];
}

/**
 * Reads who owns the workspace, where the request's rules let its owners review; what follows within a minute knows it,
 * without a call inside a transaction. Throws ServiceFailure when the service does not say.
 */
export async function readOwners(services: Settled, request: Reviewed, signal: AbortSignal): Promise<void> {
  if (request.workspace === null || !asksOwners(request)) return;
  const [workspace, members] = await recentMembership(services, request.workspace.id, signal, freshOwnersMs);
  if (members.status === 'rejected') throw members.reason;
  // What was read in part is not kept.
  if (workspace.status === 'rejected') throw workspace.reason;
}

/**
 * Reads who is in the groups whose people the request's rules let review, as `readOwners` does for owners. Throws
 * ServiceFailure when the directory does not say.
 */
export function readReviewerGroups(services: Settled, request: Reviewed, signal: AbortSignal): Promise<void> {
  return readGroups(services, reviewerEntries(services, request), signal);
}

/** What cannot be read of those who may decide: the owners of the workspace, or who is in a group; null for nothing. */
export type Unread = 'owners' | 'groups' | null;

/**
 * Reads the owners and the groups that the request's rules ask for, without an error: what of it is not known now. Who
 * is in no group is known all the same where only groups are not.
 */
export async function triedReviewers(services: Settled, request: Reviewed): Promise<Unread> {
  const signal = AbortSignal.timeout(longestLookMs);
  const [owners, groups] = await Promise.allSettled([
    readOwners(services, request, signal),
    readReviewerGroups(services, request, signal),
  ]);
  if (owners.status === 'rejected') return 'owners';
  return groups.status === 'rejected' ? 'groups' : null;
}

/** Makes the next reads ask the services, so that no run relies on what was read before it began. */
export function forgetReviewers(services: Settled, request: Reviewed): void {
  if (request.workspace !== null && asksOwners(request)) forgetMembership(services.source, request.workspace.id);
  forgetGroups(services, reviewerEntries(services, request));
}

/** False when who is in the groups that the request's rules ask for was read more than a minute ago. */
export function knowsReviewerGroups(services: Settled, request: Reviewed): boolean {
  return knowsGroups(services, reviewerEntries(services, request));
}

/** The entries of all sets, but the owners, whose people may decide. */
function reviewerEntries(services: Settled, request: Reviewed): readonly string[] {
  const sets = new Set(reviewersOf(request).flatMap(({ by }) => by));
  return [...sets].flatMap((set) => (set === ownerSet ? [] : entriesOf(services, set)));
}

function asksOwners(request: Reviewed): boolean {
  return isAdmitted(reviewersOf(request), [ownerSet]);
}

/** The addresses of the workspace's owners as read within the last minute; none when they were not. */
function knownOwners(services: Settled, request: Reviewed): readonly string[] {
  if (request.workspace === null || !asksOwners(request)) return [];
  const members = knownMembership(services, request.workspace.id) ?? [];
  return members.filter(({ status, role }) => status === 'active' && role === 'owner').map(({ email }) => email);
}

/** False when what was read of the owners is older than a minute, so that votes cannot be counted. */
export function knowsOwners(services: Settled, { workspace, ...request }: Reviewed): boolean {
  if (workspace === null || !asksOwners({ workspace, ...request })) return true;
  return knownMembership(services, workspace.id) !== null;
}

/** The sets of reviewers that a person belongs to themselves, as far as the request's rules ask for them. */
function setsOf(
  services: Settled,
  request: Reviewed,
  person: Pick<Person, 'objectId' | 'addresses'>,
): readonly ReviewerSet[] {
  const sets = new Set(reviewersOf(request).flatMap(({ by }) => by));
  return [...sets].filter((set) =>
    set === ownerSet
      ? knownOwners(services, request).some((owner) => hasAddress(person, owner))
      : isNamedIn(namedIn(services, set), person),
  );
}

/** The people of a set, those of groups as they are known now. */
function namedIn(services: Settled, set: ReviewerSet): readonly string[] {
  return peopleIn(services, entriesOf(services, set));
}

/** The entries of a set; none of a group that the policy no longer names. */
function entriesOf({ settings }: Pick<Settled, 'settings'>, set: ReviewerSet): readonly string[] {
  switch (set) {
    case approverSet:
      return settings.approvers;
    case 'administrators':
      return settings.administrators ?? [];
    case 'helpdesk':
      return settings.helpdesk ?? [];
  }
  return settings.policy.groups?.[set] ?? [];
}

/**
 * As what the person may decide about the request, as they are known now, by the sets of reviewers that its rules ask
 * for; null when they may not. `triedReviewers` has to come before.
 */
export function reviewingAs(services: Settled, request: Reviewed, person: Person): Reviewing | null {
  return reviewingOf(request, reviewersOf(request), person, (each) => setsOf(services, request, each));
}

/** True when the person may decide about the request; see `reviewingAs`. */
export function mayReview(services: Settled, request: Reviewed, person: Person): boolean {
  return reviewingAs(services, request, person) !== null;
}

/**
 * The votes of those who may still decide about a request, by the addresses that grant them rights and those for whom
 * they are the deputy now, and without a conflict of interest as they are known now. A vote is stored once, while roles change, so whatever counts votes asks
 * here, after `triedReviewers`. Of a group whose people are not known now, nobody's counts.
 */
export async function validVotes(
  services: Settled,
  db: Connection,
  request: Reviewed,
  votes: readonly Vote[],
): Promise<readonly CountedVote[]> {
  const counted: CountedVote[] = [];
  for (const vote of votes) {
    const reviewer = await reviewerBy(services, db, request, vote.objectId);
    if (reviewer === null) continue;
    const linked = reviewer.person.linked;
    const { reviewsAs, standsInFor } = reviewer;
    counted.push({ ...vote, ...(linked === undefined ? {} : { linked }), reviewsAs, standsInFor });
  }
  return counted;
}

/** The account, when it is known to the bot and may decide about the request now; null otherwise. */
export async function reviewerBy(
  services: Settled,
  db: Connection,
  request: Reviewed,
  objectId: string,
): Promise<Reviewer | null> {
  const known = await readPerson(db, request.requester.tenantId, objectId);
  if (known === null) return null;
  const person = await withStandIns(services, db, await withRights(services, db, known.person));
  const reviewing = reviewingAs(services, request, person);
  return reviewing === null ? null : { ...known, person, ...reviewing };
}

/** Everybody known to the bot who may decide about the request now; those named first come first, then deputies. */
export async function knownReviewers(services: Settled, db: Connection, request: Reviewed): Promise<Reviewer[]> {
  const sets = new Set(reviewersOf(request).flatMap(({ by }) => by));
  const entries = [...sets].flatMap((set) =>
    set === ownerSet ? knownOwners(services, request) : namedIn(services, set),
  );
  const { tenantId } = request.requester;
  const named = await accountsOf(db, tenantId, entries);
  const accounts = [...named, ...(await deputiesOf(services, db, tenantId, named))];
  const found: Reviewer[] = [];
  for (const objectId of new Set(accounts.map((account) => account.objectId))) {
    if (found.length === mostReviewers) break;
    const reviewer = await reviewerBy(services, db, request, objectId);
    if (reviewer !== null) found.push(reviewer);
  }
  return found;
}

/** The accounts known to the bot that a list of object ids and addresses names, each once. */
export async function accountsOf(db: Connection, tenantId: string, entries: readonly string[]): Promise<Account[]> {
  const addresses = entries.flatMap((entry) => plainAddress(entry) ?? []);
  const byAddress = new Map(
    (await readAccountsOf(db, tenantId, addresses)).map(({ address, objectId }) => [address, objectId]),
  );
  const ids = entries.flatMap((entry) =>
    isObjectId(entry) ? entry.trim().toLowerCase() : (byAddress.get(plainAddress(entry) ?? '') ?? []),
  );
  const known = await knownObjectIds(db, tenantId, [...new Set(ids)]);
  return known.map((objectId) => ({ tenantId, objectId }));
}

/**
 * Asks reviewers in their own chats, too: all of them with `everybody`, otherwise those who see none of the
 * conversations in which it is asked for in their own right; nobody who has voted. Nobody gets it twice: not whose own chat is one of
 * these conversations, as on one machine.
 */
export async function askInOwnChats(
  services: Settled,
  trx: Connection,
  request: Reviewed & Pick<RequestRecord, 'number'>,
  everybody: boolean,
  voted: readonly Account[] = [],
): Promise<void> {
  const places = reviewPlaces(services, request);
  const reviewers = await knownReviewers(services, trx, request);
  const done = reviewers.filter(({ person }) => voted.some((vote) => samePerson(vote, person))).map(identityOf);
  for (const reviewer of reviewers) {
    const { person, personalConversationId, ownSets } = reviewer;
    if (places.some(({ conversationId }) => conversationId === personalConversationId)) continue;
    if (!everybody && seesPlace(places, ownSets)) continue;
    if (hasVoted(done, identityOf(reviewer))) continue;
    await enqueueCard(trx, request.number, 'approvers', personalConversationId, person.objectId);
  }
}

function identityOf({ person, standsInFor }: Reviewer): VoterIdentity {
  return { ...person, standsInFor };
}

/**
 * What of a review has to come from people whom the bot must have met, because they are asked in their own chats: those
 * who see one of these conversations, without the requester, need not have written to it.
 */
export function toBeMet(
  services: Settled,
  request: Pick<Reviewed, 'requester'>,
  { approvals, by }: Review,
  usable: readonly ReviewPlace[],
  pairs: readonly DeputyPair[],
): Review | null {
  const seeing = by.filter((set) => seesPlace(usable, [set]));
  const others = possibleReviewers(services, request, { approvals, by: seeing }, [], pairs);
  return approvals > others ? { approvals: approvals - others, by } : null;
}

/**
 * How many people could approve by a review, without those who must not; owners count as the service lists them now, and
 * the members of groups as they are known now. Of a deputy and those whom they stand in for, the deputy is not counted.
 */
export function possibleReviewers(
  services: Settled,
  { requester }: Pick<Reviewed, 'requester'>,
  { by }: Review,
  owners: readonly string[],
  pairs: readonly DeputyPair[],
): number {
  const entries = by.flatMap((set) => (set === ownerSet ? owners : namedIn(services, set)));
  const others = entries.filter((entry) => !namesSameHuman(entry, requester));
  const names = (person: Person) => others.some((entry) => namesSameHuman(entry, person));
  const twice = pairs.filter(({ away, deputy }) => names(away) && names(deputy)).map(({ deputy }) => deputy);
  const counted = others.filter((entry) => !twice.some((deputy) => namesSameHuman(entry, deputy)));
  return new Set(counted.map((entry) => plainAddress(entry) ?? entry.trim().toLowerCase())).size;
}
