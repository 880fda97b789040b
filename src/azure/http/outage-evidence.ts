import type { HttpSettings } from './http-settings.ts';

/** A failed call, as evidence of whether the host is down. */
export interface Failure {
  /** Method and path. */
  readonly path: string;
  /** True when no connection to the host was made, so that the failure has nothing to do with the path. */
  readonly isHostUnreachable: boolean;
}

/** Maximum number of remembered paths that fail on their own; the oldest are dropped first. */
const maxFaultyPaths = 1_000;

/**
 * Decides from the calls of one process whether the circuit breaker of a host opens: several consecutive failures in a
 * short time, on more than one path, and at least one of them a read, because a host that fails every deletion may
 * still serve everything else. A path that fails while others succeed is faulty by itself; its failures do not count
 * until it has succeeded once, so that a broken asset is not taken for a broken service.
 */
export class OutageEvidence {
  readonly #settings: Pick<HttpSettings, 'failuresUntilDown' | 'failureWindowMs'>;
  readonly #faulty = new Set<string>();
  #failures: (Failure & { readonly at: number })[] = [];

  constructor(settings: Pick<HttpSettings, 'failuresUntilDown' | 'failureWindowMs'>) {
    this.#settings = settings;
  }

  /** A call was answered, so the failures before it were caused by their paths and not by the host. */
  answered(path: string): void {
    for (const failure of this.#failures) if (!failure.isHostUnreachable) this.#faulty.add(failure.path);
    this.#failures = [];
    this.#faulty.delete(path);
    for (const oldest of this.#faulty) {
      if (this.#faulty.size <= maxFaultyPaths) break;
      this.#faulty.delete(oldest);
    }
  }

  /** A call failed. Returns since when the host is down, in milliseconds since 1970; null without enough evidence. */
  failed(failure: Failure, now: number): number | null {
    if (!failure.isHostUnreachable && this.#faulty.has(failure.path)) return null;
    const { failuresUntilDown, failureWindowMs } = this.#settings;
    const recent = this.#failures.filter(({ at }) => now - at < failureWindowMs);
    this.#failures = [...recent, { ...failure, at: now }].slice(-maxFaultyPaths);
    const [first] = this.#failures;
    if (first === undefined || this.#failures.length < failuresUntilDown) return null;
    if (this.#failures.some(({ isHostUnreachable }) => isHostUnreachable)) return first.at;
    const differentPaths = this.#failures.some(({ path }) => path !== first.path);
    const anyRead = this.#failures.some(({ path }) => /^(?:GET|HEAD) /u.test(path));
    return differentPaths && anyRead ? first.at : null;
  }
}
