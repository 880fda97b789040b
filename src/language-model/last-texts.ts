import type { Clock } from '../domain/clock.ts';

const kept = { messages: 3, forMs: 15 * 60_000, conversations: 500 } as const;

interface Said {
  readonly at: number;
  readonly text: string;
}

/**
 * The last few messages of each person in each conversation, in this process only and for a quarter of an hour.
 * Nobody else's messages are ever among them.
 */
export class LastTexts {
  readonly #clock: Clock;
  readonly #said = new Map<string, readonly Said[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What was said before, oldest first; `text` is remembered for the next time, unless it is null. */
  before(person: string, conversation: string, text: string | null): string[] {
    const key = JSON.stringify([person, conversation]);
    const now = this.#clock.now();
    const earlier = (this.#said.get(key) ?? []).filter(({ at }) => now - at <= kept.forMs);
    // Taken out and put back, so that the first key is always the one that has been silent longest.
    this.#said.delete(key);
    const said = text === null ? earlier : [...earlier, { at: now, text }];
    this.#said.set(key, said.slice(-kept.messages));
    const [silent] = this.#said.keys();
    if (this.#said.size > kept.conversations && silent !== undefined) this.#said.delete(silent);
    return earlier.map((said) => said.text);
  }
}
