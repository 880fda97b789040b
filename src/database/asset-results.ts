import { sql } from 'kysely';
import type { AssetKind } from '../domain/assets.ts';
import type { AssetResult, RequestAsset } from '../domain/request.ts';
import type { Connection } from './connection.ts';
import { ofCurrentSnapshot, toAsset } from './request-assets.ts';
import { storedJson } from './storable.ts';

/** The result of one asset of a request. */
export interface PositionedResult {
  readonly position: number;
  readonly outcome: AssetResult;
}

/** Records the export results of some assets. */
export function recordExported(
  db: Connection,
  requestNumber: number,
  results: readonly PositionedResult[],
): Promise<void> {
  return recordResults(db, requestNumber, results, 'exported', 'exportNote', 'exportPermanent');
}

/** Records the deletion results of some assets. */
export function recordDeleted(
  db: Connection,
  requestNumber: number,
  results: readonly PositionedResult[],
): Promise<void> {
  return recordResults(db, requestNumber, results, 'deleted', 'deleteNote', 'deletePermanent');
}

/** Rows written per statement. */
const rowsPerStatement = 1_000;

async function recordResults(
  db: Connection,
  requestNumber: number,
  results: readonly PositionedResult[],
  resultColumn: 'exported' | 'deleted',
  noteColumn: 'exportNote' | 'deleteNote',
  permanentColumn: 'exportPermanent' | 'deletePermanent',
): Promise<void> {
  for (let start = 0; start < results.length; start += rowsPerStatement) {
    const some = results.slice(start, start + rowsPerStatement);
    const rows = storedJson(
      some.map(({ position, outcome: { result, note, permanent = false } }) => ({
        position,
        result,
        note,
        permanent,
      })),
    );
    // The positions are listed a second time, so that no other rows are scanned.
    await sql`
      update request_assets set ${sql.ref(resultColumn)} = new.result, ${sql.ref(noteColumn)} = new.note,
        ${sql.ref(permanentColumn)} = new.permanent
      from jsonb_to_recordset(${rows}::jsonb) as new (position integer, result text, note text, permanent boolean)
      where request_number = ${requestNumber}
        and snapshot = (select snapshot from requests where number = ${requestNumber})
        and request_assets.position in (${sql.join(some.map(({ position }) => position))})
        and request_assets.position = new.position`.execute(db);
  }
}

/**
 * Write-ahead mark: marks the next assets, at most `limit` from a position on, as about to be deleted, and returns them
 * in order. Call it in the transaction that locks the request. Assets that an earlier run has begun or settled are
 * skipped.
 */
export async function recordDeletesBegun(
  db: Connection,
  requestNumber: number,
  from: number,
  limit: number,
): Promise<readonly RequestAsset[]> {
  const rows = await db
    .selectFrom('requestAssets')
    .selectAll()
    .where(ofCurrentSnapshot(requestNumber))
    .where('position', '>=', from)
    .where('deleteBegun', '=', false)
    .where('deleted', 'is', null)
    .orderBy('position')
    .limit(limit)
    .execute();
  if (rows.length === 0) return [];
  const positions = rows.map(({ position }) => position);
  await db
    .updateTable('requestAssets')
    .set({ deleteBegun: true })
    .where(ofCurrentSnapshot(requestNumber))
    .where('position', 'in', positions)
    .execute();
  return rows.map(toAsset);
}

/** Clears the mark of assets that have no result. */
export async function revertDeletesBegun(
  db: Connection,
  requestNumber: number,
  positions: readonly number[],
): Promise<void> {
  await db
    .updateTable('requestAssets')
    .set({ deleteBegun: false })
    .where(ofCurrentSnapshot(requestNumber))
    .where('position', 'in', positions)
    .where('deleted', 'is', null)
    .execute();
}

/** Records for a superseded run, which may write nothing else, that delete calls for some assets succeeded. */
export async function recordDeletesAnswered(
  db: Connection,
  requestNumber: number,
  positions: readonly number[],
): Promise<void> {
  await db
    .updateTable('requestAssets')
    .set({ deleteAnswered: true })
    .where(ofCurrentSnapshot(requestNumber))
    .where('position', 'in', positions)
    .where('deleted', 'is', null)
    .execute();
}

/** Assets whose deletion has begun without a recorded answer: they may be gone or not. In order. */
export async function readUnsettled(db: Connection, requestNumber: number): Promise<readonly RequestAsset[]> {
  const rows = await db
    .selectFrom('requestAssets')
    .selectAll()
    .where(ofCurrentSnapshot(requestNumber))
    .where('deleteBegun', '=', true)
    .where('deleted', 'is', null)
    .orderBy('position')
    .execute();
  return rows.map(toAsset);
}

/** The kinds of which at least one asset is recorded as gone. */
export async function kindsGone(db: Connection, requestNumber: number): Promise<readonly AssetKind[]> {
  const rows = await db
    .selectFrom('requestAssets')
    .select('kind')
    .distinct()
    .where(ofCurrentSnapshot(requestNumber))
    .where('deleted', 'in', ['done', 'gone'])
    .orderBy('kind')
    .execute();
  return rows.map(({ kind }) => kind);
}
