import { unconnectedCodes } from './unconnected.ts';

/**
 * Why no token can be had. `refused`: the service that gives tokens says no, or there is no identity to ask for one; a
 * person has to change something. `not-now`: nobody said no (an outage, a time-out, too many questions), so the same
 * sign-in may succeed in a minute, and nothing may be given up because of it.
 */
export type SignInFailure = 'refused' | 'not-now';

/** What the service that gives tokens says when it does not do so for good (RFC 6749, 5.2; learn.microsoft.com, "AADSTS"). */
const refusals = new Set([
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

/** Words and codes that mean trouble on the way or at the service, whatever class brings them. */
const trouble = new Set([
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

/** The same where an error has nothing but its message. */
const troubleInWords =
  /\b(?:E(?:CONN[A-Z]+|AI_AGAIN|HOSTUNREACH|NETUNREACH|NOTFOUND|TIMEDOUT)|network unreachable|timed out|timeout|temporarily unavailable|too many requests)\b/iu;

/** Numbers of Microsoft Entra that call themselves transient, whatever status they come with. */
const transientNumbers = new Set([90_006, 90_012, 90_024, 90_025, 90_033, 50_196]);

/** The parts of errors of @azure/identity, MSAL, node and Azure's pipelines that say why. */
interface Told {
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
 * Tells a refusal from trouble, for whatever a credential threw; null stands for no error and no token either. Classes do not tell: @azure/identity throws
 * CredentialUnavailableError both for an identity that does not exist and for an endpoint that answers 500, so what
 * lies beneath (`cause`, `errors`) is looked at. Trouble anywhere wins: what is taken for trouble is asked again within
 * bounds, what is taken for a refusal ends work of hours.
 */
export function signInFailure(thrown: unknown): SignInFailure {
  const all = causesOf(thrown);
  // A credential that gives nothing and says nothing has nobody to ask.
  if (all.length === 0) return thrown === null ? 'refused' : 'not-now';
  if (all.some(isTrouble)) return 'not-now';
  if (all.some(isRefusal)) return 'refused';
  // A credential that found nothing to ask (no endpoint, no secret, no tool of a developer), or has only words.
  return all.every(({ name }) => typeof name === 'string' && withoutReason.has(name)) ? 'refused' : 'not-now';
}

const withoutReason = new Set(['AggregateAuthenticationError', 'CredentialUnavailableError', 'Error']);

/** True for the classes that mean a failed sign-in, wherever they are thrown. */
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

/** A service that gives tokens did not answer in time. Counts as trouble, never as a refusal. */
class SignInTimeoutError extends Error {
  override readonly name = 'SignInTimeoutError';

  constructor() {
    super('The sign-in timed out.');
  }
}

/** The longest that somebody waits for a token, in milliseconds. A good answer takes one or two seconds. */
const longestSignInMs = 10_000;

/**
 * Asks for a token, and rejects when none has come in time: the libraries that sign in wait for a silent service for as
 * long as their connection lasts, and whatever is to be signed waits with them. Rejects with what asking rejects with.
 */
export function signInWithin<Token>(ask: () => Promise<Token>, limitMs = longestSignInMs): Promise<Token> {
  const limit = AbortSignal.timeout(limitMs);
  return new Promise((resolve, reject) => {
    const onLimit = () => reject(new SignInTimeoutError());
    limit.addEventListener('abort', onLimit, { once: true });
    ask()
      .then(resolve, reject)
      .finally(() => limit.removeEventListener('abort', onLimit));
  });
}

/** The error with everything that it was made of; bounded, since such a chain may be a circle. */
function causesOf(thrown: unknown): Told[] {
  const found: Told[] = [];
  const waiting: unknown[] = [thrown];
  for (const next of waiting) {
    if (typeof next !== 'object' || next === null || found.length === 64) continue;
    const told: Told = next;
    found.push(told);
    waiting.push(told.cause, ...(Array.isArray(told.errors) ? told.errors : []));
  }
  return found;
}

function isTrouble(told: Told): boolean {
  const status = statusOf(told);
  if (status === 404 || status === 408 || status === 410 || status === 429 || status >= 500) return true;
  if (told.name === 'TimeoutError' || troubleInWords.test(String(told.message))) return true;
  return wordsOf(told).some((word) => trouble.has(word)) || numbersOf(told).some((each) => transientNumbers.has(each));
}

function isRefusal(told: Told): boolean {
  const status = statusOf(told);
  if (status >= 400 && status < 500) return true;
  return wordsOf(told).some((word) => refusals.has(word)) || numbersOf(told).length > 0;
}

function statusOf({ status, statusCode }: Told): number {
  if (typeof statusCode === 'number') return statusCode;
  return typeof status === 'number' ? status : 0;
}

/** The codes of an error. MSAL's stand at the beginning of the message where the class does not keep them. */
function wordsOf({ code, errorCode, errorResponse, message }: Told): string[] {
  const first = /^(?:ManagedIdentityCredential: Authentication failed\. Message )?([a-z_]+):/u.exec(
    String(message),
  )?.[1];
  return [code, errorCode, errorResponse?.error, first].filter((word) => typeof word === 'string');
}

/** Microsoft Entra's own numbers ("AADSTS700016"). */
function numbersOf({ errorResponse, message }: Told): number[] {
  const listed = errorResponse?.errorCodes;
  const numbers = Array.isArray(listed) ? listed.filter((each) => typeof each === 'number') : [];
  const inMessage = /AADSTS(\d{4,9})/u.exec(String(message))?.[1];
  return inMessage === undefined ? numbers : [...numbers, Number(inMessage)];
}
