import type { Connection } from '../database/connection.ts';
import { readLinkedAddresses, readPerson } from '../database/person-rows.ts';
import { hasConflictOfInterest } from '../domain/lifecycle.ts';
import { countingAddresses, isNamedIn } from '../domain/people.ts';
import type { RequestRecord } from '../domain/request.ts';
import type { Vote } from '../domain/votes.ts';
import type { RequestServices } from './request-services.ts';

/**
 * The votes of those who may still decide about a request: who is named as an approver now, by the addresses that grant
 * them rights now, and has no conflict of interest as they are known now. A vote is stored once, while roles change, so
 * whatever counts votes asks here.
 */
export async function standingVotes(
  { settings }: Pick<RequestServices, 'settings'>,
  db: Connection,
  request: Pick<RequestRecord, 'requester' | 'subject'>,
  votes: readonly Vote[],
): Promise<readonly Vote[]> {
  const standing: Vote[] = [];
  for (const vote of votes) {
    const known = await readPerson(db, vote.tenantId, vote.objectId);
    if (known === null || hasConflictOfInterest(request, known.person)) continue;
    const linked = await readLinkedAddresses(db, vote);
    const { guestsMatchByMail = false } = settings;
    const granting = countingAddresses(known.person, { guestsMatchByMail });
    const addresses = granting.filter((address) => linked.includes(address));
    if (isNamedIn(settings.approvers, { objectId: vote.objectId, addresses })) standing.push(vote);
  }
  return standing;
}
