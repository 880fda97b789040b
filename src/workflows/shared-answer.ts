import type { Clock } from '../domain/clock.ts';

/**
 * Lets callers that ask the same question at the same time share one answer (request coalescing). What a caller gets was
 * always asked for after the caller came: whoever comes while a question is under way shares the next one.
 */
export class SharedAnswer<Answer> {
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

/** So many times as long as an answer took it may be used, and never longer than this, in milliseconds. */
const usesOfAnAnswer = 8;
const longestUseMs = 2_000;

/**
 * A shared answer that is used for a little while: so much longer than it took to get that asking again and again costs
 * a small part of all calls, and never so long that a change would go unseen for more than two seconds. While asking
 * takes no time, as with few calls under way, each caller gets a fresh one.
 */
export class RecentAnswer<Answer> {
  readonly #clock: Clock;
  readonly #shared: SharedAnswer<{ readonly answer: Answer; readonly until: number }>;
  #recent: { readonly answer: Answer; readonly until: number } | null = null;

  constructor(clock: Clock, ask: () => Promise<Answer>) {
    this.#clock = clock;
    this.#shared = new SharedAnswer(async () => {
      const asked = clock.now();
      const answer = await ask();
      const tookMs = clock.now() - asked;
      return { answer, until: asked + tookMs + Math.min(longestUseMs, usesOfAnAnswer * tookMs) };
    });
  }

  async get(): Promise<Answer> {
    if (this.#recent === null || this.#clock.now() >= this.#recent.until) this.#recent = await this.#shared.get();
    return this.#recent.answer;
  }
}
