import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import type { AssetKind } from '../domain/assets.ts';
import { type AssetResult, type RequestAsset, retryableResults } from '../domain/request.ts';
import type { Connection } from './connection.ts';
import { storedJson } from './storable.ts';
import type { Tables } from './tables.ts';

type Row = Selectable<Tables['requestAssets']>;

/** Filter for a request's current snapshot: the rows of the preparation that was shown. */
export const ofCurrentSnapshot = (requestNumber: number) => (expression: ExpressionBuilder<Tables, 'requestAssets'>) =>
  expression.and([
    expression('requestNumber', '=', requestNumber),
    expression(
      'snapshot',
      '=',
      expression
        .selectFrom('requests')
        .select((inner) => inner.ref('requests.snapshot').$notNull().as('snapshot'))
        .where('number', '=', requestNumber),
    ),
  ]);

/** Adds a batch of rows to a snapshot, which becomes current only when the request refers to it. */
export async function insertAssets(
  db: Connection,
  requestNumber: number,
  snapshot: string,
  assets: readonly Pick<RequestAsset, 'position' | 'asset' | 'dependants'>[],
): Promise<void> {
  if (assets.length === 0) return;
  await db
    .insertInto('requestAssets')
    .values(
      assets.map(({ position, asset, dependants }) => {
        const { id, kind, familyId, name, sizeBytes, createdAt, owner, versions, revision } = asset;
        const facts = { kind, familyId, name, sizeBytes, createdAt, owner, versions, revision };
        return { requestNumber, snapshot, position, assetId: id, ...facts, dependants: storedJson(dependants) };
      }),
    )
    .execute();
}

/**
 * Updates the query planner's statistics after many rows were added. Before that, which on PGlite never happens by
 * itself, the planner expects a single row in a snapshot and reads all of it to find a few.
 */
export async function refreshStatistics(db: Connection): Promise<void> {
  await sql`analyze request_assets`.execute(db);
}

/** Deletes the rows of every other snapshot than the current one. */
export async function removeOtherSnapshots(db: Connection, requestNumber: number, snapshot: string): Promise<void> {
  await db
    .deleteFrom('requestAssets')
    .where('requestNumber', '=', requestNumber)
    .where('snapshot', '!=', snapshot)
    .execute();
}

/** Up to `limit` snapshot rows from a position on, in order (keyset pagination). */
export async function readAssets(
  db: Connection,
  requestNumber: number,
  limit: number,
  from = 0,
): Promise<RequestAsset[]> {
  const rows = await db
    .selectFrom('requestAssets')
    .selectAll()
    .where(ofCurrentSnapshot(requestNumber))
    .where('position', '>=', from)
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.map(toAsset);
}

/** How many characters of a family's id its index covers. */
const indexedCharacters = 200;

/** The same prefix of an id as PostgreSQL's `left`, which counts code points. */
function indexedPrefix(id: string): string {
  return [...id.slice(0, 2 * indexedCharacters)].slice(0, indexedCharacters).join('');
}

/** The snapshot rows of the given families of one kind. */
export async function readFamilies(
  db: Connection,
  requestNumber: number,
  kind: AssetKind,
  familyIds: readonly string[],
): Promise<RequestAsset[]> {
  if (familyIds.length === 0) return [];
  const rows = await db
    .selectFrom('requestAssets')
    .selectAll()
    .where(ofCurrentSnapshot(requestNumber))
    .where('kind', '=', kind)
    .where(sql<string>`left(family_id, ${sql.lit(indexedCharacters)})`, 'in', familyIds.map(indexedPrefix))
    .where('familyId', 'in', familyIds)
    .execute();
  return rows.map(toAsset);
}

/** True when the deletion of any of the request's assets has begun. */
export async function anyDeleteBegun(db: Connection, requestNumber: number): Promise<boolean> {
  const row = await db
    .selectFrom('requestAssets')
    .select('position')
    .where(ofCurrentSnapshot(requestNumber))
    .where((either) => either.or([either('deleteBegun', '=', true), either('deleted', 'is not', null)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** True when any of the request's assets has no recorded result of a step. */
export async function anyWithoutResult(
  db: Connection,
  requestNumber: number,
  step: 'exported' | 'deleted',
): Promise<boolean> {
  const row = await db
    .selectFrom('requestAssets')
    .select('position')
    .where(ofCurrentSnapshot(requestNumber))
    .where(step, 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Up to `limit` assets whose export or deletion had one of these results, in order, the first `from` skipped. */
export async function readAssetsWith(
  db: Connection,
  requestNumber: number,
  step: 'exported' | 'deleted',
  results: readonly AssetResult['result'][],
  limit: number,
  from: number,
): Promise<RequestAsset[]> {
  const rows = await db
    .selectFrom('requestAssets')
    .selectAll()
    .where(ofCurrentSnapshot(requestNumber))
    .where(step, 'in', results)
    .orderBy('position')
    .limit(limit)
    .offset(from)
    .execute();
  return rows.map(toAsset);
}

/** How many assets of each kind may be retried. */
export async function countRetryable(
  db: Connection,
  requestNumber: number,
  step: 'exported' | 'deleted',
): Promise<ReadonlyMap<AssetKind, number>> {
  const rows = await db
    .selectFrom('requestAssets')
    .select(['kind', (expression) => expression.fn.countAll<number>().as('count')])
    .where(ofCurrentSnapshot(requestNumber))
    .where(step, 'in', retryableResults)
    .where(step === 'exported' ? 'exportPermanent' : 'deletePermanent', '=', false)
    .groupBy('kind')
    .orderBy('kind')
    .execute();
  return new Map(rows.map(({ kind, count }) => [kind, Number(count)]));
}

/** How many assets have which result; those without one under null. */
export type ResultCounts = ReadonlyMap<AssetResult['result'] | null, number>;

/** Counts a request's assets by their results, in one query. */
export async function countOutcomes(
  db: Connection,
  requestNumber: number,
): Promise<{ exported: ResultCounts; deleted: ResultCounts; unsettled: number }> {
  const rows = await db
    .selectFrom('requestAssets')
    .select(['exported', 'deleted', 'deleteBegun', (expression) => expression.fn.countAll<number>().as('count')])
    .where(ofCurrentSnapshot(requestNumber))
    .groupBy(['exported', 'deleted', 'deleteBegun'])
    .execute();
  const exported = new Map<AssetResult['result'] | null, number>();
  const deleted = new Map<AssetResult['result'] | null, number>();
  let unsettled = 0;
  for (const row of rows) {
    const count = Number(row.count);
    exported.set(row.exported, (exported.get(row.exported) ?? 0) + count);
    deleted.set(row.deleted, (deleted.get(row.deleted) ?? 0) + count);
    if (row.deleteBegun && row.deleted === null) unsettled += count;
  }
  return { exported, deleted, unsettled };
}

/** Every asset of a request in order, read in batches, so that memory stays constant. */
export async function* eachAsset(db: Connection, requestNumber: number, batch = 500): AsyncGenerator<RequestAsset> {
  let from = 0;
  for (;;) {
    const rows = await readAssets(db, requestNumber, batch, from);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < batch) return;
    from = last.position + 1;
  }
}

/** Maps a row to its record. */
export function toAsset(row: Row): RequestAsset {
  const { position, assetId: id, kind, familyId, name, sizeBytes, createdAt, owner, versions, revision } = row;
  return {
    position,
    asset: { kind, id, familyId, name, sizeBytes, createdAt, owner, versions, revision },
    dependants: row.dependants,
    exported: resultOf(row.exported, row.exportNote, row.exportPermanent),
    deletionAnswered: row.deleteAnswered,
    deleted: resultOf(row.deleted, row.deleteNote, row.deletePermanent),
  };
}

function resultOf(result: AssetResult['result'] | null, note: string | null, permanent: boolean): AssetResult | null {
  return result === null ? null : { result, note, permanent };
}
