import { isRestError, type PipelineResponse } from '@azure/core-rest-pipeline';
import { SourceError, type SourceErrorReason } from '../../domain/asset-source.ts';
import { HostPausedError } from './host-gate.ts';
import { isThrottled, retryAfterMs } from './retry-after.ts';
import { timedOutCode } from './retry-strategies.ts';
import { serviceWords } from './service-words.ts';

/** The error for a response that is not a success. `doing` says what was tried, as in "reading the list of datasets". */
export function refusedCall(
  response: Pick<PipelineResponse, 'status' | 'headers' | 'bodyAsText'>,
  doing: string,
  now: number,
  secrets: readonly string[],
): SourceError {
  const reason = reasonOf(response);
  const { message } = serviceWords(response.bodyAsText, secrets);
  return new SourceError(reason, sentence(reason, doing), {
    status: response.status,
    serviceMessage: message,
    retryAfterMs: retryAfterMs(response, now),
  });
}

/**
 * The error for a call without a usable response. The pipeline's own error is not kept as the cause: it holds
 * the request with its token.
 */
export function failedCall(error: unknown, doing: string): SourceError {
  if (error instanceof SourceError) return error;
  if (error instanceof HostPausedError) {
    return new SourceError('throttled', sentence('throttled', doing), { retryAfterMs: error.pauseMs });
  }
  const code = isRestError(error) ? error.code : undefined;
  if (isRestError(error) && code === 'PARSE_ERROR') return unreadable(doing, 'the answer broke off');
  const cause = code === timedOutCode ? 'no answer in time' : (code ?? 'connection failed');
  return new SourceError('unreachable', sentence('unreachable', doing), { serviceMessage: cause });
}

/** The error for something that came back but is not what the service should send. */
export function unreadable(doing: string, why: string, status: number | null = null): SourceError {
  return new SourceError('unreadable', `${sentence('unreadable', doing)} (${why})`, { status });
}

function reasonOf(response: Pick<PipelineResponse, 'status' | 'headers' | 'bodyAsText'>): SourceErrorReason {
  if (isThrottled(response)) return 'throttled';
  const { status } = response;
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'not-found';
    case 409:
    case 412:
      return 'conflict';
    case 408:
    case 440:
      return 'unavailable';
    default:
      if (status >= 500) return 'unavailable';
      return status >= 400 ? 'rejected' : 'unreadable';
  }
}

function sentence(reason: SourceErrorReason, doing: string): string {
  switch (reason) {
    case 'unauthorized':
      return 'Studio does not accept the token that Steward holds for this workspace. An owner has to give a new one.';
    case 'forbidden':
      return `Studio refused access while ${doing}. An owner can check the workspace's status and its storage account.`;
    case 'not-found':
      return `Studio could not find it while ${doing}. It may have been deleted.`;
    case 'conflict':
      return `Something else changed at the same time while ${doing}. Look at it again, then ask again.`;
    case 'throttled':
      return `Studio asked to slow down while ${doing}. It will work again later.`;
    case 'unavailable':
      return `Studio had a failure of its own while ${doing}. It may work again in a few minutes.`;
    case 'unreachable':
      return `Studio could not be reached while ${doing}. Check the network, or try again later.`;
    case 'unreadable':
      return `Studio sent something that cannot be read while ${doing}. Try again later.`;
    case 'rejected':
      return `Studio did not accept the request while ${doing}.`;
    case 'unsupported':
      return `Studio has no way for ${doing}.`;
  }
}
