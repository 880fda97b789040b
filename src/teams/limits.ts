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
 * How long to wait before the next call into a conversation, in milliseconds; 0 when it may go out now.
 * `sent` are the times of earlier calls, oldest first. Source: Microsoft's "rate limiting for bots" page.
 */
export function waitForConversation(sent: readonly number[], now: number): number {
  let wait = 0;
  for (const { calls, windowMs } of conversationLimits) {
    // The call that has to leave the window before one more fits into it.
    const blocking = sent.filter((at) => at > now - windowMs).at(-calls);
    if (blocking !== undefined) wait = Math.max(wait, blocking + windowMs - now);
  }
  return wait;
}

/** What an answer of Teams' connector that is no success says about the call. */
export type Answered =
  /** The message is larger than Teams takes now. */
  | 'too-large'
  /** The call itself was not accepted; the same one will not be. */
  | 'not-accepted'
  /** This conversation cannot be written into; it may be so for a moment only, for example while the app is installed. */
  | 'no-entry'
  /** Too many calls, or calls too close to each other, in this conversation. */
  | 'too-fast'
  /** Nothing about the call: no answer, a failure of the service, or of the bot's own sign-in. */
  | 'not-now';

/** Reads an HTTP status; null stands for no answer. Source: Microsoft's page on the status codes that bots are given. */
export function readStatus(status: number | null): Answered {
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

/** The longest wait between two tries of one card, in milliseconds. */
const longestRetryMs = 300_000;

/** The same for the one card that finds out for all others whether the service or the conversation is back. */
export const longestProbeMs = 8_000;

/** After so many failed calls in a row people are told that somebody has not been reached; it goes on being tried. */
export const toldAfter = 3;

/**
 * When a card is given up: after this many failed calls in a row and, in milliseconds, this long since the first of
 * them. A conversation that is closed to the bot is left sooner than a service that does not answer.
 */
const givenUpAfter: Readonly<Record<Answered, { readonly attempts: number; readonly ms: number }>> = {
  'no-entry': { attempts: 8, ms: 10 * 60_000 },
  'too-large': { attempts: 8, ms: 10 * 60_000 },
  'not-accepted': { attempts: 8, ms: 10 * 60_000 },
  'too-fast': { attempts: 20, ms: 24 * 3_600_000 },
  'not-now': { attempts: 20, ms: 24 * 3_600_000 },
};

/** True when a card that has failed so often and for so long is given up. */
export function isHopeless(answered: Answered, attempts: number, failingMs: number): boolean {
  const limit = givenUpAfter[answered];
  return attempts >= limit.attempts && failingMs >= limit.ms;
}

/** The limits as the outbox applies them. */
export const sendingLimits = { longestWindowMs, waitForConversation } as const;
