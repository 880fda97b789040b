import type { Clock } from '../domain/clock.ts';

interface Answer<Value> {
  readonly at: number;
  readonly value: Promise<Value>;
  settled?: { readonly value: Value };
  /** The answer before, which is known until this one is. */
  readonly before?: Answer<Value> | undefined;
}

/**
 * A cache of answers of a service by key (single flight): concurrent callers share one call, and what was answered
 * lately is known without a call, as inside a transaction. It has one entry a key.
 */
export class RecentAnswers<Value> {
  readonly #answers = new Map<string, Answer<Value>>();
  readonly #lifetimeMs: number;
  readonly #isKept: (value: Value) => boolean;

  /** Answers are known for `lifetimeMs`; those that `isKept` refuses are returned to whoever waits and not kept. */
  constructor(lifetimeMs: number, isKept: (value: Value) => boolean = () => true) {
    this.#lifetimeMs = lifetimeMs;
    this.#isKept = isKept;
  }

  /**
   * The answer to `ask`, or one of at most `maxAgeMs` ago. The shared call continues when one of its callers aborts.
   * Rejects with the call's error, which is not kept, or with the signal's reason.
   */
  async get(
    key: string,
    clock: Pick<Clock, 'now'>,
    ask: () => Promise<Value>,
    signal: AbortSignal,
    maxAgeMs = this.#lifetimeMs,
  ): Promise<Value> {
    signal.throwIfAborted();
    const now = clock.now();
    let answer = this.#answers.get(key);
    if (answer === undefined || now - answer.at >= maxAgeMs || now < answer.at) {
      const before = answer?.settled === undefined ? answer?.before : { ...answer, before: undefined };
      const asked: Answer<Value> = { at: now, value: ask(), before };
      answer = asked;
      this.#answers.set(key, asked);
      const forget = () => {
        if (this.#answers.get(key) === asked) this.#answers.delete(key);
      };
      asked.value.then((value) => {
        asked.settled = { value };
        if (!this.#isKept(value)) forget();
      }, forget);
    }
    return untilAborted(answer.value, signal);
  }

  /** What was answered within the lifetime, without a call; null when nothing was. */
  known(key: string, clock: Pick<Clock, 'now'>): Value | null {
    const newest = this.#answers.get(key);
    const answer = newest?.settled === undefined ? newest?.before : newest;
    const now = clock.now();
    if (answer?.settled === undefined || now - answer.at >= this.#lifetimeMs || now < answer.at) return null;
    return answer.settled.value;
  }

  /** Invalidates an answer. */
  forget(key: string): void {
    this.#answers.delete(key);
  }
}

/** Waits for a shared promise, until this caller's own signal aborts. */
function untilAborted<Result>(shared: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
