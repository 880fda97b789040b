import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { crc32, createDeflateRaw, deflateRaw } from 'node:zlib';
import { ZipArchiveOutputStream } from 'compress-commons';
import { framedBytes, StoredBlocks } from './stored-blocks.ts';
import { deflated, Entry, stored, type ZipEntry, zip64From } from './zip-entry.ts';

const bufferBytes = 1 << 20;
/** The library writes headers in pieces of two and four bytes; pieces up to this size are sent together. */
const maxGatheredBytes = 1024;
const deflateBuffer = promisify(deflateRaw);

/**
 * A zip file as a stream, on compress-commons, which leaves it to subclasses how an entry's bytes are appended. This
 * one takes the checksum from zlib's native `crc32` (0.2 instead of 0.8 CPU seconds per GiB), applies backpressure
 * instead of buffering, and gathers the library's tiny header pieces. Entries are added one at a time, times are UTC,
 * and Zip64 is written where an entry or the whole needs it. A streaming reader finds the end of every entry: a stored
 * one has its sizes in the local header, and one with its sizes behind the data is framed as DEFLATE.
 */
export class ZipWriter extends ZipArchiveOutputStream {
  /** Bytes written so far; the library counts them in `write` and uses them as offsets of entries. */
  declare offset: number;
  declare readonly _entries: readonly Entry[];
  declare _archive: ZipArchiveOutputStream['_archive'] & { centralLength: number; centralOffset: number };
  readonly #pieces = Buffer.allocUnsafe(64 * maxGatheredBytes);
  #piecesBytes = 0;

  constructor() {
    super({ highWaterMark: bufferBytes });
  }

  /** Adds a file from a buffer; deflates it at `level`, or stores it when that is 0 or saves nothing. */
  async addBuffer(zipEntry: ZipEntry, bytes: Buffer, level: number, signal: AbortSignal): Promise<void> {
    const packed = level > 0 && bytes.length > 0 ? await deflateBuffer(bytes, { level }) : bytes;
    const shrinks = packed.length < bytes.length;
    const entry = new Entry(zipEntry, shrinks ? deflated : stored, false);
    this._normalizeEntry(entry);
    // Checksum and sizes are known, so they are in the header and no descriptor follows the data.
    entry.getGeneralPurposeBit().useDataDescriptor(false);
    entry.setCrc(crc32(bytes));
    entry.setSize(bytes.length);
    entry.setCompressedSize(shrinks ? packed.length : bytes.length);
    this.#writeLocalHeader(entry);
    await this.#send(shrinks ? packed : bytes, signal);
    this._afterAppend(entry);
  }

  /**
   * Adds a file from a stream of pieces, deflated at `level` or, when that is 0, framed without compression. When
   * `pieces` throws, the entry ends with the bytes so far, so that the zip stays valid, and the error is rethrown.
   * Whether sizes have four or eight bytes is decided before the first piece, by `expectedBytes`; without it they have
   * four, which every reader supports, and content of 4 GiB or more can then be read through the directory only.
   */
  async addPieces(
    zipEntry: ZipEntry,
    pieces: AsyncIterable<Uint8Array>,
    options: { readonly level: number; readonly expectedBytes: number | null },
    signal: AbortSignal,
  ): Promise<void> {
    const expected = options.expectedBytes ?? 0;
    const framed = framedBytes(expected);
    // Deflating may also lengthen data a little. Where that decides between four and eight bytes, the length has to be
    // certain.
    const unsure = framed < zip64From && deflateBound(expected) >= zip64From;
    const level = unsure ? 0 : options.level;
    const entry = new Entry(zipEntry, deflated, framed >= zip64From);
    this._normalizeEntry(entry);
    this.#writeLocalHeader(entry);
    const start = this.offset;
    let crc = 0;
    let size = 0;
    const counted = async function* () {
      for await (const piece of pieces) {
        crc = crc32(piece, crc);
        size += piece.length;
        yield piece;
      }
    };
    try {
      if (level > 0) await this.#deflate(counted(), level, signal);
      else await this.#frame(counted(), signal);
    } finally {
      entry.setCrc(crc);
      entry.setSize(size);
      entry.setCompressedSize(this.offset - start);
      this._afterAppend(entry);
    }
  }

  /**
   * Overridden because the library decides so one entry, or one byte, too late: the greatest numbers themselves mean
   * "see Zip64".
   */
  override isZip64(): boolean {
    const { centralLength, centralOffset } = this._archive;
    return this._entries.length >= 0xffff || centralLength >= zip64From || centralOffset >= zip64From;
  }

  override write(data: Uint8Array | string): boolean {
    const chunk = typeof data === 'string' ? Buffer.from(data) : data;
    if (chunk.length > maxGatheredBytes) {
      this.#flushPieces();
      return super.write(chunk);
    }
    if (this.#piecesBytes + chunk.length > this.#pieces.length) this.#flushPieces();
    this.#pieces.set(chunk, this.#piecesBytes);
    this.#piecesBytes += chunk.length;
    this.offset += chunk.length;
    return true;
  }

  override end(): this {
    this.#flushPieces();
    return super.end();
  }

  #flushPieces(): void {
    if (this.#piecesBytes === 0) return;
    const gathered = Buffer.from(this.#pieces.subarray(0, this.#piecesBytes));
    // They were counted when they were gathered, and `super.write` counts them again.
    this.offset -= gathered.length;
    this.#piecesBytes = 0;
    super.write(gathered);
  }

  #writeLocalHeader(entry: Entry): void {
    entry._offsets.file = this.offset;
    this.write(entry.localHeader());
  }

  /**
   * Sends bytes; returns a promise under backpressure. A destroyed stream takes no bytes, which shows here as a
   * failure.
   */
  #send(chunk: Uint8Array, signal: AbortSignal): Promise<unknown> | undefined {
    return this.write(chunk) ? undefined : once(this, 'drain', { signal });
  }

  /** Bytes from before a failure of the source are deflated and sent; then the failure is thrown. */
  async #deflate(pieces: AsyncIterable<Uint8Array>, level: number, signal: AbortSignal): Promise<void> {
    let failure: { readonly error: unknown } | null = null;
    const untilFailure = async function* () {
      try {
        yield* pieces;
      } catch (error) {
        failure = { error };
      }
    };
    const deflater = createDeflateRaw({ level, chunkSize: 256 << 10 });
    const forward = async (packed: AsyncIterable<Buffer>) => {
      for await (const chunk of packed) await this.#send(chunk, signal);
    };
    await pipeline(Readable.from(untilFailure()), deflater, forward, { signal });
    const failed = failure as { readonly error: unknown } | null;
    if (failed) throw failed.error;
  }

  /** Like `#deflate`, but without compression. */
  async #frame(pieces: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
    const blocks = new StoredBlocks((bytes) => this.write(bytes));
    try {
      for await (const piece of pieces) {
        if (!blocks.add(piece)) await once(this, 'drain', { signal });
      }
    } finally {
      if (!blocks.end()) await once(this, 'drain', { signal });
    }
  }
}

/** Upper bound of the deflated size of `size` bytes (zlib's `deflateBound` for the default memory level). */
function deflateBound(size: number): number {
  return size + Math.ceil(size / 4096) + Math.ceil(size / 16_384) + Math.ceil(size / 33_554_432) + 13;
}
