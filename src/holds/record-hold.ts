import type { Connection } from '../database/connection.ts';
import { appendAudit } from '../database/history.ts';
import type { HoldTarget, LegalHold } from '../domain/legal-hold.ts';
import type { RequestServices } from '../requests/request-services.ts';

/** What is recorded of a hold. */
export type HoldEvent = 'hold.placed' | 'hold.declined' | 'hold.lifted' | 'hold.review' | 'hold.ended';

/**
 * Adds the audit row of what happened to a hold: its ids, dates and reference. Names, addresses and the reason stay in its
 * own row, from which they can be erased.
 */
export function recordHold(
  { clock, settings }: Pick<RequestServices, 'clock' | 'settings'>,
  trx: Connection,
  { number, tenantId, target, reference, from, until }: LegalHold,
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
      ...idsOf(target),
      reference,
      forceFrom: from.toISOString(),
      until: until?.toISOString() ?? null,
    },
  });
}

function idsOf(target: HoldTarget): object {
  switch (target.kind) {
    case 'workspace':
      return { kind: target.kind };
    case 'asset':
      return { kind: target.kind, assetKind: target.assetKind, familyId: target.familyId };
    case 'person':
      return { kind: target.kind, objectId: target.objectId };
  }
}
