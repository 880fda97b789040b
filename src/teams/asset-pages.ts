import type { AssetKind } from '../domain/assets.ts';
import type { RequestAsset } from '../domain/request.ts';
import { type AssetList, assetsOf, countAssets } from '../requests/report.ts';
import type { CardContext } from './card-context.ts';
import { lastPage, type PagedList, type Pages, rowsOf } from './cards/pages.ts';
import { distinguishingIds } from './look-alikes.ts';

/** Which page of which assets a card shows, and how. */
interface AssetPageWish<Row> {
  readonly context: Pick<CardContext, 'services' | 'report' | 'pages'>;
  readonly list: AssetList;
  readonly shownAs: PagedList;
  /** `id` is the end of the asset's id, given where its name is ambiguous. */
  readonly toRow: (asset: RequestAsset, id?: string) => Row;
  /** Rows that come before all assets. */
  readonly before?: readonly Row[];
}

/**
 * One page of a request's assets, for its card. A page past the end becomes the last one, since a button's data may be
 * forged.
 */
export async function assetPage<Row>({
  context: { services, report, pages },
  list,
  shownAs,
  toRow,
  before = [],
}: AssetPageWish<Row>): Promise<{ rows: Row[]; page: number; total: number; length?: number }> {
  const total = before.length + countAssets(report, list);
  const length = rowsOf(shownAs, pages);
  const page = Math.min(pages[shownAs] ?? 0, lastPage(shownAs, total, pages));
  const start = page * length;
  const first = before.slice(start, start + length);
  const room = length - first.length;
  const from = Math.max(0, start - before.length);
  const assets = total === 0 ? [] : await assetsOf(services, report.request.number, list, room, from);
  const ids = distinguishingIds(assets.map(({ asset }) => asset));
  const rows = [...first, ...assets.map((each) => toRow(each, ids.get(each.asset)))];
  return { rows, page, total, ...lengthOf(pages) };
}

/** The page length as a card's data; empty for the usual length. */
export function lengthOf({ rows }: Pages): { length?: number } {
  return rows === undefined ? {} : { length: rows };
}

/** An asset by kind and name. */
export function nameOf({ asset: { kind, name } }: RequestAsset, id?: string) {
  return { kind, name, ...(id === undefined ? {} : { id }) };
}

/** An asset that is gone, with a note when no successful call of ours has deleted it. */
export function goneRow({ asset: { kind, name, sizeBytes, createdAt }, deleted }: RequestAsset, id?: string) {
  const note = deleted?.result === 'gone' ? deleted.note : null;
  return { kind, name, ...(id === undefined ? {} : { id }), sizeBytes, createdAt, note };
}

/** An asset with everything that a person should know before it is deleted. */
export function factsOf({ asset, dependants }: RequestAsset, id?: string) {
  const { kind, name, sizeBytes, createdAt, owner, versions } = asset;
  return {
    kind,
    name,
    ...(id === undefined ? {} : { id }),
    sizeBytes,
    createdAt,
    owner,
    versions,
    dependants: dependants.map(({ kind, name }) => ({ kind, name })),
  };
}

/** The same for everybody in a conversation, without the owner, whom only the requester and the approvers may see. */
export function factsForOthers(asset: RequestAsset, id?: string) {
  return { ...factsOf(asset, id), owner: '' };
}

/** An asset, or a file of the workspace itself, that is missing from an archive or not in it as expected. */
interface ExportException {
  readonly kind: AssetKind | 'workspace';
  readonly name: string;
  readonly note: string;
}

/** An asset that was not exported as expected, with the reason as a sentence. */
export function exportException({ asset, exported }: RequestAsset): ExportException {
  return { kind: asset.kind, name: asset.name, note: exported?.note ?? '' };
}

/** An asset that was not deleted, with the reason as a sentence. */
export function deleteException({ asset, deleted }: RequestAsset) {
  return { kind: asset.kind, name: asset.name, note: deleted?.note ?? '' };
}
