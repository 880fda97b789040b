/** The most bytes that one block can hold: its length has sixteen bits. */
const mostInBlock = 0xffff;
const headerBytes = 5;

/** How many bytes a content of `size` bytes has once it is framed. */
export function framedBytes(size: number): number {
  return size + headerBytes * (Math.floor(size / mostInBlock) + 1);
}

/**
 * Frames bytes as stored blocks of DEFLATE (RFC 1951, 3.2.4), which cost five bytes in 65,535 and hardly any time.
 * Unlike an entry that a zip stores as it is, a deflated one tells a reader that only reads forward where it ends; so
 * this is how a content travels that deflating does not shrink and whose checksum is not known before it is written.
 */
export class StoredBlocks {
  readonly #write: (bytes: Uint8Array) => boolean;
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  /** `write` takes what comes next, and says like a stream whether it takes more at once. */
  constructor(write: (bytes: Uint8Array) => boolean) {
    this.#write = write;
  }

  /** Adds bytes, which must not change afterwards. Says like a stream whether it takes more at once. */
  add(piece: Uint8Array): boolean {
    let rest = piece;
    let takesMore = true;
    while (this.#heldBytes + rest.length >= mostInBlock) {
      const room = mostInBlock - this.#heldBytes;
      this.#hold(rest.subarray(0, room));
      rest = rest.subarray(room);
      takesMore = this.#flush(false);
    }
    if (rest.length > 0) this.#hold(rest);
    return takesMore;
  }

  /** Ends the content with what is left, or with an empty block. */
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
    header.writeUInt16LE(mostInBlock - this.#heldBytes, 3);
    let takesMore = this.#write(header);
    for (const bytes of this.#held) takesMore = this.#write(bytes);
    this.#held = [];
    this.#heldBytes = 0;
    return takesMore;
  }
}
