import { appendAudit } from '../database/history.ts';
import { lockRequest, updateRequest } from '../database/request-rows.ts';
import { storedJson } from '../database/storable.ts';
import type { LinkRevocation } from '../domain/link-revocation.ts';
import type { RequestRecord } from '../domain/request.ts';
import { day } from '../domain/retention.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { enqueueCards } from './transition.ts';

/**
 * Puts off the removal of an archive that a legal hold keeps by a day, so that the sweep looks at the others before it comes
 * back. The links to it expire as before; a removal that was asked for waits, and its card says so.
 */
export async function postponeRemoval(
  services: RequestServices,
  { number }: Pick<RequestRecord, 'number'>,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    const held = await lockRequest(trx, number);
    if (!held || held.record.archiveRemovedAt !== null) return;
    const { revocation } = held.record;
    const trouble = 'A legal hold keeps it. I remove it once the hold is lifted.';
    await updateRequest(trx, number, {
      removeAfter: new Date(services.clock.now() + day),
      ...(revocation === null ? {} : { revocation: storedJson({ ...revocation, trouble } satisfies LinkRevocation) }),
    });
    if (revocation !== null && revocation.trouble !== trouble) await enqueueCards(services, trx, number, ['requester']);
  });
}

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
