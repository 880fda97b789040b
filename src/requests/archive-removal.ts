import { appendAudit } from '../database/history.ts';
import { lockRequest, updateRequest } from '../database/request-rows.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { enqueueCards } from './transition.ts';

/** Records that a request's archive was removed from storage, and enqueues its cards to say so. */
export async function recordArchiveRemoved(services: RequestServices, number: number): Promise<void> {
  await inTransaction(services, async (trx) => {
    const held = await lockRequest(trx, number);
    if (!held || held.record.archiveRemovedAt !== null) return;
    const at = new Date(services.clock.now());
    const revoked = held.record.revocation === null ? {} : { revocation: null, linksRevokedAt: at };
    await updateRequest(trx, number, { archiveRemovedAt: at, ...revoked });
    await appendAudit(trx, {
      at,
      tenantId: held.record.requester.tenantId,
      actor: 'system',
      policyVersion: services.settings.policy.version,
      action: 'archive.removed',
      requestNumber: number,
      workspaceId: held.record.workspace?.id ?? null,
      detail: held.record.revocation?.stage === 'removing' ? { because: 'links revoked' } : {},
    });
    await enqueueCards(services, trx, number);
  });
}
