import type { HttpSettings } from './http-settings.ts';

/** A call that the host did not do, as far as it shows whether the host is down. */
export interface Failure {
  /** Method and path. */
  readonly path: string;
  /** True when the host could not even be connected to, so that it does not matter what was asked for. */
  readonly isOfHost: boolean;
}

/** Paths known to fail on their own are forgotten beyond so many, oldest first. */
const mostFaulty = 1_000;

/**
 * Decides from the calls of one process whether a host is down: several failures in a row in a short time, not all of
 * them of the same path, and at least one of a call that reads: a host that answers each deletion with a failure may do
 * all else that it is asked. A path that fails while others succeed is faulty by itself, and its failures show nothing
 * until it succeeds once, so that a broken asset never looks like a broken service.
 */
export class OutageEvidence {
  readonly #settings: Pick<HttpSettings, 'failuresUntilDown' | 'failureWindowMs'>;
  readonly #faulty = new Set<string>();
  #failures: (Failure & { readonly at: number })[] = [];

  constructor(settings: Pick<HttpSettings, 'failuresUntilDown' | 'failureWindowMs'>) {
    this.#settings = settings;
  }

  /** A call was answered. What failed before it did so for a reason of its own. */
  answered(path: string): void {
    for (const failure of this.#failures) if (!failure.isOfHost) this.#faulty.add(failure.path);
    this.#failures = [];
    this.#faulty.delete(path);
    for (const oldest of this.#faulty) {
      if (this.#faulty.size <= mostFaulty) break;
      this.#faulty.delete(oldest);
    }
  }

  /** A call failed. Returns since when the host is down, in milliseconds since 1970; null while that is not clear. */
  failed(failure: Failure, now: number): number | null {
    if (!failure.isOfHost && this.#faulty.has(failure.path)) return null;
    const { failuresUntilDown, failureWindowMs } = this.#settings;
    const recent = this.#failures.filter(({ at }) => now - at < failureWindowMs);
    this.#failures = [...recent, { ...failure, at: now }].slice(-mostFaulty);
    const [first] = this.#failures;
    if (first === undefined || this.#failures.length < failuresUntilDown) return null;
    if (this.#failures.some(({ isOfHost }) => isOfHost)) return first.at;
    const several = this.#failures.some(({ path }) => path !== first.path);
    const reads = this.#failures.some(({ path }) => /^(?:GET|HEAD) /u.test(path));
    return several && reads ? first.at : null;
  }
}
