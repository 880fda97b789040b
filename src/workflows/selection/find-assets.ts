import type { AssetMention } from '../../domain/asset-mentions.ts';
import { type Asset, assetKinds } from '../../domain/assets.ts';
import { ambiguousJoinedName, type JoinedName, joinedNames, resolveJoinedNames } from '../../domain/joined-names.ts';
import type { NameSearch } from '../../domain/name-resolution.ts';
import type { Ask, PendingChoice, RequestRecord } from '../../domain/request.ts';
import type { RequestServices } from '../../requests/request-services.ts';
import { kindWords } from '../../sources/registry.ts';
import type { AssetFinding } from './asset-finding.ts';
import { selectAssets } from './select-assets.ts';

/** Most assets that a question offers for one name. */
const maxOptions = 10;

/**
 * Finds the assets that a person named in one workspace. Only an exact name counts as a match; same-named assets and
 * near misses become a question. Throws ServiceFailure.
 */
export async function findAssets(
  services: Pick<RequestServices, 'source' | 'searchName'>,
  { ask, requester }: Pick<RequestRecord, 'ask' | 'requester'>,
  workspace: { readonly id: string; readonly name: string },
  signal: AbortSignal,
): Promise<AssetFinding> {
  const { selection, action } = ask;
  if (selection !== undefined) return selectAssets(services, selection, { action, requester }, workspace, signal);
  const joined = joinedNames(ask.mentions);
  const { sought, joinedSearches } = await searchLists(services, ask, joined, workspace.id, signal);
  const reading = resolveJoinedNames(
    joined,
    (each) => joinedSearches.get(each)?.resolution().result !== 'unknown',
    (index) => sought[index]?.search.resolution().result !== 'unknown',
  );
  if (reading.result === 'unclear')
    return { kind: 'refusal', refusal: ambiguousJoinedName(reading.whole, workspace.name) };
  const found = new Map<string, Asset>();
  for (const [index, part] of sought.entries()) {
    const whole = reading.wholes.find(({ from, to }) => from <= index && index <= to);
    // A joined name that is one asset counts once, at its first part.
    if (whole !== undefined && whole.from < index) continue;
    const { picked } = part;
    const mention = whole?.mention ?? part.mention;
    const search = (whole && joinedSearches.get(whole)) ?? part.search;
    if (picked !== null) {
      for (const asset of picked.values()) {
        if (asset === null) return unknown(mention, workspace.name);
        found.set(key(asset), asset);
      }
      continue;
    }
    const resolution = search.resolution();
    switch (resolution.result) {
      case 'found':
        found.set(key(resolution.match), resolution.match);
        break;
      case 'ambiguous':
        return { kind: 'choice', choice: choose('which-asset', mention, index, resolution.matches) };
      case 'unknown': {
        const closest = await nearMisses(services, mention, workspace.id, signal);
        return closest.length === 0
          ? unknown(mention, workspace.name)
          : { kind: 'choice', choice: choose('did-you-mean-asset', mention, index, closest) };
      }
    }
  }
  return { kind: 'found', assets: asyncIterable(found.values()), decision: () => null };
}

/** The search for one mention: by name, or by the assets that the person picked, null until a list shows them. */
interface Sought {
  readonly mention: AssetMention;
  readonly picked: Map<string, Asset | null> | null;
  readonly search: NameSearch<Asset>;
}

/** Reads the lists of all kinds that are mentioned, each once, for all mentions together. */
async function searchLists(
  { source, searchName }: Pick<RequestServices, 'source' | 'searchName'>,
  { mentions, picked }: Ask,
  joined: readonly JoinedName[],
  workspaceId: string,
  signal: AbortSignal,
): Promise<{
  readonly sought: readonly Sought[];
  readonly joinedSearches: ReadonlyMap<JoinedName, NameSearch<Asset>>;
}> {
  const joinedSearches = new Map(joined.map((each) => [each, searchName<Asset>(each.mention.name, 'nothing')]));
  const sought = mentions.map((mention, index): Sought => {
    const identities = picked?.[index];
    return {
      mention,
      picked: identities === undefined ? null : new Map(identities.map((identity) => [key(identity), null])),
      search: searchName<Asset>(mention.name, 'nothing'),
    };
  });
  const wanted = mentions.some(({ kind }) => kind === undefined)
    ? assetKinds
    : assetKinds.filter((kind) => mentions.some((mention) => mention.kind === kind));
  for (const kind of wanted) {
    const candidates = sought.filter(({ mention }) => mention.kind === undefined || mention.kind === kind);
    const wholes = [...joinedSearches].filter(([{ mention }]) => mention.kind === undefined || mention.kind === kind);
    for await (const asset of source.list(workspaceId, kind, signal)) {
      for (const { picked: identities, search } of candidates) {
        if (identities === null) search.consider(asset);
        else if (identities.has(key(asset))) identities.set(key(asset), asset);
      }
      for (const [, search] of wholes) search.consider(asset);
    }
  }
  return { sought, joinedSearches };
}

/**
 * Similar names for the first name without an exact match. Compares it with all assets, so it runs only in this case.
 */
async function nearMisses(
  { source, searchName }: Pick<RequestServices, 'source' | 'searchName'>,
  mention: AssetMention,
  workspaceId: string,
  signal: AbortSignal,
): Promise<readonly Asset[]> {
  const search = searchName<Asset>(mention.name);
  for (const kind of mention.kind === undefined ? assetKinds : [mention.kind]) {
    for await (const asset of source.list(workspaceId, kind, signal)) search.consider(asset);
  }
  const resolution = search.resolution();
  switch (resolution.result) {
    case 'unknown':
      return resolution.closest;
    // It was created or renamed since the list was read first: then it is offered, too.
    case 'found':
      return [resolution.match];
    case 'ambiguous':
      return resolution.matches;
  }
}

async function* asyncIterable(assets: Iterable<Asset>): AsyncGenerator<Asset> {
  yield* assets;
}

function key(asset: Pick<Asset, 'kind' | 'familyId'>): string {
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
    options: assets.slice(0, maxOptions).map((asset, position) => ({
      id: `a${position}`,
      asset: { kind: asset.kind, id: asset.id, familyId: asset.familyId },
      name: asset.name,
      sizeBytes: asset.sizeBytes,
      createdAt: asset.createdAt?.toISOString() ?? null,
      owner: asset.owner,
    })),
  };
}
