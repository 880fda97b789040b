import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { crc32, createDeflateRaw, deflateRaw } from 'node:zlib';
import { ZipArchiveEntry, ZipArchiveOutputStream } from 'compress-commons';

/** What one entry is called and when its content was made. */
export interface ZipEntry {
  /** Path inside the zip, with `/` between folders. Has to be safe and unique already. */
  readonly path: string;
  readonly date: Date;
}

const stored = 0;
const deflated = 8;
const bufferBytes = 1 << 20;
/** The library writes headers in pieces of two and four bytes; those up to this size are sent on together. */
const smallPiece = 1024;
const deflateBuffer = promisify(deflateRaw);

/**
 * A zip file as a stream, on compress-commons, which leaves it to subclasses how an entry's bytes are appended.
 * This one takes the checksum from zlib's native `crc32` (0.2 instead of 0.8 CPU seconds a GiB), waits for whoever
 * reads instead of buffering, and gathers the library's tiny header pieces. Entries are added one at a time, times
 * are UTC, and Zip64 is written where an entry or the whole needs it.
 */
export class ZipWriter extends ZipArchiveOutputStream {
  /** Bytes written so far; the library counts them in `write` and places entries by it. */
  declare offset: number;
  readonly #pieces = Buffer.allocUnsafe(64 * smallPiece);
  #piecesBytes = 0;

  constructor() {
    super({ highWaterMark: bufferBytes });
  }

  /** Adds a file that is all there; deflates it at `level`, or stores it when that is 0 or saves nothing. */
  async addBuffer(zipEntry: ZipEntry, bytes: Buffer, level: number, signal: AbortSignal): Promise<void> {
    const packed = level > 0 && bytes.length > 0 ? await deflateBuffer(bytes, { level }) : bytes;
    const worthIt = packed.length < bytes.length;
    const entry = this.#newEntry(zipEntry, worthIt ? deflated : stored);
    // Everything is known, so the header says it and no descriptor has to follow the data.
    entry.getGeneralPurposeBit().useDataDescriptor(false);
    entry.setCrc(crc32(bytes));
    entry.setSize(bytes.length);
    entry.setCompressedSize(worthIt ? packed.length : bytes.length);
    this._writeLocalFileHeader(entry);
    await this.#send(worthIt ? packed : bytes, signal);
    this._afterAppend(entry);
  }

  /**
   * Adds a file from a stream of pieces, deflated at `level` or, when that is 0, stored. When `pieces` throws, the
   * entry ends with what has come so far, so that the zip stays valid, and the error is thrown on.
   */
  async addPieces(
    zipEntry: ZipEntry,
    pieces: AsyncIterable<Uint8Array>,
    options: { readonly level: number; readonly expectedBytes: number | null },
    signal: AbortSignal,
  ): Promise<void> {
    const entry = this.#newEntry(zipEntry, options.level > 0 ? deflated : stored);
    entry.getGeneralPurposeBit().useDataDescriptor(true);
    // Not final: a size from 4 GiB makes the header ask for Zip64.
    entry.setSize(options.expectedBytes ?? 0);
    this._writeLocalFileHeader(entry);
    const start = this.offset;
    let crc = 0;
    let size = 0;
    try {
      if (options.level > 0) {
        const counted = async function* () {
          for await (const piece of pieces) {
            crc = crc32(piece, crc);
            size += piece.length;
            yield piece;
          }
        };
        await this.#deflate(counted(), options.level, signal);
      } else {
        for await (const piece of pieces) {
          crc = crc32(piece, crc);
          size += piece.length;
          const full = this.#send(piece, signal);
          if (full) await full;
        }
      }
    } finally {
      entry.setCrc(crc);
      entry.setSize(size);
      entry.setCompressedSize(this.offset - start);
      this._afterAppend(entry);
    }
  }

  override write(data: Uint8Array | string): boolean {
    const chunk = typeof data === 'string' ? Buffer.from(data) : data;
    if (chunk.length > smallPiece) {
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
    // They were counted when they were gathered, and the library is about to count them again.
    this.offset -= gathered.length;
    this.#piecesBytes = 0;
    super.write(gathered);
  }

  #newEntry(zipEntry: ZipEntry, method: number): ZipArchiveEntry {
    const entry = new ZipArchiveEntry();
    entry.setName(zipEntry.path);
    entry.getGeneralPurposeBit().useUTF8ForNames(true);
    entry.setTime(zipEntry.date, false);
    entry.setUnixMode(0o644);
    entry.setMethod(method);
    this._normalizeEntry(entry);
    return entry;
  }

  /** Sends bytes; a promise when the reader needs time. Once destroyed, the stream takes nothing and that shows here. */
  #send(chunk: Uint8Array, signal: AbortSignal): Promise<unknown> | undefined {
    return this.write(chunk) ? undefined : once(this, 'drain', { signal });
  }

  /** The bytes that came before a failure of the source are deflated and sent; then the failure is thrown. */
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
}
