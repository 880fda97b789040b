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

const factColumns = ['part', 'blobName', 'sizeBytes', 'sha256', 'files'] as const;

/** Records a finished part. Throws when that part number is recorded already. */
export async function insertPart(
  trx: Connection,
  requestNumber: number,
  part: StoredPart,
  writtenAt: Date,
): Promise<void> {
  await trx
    .insertInto('archiveParts')
    .values({ ...part, requestNumber, contents: storedJson(part.contents), writtenAt })
    .execute();
}

/** The new place of a part: its blob, and what the writer needs to resume, which names blobs too. */
export interface MovedPart {
  readonly part: number;
  readonly blobName: string;
  readonly contents: object;
}

/** Records the new places of parts. */
export async function moveParts(trx: Connection, requestNumber: number, moved: readonly MovedPart[]): Promise<void> {
  for (const { part, blobName, contents } of moved) {
    await trx
      .updateTable('archiveParts')
      .set({ blobName, contents: storedJson(contents) })
      .where('requestNumber', '=', requestNumber)
      .where('part', '=', part)
      .execute();
  }
}

/** The finished parts of a request, in order. */
export async function readParts(db: Connection, requestNumber: number): Promise<StoredPart[]> {
  return db
    .selectFrom('archiveParts')
    .select([...factColumns, 'contents', 'completes'])
    .where('requestNumber', '=', requestNumber)
    .orderBy('part')
    .execute();
}

/** When the first part of a request was written; null when there is none. */
export async function firstPartAt(db: Connection, requestNumber: number): Promise<Date | null> {
  const row = await db
    .selectFrom('archiveParts')
    .select('writtenAt')
    .where('requestNumber', '=', requestNumber)
    .orderBy('part')
    .limit(1)
    .executeTakeFirst();
  return row?.writtenAt ?? null;
}

/**
 * The finished parts of a request, in order, without their contents, which only the writer needs and which can be
 * large.
 */
export async function readPartFacts(db: Connection, requestNumber: number): Promise<ArchivePart[]> {
  return db
    .selectFrom('archiveParts')
    .select(factColumns)
    .where('requestNumber', '=', requestNumber)
    .orderBy('part')
    .execute();
}

/** One field of each part's contents, in the order of the parts; the other fields are not read. */
export async function readFromContents(db: Connection, requestNumber: number, field: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('archiveParts')
    .select(sql<unknown>`contents -> cast(${field} as text)`.as('value'))
    .where('requestNumber', '=', requestNumber)
    .orderBy('part')
    .execute();
  return rows.map(({ value }) => value);
}
