import type { ExpressionBuilder } from 'kysely';
import type { Asset, AssetKind } from '../domain/assets.ts';
import { assetCover, type HeldPlace, type StandingHold } from '../domain/legal-hold.ts';
import type { Connection } from './connection.ts';
import { ofCurrentSnapshot, toAsset } from './request-assets.ts';
import type { Tables } from './tables.ts';

/** What holds cover of a snapshot of assets: how many, and the names of the first. */
export interface HeldAssets {
  readonly count: number;
  readonly names: readonly string[];
}

/** A snapshot of a request's assets: one that is being made, or without a token the current one. */
export interface SnapshotRef {
  readonly number: number;
  readonly token?: string;
}

/** The assets of a snapshot that one of the holds covers. */
export async function heldInSnapshot(
  db: Connection,
  snapshot: SnapshotRef,
  holds: readonly StandingHold[],
  place: HeldPlace,
  mostNames: number,
): Promise<HeldAssets> {
  if (holds.length === 0) return { count: 0, names: [] };
  const all = rowsOf(db, snapshot);
  const isAll = holds.some(({ target }) => target.kind === 'workspace' && target.workspaceId === place.workspaceId);
  const people = holds.filter(({ person }) => person !== null).map((hold) => assetCover(hold, place));
  // Owners are few, however many assets there are.
  const owners = people.length === 0 ? [] : await all.select('owner').distinct().execute();
  const theirs = owners
    .filter(({ owner }) => people.some((covers) => covers({ kind: 'dataset', familyId: '', owner })))
    .map(({ owner }) => owner);
  const families = holds.flatMap(({ target }) =>
    target.kind === 'asset' && target.workspaceId === place.workspaceId ? [target] : [],
  );
  if (!isAll && theirs.length === 0 && families.length === 0) return { count: 0, names: [] };
  const isHeld = (where: ExpressionBuilder<Tables, 'requestAssets'>) =>
    isAll
      ? where.lit(true)
      : where.or([
          ...(theirs.length === 0 ? [] : [where('owner', 'in', theirs)]),
          ...families.map(({ assetKind, familyId }) =>
            where.and([where('kind', '=', assetKind), where('familyId', '=', familyId)]),
          ),
        ]);
  const named = await all.where(isHeld).select('name').orderBy('position').limit(mostNames).execute();
  if (named.length === 0) return { count: 0, names: [] };
  const { count } = await all
    .where(isHeld)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return { count: Number(count), names: named.map(({ name }) => name) };
}

/** The assets of one kind in a snapshot, in order, read in batches. */
export async function* heldCandidates(
  db: Connection,
  snapshot: SnapshotRef,
  kind: AssetKind,
  batch = 500,
): AsyncGenerator<Asset> {
  let from = 0;
  for (;;) {
    const rows = await rowsOf(db, snapshot)
      .selectAll()
      .where('kind', '=', kind)
      .where('position', '>=', from)
      .orderBy('position')
      .limit(batch)
      .execute();
    for (const row of rows) yield toAsset(row).asset;
    const last = rows.at(-1);
    if (last === undefined || rows.length < batch) return;
    from = last.position + 1;
  }
}

function rowsOf(db: Connection, { number, token }: SnapshotRef) {
  return db
    .selectFrom('requestAssets')
    .where((where) =>
      token === undefined
        ? ofCurrentSnapshot(number)(where)
        : where.and([where('requestNumber', '=', number), where('snapshot', '=', token)]),
    );
}
