import type { Connection } from '../database/connection.ts';
import { cardsForReviewers } from '../database/outbox-rows.ts';
import { readConversation, readPerson } from '../database/person-rows.ts';
import { isNamedIn } from '../domain/people.ts';
import type { RequestRecord } from '../domain/request.ts';
import type { RequestServices } from './request-services.ts';
import { enqueueInPlace, reviewPlaces } from './review-conversations.ts';
import { askInOwnChats } from './reviewers.ts';
import { tellPeople } from './told-people.ts';

/** Whether somebody else than the requester is named as an approver; a group counts as somebody else. */
export function hasOtherReviewers(
  { settings }: Pick<RequestServices, 'settings'>,
  { requester }: Pick<RequestRecord, 'requester'>,
): boolean {
  return settings.approvers.some((entry) => !isNamedIn([entry], requester));
}

/**
 * Shows the reviewers a request that cools off, which they may stop, although nobody had to approve it: in their
 * conversation, and in their own chats where approvals are asked for there, or where that conversation cannot be used.
 * Does nothing where nobody but the requester is an approver. The cards are sent with the transition (outbox).
 */
export async function tellReviewers(
  services: Pick<RequestServices, 'settings' | 'source' | 'groups' | 'clock'>,
  trx: Connection,
  request: RequestRecord,
): Promise<void> {
  const { approvalConversationId, approvalsInOwnChats = false } = services.settings;
  const { requester, number } = request;
  if (!hasOtherReviewers(services, request)) return;
  const own = await readPerson(trx, requester.tenantId, requester.objectId);
  // The requester's own chat has their card; and where the bot was never added, it cannot post.
  const usable =
    approvalConversationId !== null &&
    approvalConversationId !== own?.personalConversationId &&
    (await readConversation(trx, approvalConversationId)) !== null;
  if (usable) await enqueueInPlace(services, trx, number, approvalConversationId);
  if (!usable || approvalsInOwnChats) await askInOwnChats(services, trx, request, true);
}

/**
 * Asks for the approval of a request in every conversation that its rules name, and in the own chats of reviewers who
 * see none of these, or of all where that is wanted or where there is no such conversation. Tells the administrators
 * when nobody could be asked at all.
 */
export async function askReviewers(
  services: Pick<RequestServices, 'settings' | 'source' | 'groups' | 'clock'>,
  trx: Connection,
  request: RequestRecord,
): Promise<void> {
  const { number } = request;
  const places = reviewPlaces(services, request);
  for (const { conversationId } of places) await enqueueInPlace(services, trx, number, conversationId);
  const { approvalsInOwnChats = false, administrators = [] } = services.settings;
  await askInOwnChats(services, trx, request, approvalsInOwnChats || places.length === 0);
  const asked = await cardsForReviewers(trx, number);
  if (asked.length === 0) await tellPeople(services, trx, request, administrators, 'administrator');
}
