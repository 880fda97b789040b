import type { Clearance } from './clearance.ts';
import type { Addresses } from './people.ts';

/** A person in the tenant's directory, as Microsoft Graph describes them. All of it is personal data. */
export interface DirectoryPerson extends Addresses {
  /** Microsoft Entra object id. */
  readonly id: string;
  readonly name: string;
  /** The displayed address: the mail address, or else the user principal name. */
  readonly address: string;
  /** True for a guest whose account is a personal Microsoft account, which Graph does not export. */
  readonly isPersonalAccount: boolean;
}

/** An export that Graph has accepted, for polling. */
export interface StartedExport {
  readonly operationId: string;
  /** Graph's Retry-After before the first poll, in milliseconds; null when it sends none. */
  readonly retryAfterMs: number | null;
}

/** Graph's states of a data policy operation; `unknown` stands for any state added later. */
export type OperationStatus = 'notStarted' | 'running' | 'complete' | 'failed' | 'unknown';

/** One poll result of an operation. */
export interface DirectoryOperation {
  readonly status: OperationStatus;
  /** From 0 to 100. */
  readonly progress: number;
  readonly retryAfterMs: number | null;
}

/** The tenant's directory. All methods throw ServiceFailure, or the reason of an aborted signal. */
export interface Directory {
  /** Whether this person is a tenant administrator now. */
  isAdministrator(objectId: string, signal: AbortSignal): Promise<boolean>;
  /** The person with this object id; null when there is none. */
  person(objectId: string, signal: AbortSignal): Promise<DirectoryPerson | null>;
  /** The people, at most a few, that an address or a name matches. An address matches one person or none. */
  find(said: string, signal: AbortSignal): Promise<readonly DirectoryPerson[]>;
  /**
   * Starts the export of one person's data into the container at `storageLocation`, which is a secret. Never retried
   * inside: see `leavesDoubt`. Throws NotCleared and ClearanceExpired.
   */
  startExport(
    personId: string,
    storageLocation: string,
    clearance: Clearance,
    signal: AbortSignal,
  ): Promise<StartedExport>;
  operation(operationId: string, signal: AbortSignal): Promise<DirectoryOperation>;
}
