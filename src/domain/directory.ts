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

/** Why a call to the directory failed. */
export type DirectoryErrorReason =
  /** Steward has no permission in Graph, or could not sign in. An administrator has to grant it. */
  | 'forbidden'
  /** No token can be obtained at the moment. The call was not sent. */
  | 'not-signed-in'
  | 'not-found'
  /**
   * Graph is rate limiting. It documents that a request answered with 429 was not carried out (learn.microsoft.com,
   * "Microsoft Graph throttling guidance").
   */
  | 'throttled'
  /** Graph answers with server errors. A call with an effect may have had it. */
  | 'unavailable'
  /** No answer. A call with an effect may have had it. */
  | 'unreachable'
  /** The answer is malformed. A call with an effect may have had it. */
  | 'unreadable'
  /** Graph rejected the request as invalid. */
  | 'rejected';

/** A failed call to the directory. `message` is a sentence for a person and holds no secret. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
  readonly reason: DirectoryErrorReason;
  /** HTTP status, when there was one. */
  readonly status: number | null;
  /** The service's Retry-After, in milliseconds from the answer; null when there was none. */
  readonly retryAfterMs: number | null;
  /**
   * False when the call certainly had no effect: it was never sent, or Graph refused it. True for lost answers and
   * server errors, 503 with Retry-After included: a gateway in front of Graph may send such an answer after Graph has
   * acted.
   */
  readonly mayHaveActed: boolean;

  constructor(
    reason: DirectoryErrorReason,
    message: string,
    details: { readonly status?: number; readonly retryAfterMs?: number | null; readonly mayHaveActed?: boolean } = {},
  ) {
    super(message);
    this.reason = reason;
    this.status = details.status ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.mayHaveActed =
      details.mayHaveActed ?? (isTransientDirectoryError(this) && reason !== 'throttled' && reason !== 'not-signed-in');
  }
}

/** True for transient failures: the same call may succeed later. */
export function isTransientDirectoryError({ reason }: DirectoryError): boolean {
  switch (reason) {
    case 'not-signed-in':
    case 'throttled':
    case 'unavailable':
    case 'unreachable':
    case 'unreadable':
      return true;
    case 'forbidden':
    case 'not-found':
    case 'rejected':
      return false;
  }
}

/** True when it is unknown whether the failed call took effect. */
export function leavesDoubt({ mayHaveActed }: DirectoryError): boolean {
  return mayHaveActed;
}

/** The tenant's directory. All methods throw DirectoryError, or the reason of an aborted signal. */
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
