import { RestError } from '@azure/storage-blob';
import { type FailureReason, isStorageFailure, isTransientReason, ServiceFailure } from '../domain/service-failure.ts';
import { isSignInFailure, signInFailure } from '../domain/sign-in.ts';

/** Reasons that a call to Blob Storage can fail for. */
type StorageReason = Exclude<FailureReason, 'forbidden' | 'conflict' | 'throttled' | 'unsupported'>;

/**
 * The failure of a call to Blob Storage. Denied access counts as transient too: a role takes up to ten minutes to take
 * effect (learn.microsoft.com, "Troubleshoot Azure RBAC"), and the cause shown on the card can be corrected while the
 * export waits. What was stored and cannot be read stays so.
 */
export function storageFailure(
  reason: StorageReason,
  message: string,
  details: { readonly status?: number; readonly code?: string } = {},
): ServiceFailure {
  const transient = reason === 'unauthorized' || (reason !== 'unreadable' && isTransientReason(reason));
  return new ServiceFailure('Blob Storage', reason, message, { ...details, transient });
}

/** Error codes that mean that nothing more fits. */
const fullCodes = new Set(['BlockCountExceedsLimit', 'RequestBodyTooLarge']);
/** Conflicts that end by themselves, such as a container of the same name that is still being removed. */
const transientCodes = new Set(['ContainerBeingDeleted', 'ContainerBeingDisabled', 'OperationTimedOut']);

/**
 * Turns an error of the client library into an ServiceFailure. The original is not kept as a cause: it carries the
 * request with its address and headers. An abort is returned unchanged.
 */
export function archiveError(thrown: unknown, doing: string): Error {
  if (isStorageFailure(thrown)) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') return thrown;
  if (isSignInFailure(thrown)) return credentialError(thrown, doing);
  if (!(thrown instanceof RestError)) return storageFailure('unreachable', sentence('unreachable', doing));
  const details = {
    ...(thrown.statusCode === undefined ? {} : { status: thrown.statusCode }),
    ...(thrown.code === undefined ? {} : { code: thrown.code }),
  };
  const reason = reasonOf(thrown.statusCode, thrown.code);
  return storageFailure(reason, sentence(reason, doing), details);
}

function reasonOf(status: number | undefined, code: string | undefined): StorageReason {
  if (status === undefined) return 'unreachable';
  if (status === 507 || (code !== undefined && fullCodes.has(code))) return 'full';
  if (code !== undefined && transientCodes.has(code)) return 'unavailable';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'not-found';
  if (status === 408 || status === 429 || status >= 500) return 'unavailable';
  return 'rejected';
}

/** The error for a failed sign-in; storage was not called. */
function credentialError(thrown: unknown, doing: string): ServiceFailure {
  const reason = signInFailure(thrown) === 'refused' ? 'no-identity' : 'not-signed-in';
  return storageFailure(reason, sentence(reason, doing), thrown instanceof Error ? { code: thrown.name } : {});
}

function sentence(reason: StorageReason, doing: string): string {
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
