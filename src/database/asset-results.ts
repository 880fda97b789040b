import { sql } from 'kysely';
import type { AssetKind } from '../domain/assets.ts';
import type { AssetResult, RequestAsset } from '../domain/request.ts';
import type { Connection } from './connection.ts';
import { ofCurrentSnapshot, toAsset } from './request-assets.ts';

/** What became of one asset of a request. */
export interface PositionedResult {
  readonly position: number;
  readonly outcome: AssetResult;
}

/** Records what the export did with some assets. */
export function recordExported(
  db: Connection,
  requestNumber: number,
  results: readonly PositionedResult[],
): Promise<void> {
  return recordResults(db, requestNumber, results, 'exported', 'export_note');
}

/** Records what became of some assets' deletion. */
export function recordDeleted(
  db: Connection,
  requestNumber: number,
  results: readonly PositionedResult[],
): Promise<void> {
  return recordResults(db, requestNumber, results, 'deleted', 'delete_note');
}

/** All in one statement, however many there are. */
async function recordResults(
  db: Connection,
  requestNumber: number,
  results: readonly PositionedResult[],
  resultColumn: 'exported' | 'deleted',
  noteColumn: 'export_note' | 'delete_note',
): Promise<void> {
  if (results.length === 0) return;
  const rows = JSON.stringify(results.map(({ position, outcome }) => ({ position, ...outcome })));
  await sql`
    update request_assets set ${sql.ref(resultColumn)} = new.result, ${sql.ref(noteColumn)} = new.note
    from jsonb_to_recordset(${rows}::jsonb) as new (position integer, result text, note text)
    where request_number = ${requestNumber}
      and snapshot = (select snapshot from requests where number = ${requestNumber})
      and request_assets.position = new.position`.execute(db);
}

/**
 * Notes that Studio is about to be asked to delete the next assets, at most `limit` from a position on, and gives
 * them in order. Those that an earlier run has begun or settled are passed over.
 */
export async function recordDeletesBegun(
  db: Connection,
  requestNumber: number,
  from: number,
  limit: number,
): Promise<readonly RequestAsset[]> {
  const rows = await db
    .updateTable('request_assets')
    .set({ delete_begun: true })
    .where(ofCurrentSnapshot(requestNumber))
    .where('position', 'in', (expression) =>
      expression
        .selectFrom('request_assets')
        .select('position')
        .where(ofCurrentSnapshot(requestNumber))
        .where('position', '>=', from)
        .where('delete_begun', '=', false)
        .where('deleted', 'is', null)
        .orderBy('position')
        .limit(limit),
    )
    .returningAll()
    .execute();
  return rows.map(toAsset).sort((a, b) => a.position - b.position);
}

/** Assets that Studio was asked to delete without an answer being recorded: they may be gone or not. In order. */
export async function readUnsettled(db: Connection, requestNumber: number): Promise<readonly RequestAsset[]> {
  const rows = await db
    .selectFrom('request_assets')
    .selectAll()
    .where(ofCurrentSnapshot(requestNumber))
    .where('delete_begun', '=', true)
    .where('deleted', 'is', null)
    .orderBy('position')
    .execute();
  return rows.map(toAsset);
}

/** The kinds of which something is recorded as gone. */
export async function kindsGone(db: Connection, requestNumber: number): Promise<readonly AssetKind[]> {
  const rows = await db
    .selectFrom('request_assets')
    .select('kind')
    .distinct()
    .where(ofCurrentSnapshot(requestNumber))
    .where('deleted', 'in', ['done', 'gone'])
    .orderBy('kind')
    .execute();
  return rows.map(({ kind }) => kind);
}
