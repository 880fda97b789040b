import type { Member } from './accounts.ts';
import { type AssetPick, type AssetSelection, exceptedOwners, type SizeRange } from './asset-mentions.ts';
import type { Asset, AssetKind } from './assets.ts';
import { assetKinds } from './assets.ts';
import { foldName, holdsText, sameName } from './name-folding.ts';
import { hasAddress, type Person } from './people.ts';
import type { Refusal } from './refusals.ts';

/** A selection, for what only looks: without exceptions by name. */
export type SelectionLimits = Partial<Omit<AssetSelection, 'except'>>;

/** The fields by which an asset is selected. */
export type SelectableAsset = Pick<
  Asset,
  'kind' | 'name' | 'sizeBytes' | 'createdAt' | 'owner' | 'status' | 'familyId'
>;

/** The person who asks; "mine" is compared with what the source tells of owners. */
type Asker = Pick<Person, 'name' | 'addresses'>;

/** The workspace's members, who give an address its name and a name its address. */
type Members = readonly Pick<Member, 'name' | 'email'>[];

/** The kinds that a selection can hold. */
export function selectedKinds({ kind, exceptKinds = [] }: SelectionLimits): readonly AssetKind[] {
  return (kind === undefined ? assetKinds : [kind]).filter((each) => !exceptKinds.includes(each));
}

/**
 * A test whether one asset is in the selection, by name, day, size, owner and state. An asset of which the source does not
 * tell what decides is left out. `pick` and `unused` concern more than one asset and are not looked at here.
 */
export function selects(
  selection: SelectionLimits,
  asker: Asker,
  members: Members = [],
): (asset: SelectableAsset) => boolean {
  const { filter, after, before, size, owner, exceptOwner, status } = selection;
  const named = filter === undefined ? null : holdsText(filter);
  const owned = owner === undefined ? null : ownedBy(owner, asker, members);
  const kept = exceptedOwners(exceptOwner).map((person) => mayBeOwnedBy(person, asker, members));
  const kinds = new Set(selectedKinds(selection));
  return (asset) => {
    if (!kinds.has(asset.kind) || (named !== null && !named(asset.name))) return false;
    if (owned !== null && !owned(asset.owner)) return false;
    if (kept.some((mayOwn) => mayOwn(asset.owner))) return false;
    if (status !== undefined && asset.status !== status) return false;
    if (size !== undefined && !isWithin(size, asset.sizeBytes)) return false;
    if (after === undefined && before === undefined) return true;
    if (asset.createdAt === null) return false;
    const day = asset.createdAt.toISOString().slice(0, 10);
    return (after === undefined || day >= after) && (before === undefined || day < before);
  };
}

function isWithin({ over, under }: SizeRange, bytes: number | null): boolean {
  return bytes !== null && (over === undefined || bytes >= over) && (under === undefined || bytes <= under);
}

/**
 * A test whether an owner as the source tells it (a name, an address or an account) is the person that was named: every
 * word that was said is a word of it. For `me` it must be the asker's whole name or one of their addresses.
 */
export function ownedBy(said: string, asker: Asker, members: Members = []): (owner: string) => boolean {
  if (said === 'me') return ownedByAsker(asker, members);
  const sought = foldName(said);
  const words = wordsOf(sought);
  const isSought = (owner: string) => {
    const whole = foldName(owner);
    if (whole === sought) return true;
    // An address that was typed whole is one person, however similar another address is.
    if (sought.includes('@')) return false;
    const has = new Set(wordsOf(whole.split('@')[0] ?? ''));
    return words.length > 0 && words.every((word) => has.has(word));
  };
  return (owner) => formsOf(owner, members).some(isSought);
}

/**
 * A test whether an owner may be the person whose things are left out. An exception is read widely, since it only ever
 * narrows: what has no owner may be theirs, and so may whatever shares a word, a part of an account or an initial with
 * their name, address or account ("alexw", "Wilber, Alex", "M. Bowen").
 */
export function mayBeOwnedBy(said: string, asker: Asker, members: Members = []): (owner: string) => boolean {
  const names = said === 'me' ? [asker.name, ...asker.addresses] : [said];
  const isTheirs = ownedBy(said, asker, members);
  const forms = members.filter(({ name, email }) => isTheirs(name) || isTheirs(email));
  const parts = new Set(
    [...names, ...forms.flatMap(({ name, email }) => [name, email])].flatMap((name) => accountWords(name)),
  );
  const isPart = (word: string) =>
    [...parts].some((part) => {
      if (word === part || word[0] === part || (word.length === 1 && part.startsWith(word))) return true;
      const [short, long] = word.length < part.length ? [word, part] : [part, word];
      return short.length >= 2 && (long.startsWith(short) || long.endsWith(short));
    });
  return (owner) => {
    const words = accountWords(owner);
    return words.length === 0 || isTheirs(owner) || words.some(isPart);
  };
}

/**
 * A test whether an owner as the source tells it is certainly the asker. For rules about what others made, so it is read
 * narrowly: an address must be one of theirs, and a name, which is free text, must be theirs in the directory and that of
 * exactly one member, with an address of theirs. Whoever takes a name in the source that was somebody else's gains nothing.
 */
export function certainlyOwnedBy({ name, addresses }: Asker, members: Members): (owner: string) => boolean {
  const isTheirs = (address: string) => hasAddress({ addresses }, address);
  return (owner) => {
    if (owner.includes('@')) return isTheirs(owner);
    const named = members.filter((member) => sameName(member.name, owner));
    const [only] = named;
    return named.length === 1 && only !== undefined && isTheirs(only.email) && sameName(owner, name);
  };
}

/** Whether among the owners of assets, as they come, is one who is not certainly the asker. */
export class OthersAssets {
  readonly #isOwn: (owner: string) => boolean;
  /** Owner texts that were found to be the asker: a few spellings, of any number of assets. */
  readonly #own = new Set<string>();
  #any = false;

  constructor(asker: Asker, members: Members) {
    this.#isOwn = certainlyOwnedBy(asker, members);
  }

  add({ owner }: Pick<Asset, 'owner'>): void {
    if (this.#any || this.#own.has(owner)) return;
    if (this.#isOwn(owner)) this.#own.add(owner);
    else this.#any = true;
  }

  get any(): boolean {
    return this.#any;
  }
}

/** The words of a name, or of the account in an address. */
function accountWords(name: string): string[] {
  return wordsOf(foldName(name).split('@')[0] ?? '');
}

/** By address; by name only when no other member has the same one. */
function ownedByAsker({ name, addresses }: Asker, members: Members): (owner: string) => boolean {
  const own = new Set(addresses.map(foldName));
  const isShared = members.some((member) => sameName(member.name, name) && !own.has(foldName(member.email)));
  return (owner) =>
    own.has(foldName(owner)) ||
    (!isShared && sameName(owner, name)) ||
    formsOf(owner, members).some((form) => form.includes('@') && own.has(foldName(form)));
}

/**
 * An owner as the source tells it, with the name and address of the one member that it is: by address, or by a name of
 * the same words in any order ("Bowen, Megan").
 */
function formsOf(owner: string, members: Members): string[] {
  const words = owner.includes('@') ? '' : sortedWords(owner);
  const hasWords = words.includes(' ');
  const same = members.filter(
    (member) =>
      [member.name, member.email].some((form) => form !== '' && sameName(form, owner)) ||
      (hasWords && wordsOfMember(member) === words),
  );
  const [only, ...others] = same;
  const forms = only !== undefined && others.length === 0 ? [only.name, only.email] : [];
  return [owner, ...forms].filter((form) => form !== '');
}

/** The words of members' names, which are compared with the owner of every asset. */
const memberWords = new WeakMap<Members[number], string>();

function wordsOfMember(member: Members[number]): string {
  const known = memberWords.get(member) ?? sortedWords(member.name);
  memberWords.set(member, known);
  return known;
}

function sortedWords(name: string): string {
  return wordsOf(foldName(name)).sort().join(' ');
}

function wordsOf(folded: string): string[] {
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** Most owners that a refusal names. */
const mostOwners = 3;

/** Collects the owners that a name was found for: two Megans make the selection ambiguous. */
export class OwnersFound {
  readonly #owners: string[] = [];
  readonly #members: Members;

  constructor(members: Members = []) {
    this.#members = members;
  }

  add(owner: string): void {
    const forms = formsOf(owner, this.#members);
    if (this.#owners.some((known) => forms.some((form) => sameName(form, known)))) return;
    const words = wordsOf(foldName(owner).split('@')[0] ?? '')
      .sort()
      .join(' ');
    const isKnown = (known: string) =>
      !(known.includes('@') && owner.includes('@')) &&
      wordsOf(foldName(known).split('@')[0] ?? '')
        .sort()
        .join(' ') === words;
    if (this.#owners.length <= mostOwners && !this.#owners.some(isKnown)) this.#owners.push(owner);
  }

  /** The refusal of an ambiguous owner; null for one owner or none. */
  refusal(said: string | undefined): Refusal | null {
    if (said === undefined || said === 'me' || this.#owners.length < 2) return null;
    const named = this.#owners.slice(0, mostOwners).map((owner) => `“${owner}”`);
    return { reason: 'several-owners', name: said, detail: new Intl.ListFormat('en').format(named) };
  }
}

/** Most assets that can be picked by age or size; more are asked for by other limits. */
const mostPicked = 1_000;

/**
 * The first assets by age or size among any number of them, in memory for `count` of them: a bounded insertion into a
 * sorted list. Equal ages or sizes at the border would make the choice one of chance, so they are a refusal.
 */
export class PickedAssets {
  readonly #pick: AssetPick;
  readonly #count: number;
  /** Best first; one more than asked for, to see a tie at the border. */
  readonly #best: SelectableAsset[] = [];
  #compared = 0;
  #seen = 0;

  constructor(pick: AssetPick) {
    this.#pick = pick;
    this.#count = Math.min(pick.count, mostPicked);
  }

  add(asset: SelectableAsset): void {
    this.#seen += 1;
    const value = this.#valueOf(asset);
    if (value === null) return;
    this.#compared += 1;
    let low = 0;
    let high = this.#best.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#best[middle];
      if (other !== undefined && (this.#valueOf(other) ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    if (low > this.#count) return;
    this.#best.splice(low, 0, asset);
    if (this.#best.length > this.#count + 1) this.#best.pop();
  }

  /** True when the source tells what decides; "all but the newest" leaves out what it tells no date of. */
  compares(asset: SelectableAsset): boolean {
    return this.#valueOf(asset) !== null;
  }

  /** The identity of each picked asset. */
  get keys(): ReadonlySet<string> {
    return new Set(this.#best.slice(0, this.#count).map(keyOf));
  }

  /** The refusal when nothing could be compared or the border is a tie; null otherwise. */
  refusal(): Refusal | null {
    const { by, count } = this.#pick;
    if (count > mostPicked) return { reason: 'too-many-picked', name: String(count), detail: String(mostPicked) };
    if (this.#seen > 0 && this.#compared === 0)
      return { reason: 'nothing-to-compare', name: isBySize(by) ? 'size' : 'date', detail: by };
    const [last, next] = [this.#best[this.#count - 1], this.#best[this.#count]];
    if (last === undefined || next === undefined || this.#valueOf(last) !== this.#valueOf(next)) return null;
    return { reason: 'picked-alike', name: last.name, detail: `“${next.name}”` };
  }

  /** Smaller is better, so that one comparison serves all orders; null when the source does not tell. */
  #valueOf({ sizeBytes, createdAt }: SelectableAsset): number | null {
    switch (this.#pick.by) {
      case 'oldest':
        return createdAt === null ? null : createdAt.getTime();
      case 'newest':
        return createdAt === null ? null : -createdAt.getTime();
      case 'smallest':
        return sizeBytes;
      case 'biggest':
        return sizeBytes === null ? null : -sizeBytes;
    }
  }
}

/** The identity of an asset within a workspace, as one text. */
export function keyOf({ kind, familyId }: Pick<Asset, 'kind' | 'familyId'>): string {
  return `${kind}/${familyId}`;
}

function isBySize(by: AssetPick['by']): boolean {
  return by === 'biggest' || by === 'smallest';
}
