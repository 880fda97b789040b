import { isRestError, type PipelineResponse } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { SourceError, type SourceErrorReason } from '../../domain/asset-source.ts';
import { unconnectedCodes } from '../../domain/unconnected.ts';
import { HostDownError, HostPausedError } from './concurrency-limiter.ts';
import { isThrottled, retryAfterMs } from './retry-after.ts';
import { timedOutCode } from './retry-strategies.ts';
import { serviceWords } from './service-messages.ts';

/** Who is called, as people know it. */
export type Service = 'Studio' | 'Studio’s storage' | 'Azure';

/** What a call is for, as failures tell it: `doing` in words that follow "while", as in "reading the list of datasets". */
export interface Purpose {
  readonly doing: string;
  /** Studio unless given. */
  readonly service?: Service;
  /** The workspace whose token is sent, and the host that it is sent to. */
  readonly holder?: { readonly workspaceId: string; readonly host: string };
}

/** The error for a response that is not a success. */
export function refusedCall(
  response: Pick<PipelineResponse, 'status' | 'headers' | 'bodyAsText'>,
  purpose: Purpose,
  now: number,
  secrets: readonly string[],
  mayHaveActed: boolean,
): SourceError {
  const reason = reasonOf(response);
  const { code, message } = serviceWords(response.bodyAsText, secrets);
  const isOfStorage = reason === 'unavailable' && /storage/iu.test(code ?? '');
  return new SourceError(reason, isOfStorage ? storageSentence(purpose) : sentence(reason, purpose), {
    status: response.status,
    serviceMessage: message,
    retryAfterMs: retryAfterMs(response, now),
    mayHaveActed,
  });
}

/**
 * True for a status after which nobody can say whether the call had its effect: a failure of the service's own, and
 * "too slow" or "too many", which a gateway may also say once the service behind it has acted. Every other refusal is
 * the service's word that it did nothing (RFC 9110, section 15.5).
 */
export function leavesDoubt(status: number): boolean {
  return status < 300 || status === 408 || status === 429 || status === 440 || status >= 500;
}

/** True for an answer that only names another address. */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** True for a failure to reach a host at all, so that nothing was sent. */
export function neverConnected(error: unknown): boolean {
  return isRestError(error) && unconnectedCodes.has(error.code ?? '');
}

/**
 * The error for a call without a usable response. The pipeline's own error is not kept as the cause: it holds
 * the request with its token.
 */
export function failedCall(error: unknown, purpose: Purpose, now: number, mayHaveActed: boolean): SourceError {
  if (error instanceof SourceError) return error;
  if (error instanceof HostPausedError) {
    const details = { retryAfterMs: error.pauseMs, mayHaveActed };
    return new SourceError('throttled', sentence('throttled', purpose), details);
  }
  if (error instanceof HostDownError) {
    const service = nameOf(purpose);
    const outage = { service, since: new Date(error.since), retryAt: new Date(error.nextProbeAt) };
    const told = `${service} has not worked since ${timeOf(outage.since)}. It is tried again by ${timeOf(nextMinute(outage.retryAt))}.`;
    const retryAfterMs = Math.max(0, error.nextProbeAt - now);
    return new SourceError('unavailable', told, { outage, retryAfterMs, mayHaveActed });
  }
  const code = isRestError(error) ? error.code : undefined;
  if (isRestError(error) && code === 'PARSE_ERROR') return unreadable(purpose, 'the answer broke off');
  const cause = code === timedOutCode ? 'no answer in time' : (code ?? 'connection failed');
  return new SourceError('unreachable', sentence('unreachable', purpose), { serviceMessage: cause, mayHaveActed });
}

/** The error for something that came back but is not what the service should send. */
export function unreadable(purpose: Purpose, why: string, status: number | null = null): SourceError {
  return new SourceError('unreadable', `${sentence('unreadable', purpose)} (${why})`, { status });
}

/** Does something with an answer; one of another shape becomes a SourceError. */
export function understanding<Result>(purpose: Purpose, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof z.ZodError) throw unreadable(purpose, 'wrong shape');
    throw error;
  }
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

function sentence(reason: SourceErrorReason, purpose: Purpose): string {
  const { doing } = purpose;
  const name = nameOf(purpose);
  switch (reason) {
    case 'unauthorized':
    case 'forbidden':
    case 'conflict':
      return name === 'Azure' ? azureSentence(reason, doing) : studioSentence(reason, purpose);
    case 'not-signed-in':
      return `I cannot sign in to ${name} at the moment, so ${doing} has to wait.`;
    case 'not-found':
      return `${name} could not find it while ${doing}. It may have been deleted.`;
    case 'throttled':
      return `${name} asked to slow down while ${doing}. It will work again later.`;
    case 'unavailable':
      return `${name} had a failure of its own while ${doing}. It may work again in a few minutes.`;
    case 'unreachable':
      return `${name} could not be reached while ${doing}. Check the network, or try again later.`;
    case 'unreadable':
      return `${name} sent something that cannot be read while ${doing}. Try again later.`;
    case 'rejected':
      return `${name} did not accept the request while ${doing}.`;
    case 'unsupported':
      return `${name} has no way for ${doing}.`;
  }
}

/** Studio itself works, but not the storage account that the workspace's owners have given it. */
function storageSentence(purpose: Purpose): string {
  return `${nameOf(purpose)} could not use the workspace’s storage account while ${purpose.doing}. An owner can check that the account is still there and lets Studio in.`;
}

/** Reasons for which the way out differs: Studio has owners and tokens, Azure has roles and a portal. */
type OwnWords = Extract<SourceErrorReason, 'unauthorized' | 'forbidden' | 'conflict'>;

function studioSentence(reason: OwnWords, { doing, holder }: Purpose): string {
  switch (reason) {
    case 'unauthorized':
      return holder === undefined
        ? 'Studio does not accept the token that Steward holds for this workspace. An owner has to give a new one.'
        : `Studio at ${holder.host} does not accept the token of workspace ${holder.workspaceId}. An owner has to give the Studio Steward administrator a new one.`;
    case 'forbidden':
      return `Studio refused access while ${doing}. An owner can check the workspace's status and its storage account.`;
    case 'conflict':
      return `Something else changed at the same time while ${doing}. Look at it again, then ask again.`;
  }
}

function azureSentence(reason: OwnWords, doing: string): string {
  switch (reason) {
    case 'unauthorized':
      return `Azure did not accept Steward’s sign-in while ${doing}. Ask your Studio Steward administrator.`;
    case 'forbidden':
      return `Steward has no right to do this in Azure (${doing}). Somebody with that right can do it in the Azure portal (https://portal.azure.com).`;
    case 'conflict':
      return `Something else in Azure stood against it while ${doing}, such as a lock or a use of it. Look at it in the Azure portal, then ask again.`;
  }
}

function nameOf({ service }: Purpose): Service {
  return service ?? 'Studio';
}

/** So that "by 14:04" is never over before it is tried. */
function nextMinute(moment: Date): Date {
  return new Date(Math.ceil(moment.getTime() / 60_000) * 60_000);
}

/** "14:03 UTC". */
function timeOf(moment: Date): string {
  return `${moment.toISOString().slice(11, 16)} UTC`;
}
