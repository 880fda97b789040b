import { ZipArchiveEntry } from 'compress-commons';

/** Path and date of one entry. */
export interface ZipEntry {
  /** Path inside the zip, with `/` between folders. Has to be safe and unique already. */
  readonly path: string;
  readonly date: Date;
}

export const stored = 0;
export const deflated = 8;

/**
 * From this size on eight bytes are needed; as a size of four bytes this number means "see the Zip64 field" (APPNOTE
 * 4.4.8).
 */
export const zip64From = 0xffffffff;

const zip64Version = 45;
const zip64Id = 1;
const headerSignature = 0x04034b50;
const headerBytes = 30;

/** An entry that decides once, with its local header, whether its sizes have four or eight bytes. */
export class Entry extends ZipArchiveEntry {
  /** Where the library keeps the offset of the local header. */
  declare readonly _offsets: { file: number };
  readonly #wide: boolean;

  /** `wide`: sizes have eight bytes everywhere, however large the entry becomes. */
  constructor({ path, date }: ZipEntry, method: number, wide: boolean) {
    super();
    this.setName(path);
    this.getGeneralPurposeBit().useUTF8ForNames(true);
    this.setTime(date, false);
    this.setUnixMode(0o644);
    this.setMethod(method);
    this.#wide = wide;
  }

  override isZip64(): boolean {
    return this.#wide || this.size >= zip64From || this.csize >= zip64From;
  }

  /**
   * The local header. When a descriptor follows the data, checksum and sizes are zero here; a wide entry then has the
   * Zip64 field with both sizes, because only its presence tells a reader that the descriptor's sizes have eight bytes
   * (APPNOTE 4.3.9.2).
   */
  localHeader(): Buffer {
    const name = Buffer.from(this.getName() ?? '');
    const bits = this.getGeneralPurposeBit();
    const follows = bits.usesDataDescriptor();
    if (this.#wide) this.minver = zip64Version;
    const header = Buffer.alloc(headerBytes + name.length + (this.#wide ? 20 : 0));
    header.writeUInt32LE(headerSignature, 0);
    header.writeUInt16LE(this.minver, 4);
    bits.encode().copy(header, 6);
    header.writeUInt16LE(this.getMethod(), 8);
    header.writeUInt32LE(this.getTimeDos(), 10);
    header.writeUInt32LE(follows ? 0 : this.getCrc(), 14);
    const [packed, size] = follows ? [0, 0] : [this.getCompressedSize(), this.getSize()];
    header.writeUInt32LE(this.#wide ? zip64From : packed, 18);
    header.writeUInt32LE(this.#wide ? zip64From : size, 22);
    header.writeUInt16LE(name.length, 26);
    name.copy(header, headerBytes);
    if (this.#wide) {
      header.writeUInt16LE(20, 28);
      const field = headerBytes + name.length;
      header.writeUInt16LE(zip64Id, field);
      header.writeUInt16LE(16, field + 2);
      header.writeBigUInt64LE(BigInt(size), field + 4);
      header.writeBigUInt64LE(BigInt(packed), field + 12);
    }
    return header;
  }
}
