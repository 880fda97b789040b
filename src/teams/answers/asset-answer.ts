import type { AssetMention } from '../../domain/asset-mentions.ts';
import type { Asset } from '../../domain/assets.ts';
import { assetKinds } from '../../domain/assets.ts';
import { joinedNames, resolveJoinedNames } from '../../domain/joined-names.ts';
import type { NameSearch } from '../../domain/name-resolution.ts';
import type { VisibleWorkspace } from '../../requests/visible-workspaces.ts';
import { kindWords } from '../../sources/registry.ts';
import type { CardData } from '../cards/catalogue.ts';
import { renderCard } from '../cards/render.ts';
import { distinguishingIds } from '../look-alikes.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { answeringFailures, workspacesMeant } from './named-workspaces.ts';

/** Most assets that one card describes. */
export const mostShown = 3;

/** An asset and where it is. */
export interface Found {
  readonly asset: Asset;
  readonly seen: VisibleWorkspace;
}

/** "How big is churn.csv?", "what would break if I deleted it?": a card with all that is known about an asset. */
export async function showAssets(services: TeamsServices, turn: Turn): Promise<void> {
  const { slots } = turn.reading;
  const mentions = slots.assets ?? [];
  if (mentions.length === 0) return turn.say(whichOne());
  await turn.showTyping();
  await answeringFailures(turn, async () => {
    const places = await workspacesMeant(services, turn, slots);
    if (places === null) return;
    const found: Found[] = [];
    const closest: Found[] = [];
    const missing: AssetMention[] = [];
    for (const search of await searchAll(services, mentions, places, turn.signal)) {
      found.push(...search.found);
      if (search.found.length === 0) missing.push(search.mention);
      closest.push(...search.closest);
    }
    if (found.length === 0) return turn.say(notFound(mentions, closest));
    const names = missing.map(({ name }) => name);
    await turn.say(await detailsCard(services, turn, found, { missing: names }));
  });
}

/** All that is known about these assets. Throws ServiceFailure. */
export async function detailsCard(
  services: TeamsServices,
  turn: Turn,
  found: readonly Found[],
  about: Pick<CardData<'asset-details'>, 'limits' | 'missing'>,
) {
  const shown = found.slice(0, mostShown);
  const ids = distinguishingIds(shown.map(({ asset }) => asset));
  const isPersonal = turn.actor.conversation.kind === 'personal';
  const assets = [];
  for (const { asset, seen } of shown) {
    const dependants = await services.source.dependants(seen.workspace.id, turn.signal)([asset]);
    const id = ids.get(asset);
    const { kind, name, sizeBytes, createdAt, versions, status = null } = asset;
    assets.push({
      kind,
      name,
      ...(id === undefined ? {} : { id }),
      sizeBytes,
      createdAt,
      // Who owns something is shown in the personal chat only, as on previews.
      owner: isPersonal ? asset.owner : '',
      versions,
      status,
      workspaceName: seen.workspace.name,
      users: dependants.get(asset.id)?.map((user) => ({ kind: user.kind, name: user.name })) ?? null,
    });
  }
  return renderCard('asset-details', {
    assets,
    more: found.length - shown.length,
    ...about,
  });
}

interface Searched {
  readonly mention: AssetMention;
  readonly found: readonly Found[];
  /** Near misses; looked for only when nothing has the name. */
  readonly closest: readonly Found[];
}

/** Looks for every mention in all places, each list read once; near misses in a second pass, when they are needed. */
async function searchAll(
  services: TeamsServices,
  mentions: readonly AssetMention[],
  places: readonly VisibleWorkspace[],
  signal: AbortSignal,
): Promise<readonly Searched[]> {
  const joined = joinedNames(mentions);
  const sought = [...mentions, ...joined.map(({ mention }) => mention)];
  const exact = await searchEach(services, sought, places, 'nothing', signal);
  const isThere = (index: number) => (exact[index]?.length ?? 0) > 0;
  const reading = resolveJoinedNames(joined, (each) => isThere(mentions.length + joined.indexOf(each)), isThere);
  const wholes = reading.result === 'unclear' ? [] : reading.wholes;
  const parts = mentions.flatMap((mention, index) =>
    wholes.some(({ from, to }) => from <= index && index <= to) ? [] : [{ mention, found: exact[index] ?? [] }],
  );
  const whole = wholes.map((each) => ({
    mention: each.mention,
    found: exact[mentions.length + joined.indexOf(each)] ?? [],
  }));
  const all = [...whole, ...parts];
  const lost = all.filter(({ found }) => found.length === 0).map(({ mention }) => mention);
  const near = lost.length === 0 ? [] : await searchEach(services, lost, places, 'near-misses', signal);
  return all.map(({ mention, found }) => ({ mention, found, closest: near[lost.indexOf(mention)] ?? [] }));
}

async function searchEach(
  { source, searchName }: TeamsServices,
  mentions: readonly AssetMention[],
  places: readonly VisibleWorkspace[],
  proposing: 'nothing' | 'near-misses',
  signal: AbortSignal,
): Promise<Found[][]> {
  const found: Found[][] = mentions.map(() => []);
  for (const seen of places) {
    const searches = mentions.map((mention): NameSearch<Asset> => searchName<Asset>(mention.name, proposing));
    const concerns = (kind: Asset['kind'], index: number) => [undefined, kind].includes(mentions[index]?.kind);
    for (const kind of assetKinds.filter((each) => mentions.some((_, index) => concerns(each, index)))) {
      for await (const asset of source.list(seen.workspace.id, kind, signal)) {
        for (const [index, search] of searches.entries()) if (concerns(kind, index)) search.consider(asset);
      }
    }
    for (const [index, search] of searches.entries()) {
      const resolution = search.resolution();
      const assets =
        resolution.result === 'found'
          ? [resolution.match]
          : resolution.result === 'ambiguous'
            ? resolution.matches
            : resolution.closest;
      found[index]?.push(...assets.map((asset) => ({ asset, seen })));
    }
  }
  return found;
}

/** For the suggestion “how big is …?”, sent as it is. */
function whichOne() {
  return renderCard('notice', {
    severity: 'info',
    sentence: 'Which one do you mean?',
    next: 'Name it, for example “how big is dataset churn.csv?”.',
    examples: ['list my datasets', 'list my experiments'],
  });
}

function notFound(mentions: readonly AssetMention[], closest: readonly Found[]) {
  const names = mentions.map(({ kind, name }) =>
    kind === undefined ? `“${name}”` : `the ${kindWords[kind].one} “${name}”`,
  );
  return renderCard('notice', {
    severity: 'info',
    sentence: `I cannot find ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names)} in your workspaces.`,
    next: closest.length === 0 ? 'Check the spelling, or list what is there.' : 'Do you mean one of these?',
    examples:
      closest.length === 0
        ? ['list my datasets', 'list my experiments']
        : closest.slice(0, 3).map(({ asset }) => `show details of ${kindWords[asset.kind].one} "${asset.name}"`),
  });
}
