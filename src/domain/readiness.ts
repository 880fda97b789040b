import type { Clock } from './clock.ts';
import type { Log } from './logger.ts';

/** Whether a part can do its work; when it cannot, why, as a sentence for the operator without secrets and names. */
export type Readiness =
  | { readonly ready: true; readonly notice: string | null }
  | { readonly ready: false; readonly reason: string };

/** A part cannot do its work now. `message` is the sentence that readiness shows; the cause goes to the log only. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';
}

/** A question to something outside, asked in the background; its last answer can be read at any time for nothing. */
export interface Probe {
  readonly name: string;
  /** The last answer. */
  current(): Readiness;
  /** Something else met a failure that this probe is about: not ready from now on, and asked again at once. */
  doubt(error: NotReadyError): void;
  /** Ends the wait before the next question, because the answer may be another one now. */
  askAgain(): void;
  /** Asks again and again until the signal aborts; never rejects. */
  run(signal: AbortSignal): Promise<void>;
}

/** What a probe is made of. */
export interface ProbeOptions {
  readonly name: string;
  /**
   * Asks once. Resolves with null, or with a notice: a sentence about something that does not stop the work.
   * Rejects with NotReadyError; any other error counts as one without a reason.
   */
  readonly ask: () => Promise<string | null>;
  readonly clock: Clock;
  readonly log: Log;
  /** The reason when no answer comes in time. */
  readonly silence: string;
  /** The wait after a good answer, in milliseconds. */
  readonly againMs?: number;
}

/** Exponential backoff after bad answers, in milliseconds. */
const backoffMs = [2_000, 5_000, 15_000, 30_000, 60_000];
const usualAgainMs = 300_000;
/** An answer that takes longer counts as none, in milliseconds. */
const answerLimitMs = 30_000;

/** A probe that has not asked yet. It logs each change of its answer once, not each answer. */
export function createProbe({ name, ask, clock, log, silence, againMs = usualAgainMs }: ProbeOptions): Probe {
  let state: Readiness = { ready: false, reason: 'This was not asked yet.' };
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
      // Only the first failure of a row: a storm of them must not become a storm of questions.
      const first = state.ready;
      failed(error);
      if (first) pause.abort();
    },
    askAgain: () => pause.abort(),
    run: async (signal) => {
      while (!signal.aborted) {
        try {
          succeeded(await inTime(ask, clock, silence));
        } catch (error) {
          failures += 1;
          failed(asNotReady(error));
        }
        pause = new AbortController();
        const wait = failures === 0 ? againMs : (backoffMs[failures - 1] ?? backoffMs.at(-1) ?? usualAgainMs);
        await clock.wait(wait, AbortSignal.any([signal, pause.signal])).catch(() => undefined);
      }
    },
  };
}

async function inTime(ask: () => Promise<string | null>, clock: Clock, silence: string): Promise<string | null> {
  const answered = new AbortController();
  const tooLate = clock.wait(answerLimitMs, answered.signal).then(
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
  return error instanceof NotReadyError ? error : new NotReadyError('This cannot be used.', { cause: error });
}
