import { type Asset, type AssetKind, assetKinds, kindWords } from '../domain/assets.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { Ask, AssetMention, PendingChoice } from '../domain/request.ts';
import type { RequestServices } from '../requests/services.ts';
import { selectAssets } from './select-assets.ts';

/** The assets that an ask names, a question about one of them, or a refusal. */
export type AssetFinding =
  | { readonly kind: 'found'; readonly assets: readonly Asset[] }
  | { readonly kind: 'choice'; readonly choice: PendingChoice }
  | { readonly kind: 'refusal'; readonly refusal: Refusal };

/** The most assets that a question offers for one name. */
const mostOffered = 10;

/**
 * Finds the assets that a person named in one workspace. Only an exact name is taken as meant; same-named
 * assets and near misses become a question. Throws SourceError.
 */
export async function findAssets(
  services: Pick<RequestServices, 'source' | 'resolveName'>,
  ask: Ask,
  workspace: { readonly id: string; readonly name: string },
  signal: AbortSignal,
): Promise<AssetFinding> {
  if (ask.selection !== undefined) return selectAssets(services, ask.selection, workspace, signal);
  const { source } = services;
  const unsupported = ask.mentions.find(({ kind }) => kind !== undefined && !source.kinds.includes(kind));
  if (unsupported?.kind !== undefined) {
    const name = kindWords[unsupported.kind].many;
    const detail = `I can handle ${source.kinds.map((kind) => kindWords[kind].many).join(' and ')}.`;
    return { kind: 'refusal', refusal: { reason: 'kind-not-supported', name, detail } };
  }
  const lists = await listKinds(services, ask.mentions, workspace.id, signal);
  const found = new Map<string, Asset>();
  for (const [index, mention] of ask.mentions.entries()) {
    const candidates = mention.kind === undefined ? [...lists.values()].flat() : (lists.get(mention.kind) ?? []);
    const picked = ask.picked?.[index];
    if (picked !== undefined) {
      for (const identity of picked) {
        const asset = candidates.find(({ kind, familyId }) => kind === identity.kind && familyId === identity.familyId);
        if (!asset) return unknown(mention, workspace.name);
        found.set(key(asset), asset);
      }
      continue;
    }
    const resolution = services.resolveName(mention.name, candidates);
    switch (resolution.result) {
      case 'found':
        found.set(key(resolution.match), resolution.match);
        break;
      case 'ambiguous':
        return { kind: 'choice', choice: choose('which-asset', mention, index, resolution.matches) };
      case 'unknown':
        return resolution.closest.length === 0
          ? unknown(mention, workspace.name)
          : { kind: 'choice', choice: choose('did-you-mean-asset', mention, index, resolution.closest) };
    }
  }
  return { kind: 'found', assets: [...found.values()] };
}

async function listKinds(
  services: Pick<RequestServices, 'source'>,
  mentions: readonly AssetMention[],
  workspaceId: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<AssetKind, readonly Asset[]>> {
  const wanted = mentions.some(({ kind }) => kind === undefined)
    ? services.source.kinds
    : assetKinds.filter((kind) => mentions.some((mention) => mention.kind === kind));
  const lists = new Map<AssetKind, readonly Asset[]>();
  for (const kind of wanted) {
    lists.set(kind, await Array.fromAsync(services.source.list(workspaceId, kind, signal)));
  }
  return lists;
}

function key(asset: Asset): string {
  return `${asset.kind}/${asset.familyId}`;
}

function unknown(mention: AssetMention, workspaceName: string): AssetFinding {
  const name = mention.kind === undefined ? mention.name : `${kindWords[mention.kind].one} ${mention.name}`;
  return { kind: 'refusal', refusal: { reason: 'unknown-asset', name, detail: workspaceName } };
}

function choose(
  question: 'which-asset' | 'did-you-mean-asset',
  mention: AssetMention,
  index: number,
  assets: readonly Asset[],
): PendingChoice {
  return {
    question,
    said: mention.name,
    mention: index,
    options: assets.slice(0, mostOffered).map((asset, position) => ({
      id: `a${position}`,
      asset: { kind: asset.kind, id: asset.id, familyId: asset.familyId },
      name: asset.name,
      sizeBytes: asset.sizeBytes,
      createdAt: asset.createdAt?.toISOString() ?? null,
      owner: asset.owner,
    })),
  };
}
