import { Readable } from 'node:stream';
import type { AssetFile, SourceError } from '../../domain/asset-source.ts';

/** Texts up to this size are kept from the first reading until they are written; larger ones are read again. */
const keptLength = 64 * 1024;

/** An export file whose text is at hand. */
export function textFile(file: Pick<AssetFile, 'name' | 'role' | 'source'>, text: string): AssetFile {
  const bytes = Buffer.from(text);
  return { ...file, sizeBytes: bytes.length, compressed: false, open: async () => Readable.from([bytes]) };
}

/**
 * An export file whose text comes out of one call to the service. The first text was read to know that it exists;
 * when it is large (or null, because reading it failed) it is let go and read again when its turn comes, so that documents do not pile up in memory.
 */
export function documentFile(
  file: Pick<AssetFile, 'name' | 'role' | 'source'>,
  first: string | null,
  read: (signal: AbortSignal) => Promise<string>,
): AssetFile {
  if (first !== null && first.length <= keptLength) return textFile(file, first);
  return {
    ...file,
    sizeBytes: null,
    compressed: false,
    open: async (signal) => Readable.from([Buffer.from(await read(signal))]),
  };
}

/** A document that is known to exist and cannot be read now; opening it says why. */
export function unreadableFile(file: Pick<AssetFile, 'name' | 'role' | 'source'>, reason: SourceError): AssetFile {
  return { ...file, sizeBytes: null, compressed: false, open: () => Promise.reject(reason) };
}
