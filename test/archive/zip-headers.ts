import { fromBuffer } from 'yauzl';

/** The local header in front of an entry's data. */
export interface LocalHeader {
  readonly name: string;
  readonly version: number;
  readonly flags: number;
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** The ids of its extra fields. */
  readonly extra: readonly number[];
  /** The sizes in the central directory. */
  readonly listed: { readonly packedBytes: number; readonly bytes: number; readonly version: number };
  /** The data descriptor's signature and whether its lengths have eight bytes; null when the header announces none. */
  readonly descriptor: { readonly signature: number; readonly wide: boolean } | null;
}

/** The local headers of a zip, in the order of the central directory. */
export function localHeaders(zip: Buffer): Promise<LocalHeader[]> {
  const headers: LocalHeader[] = [];
  return new Promise((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true, decodeStrings: true }, (failed, file) => {
      if (failed) return reject(failed);
      file.on('error', reject).on('end', () => resolve(headers));
      file.on(
        'entry',
        ({ relativeOffsetOfLocalHeader: at, compressedSize, uncompressedSize, versionNeededToExtract }) => {
          const nameBytes = zip.readUInt16LE(at + 26);
          const extraAt = at + 30 + nameBytes;
          const dataAt = extraAt + zip.readUInt16LE(at + 28);
          const extra: number[] = [];
          for (let field = extraAt; field < dataAt; field += 4 + zip.readUInt16LE(field + 2)) {
            extra.push(zip.readUInt16LE(field));
          }
          const flags = zip.readUInt16LE(at + 6);
          const behind = dataAt + compressedSize;
          headers.push({
            name: zip.toString('utf8', at + 30, extraAt),
            version: zip.readUInt16LE(at + 4),
            flags,
            method: zip.readUInt16LE(at + 8),
            packedBytes: zip.readUInt32LE(at + 18),
            bytes: zip.readUInt32LE(at + 22),
            extra,
            listed: { packedBytes: compressedSize, bytes: uncompressedSize, version: versionNeededToExtract },
            descriptor:
              flags & 8
                ? {
                    signature: zip.readUInt32LE(behind),
                    wide: zip.readBigUInt64LE(behind + 8) === BigInt(compressedSize),
                  }
                : null,
          });
          file.readEntry();
        },
      );
      file.readEntry();
    });
  });
}
