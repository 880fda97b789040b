import { type Asset, kindWords } from '../domain/assets.ts';
import type { AssetSelection } from '../domain/request.ts';
import type { RequestServices } from '../requests/services.ts';
import type { AssetFinding } from './find-assets.ts';

/**
 * Finds everything that a selection means in one workspace. An exception that is not found exactly refuses the
 * whole selection: it may be the very thing that must not be touched. So does an asset without a date where dates
 * decide, by being left out. Throws SourceError.
 */
export async function selectAssets(
  services: Pick<RequestServices, 'source' | 'resolveName'>,
  selection: AssetSelection,
  workspace: { readonly id: string; readonly name: string },
  signal: AbortSignal,
): Promise<AssetFinding> {
  const { source } = services;
  const { kind } = selection;
  if (kind !== undefined && !source.kinds.includes(kind)) {
    const detail = `I can handle ${source.kinds.map((known) => kindWords[known].many).join(' and ')}.`;
    return { kind: 'refusal', refusal: { reason: 'kind-not-supported', name: kindWords[kind].many, detail } };
  }
  const all: Asset[] = [];
  for (const listed of kind === undefined ? source.kinds : [kind]) {
    all.push(...(await Array.fromAsync(source.list(workspace.id, listed, signal))));
  }
  const excepted = new Set<Asset>();
  for (const exception of selection.except) {
    const candidates = exception.kind === undefined ? all : all.filter((asset) => asset.kind === exception.kind);
    const resolution = services.resolveName(exception.name, candidates);
    if (resolution.result === 'unknown') {
      return { kind: 'refusal', refusal: { reason: 'unknown-asset', name: exception.name, detail: workspace.name } };
    }
    for (const asset of resolution.result === 'found' ? [resolution.match] : resolution.matches) excepted.add(asset);
  }
  const assets = all.filter((asset) => !excepted.has(asset) && matches(selection, asset));
  if (assets.length > 0) return { kind: 'found', assets };
  const name = kind === undefined ? 'anything that fits' : `${kindWords[kind].many} that fit`;
  return { kind: 'refusal', refusal: { reason: 'unknown-asset', name, detail: workspace.name } };
}

function matches({ filter, after, before }: AssetSelection, asset: Asset): boolean {
  if (filter !== undefined && !asset.name.toLowerCase().includes(filter.toLowerCase())) return false;
  if (after === undefined && before === undefined) return true;
  if (asset.createdAt === null) return false;
  const day = asset.createdAt.toISOString().slice(0, 10);
  return (after === undefined || day >= after) && (before === undefined || day < before);
}
