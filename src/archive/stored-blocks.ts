/** Most bytes of one block: its length has sixteen bits. */
const maxBlockBytes = 0xffff;
const headerBytes = 5;

/** The size of content of `size` bytes once it is framed. */
export function framedBytes(size: number): number {
  return size + headerBytes * (Math.floor(size / maxBlockBytes) + 1);
}

/**
 * Frames bytes as stored blocks of DEFLATE (RFC 1951, 3.2.4), which cost five bytes in 65,535 and hardly any time. Used
 * for content that deflating does not shrink and whose checksum is not known before it is written: unlike a stored zip
 * entry, a deflated one shows a streaming reader where it ends.
 */
export class StoredBlocks {
  readonly #write: (bytes: Uint8Array) => boolean;
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  /** `write` returns false for backpressure, like a stream. */
  constructor(write: (bytes: Uint8Array) => boolean) {
    this.#write = write;
  }

  /** Adds bytes, which must not be modified afterwards. Returns false for backpressure, like a stream. */
  add(piece: Uint8Array): boolean {
    let rest = piece;
    let takesMore = true;
    while (this.#heldBytes + rest.length >= maxBlockBytes) {
      const room = maxBlockBytes - this.#heldBytes;
      this.#hold(rest.subarray(0, room));
      rest = rest.subarray(room);
      takesMore = this.#flush(false);
    }
    if (rest.length > 0) this.#hold(rest);
    return takesMore;
  }

  /** Writes the last block: the remaining bytes, or none. Returns false for backpressure, like a stream. */
  end(): boolean {
    return this.#flush(true);
  }

  #hold(bytes: Uint8Array): void {
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
  }

  #flush(last: boolean): boolean {
    const header = Buffer.alloc(headerBytes);
    header.writeUInt8(last ? 1 : 0, 0);
    header.writeUInt16LE(this.#heldBytes, 1);
    header.writeUInt16LE(maxBlockBytes - this.#heldBytes, 3);
    let takesMore = this.#write(header);
    for (const bytes of this.#held) takesMore = this.#write(bytes);
    this.#held = [];
    this.#heldBytes = 0;
    return takesMore;
  }
}
