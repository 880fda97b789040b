import type { Insertable } from 'kysely';
import type { Connection } from './connection.ts';
import { storedJson } from './storable.ts';
import type { Tables } from './tables.ts';

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
  /** The version of the policy that is in force. */
  readonly policyVersion: string;
}

/**
 * Adds an accepted event to the request's history. Throws when the version or the idempotency key is already recorded.
 */
export async function appendHistory(trx: Connection, entry: Insertable<Tables['requestHistory']>): Promise<void> {
  await trx.insertInto('requestHistory').values(entry).execute();
}

/** True when an event with this idempotency key was accepted before. */
export async function wasApplied(trx: Connection, requestNumber: number, idempotencyKey: string): Promise<boolean> {
  const row = await trx
    .selectFrom('requestHistory')
    .select('version')
    .where('requestNumber', '=', requestNumber)
    .where('idempotencyKey', '=', idempotencyKey)
    .executeTakeFirst();
  return row !== undefined;
}

/** Adds audit rows, in order; call it in the transaction of what they record. */
export async function appendAudit(trx: Connection, ...entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await trx
    .insertInto('audit')
    .values(entries.map((entry) => ({ ...entry, detail: storedJson(entry.detail) })))
    .execute();
}
