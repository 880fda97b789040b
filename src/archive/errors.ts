import { RestError } from '@azure/storage-blob';
import { isSignInFailure, signInFailure } from '../domain/sign-in.ts';

/** Why a call to Blob Storage failed. */
export type ArchiveErrorReason =
  /** No answer: no connection, a reset, a time-out, a name that does not resolve. */
  | 'unreachable'
  /** No token is available at the moment. Storage was not called. */
  | 'not-signed-in'
  /** No token is issued: there is no such identity, or its secret is wrong. An administrator has to correct that. */
  | 'no-identity'
  /** Access denied. A role assignment may not have taken effect yet, or a firewall may still be opened. */
  | 'unauthorized'
  /** The container or blob is not there (any more). */
  | 'not-found'
  /** No space: the disk, the account or the blob's own limit is used up. */
  | 'full'
  /** The service fails or throttles; the retries were used up. */
  | 'unavailable'
  /** The service rejected the request itself. */
  | 'rejected'
  /** Settings that would send data or links over plain http outside local mode. */
  | 'insecure'
  /** The record of an earlier attempt cannot be read, so the export cannot resume from it. */
  | 'unreadable';

/** A failed call to Blob Storage. `message` is a sentence for a person; it holds no address, key or signature. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  readonly reason: ArchiveErrorReason;
  /** HTTP status, when there was one. */
  readonly status: number | null;
  /** The service's error code (for example `AuthorizationPermissionMismatch`), for logs; null when there was none. */
  readonly code: string | null;

  constructor(reason: ArchiveErrorReason, message: string, details: { status?: number; code?: string } = {}) {
    super(message);
    this.reason = reason;
    this.status = details.status ?? null;
    this.code = details.code ?? null;
  }
}

/**
 * True when the same call may succeed later, so that the job is retried within its retry budget. Denied access counts,
 * too: a role assignment takes up to ten minutes to take effect (learn.microsoft.com, "Troubleshoot Azure RBAC"), and a
 * person who reads the reason on the card can have it corrected while the export waits.
 */
export function isTransientStorageError(error: ArchiveError): boolean {
  switch (error.reason) {
    case 'unreachable':
    case 'not-signed-in':
    case 'unavailable':
    case 'unauthorized':
      return true;
    case 'no-identity':
    case 'not-found':
    case 'full':
    case 'rejected':
    case 'insecure':
    case 'unreadable':
      return false;
  }
}

/** Error codes that mean that nothing more fits. */
const fullCodes = new Set(['BlockCountExceedsLimit', 'RequestBodyTooLarge']);
/** Conflicts that end by themselves, such as a container of the same name that is still being removed. */
const transientCodes = new Set(['ContainerBeingDeleted', 'ContainerBeingDisabled', 'OperationTimedOut']);

/**
 * Turns an error of the client library into an ArchiveError. The original is not kept as a cause: it carries the
 * request with its address and headers. An abort is returned unchanged.
 */
export function archiveError(thrown: unknown, doing: string): Error {
  if (thrown instanceof ArchiveError) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') return thrown;
  if (isSignInFailure(thrown)) return credentialError(thrown, doing);
  if (!(thrown instanceof RestError)) return new ArchiveError('unreachable', sentence('unreachable', doing));
  const details = {
    ...(thrown.statusCode === undefined ? {} : { status: thrown.statusCode }),
    ...(thrown.code === undefined ? {} : { code: thrown.code }),
  };
  const reason = reasonOf(thrown.statusCode, thrown.code);
  return new ArchiveError(reason, sentence(reason, doing), details);
}

function reasonOf(status: number | undefined, code: string | undefined): ArchiveErrorReason {
  if (status === undefined) return 'unreachable';
  if (status === 507 || (code !== undefined && fullCodes.has(code))) return 'full';
  if (code !== undefined && transientCodes.has(code)) return 'unavailable';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'not-found';
  if (status === 408 || status === 429 || status >= 500) return 'unavailable';
  return 'rejected';
}

/** The error for a failed sign-in; storage was not called. */
function credentialError(thrown: unknown, doing: string): ArchiveError {
  const reason = signInFailure(thrown) === 'refused' ? 'no-identity' : 'not-signed-in';
  return new ArchiveError(reason, sentence(reason, doing), thrown instanceof Error ? { code: thrown.name } : {});
}

function sentence(reason: ArchiveErrorReason, doing: string): string {
  switch (reason) {
    case 'unreachable':
      return `Storage could not be reached while ${doing}.`;
    case 'not-signed-in':
      return `I cannot sign in to storage at the moment, so ${doing} has to wait.`;
    case 'no-identity':
      return `I cannot sign in to storage, so ${doing} was not possible. An administrator has to check the bot's identity.`;
    case 'unauthorized':
      return `Storage did not allow ${doing}. An administrator has to check the bot's role on the storage account.`;
    case 'not-found':
      return `Storage does not have what was asked for while ${doing}.`;
    case 'full':
      return `Storage has no room left for ${doing}.`;
    case 'unavailable':
      return `Storage was not able to answer while ${doing}.`;
    case 'rejected':
      return `Storage refused the request while ${doing}.`;
    case 'insecure':
      return `Storage may only be used over https; ${doing} was not done.`;
    case 'unreadable':
      return `What is stored could not be read while ${doing}.`;
  }
}
