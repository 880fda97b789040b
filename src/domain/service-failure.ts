/** Whom a call went to, as people know it. */
export type ServiceName = 'Studio' | 'Studio’s storage' | 'Azure' | 'Microsoft Graph' | 'Blob Storage';

/** Why a service did not do what was asked of it. */
export type FailureReason =
  /** The credential was not accepted. */
  | 'unauthorized'
  /** The credential was accepted and does not give this right. */
  | 'forbidden'
  /** No token can be had at the moment. The service was not asked. */
  | 'not-signed-in'
  /** Nobody gives a token: there is no such identity, or its secret is wrong. An administrator has to correct that. */
  | 'no-identity'
  | 'not-found'
  /** Something else changed it at the same time, or a lock holds it. */
  | 'conflict'
  /** The service asks to slow down. */
  | 'throttled'
  /** The service answered with a failure of its own. */
  | 'unavailable'
  /** Nothing came back: no connection, a reset, a time-out, a name that does not resolve. */
  | 'unreachable'
  /** Something came back, or was stored, that cannot be read. */
  | 'unreadable'
  /** The service refused the request as such. */
  | 'rejected'
  /** The service has no call for it. */
  | 'unsupported'
  /** No room: the disk, the account or the blob's own limit is used up. */
  | 'full'
  /** Settings that would send data or links over plain http outside local mode. */
  | 'insecure';

/** Since when a service has not answered anybody, and when it is tried again. */
export interface Outage {
  readonly service: string;
  readonly since: Date;
  readonly retryAt: Date;
}

/** What is known of a failure beside its reason. */
export interface FailureDetails {
  /** HTTP status, when there was one. */
  readonly status?: number | null | undefined;
  /** The service's error code, for logs. */
  readonly code?: string | null | undefined;
  /** The service's own words, stripped of secrets, for logs and manifests. */
  readonly serviceMessage?: string | null | undefined;
  /** When the service said to come back, in milliseconds from the answer. */
  readonly retryAfterMs?: number | null | undefined;
  readonly outage?: Outage | null | undefined;
  /** Derived from the reason unless given. */
  readonly transient?: boolean | undefined;
  /** Derived from the reason unless given. */
  readonly mayHaveActed?: boolean | undefined;
  readonly cause?: unknown;
}

/** Reasons after which the same call may succeed later. */
const transientReasons: ReadonlySet<FailureReason> = new Set([
  'not-signed-in',
  'throttled',
  'unavailable',
  'unreachable',
  'unreadable',
]);

/** True for a reason after which the same call may succeed later. */
export function isTransientReason(reason: FailureReason): boolean {
  return transientReasons.has(reason);
}

/** A failed call to a service. `message` is a sentence for a person; it holds no address, key, token or signature. */
export class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure';
  readonly service: ServiceName;
  readonly reason: FailureReason;
  /** True when the same call may succeed later, so that a job should be retried, within its bounds. */
  readonly transient: boolean;
  readonly status: number | null;
  readonly code: string | null;
  readonly serviceMessage: string | null;
  readonly retryAfterMs: number | null;
  /** Set when the service was not even asked, because it does not answer anybody. */
  readonly outage: Outage | null;
  /**
   * False when the call certainly had no effect: it was never sent (an outage, no connection, no sign-in), or the service
   * refused it. True for a lost answer, a time-out and every failure of the service's own, since a gateway in front of
   * a service may report such a failure after the service has acted.
   */
  readonly mayHaveActed: boolean;

  constructor(service: ServiceName, reason: FailureReason, message: string, details: FailureDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.service = service;
    this.reason = reason;
    this.transient = details.transient ?? transientReasons.has(reason);
    this.status = details.status ?? null;
    this.code = details.code ?? null;
    this.serviceMessage = details.serviceMessage ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.outage = details.outage ?? null;
    const wasSent = this.outage === null && reason !== 'not-signed-in';
    this.mayHaveActed = details.mayHaveActed ?? (wasSent && transientReasons.has(reason));
  }
}

/** True for a failure of a system that holds workspaces: Studio, its storage, or Azure Resource Manager. */
export function isSourceFailure(error: unknown): error is ServiceFailure {
  return isFailureOf(error, ['Studio', 'Studio’s storage', 'Azure']);
}

/** True for a failure of the storage that archives are written to. */
export function isStorageFailure(error: unknown): error is ServiceFailure {
  return isFailureOf(error, ['Blob Storage']);
}

/** True for a failure of the directory. */
export function isDirectoryFailure(error: unknown): error is ServiceFailure {
  return isFailureOf(error, ['Microsoft Graph']);
}

function isFailureOf(error: unknown, services: readonly ServiceName[]): error is ServiceFailure {
  return error instanceof ServiceFailure && services.includes(error.service);
}
