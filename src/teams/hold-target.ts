import type { Workspace } from '../domain/accounts.ts';
import type { AssetMention } from '../domain/asset-mentions.ts';
import { type Asset, assetKinds } from '../domain/assets.ts';
import type { HoldTarget } from '../domain/legal-hold.ts';
import { type PersonFacts, plainAddress } from '../domain/people.ts';
import { findPerson } from '../requests/address-changes.ts';
import { recall } from '../requests/contacts.ts';
import { everyWorkspace } from '../requests/every-workspace.ts';
import { kindWords } from '../sources/registry.ts';
import type { HoldWords } from '../understanding/hold-phrases.ts';
import { accountWords } from './address-cards.ts';
import { listWords } from './cards/words.ts';
import type { TeamsServices } from './teams-services.ts';

/** What a message wants held, or a question about it. */
export type TargetFinding =
  | { readonly kind: 'found'; readonly target: HoldTarget }
  | {
      readonly kind: 'question';
      readonly sentence: string;
      readonly next: string;
      readonly examples: readonly string[];
    };

/** The most names that a question lists. */
const mostNamed = 4;

/**
 * Finds what is to be held: a workspace of all that are connected, an asset by its exact name, or a person. Somebody of
 * whom no account is known is held by address or name alone. Never guesses. Throws ServiceFailure.
 */
export async function findHoldTarget(
  services: TeamsServices,
  tenantId: string,
  words: HoldWords,
  signal: AbortSignal,
): Promise<TargetFinding> {
  const { workspaces, obstacle } = await everyWorkspace(services, signal);
  const placeOf = (name: string) => services.resolveName(name, workspaces);
  const { assets = [], workspace, subject } = words;
  const [mention, ...others] = assets;
  if (others.length > 0) {
    return question(
      'A hold is on one thing at a time. I did nothing.',
      'Please ask for each of them in a message of its own.',
    );
  }
  if (mention !== undefined) {
    const place = workspace === undefined ? null : placeOf(workspace);
    if (place !== null && place.result !== 'found') {
      if (obstacle !== null) throw obstacle;
      return question(`I cannot tell which workspace “${workspace}” is. I did nothing.`, wholeName(workspaces));
    }
    const found = await assetsNamed(services, mention, place === null ? workspaces : [place.match], signal);
    if (found.length === 0 && obstacle !== null) throw obstacle;
    return chosenAsset(mention, found);
  }
  const said = workspace ?? subject;
  if (said === undefined) {
    return question(
      'On what should the hold be? I did nothing.',
      'Name a workspace, a dataset or another asset, or a person, for example “put a legal hold on workspace Churn Lab”.',
    );
  }
  const place = placeOf(said);
  if (place.result === 'found') return workspaceTarget(place.match);
  if (place.result === 'ambiguous') {
    return question(
      `More than one workspace is called “${said}”. I did nothing.`,
      'I cannot tell them apart by name. Please have one of them renamed.',
    );
  }
  const person = await findPerson(services, tenantId, said);
  if (person.kind === 'one') return { kind: 'found', target: personTarget(person.person, plainAddress(said)) };
  if (person.kind === 'several') {
    return question(
      `Several people fit “${said}”: ${listWords(person.people.map(accountWords))}. I did nothing.`,
      'Please say it with the address of the one that you mean.',
    );
  }
  if (obstacle !== null) throw obstacle;
  if (workspace !== undefined || place.closest.length > 0) {
    return question(
      `I know no workspace and no person called “${said}”. I did nothing.`,
      wholeName(place.closest.length > 0 ? place.closest : workspaces),
    );
  }
  const address = plainAddress(said);
  const addresses = address === null ? [] : [address];
  return { kind: 'found', target: { kind: 'person', objectId: null, name: address === null ? said : null, addresses } };
}

/**
 * The same target as it is now, for a press on a card that was shown before; null where it no longer is, or never was.
 * Throws ServiceFailure.
 */
export async function targetAgain(
  services: TeamsServices,
  tenantId: string,
  target: HoldTarget,
  signal: AbortSignal,
): Promise<HoldTarget | null> {
  const { source } = services;
  if (target.kind === 'person') {
    if (target.objectId === null) return target;
    const known = await recall(services, tenantId, target.objectId);
    return known === null ? null : personTarget(known.person, target.addresses[0] ?? null);
  }
  if (!source.workspaceIds().includes(target.workspaceId)) return null;
  const workspace = await source.workspace(target.workspaceId, signal);
  if (target.kind === 'workspace') return { ...target, name: workspace.name };
  for await (const asset of source.list(workspace.id, target.assetKind, signal)) {
    if (asset.familyId === target.familyId) return assetTarget(asset, workspace);
  }
  return null;
}

interface FoundAsset {
  readonly asset: Asset;
  readonly workspace: Workspace;
}

/** The assets with exactly this name, in these workspaces. Throws ServiceFailure. */
export async function assetsNamed(
  { source, searchName }: TeamsServices,
  { kind: said, name }: AssetMention,
  places: readonly Workspace[],
  signal: AbortSignal,
): Promise<readonly FoundAsset[]> {
  const found: FoundAsset[] = [];
  for (const workspace of places) {
    for (const kind of said === undefined ? assetKinds : [said]) {
      const search = searchName<Asset>(name, 'nothing');
      for await (const asset of source.list(workspace.id, kind, signal)) search.consider(asset);
      const resolution = search.resolution();
      if (resolution.result === 'found') found.push({ asset: resolution.match, workspace });
      if (resolution.result === 'ambiguous') found.push(...resolution.matches.map((asset) => ({ asset, workspace })));
    }
  }
  return found;
}

function chosenAsset({ kind, name }: AssetMention, found: readonly FoundAsset[]): TargetFinding {
  const [first, ...others] = found;
  const noun = kind === undefined ? 'anything' : `the ${kindWords[kind].one}`;
  if (first === undefined) {
    return question(
      `I cannot find ${noun} called “${name}”. I did nothing.`,
      'Check the spelling, or hold the whole workspace.',
    );
  }
  const isOneFamily = found.every(
    ({ asset, workspace }) => asset.familyId === first.asset.familyId && workspace.id === first.workspace.id,
  );
  if (others.length === 0 || isOneFamily) return { kind: 'found', target: assetTarget(first.asset, first.workspace) };
  const places = [...new Set(found.map(({ workspace }) => workspace.name))];
  const isSaidByPlace = places.length === found.length;
  return {
    kind: 'question',
    sentence: `${found.length} assets are called “${name}”, in ${listWords(places.slice(0, mostNamed).map((place) => `“${place}”`))}. I did nothing.`,
    next: isSaidByPlace
      ? 'Which of them do you mean?'
      : 'Say which kind and which workspace you mean, or hold the whole workspace.',
    examples: isSaidByPlace
      ? found
          .slice(0, mostNamed)
          .map(
            ({ asset, workspace }) =>
              `put a legal hold on ${kindWords[asset.kind].one} "${asset.name}" in workspace "${workspace.name}"`,
          )
      : [],
  };
}

function workspaceTarget({ id, name }: Workspace): TargetFinding {
  return { kind: 'found', target: { kind: 'workspace', workspaceId: id, name } };
}

function assetTarget({ kind, familyId, name }: Asset, workspace: Workspace): HoldTarget {
  return { kind: 'asset', workspaceId: workspace.id, workspaceName: workspace.name, assetKind: kind, familyId, name };
}

function personTarget({ objectId, name, userPrincipalName, mail }: PersonFacts, said: string | null): HoldTarget {
  const addresses = [plainAddress(userPrincipalName), plainAddress(mail), said].filter((address) => address !== null);
  return { kind: 'person', objectId, name, addresses: [...new Set(addresses)] };
}

function wholeName(workspaces: readonly Pick<Workspace, 'name'>[]): string {
  const names = workspaces.slice(0, mostNamed).map(({ name }) => `“${name}”`);
  if (names.length === 0) return 'No workspace is connected.';
  return `Please ask again with the whole name: there ${names.length === 1 ? 'is' : 'are'} ${listWords(names)}${workspaces.length > names.length ? ', and others' : ''}.`;
}

function question(sentence: string, next: string): TargetFinding {
  return { kind: 'question', sentence, next, examples: [] };
}
