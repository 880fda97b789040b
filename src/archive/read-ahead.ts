import { pMapIterable } from 'p-map';
import type { AssetFile } from '../domain/asset-source.ts';
import type { Asset } from '../domain/assets.ts';
import type { Clock } from '../domain/clock.ts';
import { createByteBudget } from './byte-budget.ts';
import { ContentReading } from './content.ts';
import type { OwnerKind } from './file-names.ts';
import { type FileProblem, fileProblem } from './file-problem.ts';

/** Owner of files: an asset, or the workspace itself. */
export interface FileOwner extends Pick<Asset, 'id' | 'familyId' | 'name' | 'sizeBytes' | 'createdAt'> {
  readonly kind: OwnerKind;
}

/** Something that has files to export. */
export interface Exportable {
  readonly owner: FileOwner;
  /** An asset's position in the request; null for the workspace itself. */
  readonly position: number | null;
  /** Lists its files. Throws ServiceFailure. */
  list(signal: AbortSignal): Promise<readonly AssetFile[]>;
}

/** A file that is ready to be written. */
export type ReadyFile =
  | {
      readonly state: 'whole';
      readonly file: AssetFile;
      readonly bytes: Buffer;
      readonly sha256: string;
      /** Set when it has more or fewer bytes than the list said. */
      readonly problem: FileProblem | null;
    }
  /** Large, or of unknown size: the bytes are streamed while it is written. */
  | {
      readonly state: 'streaming';
      readonly file: AssetFile;
      readonly pieces: AsyncIterator<Buffer, void, void>;
      readonly reading: ContentReading;
    }
  | { readonly state: 'failed'; readonly file: AssetFile; readonly problem: FileProblem };

/** The next item, in the order of the owners and, within one, of its files. */
export type Ready =
  | {
      readonly what: 'owner';
      readonly from: Exportable;
      /** Bytes expected of all its files; null when the service does not give the size of the content. */
      readonly expectedBytes: number | null;
      /** Set when its files could not even be listed. */
      readonly problem: FileProblem | null;
    }
  | { readonly what: 'file'; readonly from: Exportable; readonly ready: ReadyFile }
  | { readonly what: 'owner-end'; readonly from: Exportable };

export interface ReadAheadOptions {
  readonly exportables: AsyncIterable<Exportable>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Concurrent calls to the source, for lists of files and for files each. */
  readonly concurrency: number;
  /** Files up to this size are buffered before they are written: they are in the archive whole or not at all. */
  readonly wholeBytes: number;
  /** Most bytes of such files in memory. */
  readonly budgetBytes: number;
}

type Step =
  | { readonly what: 'owner' | 'owner-end'; readonly next: Ready }
  | { readonly what: 'file'; readonly from: Exportable; readonly file: AssetFile }
  | { readonly what: 'broken'; readonly error: unknown };

/**
 * Prefetch: lists and opens files ahead of the writer, so that the latency of many small files overlaps, in order and
 * in bounded memory. Failures of single owners and files are returned as values; only a failing list of owners throws.
 */
export async function* readAhead(options: ReadAheadOptions): AsyncGenerator<Ready, void, void> {
  const { clock, concurrency, wholeBytes } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const budget = createByteBudget(options.budgetBytes);
  const open = new Set<ContentReading>();

  const prepare = async (file: AssetFile): Promise<ReadyFile> => {
    const reading = new ContentReading(file, clock, signal);
    const pieces = reading.pieces();
    if (file.sizeBytes !== null && file.sizeBytes > wholeBytes) return { state: 'streaming', file, pieces, reading };
    open.add(reading);
    const head: Buffer[] = [];
    try {
      while (reading.bytes <= wholeBytes) {
        const next = await pieces.next();
        if (next.done === true) {
          open.delete(reading);
          return { state: 'whole', file, bytes: Buffer.concat(head), sha256: reading.sha256(), problem: null };
        }
        head.push(next.value);
      }
      return { state: 'streaming', file, pieces: after(head, pieces), reading };
    } catch (error) {
      open.delete(reading);
      const problem = fileProblem(error);
      if (!problem.ended) return { state: 'failed', file, problem };
      return { state: 'whole', file, bytes: Buffer.concat(head), sha256: reading.sha256(), problem };
    }
  };

  const steps = pMapIterable(
    flatten(pMapIterable(errorsAsValues(options.exportables), (item) => listFiles(item, signal), { concurrency })),
    async (step) => {
      if (step.what !== 'file') return { step, held: 0, ready: null };
      const held = Math.min(step.file.sizeBytes ?? wholeBytes, wholeBytes);
      await budget.take(held);
      return { step, held, ready: await prepare(step.file) };
    },
    // Two steps per owner only mark its start and end, so more steps than concurrent calls are let in.
    { concurrency, backpressure: 8 * concurrency },
  );
  try {
    for await (const { step, held, ready } of steps) {
      options.signal.throwIfAborted();
      if (step.what === 'broken') throw step.error;
      if (step.what !== 'file') yield step.next;
      else if (ready) {
        yield { what: 'file', from: step.from, ready };
        if (ready.state === 'streaming') open.delete(ready.reading);
      }
      budget.giveBack(held);
    }
  } finally {
    stop.abort();
    for (const reading of open) reading.close();
  }
}

type Listed = {
  readonly from: Exportable;
  readonly files: readonly AssetFile[];
  readonly problem: FileProblem | null;
};

async function listFiles(
  item: Exportable | { readonly error: unknown },
  signal: AbortSignal,
): Promise<Listed | { readonly error: unknown }> {
  if ('error' in item) return item;
  try {
    return { from: item, files: await item.list(signal), problem: null };
  } catch (error) {
    try {
      return { from: item, files: [], problem: fileProblem(error) };
    } catch (broken) {
      return { error: broken };
    }
  }
}

/** p-map loses errors of an iterable that it reads ahead of, so they are passed as values. */
async function* errorsAsValues<T extends object>(
  source: AsyncIterable<T>,
): AsyncGenerator<T | { readonly error: unknown }> {
  try {
    yield* source;
  } catch (error) {
    yield { error };
  }
}

async function* flatten(listed: AsyncIterable<Listed | { readonly error: unknown }>): AsyncGenerator<Step, void, void> {
  for await (const item of listed) {
    if ('error' in item) {
      yield { what: 'broken', error: item.error };
      return;
    }
    const { from, files, problem } = item;
    yield {
      what: 'owner',
      next: { what: 'owner', from, expectedBytes: expectedBytes(from.owner, files), problem },
    };
    for (const file of files) yield { what: 'file', from, file };
    yield { what: 'owner-end', next: { what: 'owner-end', from } };
  }
}

function expectedBytes(owner: FileOwner, files: readonly AssetFile[]): number | null {
  let sum = 0;
  for (const { sizeBytes, role } of files) {
    const size = sizeBytes ?? (role === 'content' ? owner.sizeBytes : 0);
    if (size === null) return null;
    sum += size;
  }
  return sum;
}

async function* after(head: readonly Buffer[], rest: AsyncGenerator<Buffer, void, void>): AsyncGenerator<Buffer> {
  yield* head;
  yield* rest;
}
