import { isRestError, type PipelineResponse } from '@azure/core-rest-pipeline';
import { DirectoryError, type DirectoryErrorReason } from '../domain/directory.ts';
import { signInFailure } from '../domain/sign-in.ts';
import { unconnectedCodes } from '../domain/unconnected.ts';

/** The Retry-After of a response in milliseconds; null when there is none (RFC 9110: seconds or a date). */
export function retryAfterMs({ headers }: Pick<PipelineResponse, 'headers'>, now: number): number | null {
  const value = headers.get('Retry-After')?.trim() ?? '';
  if (/^\d+$/u.test(value)) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** The error for an answer that is not a success. Graph's message is not kept: it can repeat what was sent. */
export function refusedCall(response: PipelineResponse, doing: string, now: number): DirectoryError {
  const { status } = response;
  const pause = retryAfterMs(response, now);
  const reason = reasonOf(status, pause !== null);
  const mayHaveActed = status < 400 || status === 408 || status >= 500;
  return new DirectoryError(reason, sentence(reason, doing), { status, retryAfterMs: pause, mayHaveActed });
}

/** The error for a call without a usable answer. The pipeline's error is not kept: it holds the request. */
export function failedCall(error: unknown, doing: string): DirectoryError {
  if (error instanceof DirectoryError) return error;
  // A truncated body, or one that is not JSON.
  const reason = isRestError(error) && error.code === 'PARSE_ERROR' ? 'unreadable' : 'unreachable';
  const mayHaveActed = !(isRestError(error) && unconnectedCodes.has(error.code ?? ''));
  return new DirectoryError(reason, sentence(reason, doing), { mayHaveActed });
}

/** The error for an answer that is not what Graph should send. */
export function unreadable(doing: string): DirectoryError {
  return new DirectoryError('unreadable', sentence('unreadable', doing));
}

/** The error for a failed sign-in; Graph was not called. */
export function notSignedIn(thrown: unknown, doing: string): DirectoryError {
  const reason = signInFailure(thrown) === 'refused' ? 'forbidden' : 'not-signed-in';
  return new DirectoryError(reason, sentence(reason, doing));
}

function reasonOf(status: number, hasRetryAfter: boolean): DirectoryErrorReason {
  if (status === 429 || (status === 503 && hasRetryAfter)) return 'throttled';
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 408 || status >= 500) return 'unavailable';
  return status >= 400 ? 'rejected' : 'unreadable';
}

function sentence(reason: DirectoryErrorReason, doing: string): string {
  switch (reason) {
    case 'forbidden':
      return `Microsoft Graph denied access while ${doing}. An administrator has to grant Steward its permissions (User.Export.All, User.Read.All, RoleManagement.Read.Directory).`;
    case 'not-signed-in':
      return `I cannot sign in to Microsoft Graph at the moment, so ${doing} has to wait. I try again.`;
    case 'not-found':
      return `Microsoft Graph did not find it while ${doing}.`;
    case 'throttled':
      return `Microsoft Graph got too many requests while ${doing}. It will work again later.`;
    case 'unavailable':
      return `Microsoft Graph had an internal error while ${doing}. It may work again in a few minutes.`;
    case 'unreachable':
      return `Microsoft Graph could not be reached while ${doing}. Try again later.`;
    case 'unreadable':
      return `Microsoft Graph sent an answer that I cannot read while ${doing}. Try again later.`;
    case 'rejected':
      return `Microsoft Graph did not accept the request while ${doing}.`;
  }
}
