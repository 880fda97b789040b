import type { RequestState } from '../domain/request.ts';
import type { Connection } from './connection.ts';
import { storedJson } from './storable.ts';

/** One accepted event of a request. `actor` is a person's name or `system`. */
export interface HistoryEntry {
  readonly requestNumber: number;
  readonly version: number;
  readonly event: string;
  readonly from: RequestState;
  readonly to: RequestState;
  readonly actor: string;
  readonly idempotencyKey: string | null;
  readonly at: Date;
}

/** One audit row. `detail` must hold no secret, link or file content. */
export interface AuditEntry {
  readonly at: Date;
  readonly tenantId: string;
  /** Object id of a person, or `system`. */
  readonly actor: string;
  readonly action: string;
  readonly requestNumber: number | null;
  readonly workspaceId: string | null;
  readonly detail: object;
}

/**
 * Adds an accepted event to the request's history. Throws when the version or the idempotency key is already recorded.
 */
export async function appendHistory(trx: Connection, entry: HistoryEntry): Promise<void> {
  await trx
    .insertInto('request_history')
    .values({
      request_number: entry.requestNumber,
      version: entry.version,
      event: entry.event,
      from_state: entry.from,
      to_state: entry.to,
      actor: entry.actor,
      idempotency_key: entry.idempotencyKey,
      at: entry.at,
    })
    .execute();
}

/** True when an event with this idempotency key was accepted before. */
export async function wasApplied(trx: Connection, requestNumber: number, idempotencyKey: string): Promise<boolean> {
  const row = await trx
    .selectFrom('request_history')
    .select('version')
    .where('request_number', '=', requestNumber)
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst();
  return row !== undefined;
}

/** Adds audit rows, in order; call it in the transaction of what they record. */
export async function appendAudit(trx: Connection, ...entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await trx
    .insertInto('audit')
    .values(
      entries.map((entry) => ({
        at: entry.at,
        tenant_id: entry.tenantId,
        actor: entry.actor,
        action: entry.action,
        request_number: entry.requestNumber,
        workspace_id: entry.workspaceId,
        detail: storedJson(entry.detail),
      })),
    )
    .execute();
}
