import { appendAudit } from '../database/history.ts';
import { lockCardsOf } from '../database/outbox-rows.ts';
import { lockRequest, readRequest } from '../database/request-rows.ts';
import { readVotes } from '../database/vote-rows.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { enqueueInPlace } from './review-conversations.ts';
import { longestLookMs, triedReviewers } from './reviewers.ts';
import { readGroups } from './role-members.ts';
import { tellPeople } from './told-people.ts';
import { enqueueCards } from './transition.ts';

/**
 * Escalates a request that still waits in this version, as the escalation with this index in its terms says: it is
 * asked for in a further conversation, and brought before further people. A repeated job does nothing more, since the
 * outbox holds one card for each of them (idempotent). Throws ServiceFailure when the directory does not say who is in a
 * group of these people, after all others were asked, so that the job is repeated.
 */
export async function escalate(
  services: RequestServices,
  number: number,
  version: number,
  index: number,
): Promise<void> {
  const request = await readRequest(services.database.db, number);
  if (request?.state !== 'awaiting-approval' || request.version !== version) return;
  await triedReviewers(services, request);
  const told = request.terms?.escalations?.[index]?.people ?? [];
  const [read] = await Promise.allSettled([readGroups(services, told, AbortSignal.timeout(longestLookMs))]);
  await inTransaction(services, async (trx) => {
    const held = await lockRequest(trx, number);
    if (held?.record.state !== 'awaiting-approval' || held.record.version !== version) return;
    const { record } = held;
    const escalation = record.terms?.escalations?.[index];
    if (escalation === undefined) return;
    await lockCardsOf(trx, number);
    const { conversationId, people } = escalation;
    if (conversationId !== null) await enqueueInPlace(services, trx, number, conversationId);
    const found = await tellPeople(services, trx, record, people, 'escalation', await readVotes(trx, number, version));
    await appendAudit(trx, {
      at: new Date(services.clock.now()),
      tenantId: record.requester.tenantId,
      actor: 'system',
      action: 'request.escalated',
      requestNumber: number,
      workspaceId: record.workspace?.id ?? null,
      detail: { conversationId, people: people.length, found },
      policyVersion: services.settings.policy.version,
    });
    await enqueueCards(services, trx, number, ['approvers']);
  });
  if (read.status === 'rejected') throw read.reason;
}
