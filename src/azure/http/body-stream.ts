import { finished, Readable } from 'node:stream';
import type { Clock } from '../../domain/clock.ts';
import { ServiceFailure } from '../../domain/service-failure.ts';
import type { HttpSettings } from './http-settings.ts';

/** A response body: the stream, and its announced length in bytes (null when it was not announced). */
export interface Body {
  readonly stream: Readable;
  readonly length: number | null;
}

/** What a SteadyStream needs. */
export interface ResumableStreamParts {
  readonly clock: Clock;
  readonly settings: Pick<HttpSettings, 'idleTimeoutMs' | 'maxResumes' | 'retryDelayMs' | 'maxRetryDelayMs'>;
  readonly signal: AbortSignal;
  /** Reconnects at a byte position. Throws ServiceFailure. Null when a broken download cannot be resumed. */
  readonly resume: ((position: number) => Promise<Body>) | null;
  /** What is read, for messages, as in "reading the dataset “x”". */
  readonly doing: string;
}

/** This many new bytes count as progress, which resets the number of resumes. */
const minProgressBytes = 1024 * 1024;

/**
 * A resumable download: it ends complete or with an error, never truncated. A connection that breaks, ends early or
 * exceeds the idle time-out is resumed at the last byte. Backpressure reaches the socket, and time spent waiting for
 * the reader does not count as idle. Fails with ServiceFailure, or with the signal's reason.
 */
export class ResumableStream extends Readable {
  readonly #parts: ResumableStreamParts;
  readonly #ended = new AbortController();
  #source: Readable;
  /** Bytes passed on so far, and where the current body ends. */
  #position = 0;
  #end: number | null;
  #lastByteAt: number;
  #resumes = 0;
  #progressAt = 0;

  constructor(first: Body, parts: ResumableStreamParts) {
    super({ highWaterMark: 256 * 1024 });
    this.#parts = parts;
    this.#source = first.stream;
    this.#end = first.length;
    this.#lastByteAt = parts.clock.now();
    const abort = (): void => void this.destroy(asError(parts.signal.reason));
    if (parts.signal.aborted) queueMicrotask(abort);
    parts.signal.addEventListener('abort', abort, { once: true });
    this.#ended.signal.addEventListener('abort', () => parts.signal.removeEventListener('abort', abort));
    this.#attach(first);
    void this.#enforceIdleTimeout();
  }

  override _read(): void {
    if (!this.#source.isPaused()) return;
    this.#lastByteAt = this.#parts.clock.now();
    this.#source.resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#ended.abort();
    this.#source.destroy();
    callback(error);
  }

  #attach(body: Body): void {
    const { stream } = body;
    this.#source = stream;
    this.#end = body.length === null ? null : this.#position + body.length;
    this.#lastByteAt = this.#parts.clock.now();
    stream.on('data', (chunk: Buffer) => {
      this.#position += chunk.length;
      this.#lastByteAt = this.#parts.clock.now();
      if (!this.push(chunk)) stream.pause();
    });
    finished(stream, { writable: false }, (error) => {
      if (this.destroyed || stream !== this.#source) return;
      const complete = !error && (this.#end === null || this.#position === this.#end);
      if (complete) {
        this.#ended.abort();
        this.push(null);
      } else {
        void this.#resume();
      }
    });
  }

  async #resume(): Promise<void> {
    const { resume, settings, clock } = this.#parts;
    if (this.#position - this.#progressAt >= minProgressBytes) this.#resumes = 0;
    this.#progressAt = this.#position;
    const truncated = this.#truncatedError();
    if (resume === null || this.#resumes >= settings.maxResumes || this.#isTooLong()) {
      this.destroy(truncated);
      return;
    }
    this.#resumes += 1;
    try {
      const pause = Math.min(settings.retryDelayMs * 2 ** (this.#resumes - 1), settings.maxRetryDelayMs);
      await clock.wait(pause, this.#ended.signal);
      const body = await resume(this.#position);
      if (this.destroyed) body.stream.destroy();
      else this.#attach(body);
    } catch (error) {
      if (!this.destroyed) this.destroy(asError(error));
    }
  }

  /** More bytes came than announced: what arrived is not the file, and resuming would not help. */
  #isTooLong(): boolean {
    return this.#end !== null && this.#position > this.#end;
  }

  #truncatedError(): ServiceFailure {
    const total = this.#end === null ? '' : ` of ${this.#end}`;
    return new ServiceFailure(
      'Studio',
      'unreadable',
      `The connection to Studio's storage was lost while ${this.#parts.doing}: ${this.#position}${total} bytes arrived. Try again later.`,
    );
  }

  /** Idle time-out: closes a connection without data, which is then resumed like a broken one. */
  async #enforceIdleTimeout(): Promise<void> {
    const { clock, settings } = this.#parts;
    try {
      for (;;) {
        const idleSince = this.#source.isPaused() ? clock.now() : this.#lastByteAt;
        await clock.wait(Math.max(0, idleSince + settings.idleTimeoutMs - clock.now()), this.#ended.signal);
        const isIdle = clock.now() - this.#lastByteAt >= settings.idleTimeoutMs;
        if (isIdle && !this.#source.isPaused()) this.#source.destroy();
        if (isIdle) this.#lastByteAt = clock.now();
      }
    } catch {
      // The wait ends only because the stream has ended.
    }
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
