import { Writable } from 'node:stream';
import type { BlockBlobClient } from '@azure/storage-blob';
import type { BlockPool } from './block-pool.ts';
import { archiveError } from './errors.ts';

/**
 * A write stream into one block blob: bytes are gathered into blocks, at most `concurrency` blocks are sent at a time,
 * and nothing is visible under the blob's name until the stream ends and the block list is committed. Destroying it
 * leaves only uncommitted blocks, which the service discards after a week. Fails with ServiceFailure.
 */
export class BlockUpload extends Writable {
  readonly #blob: BlockBlobClient;
  readonly #pool: BlockPool;
  readonly #concurrency: number;
  readonly #contentType: string;
  readonly #onBytes: (bytes: Buffer) => void;
  readonly #abort = new AbortController();
  readonly #blockIds: string[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #block: Buffer | null = null;
  #filled = 0;

  /** `onBytes` is called with every byte once, in order; for checksums. */
  constructor(
    blob: BlockBlobClient,
    pool: BlockPool,
    concurrency: number,
    contentType: string,
    onBytes: (bytes: Buffer) => void = () => {},
  ) {
    super({ highWaterMark: 1 << 20, decodeStrings: true });
    this.#blob = blob;
    this.#pool = pool;
    this.#concurrency = concurrency;
    this.#contentType = contentType;
    this.#onBytes = onBytes;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#onBytes(chunk);
    this.#gather(chunk, 0, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.#filled > 0) this.#stage();
    Promise.all(this.#underWay)
      .then(() =>
        this.#blob.commitBlockList(this.#blockIds, {
          blobHTTPHeaders: { blobContentType: this.#contentType },
          abortSignal: this.#abort.signal,
        }),
      )
      .then(
        () => done(),
        (error: unknown) => done(archiveError(error, 'completing a file of the archive')),
      );
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#abort.abort();
    if (this.#block) this.#pool.giveBack(this.#block);
    this.#block = null;
    done(error);
  }

  #gather(chunk: Buffer, from: number, done: (error?: Error | null) => void): void {
    let at = from;
    while (at < chunk.length) {
      if (this.#block === null) {
        if (this.#underWay.size >= this.#concurrency) {
          const rest = at;
          Promise.race(this.#underWay).then(
            () => this.#gather(chunk, rest, done),
            (error: Error) => done(error),
          );
          return;
        }
        this.#block = this.#pool.take();
      }
      const copied = chunk.copy(this.#block, this.#filled, at);
      this.#filled += copied;
      at += copied;
      if (this.#filled === this.#block.length) this.#stage();
    }
    done();
  }

  #stage(): void {
    const block = this.#block;
    if (block === null) return;
    const bytes = block.subarray(0, this.#filled);
    this.#block = null;
    this.#filled = 0;
    // The service requires ids of one length within a blob.
    const id = Buffer.from(String(this.#blockIds.length).padStart(8, '0')).toString('base64');
    this.#blockIds.push(id);
    const staged = this.#blob
      .stageBlock(id, bytes, bytes.length, { abortSignal: this.#abort.signal })
      .then(() => undefined)
      .catch((error: unknown) => {
        const failure = archiveError(error, 'sending a block of the archive');
        this.destroy(failure);
        throw failure;
      })
      .finally(() => {
        this.#pool.giveBack(block);
        this.#underWay.delete(staged);
      });
    // Prevents an unhandled rejection: callers that wait get the failure, and the stream has been destroyed with it.
    staged.catch(() => undefined);
    this.#underWay.add(staged);
  }
}
