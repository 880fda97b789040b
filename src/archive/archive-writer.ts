import type { AssetFile } from '../domain/asset-source.ts';
import type { Asset } from '../domain/assets.ts';
import type { Clock } from '../domain/clock.ts';
import type { ArchivePart, AssetResult } from '../domain/request.ts';
import type { WorkspaceProblem } from '../domain/workspace-problems.ts';
import { AssetOutcome } from './asset-outcome.ts';
import { type ArchivePaths, createArchivePaths } from './file-names.ts';
import { isPermanent } from './file-problem.ts';
import { OpenPart } from './open-part.ts';
import type { PartList } from './part-list.ts';
import { partBlobName } from './part-names.ts';
import { type Exportable, type ReadyFile, readAhead } from './read-ahead.ts';
import { type RecordedPart, readRecorded, recallPaths, totals } from './recorded-parts.ts';
import { type ArchiveSubject, sealPart } from './seal-part.ts';
import type { ArchiveStorage } from './storage.ts';

/** Bounds of an export. */
export interface ArchiveLimits {
  /**
   * Most bytes of a part, unless a single asset is larger: then it has a part of its own. Where the service gives no
   * sizes, a part may exceed this by the sizes that were not given.
   */
  readonly partBytes: number;
  /** Approximate number of files in a part; bounds its directory and the memory for it. */
  readonly partFiles: number;
  /** Concurrent calls to the source, for lists and for files. */
  readonly concurrency: number;
  /** Files up to this size are buffered before they are written: they are in the archive whole or not at all. */
  readonly wholeBytes: number;
  /** Most bytes of such files in memory. */
  readonly budgetBytes: number;
}

const defaultLimits: ArchiveLimits = {
  partBytes: 1 << 30,
  partFiles: 20_000,
  concurrency: 16,
  wholeBytes: 1 << 20,
  budgetBytes: 24 << 20,
};

/** An asset with its position in the request. */
export interface PlacedAsset {
  readonly position: number;
  readonly asset: Asset;
}

/** A part committed to storage, with the results of the assets in it; to be recorded in one transaction. */
export interface WrittenPart extends RecordedPart {
  readonly results: readonly { readonly position: number; readonly outcome: AssetResult }[];
}

/** Progress of an export, earlier runs included. */
export interface ArchiveProgress {
  readonly assets: number;
  readonly files: number;
  readonly bytes: number;
}

export interface ArchiveOptions extends ArchiveSubject {
  readonly storage: ArchiveStorage;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Fresh and random for each run, so that two runs of one request never write to the same blob. */
  readonly attempt: string;
  /** What to export, in the order of the request, without what the recorded parts hold already. */
  readonly assets: AsyncIterable<PlacedAsset>;
  readonly filesOf: (asset: Asset, signal: AbortSignal) => Promise<readonly AssetFile[]>;
  /** Lists the files of the workspace itself, which come first; null when they are not part of this export. */
  readonly workspaceFiles: ((signal: AbortSignal) => Promise<readonly AssetFile[]>) | null;
  /** Parts that earlier runs of this request have finished. */
  readonly recorded: readonly (ArchivePart & { readonly contents: object })[];
  /** Called for each part once it is committed to storage. Awaited; an error thrown here ends the export. */
  readonly onPart: (part: WrittenPart) => Promise<void>;
  /** Called after each asset and every few megabytes; awaited. */
  readonly onProgress?: (progress: ArchiveProgress) => Promise<void> | void;
  readonly limits?: Partial<ArchiveLimits>;
}

/** Summary of an export over all its runs. */
export interface ArchiveSummary extends ArchiveProgress {
  readonly parts: readonly ArchivePart[];
  /** Files and assets that are missing, incomplete or changed. The manifest names each. */
  readonly exceptions: number;
}

/**
 * Writes a workspace's own files and its assets into zip parts in storage: `<request>/<attempt>/part-001.zip` and so
 * on. An asset's files stay together in one part, and a part is recorded (`onPart`) before the next one is begun, so
 * that an interrupted run loses only one unfinished part, which was never visible.
 *
 * A file or asset that cannot be exported does not end the export: it is named in the manifest and in the result of its
 * asset. Throws ServiceFailure when storage fails, what `assets` or `onPart` throw, and the signal's reason when it
 * aborts.
 */
export async function writeArchive(options: ArchiveOptions): Promise<ArchiveSummary> {
  const { storage, recorded, data, signal } = options;
  const paths = createArchivePaths();
  const run = new ArchiveRun(options, paths, readRecorded(recorded));
  if (run.isComplete) return run.summary();
  try {
    await recallPaths(storage, run.done, paths, signal);
    if (data !== 'personal') await writeFiles(options, run);
    await run.complete();
    return run.summary();
  } catch (error) {
    await run.abandon();
    throw error;
  }
}

async function writeFiles(options: ArchiveOptions, run: ArchiveRun): Promise<void> {
  const { clock, signal } = options;
  const exportables = remaining(options, run.hasWorkspaceFiles);
  let outcome = new AssetOutcome();
  let problems: WorkspaceProblem[] = [];
  let expectedBytes: number | null = null;
  for await (const next of readAhead({ exportables, clock, signal, ...defaultLimits, ...options.limits })) {
    const { owner, position } = next.from;
    switch (next.what) {
      case 'owner':
        outcome = new AssetOutcome();
        problems = [];
        expectedBytes = next.expectedBytes;
        if (next.problem === null) break;
        outcome.addUnlisted(next.problem);
        problems.push({ fileName: null, note: next.problem.message, permanent: isPermanent(next.problem) });
        run.part().addUnlisted(owner, next.problem);
        break;
      case 'file': {
        const part = outcome.isEmpty ? await run.partWithRoomFor(expectedBytes, next.ready) : run.part();
        const written = await part.add(owner, next.ready, (count) => run.countBytes(count));
        if (written.problem)
          problems.push({
            fileName: next.ready.file.name,
            note: written.problem.message,
            permanent: isPermanent(written.problem),
          });
        outcome.add(written);
        break;
      }
      case 'owner-end':
        if (position === null) run.finishWorkspaceFiles(problems);
        else await run.finishAsset(position, outcome.result());
    }
  }
}

/** What is left to export: the workspace's own files unless an earlier run has recorded them, then the assets. */
async function* remaining(
  { workspace: { id, name }, workspaceFiles, assets, filesOf }: ArchiveOptions,
  hasWorkspaceFiles: boolean,
): AsyncGenerator<Exportable, void, void> {
  if (workspaceFiles !== null && !hasWorkspaceFiles) {
    const owner = { kind: 'workspace', id, familyId: id, name, sizeBytes: null, createdAt: null } as const;
    yield { owner, position: null, list: workspaceFiles };
  }
  for await (const { asset, position } of assets) {
    yield { owner: asset, position, list: (signal) => filesOf(asset, signal) };
  }
}

/** The state of one run: the parts that are done, and the one that is being written. */
class ArchiveRun {
  readonly done: RecordedPart[];
  readonly #options: ArchiveOptions;
  readonly #limits: ArchiveLimits;
  readonly #paths: ArchivePaths;
  readonly #lists = new Map<number, PartList>();
  #part: OpenPart | null = null;
  #results: { readonly position: number; readonly outcome: AssetResult }[] = [];
  #workspace: readonly WorkspaceProblem[] | null = null;
  #openBytes = 0;
  #unreported = 0;

  constructor(options: ArchiveOptions, paths: ArchivePaths, done: RecordedPart[]) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#paths = paths;
    this.done = done;
  }

  get isComplete(): boolean {
    return this.done.some((part) => part.contents.last);
  }

  get hasWorkspaceFiles(): boolean {
    return this.done.some((part) => part.contents.workspace !== null);
  }

  /** The open part; opens one when there is none. */
  part(): OpenPart {
    if (this.#part) return this.#part;
    const { storage, requestId, attempt, requestedAt, signal } = this.#options;
    const number = this.done.length + 1;
    const blobName = partBlobName(requestId, attempt, number);
    this.#part = new OpenPart(storage, { number, blobName }, this.#paths, requestedAt, signal);
    return this.#part;
  }

  /**
   * Chooses the part for an asset by the expected bytes of its files and by its first file: the open part when the
   * asset fits or the part is empty, otherwise a new one. A large file of unknown size counts as half a part.
   */
  async partWithRoomFor(expectedBytes: number | null, first: ReadyFile): Promise<OpenPart> {
    const part = this.part();
    const { partBytes, partFiles } = this.#limits;
    const firstBytes = first.state === 'whole' ? first.bytes.length : partBytes / 2;
    const room = partBytes - this.#reserve(part) - part.zip.bytesWritten;
    const fits = (expectedBytes ?? firstBytes) <= room;
    if (part.files === 0 || (fits && part.files < partFiles)) return part;
    await this.#close(part, false);
    return this.part();
  }

  /** Counts written bytes of content and reports progress every few megabytes. */
  countBytes(count: number): Promise<void> | void {
    this.#openBytes += count;
    this.#unreported += count;
    if (this.#unreported >= 4 << 20) return this.#report();
  }

  /** Adds the result of a finished asset; it is recorded together with the part that holds the asset. */
  async finishAsset(position: number, outcome: AssetResult): Promise<void> {
    this.#results.push({ position, outcome });
    await this.#report();
  }

  /** Stores which of the workspace's own files are missing or incomplete; recorded with the part that holds them. */
  finishWorkspaceFiles(problems: readonly WorkspaceProblem[]): void {
    this.#workspace = problems;
  }

  complete(): Promise<void> {
    return this.#close(this.part(), true);
  }

  async abandon(): Promise<void> {
    await this.#part?.zip.abandon();
  }

  summary(): ArchiveSummary {
    return { ...totals(this.done), parts: this.done.map(({ contents: _contents, ...part }) => part) };
  }

  /**
   * Bytes reserved for what follows the assets: directory, README and the manifest, which may list all parts' files.
   */
  #reserve(part: OpenPart): number {
    const allFiles = totals(this.done).files + part.files;
    return Math.min(this.#limits.partBytes / 4, (64 << 10) + 200 * (allFiles + part.files));
  }

  async #close(part: OpenPart, last: boolean): Promise<void> {
    const { storage, signal, onPart } = this.#options;
    const results = this.#results;
    const workspace = this.#workspace;
    const progress = { earlier: this.done, lists: this.#lists, assets: results.length, workspace, last };
    const sealed = await sealPart(storage, part, this.#options, progress, signal);
    this.#part = null;
    await onPart({ ...sealed, results });
    this.done.push(sealed);
    this.#lists.set(sealed.part, part.list);
    this.#results = [];
    this.#workspace = null;
    this.#openBytes = 0;
  }

  async #report(): Promise<void> {
    this.#unreported = 0;
    const { assets, files, bytes } = totals(this.done);
    await this.#options.onProgress?.({
      assets: assets + this.#results.length,
      files: files + (this.#part?.files ?? 0),
      bytes: bytes + this.#openBytes,
    });
  }
}
