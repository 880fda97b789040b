import type { Selectable, Updateable } from 'kysely';
import type { DirectoryExport, DirectoryFile } from '../domain/directory-export.ts';
import type { Connection } from './connection.ts';
import type { Tables } from './tables.ts';

type Row = Selectable<Tables['directory_exports']>;
export type DirectoryExportChange = Omit<Updateable<Tables['directory_exports']>, 'request_number'>;

/** Stores whose data a request exports; a later preparation of the same request replaces an earlier one. */
export async function putDirectoryExport(
  trx: Connection,
  requestNumber: number,
  { person, container }: Pick<DirectoryExport, 'person' | 'container'>,
): Promise<void> {
  const who = { person_id: person.id, person_name: person.name, person_address: person.address, container };
  await trx
    .insertInto('directory_exports')
    .values({ request_number: requestNumber, ...who })
    .onConflict((conflict) => conflict.column('request_number').doUpdateSet(who))
    .execute();
}

/** Writes the named columns of one export. */
export async function updateDirectoryExport(
  trx: Connection,
  requestNumber: number,
  change: DirectoryExportChange,
): Promise<void> {
  await trx.updateTable('directory_exports').set(change).where('request_number', '=', requestNumber).execute();
}

/** The directory export of a request; null when it has none, or none yet. */
export async function readDirectoryExport(db: Connection, requestNumber: number): Promise<DirectoryExport | null> {
  const row = await db
    .selectFrom('directory_exports')
    .selectAll()
    .where('request_number', '=', requestNumber)
    .executeTakeFirst();
  return row ? toExport(row) : null;
}

/** Stores files from a position on, replacing those that an earlier poll has stored there (upsert). */
export async function putDirectoryFiles(
  db: Connection,
  requestNumber: number,
  from: number,
  files: readonly DirectoryFile[],
): Promise<void> {
  if (files.length === 0) return;
  await db
    .insertInto('directory_files')
    .values(
      files.map(({ name, sizeBytes }, index) => ({
        request_number: requestNumber,
        position: from + index,
        name,
        size_bytes: sizeBytes,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['request_number', 'position']).doUpdateSet((row) => ({
        name: row.ref('excluded.name'),
        size_bytes: row.ref('excluded.size_bytes'),
      })),
    )
    .execute();
}

/** Some of the files, in the order of their names. */
export async function readDirectoryFiles(
  db: Connection,
  requestNumber: number,
  from: number,
  limit: number,
): Promise<DirectoryFile[]> {
  const rows = await db
    .selectFrom('directory_files')
    .select(['name', 'size_bytes'])
    .where('request_number', '=', requestNumber)
    .where('position', '>=', from)
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.map(({ name, size_bytes }) => ({ name, sizeBytes: size_bytes }));
}

function toExport(row: Row): DirectoryExport {
  return {
    person: { id: row.person_id, name: row.person_name, address: row.person_address },
    container: row.container,
    askedAt: row.asked_at,
    accessEndsAt: row.access_ends_at,
    wasRateLimited: row.turned_away,
    operationId: row.operation_id,
    status: row.status,
    progress: row.progress,
    files: row.files,
    bytes: row.bytes,
  };
}
