import { z } from 'zod';
import { assetKinds } from '../domain/assets.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);
const bytes = z.int().nonnegative();

/** The owner of a file in a manifest: an asset, or the workspace itself. */
const ofOwner = {
  kind: z.enum([...assetKinds, 'workspace']),
  id: z.string(),
  /** For the workspace the same as `id`. */
  familyId: z.string(),
  /** The asset's or workspace's name as its owner wrote it. */
  name: z.string(),
};

/** A file in the archive. */
const fileRecord = z.strictObject({
  /** Where it is: the number of the part, and the path inside that zip. */
  part: z.int().positive(),
  path: z.string(),
  ...ofOwner,
  /** The file's name before it was made safe for every system. */
  fileName: z.string(),
  role: z.enum(['content', 'metadata']),
  createdAt: z.iso.datetime().nullable(),
  sizeBytes: bytes,
  sha256,
  /** Address from which it was read, without query. */
  source: z.string(),
  /** False for a file that was cut short or changed; `exceptions` says how. */
  complete: z.boolean(),
});
export type FileRecord = z.infer<typeof fileRecord>;

/** Something that could not be exported as asked. */
const exceptionRecord = z.strictObject({
  ...ofOwner,
  /** Null when not even the asset's files could be listed. */
  fileName: z.string().nullable(),
  /** Where the incomplete file is; null when there is none. */
  part: z.int().positive().nullable(),
  path: z.string().nullable(),
  effect: z.enum(['missing', 'incomplete', 'changed']),
  reason: z.string(),
  message: z.string(),
  /** Bytes that were expected, when that was known, and bytes that are in the archive. */
  expectedBytes: bytes.nullable(),
  writtenBytes: bytes,
});
export type ExceptionRecord = z.infer<typeof exceptionRecord>;

const partRecord = z.strictObject({
  number: z.int().positive(),
  fileName: z.string(),
  files: z.int().nonnegative(),
  exceptions: z.int().nonnegative(),
  /** Null for the part that holds this manifest: a file cannot state its own size or checksum. */
  sizeBytes: bytes.nullable(),
  sha256: sha256.nullable(),
});
export type PartRecord = z.infer<typeof partRecord>;

const headRecord = z.strictObject({
  format: z.literal('studio-steward-archive'),
  version: z.literal(1),
  request: z.string(),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  data: z.enum(['all', 'customer', 'personal']),
  workspace: z.strictObject({
    id: z.string(),
    name: z.string(),
    accountType: z.enum(['guest', 'free', 'standard']),
  }),
  part: z.int().positive(),
  /** True for the last part; its manifest lists the files of all parts, every other one those of its own part. */
  last: z.boolean(),
  leftOut: z.array(z.string()),
  parts: z.array(partRecord),
});
export type ManifestHead = z.infer<typeof headRecord>;

/** `manifest.json`, one in each part. */
export const manifestSchema = headRecord.extend({ files: z.array(fileRecord), exceptions: z.array(exceptionRecord) });

/** One record, as a line of a part's list. */
export type ListRecord = { readonly file: FileRecord } | { readonly exception: ExceptionRecord };

const fileLine = '{"file":';
const exceptionLine = '{"exception":';

/**
 * Streams `manifest.json`, one record per line. Each call of `lists` reads the records again: a first pass writes the
 * files, a second one the exceptions, so that none has to be kept in memory.
 */
export async function* manifestPieces(
  head: ManifestHead,
  lists: () => AsyncIterable<string>,
): AsyncGenerator<Buffer, void, void> {
  yield Buffer.from(`${JSON.stringify(head, null, 1).slice(0, -2)},\n "files": [`);
  yield* records(lists(), fileLine);
  yield Buffer.from('\n ],\n "exceptions": [');
  yield* records(lists(), exceptionLine);
  yield Buffer.from('\n ]\n}\n');
}

async function* records(lines: AsyncIterable<string>, prefix: string): AsyncGenerator<Buffer, void, void> {
  let separator = '\n  ';
  let gathered = '';
  for await (const record of lines) {
    if (!record.startsWith(prefix)) continue;
    gathered += `${separator}${record.slice(prefix.length, -1)}`;
    separator = ',\n  ';
    if (gathered.length > 1 << 16) {
      yield Buffer.from(gathered);
      gathered = '';
    }
  }
  if (gathered !== '') yield Buffer.from(gathered);
}
