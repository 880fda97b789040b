import type { Clock } from '../domain/clock.ts';

const limits = { messages: 3, forMs: 15 * 60_000, conversations: 500 } as const;

interface Message {
  readonly at: number;
  readonly text: string;
}

/**
 * LRU cache of the last few messages of each person in each conversation, in this process only and for a quarter of an
 * hour. Messages of other people are never part of it.
 */
export class LastTexts {
  readonly #clock: Clock;
  readonly #messages = new Map<string, readonly Message[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The person's earlier messages, oldest first; `text` is stored for the next call, unless it is null. */
  before(person: string, conversation: string, text: string | null): string[] {
    const key = JSON.stringify([person, conversation]);
    const now = this.#clock.now();
    const earlier = (this.#messages.get(key) ?? []).filter(({ at }) => now - at <= limits.forMs);
    // Removed and inserted again, so that the first key of the map is the least recently used one.
    this.#messages.delete(key);
    const said = text === null ? earlier : [...earlier, { at: now, text }];
    this.#messages.set(key, said.slice(-limits.messages));
    const [leastRecent] = this.#messages.keys();
    if (this.#messages.size > limits.conversations && leastRecent !== undefined) this.#messages.delete(leastRecent);
    return earlier.map((said) => said.text);
  }
}
