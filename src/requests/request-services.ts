import type { Connection, Database } from '../database/connection.ts';
import type { Queue } from '../database/queue.ts';
import { runTransaction } from '../database/transaction.ts';
import type { AssetSource } from '../domain/asset-source.ts';
import type { Clock } from '../domain/clock.ts';
import type { Directory } from '../domain/directory.ts';
import type { DirectoryAccounts } from '../domain/directory-accounts.ts';
import type { DirectoryGroups } from '../domain/directory-groups.ts';
import type { ResolveName, SearchName } from '../domain/name-resolution.ts';
import type { PolicySettings } from '../domain/policy.ts';

import type { Retention } from '../domain/retention.ts';

/** Settings that the operators of Steward decide. */
export interface RequestSettings {
  /** How long a request waits for a person before it expires, in milliseconds. */
  readonly waitsForPeopleMs: number;
  /** How long a download link lives, in milliseconds. */
  readonly linkLifetimeMs: number;
  /** How long an archive stays in storage, in milliseconds; never shorter than a link. */
  readonly archiveRetentionMs: number;
  /** The minimum interval between two updates of the same card, in milliseconds, so that it does not flicker. */
  readonly minUpdateGapMs: number;
  /**
   * The first wait before a poll of a workspace or of an operation of Graph, in milliseconds; default 15 or 30 seconds.
   */
  readonly firstPollMs?: number;
  /**
   * Token bucket: how many messages one person may send in a burst, before they are limited to one per second; default
   * 30.
   */
  readonly maxMessageBurst?: number;
  /** The most open requests per person; default 25. */
  readonly maxOpenRequests?: number;
  /** How long records are kept; default `defaultRetention`. */
  readonly retention?: Retention;
  /** The time zone of schedules of people whose Teams does not tell theirs; default UTC. */
  readonly timeZone?: string;
  readonly policy: PolicySettings;
  /** The approvers: Microsoft Entra object ids or addresses (user principal name or mail), or groups (`group:<id>`). */
  readonly approvers: readonly string[];
  /** The people of further roles, in the same form; default nobody. */
  readonly administrators?: readonly string[];
  readonly helpdesk?: readonly string[];
  readonly auditors?: readonly string[];
  /** Whether each approver is asked in their own chat, too; default false: only when their conversation fails. */
  readonly approvalsInOwnChats?: boolean;
  /** Whether a guest's mail address grants rights in Studio or as an approver; default false. */
  readonly guestsMatchByMail?: boolean;
  /** Whom people ask about access, by name or address; undefined when the configuration names nobody. */
  readonly administratorContact?: string;
  /** The conversation in which approvals are requested; null when there is none. */
  readonly approvalConversationId: string | null;
}

/** What the functions of this folder depend on. */
export interface RequestServices {
  readonly database: Pick<Database, 'db'>;
  readonly queue: Pick<Queue, 'enqueue' | 'forgetActive' | 'isWaiting'>;
  readonly clock: Clock;
  readonly source: AssetSource;
  /** The tenant's directory; undefined unless the export of directory data is enabled. */
  readonly directory?: Directory;
  /** Who is in the groups that the settings name; undefined when they name none. */
  readonly groups?: DirectoryGroups;
  /** Whether accounts can still be used; undefined where they are not checked. */
  readonly accounts?: DirectoryAccounts;
  readonly resolveName: ResolveName;
  readonly searchName: SearchName;
  readonly settings: RequestSettings;
  /** Returns a new unique random token. */
  readonly newToken: () => string;
}

/**
 * Runs `work` in one transaction. It may run more than once, since a transaction that the database rolls back because
 * of a conflict is retried.
 */
export function inTransaction<Result>(
  services: Pick<RequestServices, 'database' | 'clock'>,
  work: (trx: Connection) => Promise<Result>,
): Promise<Result> {
  return runTransaction(services.database.db, services.clock, work);
}
