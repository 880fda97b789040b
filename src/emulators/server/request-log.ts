/** One request that the emulator has seen. Credentials are not kept. */
export interface LoggedRequest {
  readonly at: number;
  readonly method: string;
  /** Path and query as they came, without signatures. */
  readonly path: string;
  /** What was answered; null when the connection was broken instead or the answer is still due. */
  status: number | null;
  /** The fault that struck it; null for none. */
  fault: string | null;
}

const kept = 100_000;

/** The last requests, oldest first, for tests that count calls. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

  add(at: number, method: string, path: string): LoggedRequest {
    if (this.#entries.length >= 2 * kept) this.#entries = this.#entries.slice(-kept);
    const entry: LoggedRequest = { at, method, path, status: null, fault: null };
    this.#entries.push(entry);
    return entry;
  }

  entries(): readonly LoggedRequest[] {
    return this.#entries.slice(-kept);
  }

  clear(): void {
    this.#entries = [];
  }
}

/** A request target without what a link's query would open. */
export function withoutCredentials(target: string): string {
  return target.replace(/([?&]sig=)[^&]*/giu, (_whole, name: string) => `${name}REMOVED`);
}
