import type { Action } from '../../domain/actions.ts';
import { traitsOf } from '../../domain/actions.ts';
import { type AssetMention, type AssetSelection, exceptedOwners } from '../../domain/asset-mentions.ts';
import { keyOf, OwnersFound, ownedBy, PickedAssets, selectedKinds, selects } from '../../domain/asset-selection.ts';
import type { DependantsOf } from '../../domain/asset-source.ts';
import type { Asset, AssetKind } from '../../domain/assets.ts';
import { ambiguousJoinedName, joinedNames, resolveJoinedNames } from '../../domain/joined-names.ts';
import type { NameSearch } from '../../domain/name-resolution.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { RequestRecord } from '../../domain/request.ts';
import type { RequestServices } from '../../requests/request-services.ts';
import { kindWords } from '../../sources/registry.ts';
import type { AssetFinding } from './asset-finding.ts';
import { inBatches } from './in-batches.ts';

/** A name that the person wants left out, and whether the list that is acted on contains it. */
interface Exception {
  readonly name: string;
  readonly kind: AssetKind | undefined;
  readonly search: NameSearch<Asset>;
  met: boolean;
}

/**
 * Resolves a selection in one workspace, whatever its size: the assets are read during iteration. An exception without
 * an exact match refuses the whole selection, since it may be the very asset that must not be touched. Exceptions are
 * looked up first, and each must appear again in the list that is acted on. Assets without a date are left out where
 * dates decide. A deletion that would take something from an exception is refused. Throws ServiceFailure.
 */
export async function selectAssets(
  services: Pick<RequestServices, 'source' | 'searchName'>,
  selection: AssetSelection,
  { action, requester }: { readonly action: Action; readonly requester: RequestRecord['requester'] },
  workspace: { readonly id: string; readonly name: string },
  signal: AbortSignal,
): Promise<AssetFinding> {
  const { source } = services;
  const { kind } = selection;
  const leftOut = exceptedOwners(selection.exceptOwner);
  const hasOwner = selection.owner !== undefined || leftOut.length > 0;
  const members = hasOwner ? await source.members(workspace.id, signal) : [];
  const matches = selects(selection, requester, members);
  const list = async function* () {
    for (const each of selectedKinds(selection)) yield* source.list(workspace.id, each, signal);
  };
  const sought = (exception: AssetMention): Exception => ({
    name: exception.name,
    kind: exception.kind,
    search: services.searchName<Asset>(exception.name, 'nothing'),
    met: false,
  });
  const parts = selection.except.map(sought);
  const joined = joinedNames(selection.except);
  const wholes = new Map(joined.map((each) => [each, sought(each.mention)]));
  let exceptions = parts;
  const unknown = (name: string): Refusal => ({ reason: 'unknown-asset', name, detail: workspace.name });
  if (parts.length > 0) {
    const all = [...parts, ...wholes.values()];
    for await (const asset of list()) {
      for (const { search, ...exception } of all) if (concerns(exception, asset)) search.consider(asset);
    }
    const isThere = (exception: Exception | undefined) => exception?.search.resolution().result !== 'unknown';
    const reading = resolveJoinedNames(
      joined,
      (each) => isThere(wholes.get(each)),
      (index) => isThere(parts[index]),
    );
    if (reading.result === 'unclear')
      return { kind: 'refusal', refusal: ambiguousJoinedName(reading.whole, workspace.name) };
    const within = (index: number) => reading.wholes.some(({ from, to }) => from <= index && index <= to);
    const whole = reading.wholes.flatMap((each) => wholes.get(each) ?? []);
    exceptions = [...parts.filter((_, index) => !within(index)), ...whole];
    const missing = exceptions.find(({ search }) => search.resolution().result === 'unknown');
    if (missing) return { kind: 'refusal', refusal: unknown(missing.name) };
  }
  const keeping = (asset: Asset) => exceptions.filter((each) => concerns(each, asset) && each.search.means(asset));
  const owners = new OwnersFound(members);
  // Whoever is named as an exception has to be somebody here: otherwise the name may be misspelt, and theirs be taken.
  const isMember = (owns: (owner: string) => boolean) =>
    members.some(({ name, email }) => [name, email].some((form) => owns(form)));
  let strangers = leftOut
    .map((person) => ({ person, owns: ownedBy(person, requester, members) }))
    .filter(({ person, owns }) => person === 'me' || !isMember(owns));
  const matching = async function* () {
    for await (const asset of list()) {
      if (strangers.length > 0) strangers = strangers.filter(({ owns }) => !owns(asset.owner));
      const kept = keeping(asset);
      for (const exception of kept) exception.met = true;
      if (kept.length > 0 || !matches(asset)) continue;
      owners.add(asset.owner);
      yield asset;
    }
  };
  const candidates = () =>
    selection.unused === true ? unusedOf(matching(), source.dependants(workspace.id, signal)) : matching();
  const picked = selection.pick === undefined ? null : new PickedAssets(selection.pick);
  if (picked !== null) {
    for await (const asset of candidates()) picked.add(asset);
    const refusal = owners.refusal(selection.owner) ?? picked.refusal();
    if (refusal !== null) return { kind: 'refusal', refusal };
  }
  const isRest = selection.pick?.rest === true;
  const isKept = (asset: Asset) => keeping(asset).length > 0 || (isRest && picked?.keys.has(keyOf(asset)) === true);
  const met = new Set<string>();
  let taken = 0;
  const conflict = new SharedHistoryConflict();
  const assets = async function* () {
    for (const exception of exceptions) exception.met = false;
    const hasExceptions = isRest || exceptions.some((each) => concerns(each, { kind: 'experiment' }));
    const sharing =
      traitsOf(action).deletes !== 'nothing' && hasExceptions
        ? await source.sharedHistory(workspace.id, isKept, signal)
        : null;
    const keys = picked?.keys;
    for await (const asset of candidates()) {
      const isPicked = keys?.has(keyOf(asset)) === true;
      if (isPicked) met.add(keyOf(asset));
      if (keys !== undefined && isPicked === isRest) continue;
      if (isRest && picked?.compares(asset) === false) continue;
      conflict.add(sharing?.(asset) ?? null, asset);
      taken += 1;
      yield asset;
    }
  };
  const decision = () => {
    const missing = exceptions.find(({ met }) => !met);
    if (missing) return unknown(missing.name);
    const [stranger] = strangers;
    if (stranger !== undefined) return unknown(stranger.person === 'me' ? 'anything that you own' : stranger.person);
    // A picked asset that left the list meanwhile may have been renamed; another would then take its place.
    const gone = picked !== null && met.size < picked.keys.size;
    if (gone) return unknown('one of those that I picked');
    const refusal = owners.refusal(selection.owner) ?? conflict.refusal();
    if (refusal !== null) return refusal;
    if (taken > 0) return null;
    return unknown(kind === undefined ? 'anything that matches' : `${kindWords[kind].many} that match`);
  };
  return { kind: 'found', assets: assets(), decision };
}

/** Most assets that a refusal names. */
const maxNamed = 3;

/** The first exception that shares its history with assets to be deleted, and those assets. */
class SharedHistoryConflict {
  #exception: Asset | null = null;
  readonly #sharers: string[] = [];
  #count = 0;

  add(exception: Asset | null, sharer: Asset): void {
    if (exception === null || (this.#exception !== null && this.#exception.id !== exception.id)) return;
    this.#exception = exception;
    this.#count += 1;
    if (this.#sharers.length < maxNamed) this.#sharers.push(`“${sharer.name}”`);
  }

  refusal(): Refusal | null {
    if (this.#exception === null) return null;
    const rest = this.#count - this.#sharers.length;
    const named = [...this.#sharers, ...(rest > 0 ? [`${rest} more`] : [])];
    const detail = new Intl.ListFormat('en', { type: 'conjunction' }).format(named);
    return { reason: 'shares-history', name: this.#exception.name, detail };
  }
}

function concerns({ kind }: Pick<Exception, 'kind'>, asset: Pick<Asset, 'kind'>): boolean {
  return kind === undefined || kind === asset.kind;
}

/** Assets looked up per call. */
const batch = 200;

/** Those that nothing uses. One that was not checked completely is left out. Throws ServiceFailure. */
async function* unusedOf(assets: AsyncIterable<Asset>, dependantsOf: DependantsOf): AsyncGenerator<Asset> {
  for await (const some of inBatches(assets, batch)) {
    const users = await dependantsOf(some);
    yield* some.filter(({ id }) => users.get(id)?.length === 0);
  }
}
