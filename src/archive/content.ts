import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { AssetFile } from '../domain/asset-source.ts';
import type { Clock } from '../domain/clock.ts';
import { isSourceFailure } from '../domain/service-failure.ts';
import { FileProblem, fileProblem } from './file-problem.ts';

/** How often a file is opened before it counts as failed. The source has already retried each call by itself. */
const maxAttempts = 3;
const firstWaitMs = 1_000;

/**
 * Reads a file's bytes once and survives interruptions: when the stream breaks, the file is opened again, the bytes
 * that were read already are read again and compared by checksum, and reading resumes after them.
 */
export class ContentReading {
  readonly file: AssetFile;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  #sha = createHash('sha256');
  #digest: string | null = null;
  #stream: Readable | null = null;
  #bytes = 0;

  constructor(file: AssetFile, clock: Clock, signal: AbortSignal) {
    this.file = file;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Bytes yielded so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Checksum of the bytes yielded, in hex. Ends the reading. */
  sha256(): string {
    this.#digest ??= this.#sha.digest('hex');
    return this.#digest;
  }

  /** Closes the connection of a reading that is not finished. */
  close(): void {
    this.#stream?.destroy();
  }

  /**
   * The bytes, once. Throws FileProblem when they cannot be read, or not to the end; the bytes yielded until then are
   * correct. Throws the signal's reason when it aborts.
   */
  async *pieces(): AsyncGenerator<Buffer, void, void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        yield* this.#readOn();
        this.#checkLength();
        return;
      } catch (error) {
        this.#signal.throwIfAborted();
        const retries = attempt < maxAttempts && isRetryable(error);
        if (!retries) throw fileProblem(error);
        const asked = isSourceFailure(error) ? (error.retryAfterMs ?? 0) : 0;
        await this.#clock.wait(Math.max(asked, firstWaitMs * 2 ** (attempt - 1)), this.#signal);
      }
    }
  }

  async *#readOn(): AsyncGenerator<Buffer, void, void> {
    const expected = this.#bytes === 0 ? null : this.#sha.copy().digest('hex');
    const repeated = createHash('sha256');
    let toSkip = this.#bytes;
    this.#stream = await this.file.open(this.#signal);
    for await (const chunk of this.#stream as AsyncIterable<Buffer>) {
      let piece = chunk;
      if (toSkip > 0) {
        const seen = piece.subarray(0, toSkip);
        repeated.update(seen);
        toSkip -= seen.length;
        if (toSkip > 0) continue;
        if (repeated.digest('hex') !== expected) {
          throw new FileProblem(
            'changed',
            'The file changed while it was read; the archive holds the beginning of the earlier version.',
          );
        }
        piece = piece.subarray(seen.length);
        if (piece.length === 0) continue;
      }
      this.#sha.update(piece);
      this.#bytes += piece.length;
      yield piece;
    }
    if (toSkip > 0) throw new FileProblem('cut-short', 'The file became shorter while it was read.');
  }

  #checkLength(): void {
    const promised = this.file.sizeBytes;
    if (promised === null || this.#bytes === promised) return;
    if (this.#bytes < promised) {
      throw new FileProblem('cut-short', `Only ${this.#bytes} of ${promised} bytes arrived.`, true);
    }
    throw new FileProblem('changed', `The list said ${promised} bytes, but ${this.#bytes} arrived.`, true);
  }
}

/** True when opening the file again may help. An error of another class is a broken connection. */
function isRetryable(error: unknown): boolean {
  if (error instanceof FileProblem) return error.reason === 'cut-short';
  return isSourceFailure(error) ? error.transient : true;
}
