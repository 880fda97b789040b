import type { Updateable } from 'kysely';
import type { DirectoryExport, DirectoryFile } from '../domain/directory-export.ts';
import type { Connection } from './connection.ts';
import type { Tables } from './tables.ts';

export type DirectoryExportChange = Omit<Updateable<Tables['directoryExports']>, 'requestNumber'>;

/** Stores whose data a request exports; a later preparation of the same request replaces an earlier one. */
export async function putDirectoryExport(
  trx: Connection,
  requestNumber: number,
  { person, container }: Pick<DirectoryExport, 'person' | 'container'>,
): Promise<void> {
  const who = { personId: person.id, personName: person.name, personAddress: person.address, container };
  await trx
    .insertInto('directoryExports')
    .values({ requestNumber, ...who })
    .onConflict((conflict) => conflict.column('requestNumber').doUpdateSet(who))
    .execute();
}

/** Writes the named columns of one export. */
export async function updateDirectoryExport(
  trx: Connection,
  requestNumber: number,
  change: DirectoryExportChange,
): Promise<void> {
  await trx.updateTable('directoryExports').set(change).where('requestNumber', '=', requestNumber).execute();
}

/** The directory export of a request; null when it has none, or none yet. */
export async function readDirectoryExport(db: Connection, requestNumber: number): Promise<DirectoryExport | null> {
  const row = await db
    .selectFrom('directoryExports')
    .selectAll()
    .where('requestNumber', '=', requestNumber)
    .executeTakeFirst();
  if (!row) return null;
  const { personId, personName, personAddress, turnedAway, ...same } = row;
  const person = { id: personId, name: personName, address: personAddress };
  return { ...same, person, wasRateLimited: turnedAway };
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
    .insertInto('directoryFiles')
    .values(files.map(({ name, sizeBytes }, index) => ({ requestNumber, position: from + index, name, sizeBytes })))
    .onConflict((conflict) =>
      conflict.columns(['requestNumber', 'position']).doUpdateSet((row) => ({
        name: row.ref('excluded.name'),
        sizeBytes: row.ref('excluded.sizeBytes'),
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
  return db
    .selectFrom('directoryFiles')
    .select(['name', 'sizeBytes'])
    .where('requestNumber', '=', requestNumber)
    .where('position', '>=', from)
    .orderBy('position')
    .limit(limit)
    .execute();
}
