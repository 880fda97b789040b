import { isRestError, type PipelineResponse } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { type FailureReason, ServiceFailure, type ServiceName } from '../../domain/service-failure.ts';
import { signInFailure } from '../../domain/sign-in.ts';
import { unconnectedCodes } from '../../domain/unconnected.ts';
import { HostDownError, HostPausedError } from './concurrency-limiter.ts';
import { timedOutCode } from './retry-strategies.ts';
import { readServiceError } from './service-messages.ts';
import { isThrottled, pauseOf } from './throttling.ts';

/** The services that are called over this pipeline. */
type CalledService = Exclude<ServiceName, 'Blob Storage'>;

/** Reasons that a call over this pipeline can fail for. */
type CallReason = Exclude<FailureReason, 'no-identity' | 'full' | 'insecure'>;

/** What a call is for, for error messages: `doing` follows "while", as in "reading the list of datasets". */
export interface Purpose {
  readonly doing: string;
  /** Default: Studio. */
  readonly service?: CalledService;
  /** False when the service's own words about a failure can repeat what was sent, so that they are dropped. */
  readonly keepsServiceMessage?: boolean;
  /** True when the service documents that a throttled call (429) had no effect. */
  readonly throttlesBeforeActing?: boolean;
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
): ServiceFailure {
  const reason = reasonOf(response);
  const { code, message } = readServiceError(response.bodyAsText, secrets);
  const isOfStorage = reason === 'unavailable' && /storage/iu.test(code ?? '');
  return new ServiceFailure(
    nameOf(purpose),
    reason,
    isOfStorage ? storageSentence(purpose) : sentence(reason, purpose),
    {
      status: response.status,
      serviceMessage: purpose.keepsServiceMessage === false ? null : message,
      retryAfterMs: pauseOf(response, now),
      mayHaveActed,
    },
  );
}

/**
 * True for a status after which it is unknown whether the call had an effect: a server error, and a time-out or
 * throttling status, which a gateway may also return after the service behind it has acted. Every other refusal means
 * that the service did nothing (RFC 9110, section 15.5).
 */
export function isOutcomeUnknown(status: number, { throttlesBeforeActing = false }: Purpose): boolean {
  if (status === 429) return !throttlesBeforeActing;
  return status < 300 || status === 408 || status === 440 || status >= 500;
}

/** True for a redirect, which only names another address. */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** True when no connection was made, so that nothing was sent. */
export function neverConnected(error: unknown): boolean {
  return isRestError(error) && unconnectedCodes.has(error.code ?? '');
}

/**
 * The error for a call without a usable response. The pipeline's error is not kept as the cause, because it holds the
 * request with its token.
 */
export function failedCall(error: unknown, purpose: Purpose, now: number, mayHaveActed: boolean): ServiceFailure {
  if (error instanceof ServiceFailure) return error;
  if (error instanceof HostPausedError) {
    const details = { retryAfterMs: error.pauseMs, mayHaveActed };
    return new ServiceFailure(nameOf(purpose), 'throttled', sentence('throttled', purpose), details);
  }
  if (error instanceof HostDownError) {
    const service = nameOf(purpose);
    const outage = { service, since: new Date(error.since), retryAt: new Date(error.nextProbeAt) };
    const message = `${service} has not worked since ${timeOf(outage.since)}. I try again by ${timeOf(nextMinute(outage.retryAt))}.`;
    const retryAfterMs = Math.max(0, error.nextProbeAt - now);
    return new ServiceFailure(nameOf(purpose), 'unavailable', message, { outage, retryAfterMs, mayHaveActed });
  }
  const code = isRestError(error) ? error.code : undefined;
  if (isRestError(error) && code === 'PARSE_ERROR') return unreadable(purpose, 'the answer was incomplete');
  const cause = code === timedOutCode ? 'no answer in time' : (code ?? 'connection failed');
  return new ServiceFailure(nameOf(purpose), 'unreachable', sentence('unreachable', purpose), {
    serviceMessage: cause,
    mayHaveActed,
  });
}

/** The error for a sign-in that failed; the service was not called. */
export function notSignedIn(thrown: unknown, purpose: Purpose): ServiceFailure {
  const name = nameOf(purpose);
  if (signInFailure(thrown) === 'not-now') {
    return new ServiceFailure(name, 'not-signed-in', sentence('not-signed-in', purpose));
  }
  const message = `Steward could not sign in to ${name} while ${purpose.doing}. Ask your Studio Steward administrator.`;
  return new ServiceFailure(name, 'unauthorized', message);
}

/** The error for a response that is not what the service should send. */
export function unreadable(purpose: Purpose, why: string, status: number | null = null): ServiceFailure {
  return new ServiceFailure(nameOf(purpose), 'unreadable', `${sentence('unreadable', purpose)} (${why})`, { status });
}

/** Processes an answer; a ZodError (wrong shape) becomes a ServiceFailure. */
export function understanding<Result>(purpose: Purpose, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof z.ZodError) throw unreadable(purpose, 'wrong shape');
    throw error;
  }
}

function reasonOf(response: Pick<PipelineResponse, 'status' | 'headers' | 'bodyAsText'>): CallReason {
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

function sentence(reason: CallReason, purpose: Purpose): string {
  const { doing } = purpose;
  const name = nameOf(purpose);
  switch (reason) {
    case 'unauthorized':
    case 'forbidden':
    case 'conflict':
      return ownSentence(reason, purpose);
    case 'not-signed-in':
      return `I cannot sign in to ${name} at the moment, so ${doing} has to wait.`;
    case 'not-found':
      return `${name} did not find it while ${doing}. It may have been deleted.`;
    case 'throttled':
      return `${name} got too many requests while ${doing}. It will work again later.`;
    case 'unavailable':
      return `${name} had an internal error while ${doing}. It may work again in a few minutes.`;
    case 'unreachable':
      return `${name} could not be reached while ${doing}. Check the network, or try again later.`;
    case 'unreadable':
      return `${name} sent an answer that I cannot read while ${doing}. Try again later.`;
    case 'rejected':
      return `${name} did not accept the request while ${doing}.`;
    case 'unsupported':
      return `${name} does not support ${doing}.`;
  }
}

function ownSentence(reason: ReasonPerService, purpose: Purpose): string {
  switch (nameOf(purpose)) {
    case 'Azure':
      return azureSentence(reason, purpose.doing);
    case 'Microsoft Graph':
      return graphSentence(reason, purpose.doing);
    case 'Studio':
    case 'Studio’s storage':
      return studioSentence(reason, purpose);
  }
}

function graphSentence(reason: ReasonPerService, doing: string): string {
  if (reason === 'conflict') return `Microsoft Graph did not accept the request while ${doing}.`;
  const forExports = 'User.Export.All, User.Read.All, RoleManagement.Read.Directory';
  const needed = `for exports of directory data ${forExports}; for groups GroupMember.Read.All; for accounts User.Read.All`;
  return `Microsoft Graph denied access while ${doing}. An administrator has to grant Steward its permissions (${needed}).`;
}

/** Studio itself works, but not the workspace's storage account. */
function storageSentence(purpose: Purpose): string {
  return `${nameOf(purpose)} could not use the workspace’s storage account while ${purpose.doing}. An owner can check that the account exists and that Studio may use it.`;
}

/** Reasons whose remedy differs: Studio has owners and tokens, Azure has roles and a portal. */
type ReasonPerService = Extract<FailureReason, 'unauthorized' | 'forbidden' | 'conflict'>;

function studioSentence(reason: ReasonPerService, { doing, holder }: Purpose): string {
  switch (reason) {
    case 'unauthorized':
      return holder === undefined
        ? 'Studio does not accept the token that Steward holds for this workspace. An owner has to give a new one.'
        : `Studio at ${holder.host} does not accept the token of workspace ${holder.workspaceId}. An owner has to give the Studio Steward administrator a new one.`;
    case 'forbidden':
      return `Studio refused access while ${doing}. An owner can check the workspace's status and its storage account.`;
    case 'conflict':
      return `Something else changed it while ${doing}. Check it, then ask again.`;
  }
}

function azureSentence(reason: ReasonPerService, doing: string): string {
  switch (reason) {
    case 'unauthorized':
      return `Azure did not accept Steward’s sign-in while ${doing}. Ask your Studio Steward administrator.`;
    case 'forbidden':
      return `Steward has no right to do this in Azure (${doing}). Somebody with that right can do it in the Azure portal (https://portal.azure.com).`;
    case 'conflict':
      return `Something in Azure prevented ${doing}, such as a lock or another resource that uses it. Check it in the Azure portal, then ask again.`;
  }
}

function nameOf({ service }: Purpose): CalledService {
  return service ?? 'Studio';
}

/** Rounded up, so that "by 14:04" is not over before the retry. */
function nextMinute(moment: Date): Date {
  return new Date(Math.ceil(moment.getTime() / 60_000) * 60_000);
}

/** "14:03 UTC". */
function timeOf(moment: Date): string {
  return `${moment.toISOString().slice(11, 16)} UTC`;
}
