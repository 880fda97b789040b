import type { Clock } from '../domain/clock.ts';
import type { Account } from '../domain/people.ts';
import type { IntentName } from '../understanding/intents.ts';

/** Size of a person's token bucket, in turns, and how often a token is added, in milliseconds. */
const bucketSize = 30;
const refillEveryMs = 1_000;

/** The most buckets kept. Beyond that the least recently used one is dropped, and its person starts with a full one. */
const mostPeople = 10_000;

/** Intents that stop something or decide about it; they are never rate limited. */
const unlimited: ReadonlySet<IntentName> = new Set(['request.cancel', 'schedule.stop', 'decline', 'confirm']);

/** True for an intent that causes calls to the services behind the bot. */
export function isRateLimited(intent: IntentName): boolean {
  return !unlimited.has(intent);
}

/** A rate limiter per person and process, for turns that cause work. */
export interface TurnLimiter {
  /** Takes a token for one turn. Null when there was one, otherwise the whole seconds until there is. */
  take(person: Account): number | null;
}

/**
 * One token bucket per person: a burst of `atOnce` turns, then one per second. Generous for people, but it stops a
 * script that floods the services from one account.
 */
export function createTurnLimiter(clock: Pick<Clock, 'now'>, atOnce: number = bucketSize): TurnLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take: ({ tenantId, objectId }) => {
      const key = `${tenantId}/${objectId}`;
      const now = clock.now();
      const known = buckets.get(key);
      const grown = known === undefined ? atOnce : known.tokens + Math.max(0, now - known.at) / refillEveryMs;
      const tokens = Math.min(atOnce, grown);
      const taken = tokens >= 1;
      // Removed and inserted again, so that the map is ordered from least to most recently used.
      buckets.delete(key);
      buckets.set(key, { tokens: taken ? tokens - 1 : tokens, at: now });
      const oldest = buckets.size > mostPeople ? buckets.keys().next() : null;
      if (oldest?.value !== undefined) buckets.delete(oldest.value);
      return taken ? null : Math.max(1, Math.ceil(((1 - tokens) * refillEveryMs) / 1_000));
    },
  };
}

/** The sentence for a person who is rate limited. */
export function rateLimitSentence(seconds: number): string {
  const wait = seconds === 1 ? 'a second' : `${seconds} seconds`;
  return `That was too many at once, so I did nothing about this one. Please try again in ${wait}. Stopping and confirming always work.`;
}
