import type { AssetKind } from '../domain/assets.ts';
import type { RequestAsset } from '../domain/request.ts';
import { type AssetList, assetsOf, countAssets, type RequestReport } from '../requests/report.ts';
import { lastPage, type PagedList, type Pages, rowsOf } from './cards/pages.ts';
import { idsThatTellApart } from './look-alikes.ts';
import type { TeamsServices } from './teams-services.ts';

/**
 * One page of a request's assets, read for the card that shows it. A page past the end is the last one, as it may be
 * when a button is pressed that Steward did not make.
 */
export async function assetPage<Row>(
  services: TeamsServices,
  report: RequestReport,
  list: AssetList,
  shownAs: PagedList,
  pages: Pages,
  /** `id` is the end of the asset's id where its name does not tell which is meant. */
  toRow: (asset: RequestAsset, id?: string) => Row,
  /** Rows that come before all assets. */
  before: readonly Row[] = [],
): Promise<{ rows: Row[]; page: number; total: number; length?: number }> {
  const total = before.length + countAssets(report, list);
  const length = rowsOf(shownAs, pages);
  const page = Math.min(pages[shownAs] ?? 0, lastPage(shownAs, total, pages));
  const start = page * length;
  const first = before.slice(start, start + length);
  const room = length - first.length;
  const from = Math.max(0, start - before.length);
  const assets = total === 0 ? [] : await assetsOf(services, report.request.number, list, room, from);
  const ids = idsThatTellApart(assets.map(({ asset }) => asset));
  const rows = [...first, ...assets.map((each) => toRow(each, ids.get(each.asset)))];
  return { rows, page, total, ...lengthOf(pages) };
}

/** How many rows a page has, as a card is told where it is not the usual number. */
export function lengthOf({ rows }: Pages): { length?: number } {
  return rows === undefined ? {} : { length: rows };
}

/** An asset by kind and name. */
export function nameOf({ asset: { kind, name } }: RequestAsset, id?: string) {
  return { kind, name, ...(id === undefined ? {} : { id }) };
}

/** An asset that is not there any more; the note is for one that no answered call of ours has deleted. */
export function goneRow({ asset: { kind, name }, deleted }: RequestAsset, id?: string) {
  return { kind, name, ...(id === undefined ? {} : { id }), note: deleted?.result === 'gone' ? deleted.note : null };
}

/** An asset with all that a person should know before it goes. */
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

/** The same for everybody in a conversation: whose it is is for the requester and the approvers only. */
export function factsForOthers(asset: RequestAsset, id?: string) {
  return { ...factsOf(asset, id), owner: '' };
}

/** An asset, or a file of the workspace itself, that an archive lacks or holds otherwise than it should. */
interface ExportException {
  readonly kind: AssetKind | 'workspace';
  readonly name: string;
  readonly note: string;
}

/** An asset that was not exported as it should, with the sentence that says why. */
export function exportException({ asset, exported }: RequestAsset): ExportException {
  return { kind: asset.kind, name: asset.name, note: exported?.note ?? '' };
}

/** An asset that was not deleted, with the sentence that says why. */
export function deleteException({ asset, deleted }: RequestAsset) {
  return { kind: asset.kind, name: asset.name, note: deleted?.note ?? '' };
}
