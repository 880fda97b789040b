import type { Connection } from '../database/connection.ts';
import {
  cardsForReviewers,
  enqueueCard,
  hasRecipient,
  markToldOutdated,
  type OutboxCard,
} from '../database/outbox-rows.ts';
import { readRequest } from '../database/request-rows.ts';
import type { RequestServices } from './request-services.ts';
import { askInOwnChats } from './reviewers.ts';
import { tellPeople } from './told-people.ts';
import { enqueueCards } from './transition.ts';

/**
 * Fallback when a card cannot be delivered where it belongs: the requester gets it in their own chat; reviewers are
 * asked in their own chats, and when none of them is reached the administrators are told. The cards of the other
 * audiences say so from now on. The caller has locked the request's cards and recorded the failure.
 */
export async function notifyElsewhere(services: RequestServices, trx: Connection, card: OutboxCard): Promise<void> {
  const { requestNumber, audience, toldAs } = card;
  if (audience === 'public') await enqueueCard(trx, requestNumber, 'requester', null);
  if (audience === 'approvers' && toldAs === null) await reachReviewers(services, trx, card);
  await enqueueOtherCards(services, trx, card);
}

async function reachReviewers(services: RequestServices, trx: Connection, card: OutboxCard): Promise<void> {
  const { requestNumber } = card;
  const request = await readRequest(trx, requestNumber);
  if (request?.state !== 'awaiting-approval' && request?.state !== 'cooling-off') return;
  const isShared = !hasRecipient(card);
  if (isShared) await askInOwnChats(services, trx, request, true);
  const asked = (await cardsForReviewers(trx, requestNumber)).filter(({ toldAs }) => toldAs === null);
  const reachesNobody = asked.every((each) => each.unreachedSince !== null || each.undeliverable !== null);
  // What waits after it was approved has been seen by its reviewers.
  if (reachesNobody && (request.state === 'awaiting-approval' || request.approvalsNeeded === 0)) {
    await tellPeople(services, trx, request, services.settings.administrators ?? [], 'administrator');
  }
  if (isShared || reachesNobody) await enqueueCards(services, trx, requestNumber, ['approvers']);
}

/** Enqueues the cards of a request's other audiences, which say whether these people were reached. */
export function enqueueOtherCards(
  services: RequestServices,
  trx: Connection,
  { requestNumber, audience }: OutboxCard,
): Promise<void> {
  const others = (['requester', 'public', 'approvers'] as const).filter((each) => each !== audience);
  return enqueueCards(services, trx, requestNumber, others);
}

/**
 * Enqueues the cards of those who are told without being asked, now that a reviewer's card was delivered who had not
 * been reached. Their own deliveries change nothing for each other, or each would enqueue the next without an end.
 */
export async function refreshTold(services: RequestServices, trx: Connection, card: OutboxCard): Promise<void> {
  if (card.audience !== 'approvers' || card.toldAs !== null) return;
  for (const id of await markToldOutdated(trx, card.requestNumber)) {
    await services.queue.enqueue(trx, 'deliver', { card: id }, { key: `card-${id}` });
  }
}
