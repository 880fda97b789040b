/** Teams' limits for one bot in one conversation: calls allowed within a window of milliseconds. */
export const conversationLimits = [
  { calls: 7, windowMs: 1_000 },
  { calls: 8, windowMs: 2_000 },
  { calls: 60, windowMs: 30_000 },
  { calls: 1_800, windowMs: 3_600_000 },
] as const;

/** The longest window that a limit looks back, in milliseconds. */
const longestWindowMs = 3_600_000;

/**
 * Sliding-window rate limit: how long to wait before the next call into a conversation, in milliseconds; 0 for none.
 * `sent` are the times of earlier calls, oldest first. Source: Microsoft's "rate limiting for bots" page.
 */
export function waitForConversation(sent: readonly number[], now: number): number {
  let wait = 0;
  for (const { calls, windowMs } of conversationLimits) {
    // The call that must leave the window before another one is allowed.
    const blocking = sent.filter((at) => at > now - windowMs).at(-calls);
    if (blocking !== undefined) wait = Math.max(wait, blocking + windowMs - now);
  }
  return wait;
}

/** The meaning of an unsuccessful answer of Teams' connector. */
export type StatusClass =
  /** The message is larger than Teams accepts now. */
  | 'too-large'
  /** The call was rejected; repeating it unchanged will fail, too. */
  | 'not-accepted'
  /** This conversation cannot be written into; possibly only briefly, for example while the app is being installed. */
  | 'no-entry'
  /** Too many calls, or calls too close to each other, in this conversation. */
  | 'too-fast'
  /** A failure unrelated to the call: no answer, a failure of the service, or of the bot's own sign-in. */
  | 'not-now';

/** Classifies an HTTP status; null means no answer. Source: Microsoft's page on the status codes for bots. */
export function classifyStatus(status: number | null): StatusClass {
  if (status === 413) return 'too-large';
  if (status === 403 || status === 404 || status === 410) return 'no-entry';
  if (status === 412 || status === 429) return 'too-fast';
  if (status === null || status === 401 || status === 408 || status === 409 || status === 425) return 'not-now';
  return status >= 400 && status < 500 ? 'not-accepted' : 'not-now';
}

/**
 * How long to wait before attempt number `attempt` (from 1), in milliseconds: exponential backoff with jitter, at most
 * `longest`, and never less than the service asked for. `random` is in [0, 1).
 */
export function retryDelayMs(
  attempt: number,
  random: number,
  retryAfterMs: number | null,
  longest: number = longestRetryMs,
): number {
  const ceiling = Math.min(longest, 1_000 * 2 ** Math.min(attempt, 9));
  return Math.max(retryAfterMs ?? 0, Math.round(ceiling / 2 + (random * ceiling) / 2));
}

/** The longest backoff between two attempts for one card, in milliseconds. */
const longestRetryMs = 300_000;

/** The same for the one card that probes, for all others, whether the service or the conversation is back. */
export const longestProbeMs = 8_000;

/** After this many consecutive failures other cards say that somebody has not been reached; retries continue. */
export const informOthersAfter = 3;

/**
 * Retry budget of a card: it is abandoned after this many consecutive failures and this many milliseconds since the
 * first of them. It is smaller for a conversation that is closed to the bot than for a service that does not answer.
 */
const retryBudgets: Readonly<Record<StatusClass, { readonly attempts: number; readonly ms: number }>> = {
  'no-entry': { attempts: 8, ms: 10 * 60_000 },
  'too-large': { attempts: 8, ms: 10 * 60_000 },
  'not-accepted': { attempts: 8, ms: 10 * 60_000 },
  'too-fast': { attempts: 20, ms: 24 * 3_600_000 },
  'not-now': { attempts: 20, ms: 24 * 3_600_000 },
};

/** True when the retry budget of a card is used up. */
export function isRetryBudgetUsedUp(answered: StatusClass, attempts: number, failingMs: number): boolean {
  const limit = retryBudgets[answered];
  return attempts >= limit.attempts && failingMs >= limit.ms;
}

/** The limits as the outbox applies them. */
export const sendingLimits = { longestWindowMs, waitForConversation } as const;
