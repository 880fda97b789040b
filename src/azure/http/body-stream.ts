import { finished, Readable } from 'node:stream';
import { SourceError } from '../../domain/asset-source.ts';
import type { Clock } from '../../domain/clock.ts';
import type { HttpSettings } from './http-settings.ts';

/** A body on its way: the stream, and how many bytes it was announced to bring (null when not told). */
export interface Body {
  readonly stream: Readable;
  readonly length: number | null;
}

/** What a steady stream needs. */
export interface SteadyStreamParts {
  readonly clock: Clock;
  readonly settings: Pick<HttpSettings, 'idleTimeoutMs' | 'maxResumes' | 'retryDelayMs' | 'maxRetryDelayMs'>;
  readonly signal: AbortSignal;
  /** Connects again at a byte position. Throws SourceError. Null when a broken body cannot be taken up again. */
  readonly resume: ((position: number) => Promise<Body>) | null;
  /** What is read, for messages: "reading the dataset “x”". */
  readonly doing: string;
}

/** So many new bytes count as progress and make the number of resumes start anew. */
const progressBytes = 1024 * 1024;

/**
 * A body that is complete or an error, never silently short. A connection that breaks, ends early or goes silent is
 * taken up again where it stopped; backpressure reaches the socket, and time spent waiting for the reader is not
 * counted as silence. Fails with SourceError, or with the signal's reason.
 */
export class SteadyStream extends Readable {
  readonly #parts: SteadyStreamParts;
  readonly #stopped = new AbortController();
  #source: Readable;
  /** Bytes passed on so far, and where the current body ends. */
  #position = 0;
  #end: number | null;
  #lastByteAt: number;
  #resumes = 0;
  #progressAt = 0;

  constructor(first: Body, parts: SteadyStreamParts) {
    super({ highWaterMark: 256 * 1024 });
    this.#parts = parts;
    this.#source = first.stream;
    this.#end = first.length;
    this.#lastByteAt = parts.clock.now();
    const abort = (): void => void this.destroy(asError(parts.signal.reason));
    if (parts.signal.aborted) queueMicrotask(abort);
    parts.signal.addEventListener('abort', abort, { once: true });
    this.#stopped.signal.addEventListener('abort', () => parts.signal.removeEventListener('abort', abort));
    this.#attach(first);
    void this.#watch();
  }

  override _read(): void {
    if (!this.#source.isPaused()) return;
    this.#lastByteAt = this.#parts.clock.now();
    this.#source.resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#stopped.abort();
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
        this.#stopped.abort();
        this.push(null);
      } else {
        void this.#takeUpAgain();
      }
    });
  }

  async #takeUpAgain(): Promise<void> {
    const { resume, settings, clock } = this.#parts;
    if (this.#position - this.#progressAt >= progressBytes) this.#resumes = 0;
    this.#progressAt = this.#position;
    const brokenOff = this.#brokenOff();
    if (resume === null || this.#resumes >= settings.maxResumes || this.#tooLong()) {
      this.destroy(brokenOff);
      return;
    }
    this.#resumes += 1;
    try {
      const pause = Math.min(settings.retryDelayMs * 2 ** (this.#resumes - 1), settings.maxRetryDelayMs);
      await clock.wait(pause, this.#stopped.signal);
      const body = await resume(this.#position);
      if (this.destroyed) body.stream.destroy();
      else this.#attach(body);
    } catch (error) {
      if (!this.destroyed) this.destroy(asError(error));
    }
  }

  /** More came than was announced: what arrived is not the file, and asking for the rest would not mend it. */
  #tooLong(): boolean {
    return this.#end !== null && this.#position > this.#end;
  }

  #brokenOff(): SourceError {
    const total = this.#end === null ? '' : ` of ${this.#end}`;
    return new SourceError(
      'unreadable',
      `Studio's storage broke off while ${this.#parts.doing}: ${this.#position}${total} bytes arrived. Try again later.`,
    );
  }

  /** Cuts a silent connection, which then is taken up again like a broken one. */
  async #watch(): Promise<void> {
    const { clock, settings } = this.#parts;
    try {
      for (;;) {
        const silentAt = this.#source.isPaused() ? clock.now() : this.#lastByteAt;
        await clock.wait(Math.max(0, silentAt + settings.idleTimeoutMs - clock.now()), this.#stopped.signal);
        const silent = clock.now() - this.#lastByteAt >= settings.idleTimeoutMs;
        if (silent && !this.#source.isPaused()) this.#source.destroy();
        if (silent) this.#lastByteAt = clock.now();
      }
    } catch {
      // The wait ends only because the stream has ended.
    }
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
