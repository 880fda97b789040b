import { readDeputyship } from '../database/deputy-rows.ts';
import { cardsForReviewers, enqueueCard, lockCardsOf } from '../database/outbox-rows.ts';
import { lockRequest, requestsAwaitingApproval } from '../database/request-rows.ts';
import { readVotes } from '../database/vote-rows.ts';
import type { Deputyship } from '../domain/deputies.ts';
import { hasVoted } from '../domain/votes.ts';
import { mostLookedThrough } from './report.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { reviewPlaces } from './review-conversations.ts';
import { reviewerBy, triedReviewers, validVotes } from './reviewers.ts';
import { enqueueCards } from './transition.ts';

/**
 * Brings the requests that wait for an approval before a deputy who may decide about them from now on, in their own
 * chat, and shows them anew where one of the two has a card or a vote. A repeated job asks nobody twice (idempotent).
 */
export async function reviewByDeputy(services: RequestServices, number: number): Promise<void> {
  const { db } = services.database;
  const deputyship = await readDeputyship(db, number);
  if (deputyship === null) return;
  for (const request of await requestsAwaitingApproval(db, deputyship.tenantId, mostLookedThrough)) {
    await triedReviewers(services, request);
    await reviewOne(services, deputyship, request.number);
  }
}

function reviewOne(services: RequestServices, { awayId, deputyId }: Deputyship, number: number): Promise<void> {
  return inTransaction(services, async (trx) => {
    const held = await lockRequest(trx, number);
    if (held?.record.state !== 'awaiting-approval') return;
    const { record } = held;
    await lockCardsOf(trx, number);
    const given = await readVotes(trx, number, record.version);
    const reviewer = await reviewerBy(services, trx, record, deputyId);
    if (reviewer !== null) {
      const { person, standsInFor, personalConversationId } = reviewer;
      const votes = await validVotes(services, trx, record, given);
      const isHere = reviewPlaces(services, record).some((place) => place.conversationId === personalConversationId);
      if (standsInFor.length > 0 && !isHere && !hasVoted(votes, { ...person, standsInFor }))
        await enqueueCard(trx, number, 'approvers', personalConversationId, deputyId);
    }
    const either = [awayId, deputyId];
    const isShown = (await cardsForReviewers(trx, number)).some(({ recipient }) => either.includes(recipient));
    if (isShown || given.some(({ objectId }) => either.includes(objectId))) await enqueueCards(services, trx, number);
  });
}
