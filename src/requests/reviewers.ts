import type { Connection } from '../database/connection.ts';
import { enqueueCard } from '../database/outbox-rows.ts';
import { type KnownPerson, readAccountsOf, readLinkedAddresses, readPerson } from '../database/person-rows.ts';
import { hasConflictOfInterest } from '../domain/conflict-of-interest.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { countingAddresses, isNamedIn, isObjectId, type Person, plainAddress } from '../domain/people.ts';
import type { RequestRecord } from '../domain/request.ts';
import type { Vote } from '../domain/votes.ts';
import type { RequestServices } from './request-services.ts';

/** Who asks and whom it concerns: neither may decide. */
type Concerned = Pick<Lifecycle, 'requester' | 'subject'>;
type Settled = Pick<RequestServices, 'settings'>;

/** The most reviewers that are looked up for one request. */
const mostReviewers = 60;

/** Somebody who is known to the bot and may decide. */
export interface Reviewer extends Omit<KnownPerson, 'person'> {
  readonly person: Person;
}

/**
 * The votes of those who may still decide about a request: who is named as an approver now, by the addresses that grant
 * them rights now, and has no conflict of interest as they are known now. A vote is stored once, while roles change, so
 * whatever counts votes asks here.
 */
export async function validVotes(
  services: Settled,
  db: Connection,
  request: Concerned,
  votes: readonly Vote[],
): Promise<readonly Vote[]> {
  const counted: Vote[] = [];
  for (const vote of votes) {
    if ((await reviewerBy(services, db, request, vote.objectId)) !== null) counted.push(vote);
  }
  return counted;
}

/** The account, when it is known to the bot and may decide about the request now; null otherwise. */
export async function reviewerBy(
  { settings }: Settled,
  db: Connection,
  request: Concerned,
  objectId: string,
): Promise<Reviewer | null> {
  const known = await readPerson(db, request.requester.tenantId, objectId);
  if (known === null || hasConflictOfInterest(request, known.person)) return null;
  const { guestsMatchByMail = false } = settings;
  const linked = await readLinkedAddresses(db, known.person);
  const granting = countingAddresses(known.person, { guestsMatchByMail });
  const person = { ...known.person, addresses: granting.filter((address) => linked.includes(address)) };
  return isNamedIn(settings.approvers, person) ? { ...known, person } : null;
}

/** Everybody known to the bot who may decide about the request now, in the order of the settings. */
export async function knownReviewers(services: Settled, db: Connection, request: Concerned): Promise<Reviewer[]> {
  const { approvers } = services.settings;
  const { tenantId } = request.requester;
  const addresses = approvers.flatMap((entry) => plainAddress(entry) ?? []);
  const byAddress = new Map(
    (await readAccountsOf(db, tenantId, addresses)).map(({ address, objectId }) => [address, objectId]),
  );
  const accounts = approvers.flatMap((entry) =>
    isObjectId(entry) ? entry.trim().toLowerCase() : (byAddress.get(plainAddress(entry) ?? '') ?? []),
  );
  const found: Reviewer[] = [];
  for (const objectId of new Set(accounts)) {
    if (found.length === mostReviewers) break;
    const reviewer = await reviewerBy(services, db, request, objectId);
    if (reviewer !== null) found.push(reviewer);
  }
  return found;
}

/**
 * Asks each reviewer in their own chat, too. Nobody gets it twice: not whose own chat is the approvers' conversation, as
 * on one machine.
 */
export async function askInOwnChats(
  services: Settled,
  trx: Connection,
  { number, ...concerned }: Concerned & Pick<RequestRecord, 'number'>,
): Promise<void> {
  const here = services.settings.approvalConversationId;
  for (const { person, personalConversationId } of await knownReviewers(services, trx, concerned)) {
    if (personalConversationId !== null && personalConversationId === here) continue;
    await enqueueCard(trx, number, 'approvers', personalConversationId, person.objectId);
  }
}
