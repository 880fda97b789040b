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

/** True for answers of Teams' connector after which the same call should be tried again later. */
export function isWorthRetrying(status: number | null): boolean {
  return status === null || [401, 408, 412, 429, 500, 502, 503, 504].includes(status);
}

/**
 * How long to wait before attempt number `attempt` (from 1), in milliseconds: exponential with full jitter, at
 * most five minutes, and never less than the service asked for. `random` is in [0, 1).
 */
export function retryDelayMs(attempt: number, random: number, retryAfterMs: number | null): number {
  const ceiling = Math.min(300_000, 1_000 * 2 ** Math.min(attempt, 9));
  return Math.max(retryAfterMs ?? 0, Math.round(ceiling / 2 + (random * ceiling) / 2));
}

/** The limits as the outbox applies them. */
export const sendingLimits = { longestWindowMs, waitForConversation } as const;
