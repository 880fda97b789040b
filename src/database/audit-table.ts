import type { ColumnType, Generated } from 'kysely';
import type { EntryBody } from '../domain/audit-chain.ts';
import type { Json, Maybe, MaybeJson, Time } from './column-types.ts';

interface AuditTable {
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
  /** By the database's clock; null in rows of earlier releases. */
  recordedAt: ColumnType<Date | null, never, never>;
  /** The entry of the chain that seals this row; null until then. */
  entry: Maybe<number>;
  /** The salts of its commitments, by JSON pointer. */
  salts: MaybeJson<Record<string, string>>;
}

/** The chain. Triggers refuse to change a row, and to remove one that no checkpoint stands for. */
interface AuditEntriesTable {
  entry: number;
  hash: string;
  body: Json<EntryBody>;
}

/** Whom the pseudonyms in the chain stand for. */
interface AuditPeopleTable {
  pseudonym: string;
  tenantId: string;
  objectId: string;
  /** A person has one pseudonym in rows about deletions, and another in all others, which erasure removes. */
  forDeletions: boolean;
  salt: string;
}

/** Heads of segments that left. A trigger refuses to change or remove one. */
interface AuditCheckpointsTable {
  entry: number;
  hash: string;
  at: Time;
  /** A compact JWS; null without a key. */
  signature: string | null;
}

/** The tables of the record. */
export interface AuditTables {
  audit: AuditTable;
  auditEntries: AuditEntriesTable;
  auditPeople: AuditPeopleTable;
  auditCheckpoints: AuditCheckpointsTable;
}
