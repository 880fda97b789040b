import type { Clock } from '../domain/clock.ts';
import type { Account } from '../domain/people.ts';
import type { IntentName } from '../understanding/intents.ts';

/** Turns that a person may take at once, and how long one more takes to come, in milliseconds. */
const mostAtOnce = 30;
const oneMoreEveryMs = 1_000;

/** People remembered at the most; whoever was not heard of for the longest time is forgotten, and starts anew. */
const mostPeople = 10_000;

/** Sentences that stop something or decide about it, which nobody may ever be kept from saying. */
const alwaysHeard: ReadonlySet<IntentName> = new Set(['request.cancel', 'decline', 'confirm']);

/** True for a sentence that makes work for the services behind the bot. */
export function makesWork(intent: IntentName): boolean {
  return !alwaysHeard.has(intent);
}

/** Bounds how many turns that make work one person takes in this process. */
export interface Allowance {
  /** Takes one turn. Null when the person may have it, otherwise in how many whole seconds they may. */
  take(person: Account): number | null;
}

/**
 * One token bucket a person: so many turns at once, and then as many as come again. Generous for people, and an end to
 * a script that floods the services from one account.
 */
export function createAllowance(clock: Pick<Clock, 'now'>, atOnce: number = mostAtOnce): Allowance {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take: ({ tenantId, objectId }) => {
      const key = `${tenantId}/${objectId}`;
      const now = clock.now();
      const known = buckets.get(key);
      const grown = known === undefined ? atOnce : known.tokens + Math.max(0, now - known.at) / oneMoreEveryMs;
      const tokens = Math.min(atOnce, grown);
      const taken = tokens >= 1;
      // Put in anew, so that the map is in the order of the last turns.
      buckets.delete(key);
      buckets.set(key, { tokens: taken ? tokens - 1 : tokens, at: now });
      const oldest = buckets.size > mostPeople ? buckets.keys().next() : null;
      if (oldest?.value !== undefined) buckets.delete(oldest.value);
      return taken ? null : Math.max(1, Math.ceil(((1 - tokens) * oneMoreEveryMs) / 1_000));
    },
  };
}

/** What a person reads whose turn was not taken. */
export function tooManySentence(seconds: number): string {
  const wait = seconds === 1 ? 'a second' : `${seconds} seconds`;
  return `That was too many at once, so I did nothing about this one. Please try again in ${wait}. Stopping and confirming always work.`;
}
