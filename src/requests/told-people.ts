import type { Connection } from '../database/connection.ts';
import { withLinked } from '../database/linked-identities.ts';
import { enqueueCard, type ToldAs } from '../database/outbox-rows.ts';
import { readPerson } from '../database/person-rows.ts';
import { hasConflictOfInterest } from '../domain/conflict-of-interest.ts';
import type { Account, Addresses } from '../domain/people.ts';
import type { RequestRecord } from '../domain/request.ts';
import { hasVoted } from '../domain/votes.ts';
import type { RequestServices } from './request-services.ts';
import { reviewPlaces } from './review-conversations.ts';
import { accountsOf, reviewerBy } from './reviewers.ts';
import { peopleIn } from './role-members.ts';

/**
 * Brings a request before these people in their own chats (object ids or addresses, or groups as they are known now): those who may decide are asked,
 * all others told that it waits, and shown nothing of it. Nobody who has a card or has voted gets another, neither the
 * requester nor the person whose data it is. Returns how many were found among those who have met the bot.
 */
export async function tellPeople(
  services: Pick<RequestServices, 'settings' | 'source' | 'groups' | 'clock'>,
  trx: Connection,
  request: RequestRecord,
  people: readonly string[],
  toldAs: ToldAs,
  voted: readonly (Account & Addresses)[] = [],
): Promise<number> {
  const places = reviewPlaces(services, request);
  let found = 0;
  for (const { tenantId, objectId } of await accountsOf(trx, request.requester.tenantId, peopleIn(services, people))) {
    const known = await readPerson(trx, tenantId, objectId);
    if (known === null) continue;
    const person = await withLinked(trx, known.person);
    if (hasConflictOfInterest(request, person)) continue;
    found += 1;
    const { personalConversationId } = known;
    if (places.some(({ conversationId }) => conversationId === personalConversationId)) continue;
    if (hasVoted(voted, person)) continue;
    const mayDecide = (await reviewerBy(services, trx, request, objectId)) !== null;
    const as = mayDecide ? null : toldAs;
    await enqueueCard(trx, request.number, 'approvers', personalConversationId, objectId, as);
  }
  return found;
}
