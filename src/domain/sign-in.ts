import { unconnectedCodes } from './unconnected.ts';

/**
 * Why no token can be obtained. `refused`: a permanent failure; the token service refuses, or there is no identity, so
 * a person has to change something. `not-now`: a transient failure (an outage, a time-out, rate limiting); the same
 * sign-in may succeed in a minute, and no work may be abandoned because of it.
 */
export type SignInFailure = 'refused' | 'not-now';

/** OAuth error codes of permanent failures (RFC 6749, 5.2; learn.microsoft.com, "AADSTS"). */
const refusalCodes = new Set([
  'access_denied',
  'consent_required',
  'interaction_required',
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_resource',
  'invalid_scope',
  'invalid_target',
  'unauthorized_client',
  'unsupported_grant_type',
]);

/** Codes of transient failures of the network or the token service, whatever error class carries them. */
const transientCodes = new Set([
  ...unconnectedCodes,
  'server_error',
  'temporarily_unavailable',
  'slow_down',
  'network_error',
  'endpoints_resolution_error',
  'openid_config_error',
  'request_cannot_be_made',
  'REQUEST_SEND_ERROR',
  'ECONNABORTED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/** The same for errors that have only a message. */
const transientMessage =
  /\b(?:E(?:CONN[A-Z]+|AI_AGAIN|HOSTUNREACH|NETUNREACH|NOTFOUND|TIMEDOUT)|network unreachable|timed out|timeout|temporarily unavailable|too many requests)\b/iu;

/** Error numbers of Microsoft Entra (AADSTS) that say they are transient, whatever HTTP status they come with. */
const transientNumbers = new Set([90_006, 90_012, 90_024, 90_025, 90_033, 50_196]);

/** The fields of errors of @azure/identity, MSAL, node and Azure's pipelines that carry the cause. */
interface ErrorFields {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly errorCode?: unknown;
  readonly status?: unknown;
  readonly statusCode?: unknown;
  readonly errorResponse?: { readonly error?: unknown; readonly errorCodes?: unknown };
  readonly errors?: unknown;
  readonly cause?: unknown;
}

/**
 * Classifies whatever a credential threw as permanent or transient; null stands for neither an error nor a token. The
 * error class is not enough: @azure/identity throws CredentialUnavailableError both for a missing identity and for an
 * endpoint that answers 500, so the chain of causes (`cause`, `errors`) is examined. A transient cause anywhere wins: a
 * failure wrongly taken as transient only costs bounded retries, one wrongly taken as permanent ends hours of work.
 */
export function signInFailure(thrown: unknown): SignInFailure {
  const all = causesOf(thrown);
  // A credential that returned no token and no error has no identity configured.
  if (all.length === 0) return thrown === null ? 'refused' : 'not-now';
  if (all.some(isTransientFailure)) return 'not-now';
  if (all.some(isRefusal)) return 'refused';
  // A credential that found no source of tokens (no endpoint, no secret, no developer tool), or an error with a message
  // only.
  return all.every(({ name }) => typeof name === 'string' && withoutReason.has(name)) ? 'refused' : 'not-now';
}

const withoutReason = new Set(['AggregateAuthenticationError', 'CredentialUnavailableError', 'Error']);

/** True for the error classes of a failed sign-in, wherever they are thrown. */
export function isSignInFailure(thrown: unknown): boolean {
  return thrown instanceof Error && signInErrors.has(thrown.name);
}

const signInErrors = new Set([
  'SignInTimeoutError',
  'AggregateAuthenticationError',
  'AuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
]);

/** The token service did not answer in time. A transient failure, never a refusal. */
class SignInTimeoutError extends Error {
  override readonly name = 'SignInTimeoutError';

  constructor() {
    super('The sign-in timed out.');
  }
}

/** Time-out for a token, in milliseconds. A normal answer takes one or two seconds. */
const signInTimeoutMs = 10_000;

/**
 * Requests a token with a time-out: the sign-in libraries wait for an unresponsive service as long as the connection
 * lasts, and block every call that needs the token. Otherwise rejects with what `ask` rejects with.
 */
export function signInWithin<Token>(ask: () => Promise<Token>, limitMs = signInTimeoutMs): Promise<Token> {
  const limit = AbortSignal.timeout(limitMs);
  return new Promise((resolve, reject) => {
    const onLimit = () => reject(new SignInTimeoutError());
    limit.addEventListener('abort', onLimit, { once: true });
    ask()
      .then(resolve, reject)
      .finally(() => limit.removeEventListener('abort', onLimit));
  });
}

/** The error with all its nested causes; bounded, since such a chain may be circular. */
function causesOf(thrown: unknown): ErrorFields[] {
  const found: ErrorFields[] = [];
  const waiting: unknown[] = [thrown];
  for (const next of waiting) {
    if (typeof next !== 'object' || next === null || found.length === 64) continue;
    const fields: ErrorFields = next;
    found.push(fields);
    waiting.push(fields.cause, ...(Array.isArray(fields.errors) ? fields.errors : []));
  }
  return found;
}

function isTransientFailure(fields: ErrorFields): boolean {
  const status = statusOf(fields);
  if (status === 404 || status === 408 || status === 410 || status === 429 || status >= 500) return true;
  if (fields.name === 'TimeoutError' || transientMessage.test(String(fields.message))) return true;
  return (
    codesOf(fields).some((word) => transientCodes.has(word)) ||
    numbersOf(fields).some((each) => transientNumbers.has(each))
  );
}

function isRefusal(fields: ErrorFields): boolean {
  const status = statusOf(fields);
  if (status >= 400 && status < 500) return true;
  return codesOf(fields).some((word) => refusalCodes.has(word)) || numbersOf(fields).length > 0;
}

function statusOf({ status, statusCode }: ErrorFields): number {
  if (typeof statusCode === 'number') return statusCode;
  return typeof status === 'number' ? status : 0;
}

/** The codes of an error. MSAL's are at the start of the message where the class does not keep them. */
function codesOf({ code, errorCode, errorResponse, message }: ErrorFields): string[] {
  const first = /^(?:ManagedIdentityCredential: Authentication failed\. Message )?([a-z_]+):/u.exec(
    String(message),
  )?.[1];
  return [code, errorCode, errorResponse?.error, first].filter((word) => typeof word === 'string');
}

/** Microsoft Entra's own numbers ("AADSTS700016"). */
function numbersOf({ errorResponse, message }: ErrorFields): number[] {
  const listed = errorResponse?.errorCodes;
  const numbers = Array.isArray(listed) ? listed.filter((each) => typeof each === 'number') : [];
  const inMessage = /AADSTS(\d{4,9})/u.exec(String(message))?.[1];
  return inMessage === undefined ? numbers : [...numbers, Number(inMessage)];
}
