import type { Connection } from '../database/connection.ts';
import { appendAudit } from '../database/history.ts';
import type { LegalHold } from '../domain/legal-hold.ts';
import type { RequestServices } from '../requests/request-services.ts';

/** What is recorded of a hold. */
export type HoldEvent = 'hold.placed' | 'hold.declined' | 'hold.lifted' | 'hold.review' | 'hold.ended';

/** Adds the audit row of what happened to a hold. Its texts stand in the chain as salted hashes. */
export function recordHold(
  { clock, settings }: Pick<RequestServices, 'clock' | 'settings'>,
  trx: Connection,
  { number, tenantId, target, reference, reason, from, until, lifted }: LegalHold,
  action: HoldEvent,
  actor: string,
): Promise<void> {
  return appendAudit(trx, {
    at: new Date(clock.now()),
    tenantId,
    actor,
    policyVersion: settings.policy.version,
    action,
    requestNumber: null,
    workspaceId: target.kind === 'person' ? null : target.workspaceId,
    detail: {
      hold: number,
      on: target,
      reference,
      reason: lifted?.reason ?? reason,
      forceFrom: from.toISOString(),
      until: until?.toISOString() ?? null,
    },
  });
}
