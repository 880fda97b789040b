import { RestError } from '@azure/storage-blob';

/** Why Blob Storage did not do what the archive asked of it. */
export type ArchiveErrorReason =
  /** Nothing came back: no connection, a reset, a time-out, a name that does not resolve. */
  | 'unreachable'
  /** The identity or key may not do this. An administrator has to grant a role or correct the settings. */
  | 'unauthorized'
  /** The container or blob is not there (any more). */
  | 'not-found'
  /** No room: the disk, the account or the blob's own limit is used up. */
  | 'full'
  /** The service answers with failures of its own or asks to slow down; retries were used up. */
  | 'unavailable'
  /** The service refused the request as such. */
  | 'rejected'
  /** Settings that would send data or links over plain http outside local mode. */
  | 'insecure'
  /** What was recorded of an earlier attempt cannot be read, so the export cannot go on from it. */
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

/** True when the same call may succeed later, so that a job should be tried again. */
export function isPassing(error: ArchiveError): boolean {
  switch (error.reason) {
    case 'unreachable':
    case 'unavailable':
      return true;
    case 'unauthorized':
    case 'not-found':
    case 'full':
    case 'rejected':
    case 'insecure':
    case 'unreadable':
      return false;
  }
}

/** Codes by which the service says that nothing more fits. */
const fullCodes = new Set(['BlockCountExceedsLimit', 'RequestBodyTooLarge']);

/**
 * Turns whatever the client library threw into an ArchiveError. The original is not kept as a cause: it carries
 * the request with its address and headers. An abort is passed on as it is.
 */
export function archiveError(thrown: unknown, doing: string): Error {
  if (thrown instanceof ArchiveError) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') return thrown;
  if (!(thrown instanceof RestError)) return credentialError(thrown, doing);
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
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'not-found';
  if (status === 408 || status === 429 || status >= 500) return 'unavailable';
  return 'rejected';
}

/** @azure/identity throws classes of its own when no token can be had. */
function credentialError(thrown: unknown, doing: string): Error {
  const name = thrown instanceof Error ? thrown.name : '';
  const reason = /Credential|Authentication/u.test(name) ? 'unauthorized' : 'unreachable';
  return new ArchiveError(reason, sentence(reason, doing), name === '' ? {} : { code: name });
}

function sentence(reason: ArchiveErrorReason, doing: string): string {
  switch (reason) {
    case 'unreachable':
      return `Storage could not be reached while ${doing}.`;
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
      return `What storage holds could not be understood while ${doing}.`;
  }
}
