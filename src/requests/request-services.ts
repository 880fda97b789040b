import type { Connection, Database } from '../database/connection.ts';
import type { Queue } from '../database/queue.ts';
import { runTransaction } from '../database/transaction.ts';
import type { AssetSource } from '../domain/asset-source.ts';
import type { Clock } from '../domain/clock.ts';
import type { Directory } from '../domain/directory.ts';
import type { ResolveName, SearchName } from '../domain/name-resolution.ts';
import type { PolicySettings } from '../domain/policy.ts';

import type { Retention } from '../domain/retention.ts';

/** Rules that the people who run Steward decide. */
export interface RequestSettings {
  /** How long a request waits for a person before it expires, in milliseconds. */
  readonly waitsForPeopleMs: number;
  /** How long a download link lives, in milliseconds. */
  readonly linkLifetimeMs: number;
  /** How long an archive stays in storage, in milliseconds; never shorter than a link. */
  readonly archiveRetentionMs: number;
  /** The least time between two updates of the same card, in milliseconds, so that it does not flicker. */
  readonly leastUpdateGapMs: number;
  /** The first wait before a workspace or an operation of Graph is looked at, in milliseconds; 15 or 30 seconds unless given. */
  readonly firstWatchMs?: number;
  /** How many turns one person may take at once before they come one a second; 30 unless given. */
  readonly turnsAtOnce?: number;
  /** The most open requests that one person may have at once; 25 unless given. */
  readonly mostOpenRequests?: number;
  /** How long records are kept; as long as usual unless given. */
  readonly retention?: Retention;
  readonly policy: PolicySettings;
  /** Those who may approve: Microsoft Entra object ids or addresses (user principal name or mail). */
  readonly approvers: readonly string[];
  /** Whether a guest's mail address gives rights in Studio or as an approver; not unless given. */
  readonly guestsMatchByMail?: boolean;
  /** The conversation where approvals are asked for; null when there is none. */
  readonly approvalConversationId: string | null;
}

/** What every verb on requests needs. */
export interface RequestServices {
  readonly database: Pick<Database, 'db'>;
  readonly queue: Pick<Queue, 'enqueue' | 'forgetActive' | 'isWaiting'>;
  readonly clock: Clock;
  readonly source: AssetSource;
  /** The tenant's directory; not there unless the export of directory data is switched on. */
  readonly directory?: Directory;
  readonly resolveName: ResolveName;
  readonly searchName: SearchName;
  readonly settings: RequestSettings;
  /** A fresh random token, never the same twice. */
  readonly newToken: () => string;
}

/**
 * Runs in one transaction: all of it is stored, or nothing. It may run more than once, when the database undoes it for
 * the sake of another transaction.
 */
export function inTransaction<Result>(
  services: Pick<RequestServices, 'database' | 'clock'>,
  work: (trx: Connection) => Promise<Result>,
): Promise<Result> {
  return runTransaction(services.database.db, services.clock, work);
}
