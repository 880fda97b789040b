import type { Clock } from './clock.ts';
import type { Log } from './logger.ts';

/**
 * Readiness of a component; when it is not ready, the reason as a sentence for the operator, without secrets and names.
 */
export type Readiness =
  | { readonly ready: true; readonly notice: string | null }
  | { readonly ready: false; readonly reason: string };

/**
 * A component is not ready. `message` is the sentence that the readiness endpoint shows; the cause goes to the log
 * only.
 */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';
}

/** A health check of an external dependency. It runs in the background; reading its last result costs nothing. */
export interface Probe {
  readonly name: string;
  /** The last result. */
  current(): Readiness;
  /** Reports a failure that was seen elsewhere: not ready from now on, and checked again at once. */
  doubt(error: NotReadyError): void;
  /** Checks again now, because the result may have changed. */
  askAgain(): void;
  /** Checks repeatedly until the signal aborts; never rejects. */
  run(signal: AbortSignal): Promise<void>;
}

/** The parts of a probe. */
export interface ProbeOptions {
  readonly name: string;
  /**
   * Checks once. Resolves with null, or with a notice: a sentence about a problem that does not stop the work. Rejects
   * with NotReadyError; any other error counts as one without a reason.
   */
  readonly ask: () => Promise<string | null>;
  readonly clock: Clock;
  readonly log: Log;
  /** The reason to show when the check times out. */
  readonly silence: string;
  /** The interval after a successful check, in milliseconds. */
  readonly intervalMs?: number;
}

/** Exponential backoff after failed checks, in milliseconds. */
const backoffMs = [2_000, 5_000, 15_000, 30_000, 60_000];
const defaultIntervalMs = 300_000;
/** Time-out of a check, in milliseconds. */
const checkTimeoutMs = 30_000;

/** Creates a probe that has not checked yet. It logs each change of its result once, not each result. */
export function createProbe({ name, ask, clock, log, silence, intervalMs = defaultIntervalMs }: ProbeOptions): Probe {
  let state: Readiness = { ready: false, reason: 'Not checked yet.' };
  let pause = new AbortController();
  let failures = 0;
  const failed = (error: NotReadyError) => {
    if (state.ready || state.reason !== error.message) log.error('not ready', error.cause ?? error, logged(error));
    state = { ready: false, reason: error.message };
  };
  const logged = ({ message }: NotReadyError) => ({ part: name, reason: message });
  const succeeded = (notice: string | null) => {
    failures = 0;
    const changed = !state.ready || state.notice !== notice;
    if (changed && notice === null) log.info('ready', { part: name });
    if (changed && notice !== null) log.warn('ready, with a notice', { part: name, notice });
    state = { ready: true, notice };
  };
  return {
    name,
    current: () => state,
    doubt: (error) => {
      // Only the first of consecutive failures triggers a check: many failures at once must not cause as many checks.
      const first = state.ready;
      failed(error);
      if (first) pause.abort();
    },
    askAgain: () => pause.abort(),
    run: async (signal) => {
      while (!signal.aborted) {
        try {
          succeeded(await withTimeout(ask, clock, silence));
        } catch (error) {
          failures += 1;
          failed(asNotReady(error));
        }
        pause = new AbortController();
        const wait = failures === 0 ? intervalMs : (backoffMs[failures - 1] ?? backoffMs.at(-1) ?? defaultIntervalMs);
        await clock.wait(wait, AbortSignal.any([signal, pause.signal])).catch(() => undefined);
      }
    },
  };
}

async function withTimeout(ask: () => Promise<string | null>, clock: Clock, silence: string): Promise<string | null> {
  const answered = new AbortController();
  const tooLate = clock.wait(checkTimeoutMs, answered.signal).then(
    () => Promise.reject(new NotReadyError(silence)),
    () => null,
  );
  try {
    return await Promise.race([ask(), tooLate]);
  } finally {
    answered.abort();
  }
}

function asNotReady(error: unknown): NotReadyError {
  return error instanceof NotReadyError ? error : new NotReadyError('The check failed.', { cause: error });
}
