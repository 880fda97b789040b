import type { Clearance } from './clearance.ts';
import type { Addresses } from './people.ts';

/** Somebody in the tenant's directory, as Microsoft Graph names them. All of it is personal data. */
export interface DirectoryPerson extends Addresses {
  /** Microsoft Entra object id. */
  readonly id: string;
  readonly name: string;
  /** The address that people know: the mail address, or else the user principal name. */
  readonly address: string;
  /** True for a guest whose account is a personal Microsoft account, which Graph does not export. */
  readonly isPersonalAccount: boolean;
}

/** Where an export that Graph has accepted can be looked up. */
export interface StartedExport {
  readonly operationId: string;
  /** How long Graph asks to wait before the first look, in milliseconds; null when it does not say. */
  readonly retryAfterMs: number | null;
}

/** Graph's states of a data policy operation; `unknown` stands for any that came later. */
export type OperationStatus = 'notStarted' | 'running' | 'complete' | 'failed' | 'unknown';

/** An operation as Graph tells it at one moment. */
export interface DirectoryOperation {
  readonly status: OperationStatus;
  /** From 0 to 100. */
  readonly progress: number;
  readonly retryAfterMs: number | null;
}

/** Why a call to the directory did not give what was asked. */
export type DirectoryErrorReason =
  /** Steward has no permission in Graph, or could not sign in. An administrator has to grant it. */
  | 'forbidden'
  /** No token can be had at the moment. Graph was not asked. */
  | 'not-signed-in'
  | 'not-found'
  /** Graph asks to slow down. After 429 it says that it has done nothing (learn.microsoft.com, "Microsoft Graph throttling guidance"). */
  | 'throttled'
  /** Graph answers with failures of its own. A call with an effect may have had it. */
  | 'unavailable'
  /** Nothing came back. A call with an effect may have had it. */
  | 'unreachable'
  /** Something came back that cannot be read. A call with an effect may have had it. */
  | 'unreadable'
  /** Graph refused the request as such. */
  | 'rejected';

/** A failed call to the directory. `message` is a sentence for a person and holds no secret. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
  readonly reason: DirectoryErrorReason;
  /** HTTP status, when there was one. */
  readonly status: number | null;
  /** When the service said to come back, in milliseconds from the answer. */
  readonly retryAfterMs: number | null;
  /**
   * False when the call certainly had no effect: it was never sent, or Graph refused it. True for lost answers and for
   * failures of the service's own, 503 with a pause included: what stands before Graph may say so after it has acted.
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

/** True for failures where the same question may be answered later. */
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

/** True when nobody can say whether a call that failed so has had its effect. */
export function leavesDoubt({ mayHaveActed }: DirectoryError): boolean {
  return mayHaveActed;
}

/** The tenant's directory. All methods throw DirectoryError, or the reason of an aborted signal. */
export interface Directory {
  /** Whether this person is a tenant administrator at this moment. */
  isAdministrator(objectId: string, signal: AbortSignal): Promise<boolean>;
  /** The person with this object id; null when there is none. */
  person(objectId: string, signal: AbortSignal): Promise<DirectoryPerson | null>;
  /** Whom an address or a name can mean, at most a few. An address means one person or nobody. */
  find(said: string, signal: AbortSignal): Promise<readonly DirectoryPerson[]>;
  /**
   * Asks for the export of one person's data into the container behind `storageLocation`, which is a secret. Never
   * repeated by itself: see `leavesDoubt`. Throws NotCleared and ClearanceExpired.
   */
  startExport(
    personId: string,
    storageLocation: string,
    clearance: Clearance,
    signal: AbortSignal,
  ): Promise<StartedExport>;
  operation(operationId: string, signal: AbortSignal): Promise<DirectoryOperation>;
}
