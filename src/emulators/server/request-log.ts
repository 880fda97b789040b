/** One request in the log. Credentials are not logged. */
export interface LoggedRequest {
  readonly at: number;
  readonly method: string;
  /** Path and query as received, without signatures. */
  readonly path: string;
  /** The status of the response; null when the connection was broken instead or the response is still pending. */
  status: number | null;
  /** The fault that was applied; null for none. */
  fault: string | null;
}

const maxEntries = 100_000;

/** The latest requests, oldest first, for tests that count calls. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

  add(at: number, method: string, path: string): LoggedRequest {
    if (this.#entries.length >= 2 * maxEntries) this.#entries = this.#entries.slice(-maxEntries);
    const entry: LoggedRequest = { at, method, path, status: null, fault: null };
    this.#entries.push(entry);
    return entry;
  }

  entries(): readonly LoggedRequest[] {
    return this.#entries.slice(-maxEntries);
  }

  clear(): void {
    this.#entries = [];
  }
}

/** A request target with the signatures of links removed. */
export function withoutCredentials(target: string): string {
  return target.replace(/([?&]sig=)[^&]*/giu, (_whole, name: string) => `${name}REMOVED`);
}
