import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, gzipSync } from 'node:zlib';
import { archiveError, storageFailure } from './errors.ts';
import type { ListRecord } from './manifest.ts';
import type { ArchiveStorage } from './storage.ts';

const blockChars = 1 << 16;

/**
 * The records of one part as JSON lines, compressed as they are added, so that tens of thousands of files take a few
 * megabytes. A list is also stored next to its zip, for a later run that resumes the archive.
 */
export class PartList {
  readonly #blocks: Buffer[] = [];
  #lines = '';

  add(record: ListRecord): void {
    this.#lines += `${JSON.stringify(record)}\n`;
    if (this.#lines.length >= blockChars) this.#pack();
  }

  /** The lines added so far. */
  lines(): AsyncGenerator<string, void, void> {
    this.#pack();
    return linesOf(this.#blocks);
  }

  async store(storage: ArchiveStorage, blobName: string, signal: AbortSignal): Promise<void> {
    this.#pack();
    await pipeline(Readable.from(this.#blocks), storage.upload(blobName, 'application/gzip'), { signal });
  }

  #pack(): void {
    // Concatenated gzip members form one gzip file; an empty list still needs one member.
    if (this.#lines !== '' || this.#blocks.length === 0) this.#blocks.push(gzipSync(this.#lines, { level: 1 }));
    this.#lines = '';
  }
}

/** The lines of a stored list. Throws ServiceFailure. */
export async function* storedLines(
  storage: ArchiveStorage,
  blobName: string,
  signal: AbortSignal,
): AsyncGenerator<string, void, void> {
  const packed = await storage.read(blobName, signal);
  try {
    yield* linesOf(packed);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw storageFailure(
        'unreadable',
        'The list of an earlier part of this archive is damaged. Ask for a new export.',
      );
    }
    throw archiveError(error, 'reading the list of an earlier part');
  } finally {
    packed.destroy();
  }
}

async function* linesOf(packed: Iterable<Buffer> | Readable): AsyncGenerator<string, void, void> {
  const source = Readable.from(packed);
  const text = source.pipe(createGunzip());
  source.on('error', (error) => text.destroy(error));
  text.setEncoding('utf8');
  let rest = '';
  for await (const chunk of text as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
