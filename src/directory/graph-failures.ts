import { isRestError, type PipelineResponse } from '@azure/core-rest-pipeline';
import { DirectoryError, type DirectoryErrorReason } from '../domain/directory.ts';
import { signInFailure } from '../domain/sign-in.ts';
import { unconnectedCodes } from '../domain/unconnected.ts';

/** The pause that a response asks for, in milliseconds; null when it names none (RFC 9110: seconds or a date). */
export function retryAfterMs({ headers }: Pick<PipelineResponse, 'headers'>, now: number): number | null {
  const value = headers.get('Retry-After')?.trim() ?? '';
  if (/^\d+$/u.test(value)) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** The error for an answer that is not a success. Graph's own words are not kept: they can repeat what was sent. */
export function refusedCall(response: PipelineResponse, doing: string, now: number): DirectoryError {
  const { status } = response;
  const pause = retryAfterMs(response, now);
  const reason = reasonOf(status, pause !== null);
  const mayHaveActed = status < 400 || status === 408 || status >= 500;
  return new DirectoryError(reason, sentence(reason, doing), { status, retryAfterMs: pause, mayHaveActed });
}

/** The error for a call without a usable answer. The pipeline's own error is not kept: it holds the request. */
export function failedCall(error: unknown, doing: string): DirectoryError {
  if (error instanceof DirectoryError) return error;
  // A body that breaks off or is no JSON.
  const reason = isRestError(error) && error.code === 'PARSE_ERROR' ? 'unreadable' : 'unreachable';
  const mayHaveActed = !(isRestError(error) && unconnectedCodes.has(error.code ?? ''));
  return new DirectoryError(reason, sentence(reason, doing), { mayHaveActed });
}

/** The error for an answer that is not what Graph should send. */
export function unreadable(doing: string): DirectoryError {
  return new DirectoryError('unreadable', sentence('unreadable', doing));
}

/** The error for a sign-in that did not work; Graph was not even asked. */
export function notSignedIn(thrown: unknown, doing: string): DirectoryError {
  const reason = signInFailure(thrown) === 'refused' ? 'forbidden' : 'not-signed-in';
  return new DirectoryError(reason, sentence(reason, doing));
}

function reasonOf(status: number, pauses: boolean): DirectoryErrorReason {
  if (status === 429 || (status === 503 && pauses)) return 'throttled';
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 408 || status >= 500) return 'unavailable';
  return status >= 400 ? 'rejected' : 'unreadable';
}

function sentence(reason: DirectoryErrorReason, doing: string): string {
  switch (reason) {
    case 'forbidden':
      return `Microsoft Graph did not let me in while ${doing}. An administrator has to grant Steward its permissions (User.Export.All, User.Read.All, RoleManagement.Read.Directory).`;
    case 'not-signed-in':
      return `I cannot sign in to Microsoft Graph at the moment, so I could not ask it while ${doing}. I try again.`;
    case 'not-found':
      return `Microsoft Graph could not find it while ${doing}.`;
    case 'throttled':
      return `Microsoft Graph asked to slow down while ${doing}. It will work again later.`;
    case 'unavailable':
      return `Microsoft Graph had a failure of its own while ${doing}. It may work again in a few minutes.`;
    case 'unreachable':
      return `Microsoft Graph could not be reached while ${doing}. Try again later.`;
    case 'unreadable':
      return `Microsoft Graph sent something that cannot be read while ${doing}. Try again later.`;
    case 'rejected':
      return `Microsoft Graph did not accept the request while ${doing}.`;
  }
}
