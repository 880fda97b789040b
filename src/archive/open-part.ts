import { deflateRawSync } from 'node:zlib';
import type { AssetFile } from '../domain/asset-source.ts';
import type { ArchivePaths } from './file-names.ts';
import { FileProblem } from './file-problem.ts';
import type { ExceptionRecord } from './manifest.ts';
import { PartList } from './part-list.ts';
import type { FileOwner, ReadyFile } from './read-ahead.ts';
import type { ArchiveStorage } from './storage.ts';
import { ZipPart } from './zip-part.ts';

/** Outcome of one file. */
export interface FileOutcome {
  readonly problem: FileProblem | null;
  readonly effect: ExceptionRecord['effect'] | null;
}

/** Called with the number of content bytes written; the writer awaits a returned promise. */
type OnBytes = (count: number) => Promise<void> | void;

/**
 * Level 1 compresses customers' tables to about a quarter at 7 CPU seconds per GiB; level 6 takes four times as long
 * for the last fifth of that.
 */
const deflateLevel = 1;
/** Size of the sample that decides whether to deflate: only when it shrinks below nine tenths. */
const sampleBytes = 32 << 10;
const worthwhile = 0.9;

/** The part that is being written: its zip, its list, and its files' names. */
export class OpenPart {
  readonly number: number;
  readonly zip: ZipPart;
  readonly list = new PartList();
  readonly #paths: ArchivePaths;
  /** Date of entries whose owner has no creation date. */
  readonly #defaultDate: Date;
  files = 0;
  bytes = 0;
  exceptions = 0;

  constructor(
    storage: ArchiveStorage,
    place: { readonly number: number; readonly blobName: string },
    paths: ArchivePaths,
    defaultDate: Date,
    signal: AbortSignal,
  ) {
    this.number = place.number;
    this.zip = new ZipPart(storage, place.blobName, signal);
    this.#paths = paths;
    this.#defaultDate = defaultDate;
  }

  /** Writes a file and its record, or the record of why it is missing. Throws ServiceFailure when storage fails. */
  async add(owner: FileOwner, ready: ReadyFile, onBytes: OnBytes): Promise<FileOutcome> {
    switch (ready.state) {
      case 'failed':
        return this.#addMissing(owner, ready.file, ready.problem);
      case 'whole': {
        const path = this.#paths.take(owner.kind, ready.file.name);
        const level = ready.file.compressed ? 0 : deflateLevel;
        await this.zip.addBuffer({ path, date: this.#date(owner) }, ready.bytes, level);
        await onBytes(ready.bytes.length);
        return this.#record(owner, ready.file, path, { ...ready, length: ready.bytes.length });
      }
      case 'streaming':
        return this.#addStreaming(owner, ready, onBytes);
    }
  }

  /** Records an owner whose files could not even be listed. */
  addUnlisted(owner: FileOwner, problem: FileProblem): void {
    this.#addMissing(owner, null, problem);
  }

  async #addStreaming(
    owner: FileOwner,
    ready: Extract<ReadyFile, { state: 'streaming' }>,
    onBytes: OnBytes,
  ): Promise<FileOutcome> {
    const { file, pieces, reading } = ready;
    // The entry is begun only after the first bytes arrived: a file that cannot be read at all leaves no entry.
    const head: Buffer[] = [];
    let problem: FileProblem | null = null;
    try {
      for (let size = 0; size < sampleBytes; ) {
        const next = await pieces.next();
        if (next.done === true) break;
        head.push(next.value);
        size += next.value.length;
      }
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      if (head.length === 0 && !error.ended) return this.#addMissing(owner, file, error);
      problem = error;
    }
    const level = file.compressed || !shrinks(head) ? 0 : deflateLevel;
    const path = this.#paths.take(owner.kind, file.name);
    try {
      const options = { level, expectedBytes: file.sizeBytes };
      await this.zip.addPieces({ path, date: this.#date(owner) }, counted(head, pieces, onBytes), options);
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      problem = error;
    }
    return this.#record(owner, file, path, { length: reading.bytes, sha256: reading.sha256(), problem });
  }

  #record(
    owner: FileOwner,
    file: AssetFile,
    path: string,
    written: { readonly length: number; readonly sha256: string; readonly problem: FileProblem | null },
  ): FileOutcome {
    const { length, sha256, problem } = written;
    this.files += 1;
    this.bytes += length;
    this.list.add({
      file: {
        part: this.number,
        path,
        ...identity(owner),
        fileName: file.name,
        role: file.role,
        createdAt: owner.createdAt?.toISOString() ?? null,
        sizeBytes: length,
        sha256,
        source: withoutQuery(file.source),
        complete: problem === null,
      },
    });
    if (problem === null) return { problem, effect: null };
    const effect = problem.ended && problem.reason === 'changed' ? 'changed' : 'incomplete';
    this.#addException(owner, file, { part: this.number, path, effect, writtenBytes: length }, problem);
    return { problem, effect };
  }

  #addMissing(owner: FileOwner, file: AssetFile | null, problem: FileProblem): FileOutcome {
    this.#addException(owner, file, { part: null, path: null, effect: 'missing', writtenBytes: 0 }, problem);
    return { problem, effect: 'missing' };
  }

  #addException(
    owner: FileOwner,
    file: AssetFile | null,
    what: Pick<ExceptionRecord, 'part' | 'path' | 'effect' | 'writtenBytes'>,
    problem: FileProblem,
  ): void {
    this.exceptions += 1;
    this.list.add({
      exception: {
        ...identity(owner),
        fileName: file?.name ?? null,
        part: what.part,
        path: what.path,
        effect: what.effect,
        reason: problem.reason,
        message: problem.message,
        expectedBytes: file?.sizeBytes ?? null,
        writtenBytes: what.writtenBytes,
      },
    });
  }

  #date(owner: FileOwner): Date {
    return owner.createdAt ?? this.#defaultDate;
  }
}

function identity(owner: FileOwner): Pick<ExceptionRecord, 'kind' | 'id' | 'familyId' | 'name'> {
  return { kind: owner.kind, id: owner.id, familyId: owner.familyId, name: owner.name };
}

function shrinks(head: readonly Buffer[]): boolean {
  const sample = Buffer.concat(head).subarray(0, sampleBytes);
  return sample.length > 0 && deflateRawSync(sample, { level: deflateLevel }).length < worthwhile * sample.length;
}

async function* counted(
  head: readonly Buffer[],
  rest: AsyncIterator<Buffer, void, void>,
  onBytes: OnBytes,
): AsyncGenerator<Buffer, void, void> {
  for (const piece of head) yield piece;
  await onBytes(head.reduce((sum, piece) => sum + piece.length, 0));
  for await (const piece of { [Symbol.asyncIterator]: () => rest }) {
    yield piece;
    const wait = onBytes(piece.length);
    if (wait) await wait;
  }
}

/**
 * Removes query and credentials from an address. Sources already do; an archive leaves the system, so it is done again.
 */
function withoutQuery(address: string): string {
  return (address.split(/[?#]/u)[0] ?? '').replace(/^([a-z+.-]+:\/\/)[^/@]*@/iu, '$1');
}
