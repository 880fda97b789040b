import { z } from 'zod';
import type { ArchivePart } from '../domain/request.ts';
import type { ServiceFailure } from '../domain/service-failure.ts';
import { workspaceProblem } from '../domain/workspace-problems.ts';
import { storageFailure } from './errors.ts';
import type { ArchivePaths } from './file-names.ts';
import { storedLines } from './part-list.ts';
import type { ArchiveStorage } from './storage.ts';

/** What the database stores of a part for a later run; small, whatever the size of the part. */
const partContents = z.strictObject({
  /** Name of the blob with the part's list, next to the zip. */
  list: z.string(),
  /** Assets whose result was recorded with this part. */
  assets: z.int().nonnegative(),
  /** Bytes of the files, before deflating. */
  bytes: z.int().nonnegative(),
  exceptions: z.int().nonnegative(),
  /** Problems with the workspace's own files, for the part that holds those; null for every other part. */
  workspace: z.array(workspaceProblem).nullable().default(null),
  /** True for the part that completes the archive. */
  last: z.boolean(),
});

/** A part committed to storage. */
export interface RecordedPart extends ArchivePart {
  readonly contents: z.infer<typeof partContents>;
}

/** Parses the recorded parts of earlier runs. Throws ServiceFailure `unreadable`. */
export function readRecorded(parts: readonly (ArchivePart & { readonly contents: object })[]): RecordedPart[] {
  return parts.map((part) => {
    const contents = partContents.safeParse(part.contents);
    if (!contents.success) throw unreadable();
    const { part: number, blobName, sizeBytes, sha256, files } = part;
    return { part: number, blobName, sizeBytes, sha256, files, contents: contents.data };
  });
}

/** What is stored of a part whose list has moved. */
export function movedContents(contents: object, list: string): object {
  return 'list' in contents ? { ...contents, list } : contents;
}

/** Sums over parts. */
export function totals(parts: readonly RecordedPart[]): {
  readonly assets: number;
  readonly files: number;
  readonly bytes: number;
  readonly exceptions: number;
} {
  const sum = (count: (part: RecordedPart) => number) => parts.reduce((total, part) => total + count(part), 0);
  return {
    assets: sum((part) => part.contents.assets),
    files: sum((part) => part.files),
    bytes: sum((part) => part.contents.bytes),
    exceptions: sum((part) => part.contents.exceptions),
  };
}

/** Marks the paths of earlier runs as taken; reads them from the parts' lists. Throws ServiceFailure. */
export async function recallPaths(
  storage: ArchiveStorage,
  parts: readonly RecordedPart[],
  paths: ArchivePaths,
  signal: AbortSignal,
): Promise<void> {
  const record = z.union([z.object({ file: z.object({ path: z.string() }) }), z.object({ exception: z.object() })]);
  for (const part of parts) {
    for await (const jsonLine of storedLines(storage, part.contents.list, signal)) {
      const parsed = record.safeParse(parseJson(jsonLine));
      if (!parsed.success) throw unreadable();
      if ('file' in parsed.data) paths.recall(parsed.data.file.path);
    }
  }
}

function parseJson(jsonLine: string): unknown {
  try {
    return JSON.parse(jsonLine);
  } catch {
    throw unreadable();
  }
}

function unreadable(): ServiceFailure {
  return storageFailure('unreadable', 'The record of this archive cannot be read. Ask for a new export.');
}
