import type { Clock } from '../domain/clock.ts';

/**
 * Request coalescing: concurrent callers of one query share a result. A result is never older than the call of `get`: a
 * caller that arrives while a query is under way shares the next one.
 */
export class CoalescedQuery<Answer> {
  readonly #ask: () => Promise<Answer>;
  #last: Promise<unknown> = Promise.resolve();
  #next: Promise<Answer> | null = null;

  constructor(ask: () => Promise<Answer>) {
    this.#ask = ask;
  }

  get(): Promise<Answer> {
    this.#next ??= this.#begin();
    return this.#next;
  }

  #begin(): Promise<Answer> {
    const answer = this.#last.then(() => {
      this.#next = null;
      return this.#ask();
    });
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}

/** How long a result is reused: this many times the duration of its query, but at most this long, in milliseconds. */
const reuseFactor = 8;
const maxReuseMs = 2_000;

/**
 * A coalesced result with a short-lived cache: it is reused for a multiple of the duration of its query, so that
 * repeated queries are a small part of all calls, and for at most two seconds, so that a change is noticed soon. While
 * a query takes no time, as with few calls under way, each caller gets a fresh result.
 */
export class CachedQuery<Answer> {
  readonly #clock: Clock;
  readonly #shared: CoalescedQuery<{ readonly answer: Answer; readonly until: number }>;
  #recent: { readonly answer: Answer; readonly until: number } | null = null;

  constructor(clock: Clock, ask: () => Promise<Answer>) {
    this.#clock = clock;
    this.#shared = new CoalescedQuery(async () => {
      const asked = clock.now();
      const answer = await ask();
      const tookMs = clock.now() - asked;
      return { answer, until: asked + tookMs + Math.min(maxReuseMs, reuseFactor * tookMs) };
    });
  }

  async get(): Promise<Answer> {
    if (this.#recent === null || this.#clock.now() >= this.#recent.until) this.#recent = await this.#shared.get();
    return this.#recent.answer;
  }
}
