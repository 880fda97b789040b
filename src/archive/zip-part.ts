import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { ArchiveStorage } from './storage.ts';
import type { ZipEntry } from './zip-entry.ts';
import { ZipWriter } from './zip-writer.ts';

/** Facts of a part committed to storage. */
export interface SealedPart {
  readonly blobName: string;
  readonly sizeBytes: number;
  /** Of the whole zip file, in hex. */
  readonly sha256: string;
}

/** One zip file that is streamed into one blob. */
export class ZipPart {
  readonly blobName: string;
  readonly #zip = new ZipWriter();
  readonly #sha = createHash('sha256');
  readonly #failed = new AbortController();
  readonly #signal: AbortSignal;
  readonly #sent: Promise<void>;

  /** Begins the upload. When `signal` aborts or a method throws, nothing becomes visible in storage. */
  constructor(storage: ArchiveStorage, blobName: string, signal: AbortSignal) {
    this.blobName = blobName;
    this.#signal = AbortSignal.any([signal, this.#failed.signal]);
    const upload = storage.upload(blobName, 'application/zip', (bytes) => this.#sha.update(bytes));
    this.#sent = pipeline(this.#zip, upload, { signal });
    // The next call that adds an entry, or seals the part, throws the failure.
    this.#sent.catch((error: unknown) => this.#failed.abort(error));
    this.#zip.on('error', () => {});
  }

  /** Bytes of the zip so far, without its directory. */
  get bytesWritten(): number {
    return this.#zip.offset;
  }

  /** Adds a file from a buffer. Throws ServiceFailure when storage fails. */
  addBuffer(entry: ZipEntry, bytes: Buffer, level: number): Promise<void> {
    return this.#unlessFailed(this.#zip.addBuffer(entry, bytes, level, this.#signal));
  }

  /** Adds a file from a stream of pieces; an error of `pieces` is rethrown after its entry has been ended properly. */
  addPieces(
    entry: ZipEntry,
    pieces: AsyncIterable<Uint8Array>,
    options: { readonly level: number; readonly expectedBytes: number | null },
  ): Promise<void> {
    return this.#unlessFailed(this.#zip.addPieces(entry, pieces, options, this.#signal));
  }

  /** Writes the directory and completes the blob. */
  async seal(): Promise<SealedPart> {
    this.#zip.finish();
    await this.#sent;
    return { blobName: this.blobName, sizeBytes: this.#zip.offset, sha256: this.#sha.digest('hex') };
  }

  /** Abandons the part; nothing of it becomes visible. */
  async abandon(): Promise<void> {
    this.#zip.destroy();
    await this.#sent.catch(() => {});
  }

  /** Throws the failure of storage instead of the abort that it caused. */
  async #unlessFailed(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      throw this.#signal.aborted ? this.#signal.reason : error;
    }
  }
}
