import type { Asset, AssetKind } from '../domain/assets.ts';
import { holdsText } from '../domain/name-folding.ts';
import type { VisibleWorkspace } from '../requests/visible-workspaces.ts';
import { listLength } from './cards/pages.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import type { TeamsServices } from './services.ts';

/** What is listed: one kind or all, and only names that hold a text. */
export interface ListWish {
  readonly kind?: AssetKind | undefined;
  readonly filter?: string | undefined;
}

/** One page of what a workspace holds now, newest first; a page past the end is the last one. Throws SourceError. */
export async function assetListCard(
  services: TeamsServices,
  { workspace }: VisibleWorkspace,
  wish: ListWish,
  page: number,
  signal: AbortSignal,
  length: number = listLength,
): Promise<RenderedCard> {
  const { assets, shown, total } = await newest(services, workspace.id, wish, page, signal, length);
  const rows = assets.map(({ kind, name, sizeBytes, createdAt }) => ({ kind, name, sizeBytes, createdAt }));
  const cardOf = (most: number) =>
    renderCard('list-assets', {
      workspaceId: workspace.id,
      workspaceName: workspace.name,
      kind: wish.kind ?? null,
      filter: wish.filter ?? null,
      assets: {
        rows: rows.slice(0, most),
        page: Math.floor((shown * length) / most),
        total,
        ...(most === listLength ? {} : { length: most }),
      },
    });
  // Names alone do not make a long list small: a card for a Teams that takes no large one has shorter pages, too.
  return { ...cardOf(length), smaller: (bytes) => cardOf(shorterPage(length, bytes)).smaller(bytes) };
}

/** A page length that divides the usual one, so that the first row stays the same. */
function shorterPage(length: number, bytes: number): number {
  const wanted = bytes > 8_000 ? 5 : 2;
  return length % wanted === 0 ? wanted : 1;
}

async function newest(
  { source }: TeamsServices,
  workspaceId: string,
  { kind, filter }: ListWish,
  page: number,
  signal: AbortSignal,
  length: number,
): Promise<{ assets: readonly Asset[]; shown: number; total: number }> {
  const named = filter === undefined ? null : holdsText(filter);
  const most = (page + 1) * length;
  const found: Asset[] = [];
  let total = 0;
  for (const each of kind === undefined ? source.kinds : [kind]) {
    for await (const asset of source.list(workspaceId, each, signal)) {
      if (named !== null && !named(asset.name)) continue;
      total += 1;
      found.push(asset);
      // Keeps only what this page and those before it can show, however many there are.
      if (found.length > most * 2 + 500) found.sort(byAge).splice(most);
    }
  }
  const shown = Math.min(page, Math.max(0, Math.ceil(total / length) - 1));
  const start = shown * length;
  return { assets: found.sort(byAge).slice(start, start + length), shown, total };
}

/** Newest first, and always the same order, so that no asset is skipped between two pages. */
function byAge(a: Asset, b: Asset): number {
  return (
    (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0) ||
    compare(a.name, b.name) ||
    compare(a.familyId, b.familyId)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
