import { sql } from 'kysely';
import type { ArchivePart } from '../domain/request.ts';
import type { Connection } from './connection.ts';
import { storedJson } from './storable.ts';

/** A finished part with what the archive writer needs to resume after it. */
export interface StoredPart extends ArchivePart {
  readonly contents: object;
  /** True for the part that completes the archive. */
  readonly completes: boolean;
}

/** Records a finished part. Throws when that part number is recorded already. */
export async function insertPart(
  trx: Connection,
  requestNumber: number,
  part: StoredPart,
  writtenAt: Date,
): Promise<void> {
  await trx
    .insertInto('archive_parts')
    .values({
      request_number: requestNumber,
      part: part.part,
      blob_name: part.blobName,
      size_bytes: part.sizeBytes,
      sha256: part.sha256,
      files: part.files,
      contents: storedJson(part.contents),
      completes: part.completes,
      written_at: writtenAt,
    })
    .execute();
}

/** The finished parts of a request, in order. */
export async function readParts(db: Connection, requestNumber: number): Promise<StoredPart[]> {
  const rows = await db
    .selectFrom('archive_parts')
    .selectAll()
    .where('request_number', '=', requestNumber)
    .orderBy('part')
    .execute();
  return rows.map((row) => ({
    part: row.part,
    blobName: row.blob_name,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    files: row.files,
    contents: row.contents,
    completes: row.completes,
  }));
}

/** When the first part of a request was written; null when there is none. */
export async function firstPartAt(db: Connection, requestNumber: number): Promise<Date | null> {
  const row = await db
    .selectFrom('archive_parts')
    .select('written_at')
    .where('request_number', '=', requestNumber)
    .orderBy('part')
    .limit(1)
    .executeTakeFirst();
  return row?.written_at ?? null;
}

/**
 * The finished parts of a request, in order, without their contents, which only the writer needs and which can be
 * large.
 */
export async function readPartFacts(db: Connection, requestNumber: number): Promise<ArchivePart[]> {
  const rows = await db
    .selectFrom('archive_parts')
    .select(['part', 'blob_name', 'size_bytes', 'sha256', 'files'])
    .where('request_number', '=', requestNumber)
    .orderBy('part')
    .execute();
  return rows.map((row) => ({
    part: row.part,
    blobName: row.blob_name,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    files: row.files,
  }));
}

/** One field of each part's contents, in the order of the parts; the other fields are not read. */
export async function readFromContents(db: Connection, requestNumber: number, field: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('archive_parts')
    .select(sql<unknown>`contents -> cast(${field} as text)`.as('value'))
    .where('request_number', '=', requestNumber)
    .orderBy('part')
    .execute();
  return rows.map(({ value }) => value);
}
