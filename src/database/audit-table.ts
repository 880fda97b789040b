import type { Generated } from 'kysely';
import type { Json, Time } from './column-types.ts';

export interface AuditTable {
  sequence: Generated<number>;
  at: Time;
  tenantId: string;
  actor: string;
  action: string;
  requestNumber: number | null;
  workspaceId: string | null;
  detail: Json<object>;
  /** The version of the policy that was in force; null in rows of earlier releases. */
  policyVersion: string | null;
}
