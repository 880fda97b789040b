import { Readable } from 'node:stream';
import type { AssetFile } from '../../domain/asset-source.ts';
import type { ServiceFailure } from '../../domain/service-failure.ts';

/** Texts up to this length stay in memory from the first read until they are written; larger ones are read again. */
const maxKeptLength = 64 * 1024;

/** An export file whose text is in memory. */
export function textFile(file: Pick<AssetFile, 'name' | 'role' | 'source'>, text: string): AssetFile {
  const bytes = Buffer.from(text);
  return { ...file, sizeBytes: bytes.length, compressed: false, open: async () => Readable.from([bytes]) };
}

/**
 * An export file whose text comes from one call to the service. The first text was read to check that it exists. When
 * it is large (or null, because reading failed) it is read again when the file is written, so that documents do not
 * accumulate in memory.
 */
export function documentFile(
  file: Pick<AssetFile, 'name' | 'role' | 'source'>,
  first: string | null,
  read: (signal: AbortSignal) => Promise<string>,
): AssetFile {
  if (first !== null && first.length <= maxKeptLength) return textFile(file, first);
  return {
    ...file,
    sizeBytes: null,
    compressed: false,
    open: async (signal) => Readable.from([Buffer.from(await read(signal))]),
  };
}

/** A document that is known to exist and cannot be read now; opening it throws the reason. */
export function unreadableFile(file: Pick<AssetFile, 'name' | 'role' | 'source'>, reason: ServiceFailure): AssetFile {
  return { ...file, sizeBytes: null, compressed: false, open: () => Promise.reject(reason) };
}
