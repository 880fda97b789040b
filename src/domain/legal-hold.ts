import type { Member } from './accounts.ts';
import { mayBeOwnedBy } from './asset-selection.ts';
import type { Asset, AssetKind } from './assets.ts';
import { sameName } from './name-folding.ts';
import { type Account, type Addresses, everyAddress, isSamePersonOrAddress, plainAddress, sameId } from './people.ts';

/** What a hold is placed on. */
export type HoldTarget =
  | { readonly kind: 'workspace'; readonly workspaceId: string; readonly name: string }
  | {
      readonly kind: 'asset';
      readonly workspaceId: string;
      readonly workspaceName: string;
      readonly assetKind: AssetKind;
      /** The family, so that all its versions are held. */
      readonly familyId: string;
      readonly name: string;
    }
  | {
      readonly kind: 'person';
      /** Null for somebody of whom no account is known. */
      readonly objectId: string | null;
      readonly name: string | null;
      /** In plain form. */
      readonly addresses: readonly string[];
    };

/** Somebody who placed or lifted a hold. */
export interface HoldActor {
  /** Microsoft Entra object id. */
  readonly objectId: string;
  /** As it was then; empty once the person is erased. */
  readonly name: string;
}

/** `proposed` is a preview, under which nothing stands yet; `ended` is a hold whose end has come. */
export type HoldState = 'proposed' | 'placed' | 'declined' | 'lifted' | 'ended';

/** A legal hold: nothing that it covers is deleted while it is in force. */
export interface LegalHold {
  readonly number: number;
  readonly tenantId: string;
  readonly target: HoldTarget;
  readonly reference: string;
  readonly reason: string;
  readonly state: HoldState;
  /** In force from this moment on, and before the other one; null is without an end. */
  readonly from: Date;
  readonly until: Date | null;
  readonly placedBy: HoldActor;
  /** Null while it is only proposed. */
  readonly placedAt: Date | null;
  /** When the administrators are next reminded to review it. */
  readonly reviewAt: Date;
  /** Until when the preview can be confirmed. */
  readonly expiresAt: Date;
  readonly lifted: null | { readonly by: HoldActor; readonly at: Date; readonly reason: string };
}

/** The preview of lifting a hold. */
export interface HoldLift {
  readonly number: number;
  readonly hold: number;
  /** Object id of whoever was shown it. */
  readonly askedBy: string;
  readonly reason: string;
  readonly expiresAt: Date;
  readonly outcome: 'confirmed' | 'declined' | null;
}

/** Why a hold is not placed or lifted. */
export type HoldRefusal =
  /** Neither an administrator nor in a group that the policy names for it. */
  | 'may-not-hold'
  | 'not-your-preview'
  | 'already-ended'
  | 'expired'
  /** No hold, or no preview, of this number in the tenant. */
  | 'unknown'
  /** Lifting: it does not stand, or not any more. */
  | 'not-standing'
  /** Lifting: somebody else than who placed it has to. */
  | 'placed-by-you'
  /** Lifting: nobody lifts a hold on themselves. */
  | 'held-yourself'
  /** The reference or the reason says nothing in words, or nothing is said of the person. */
  | 'words-needed'
  /** Its end is not after its beginning, or has passed. */
  | 'wrong-dates';

/** What no hold can stop, said when it is placed. */
export type HoldLimit =
  /** A guest workspace is purged by the service when it expires. */
  | { readonly kind: 'guest-expiry'; readonly workspaceName: string; readonly expiresAt: Date | null }
  /** What the service purges by itself, and its retirement. */
  | { readonly kind: 'service-purge' }
  /** Deletions by people with rights in the service, in Azure or in storage, outside of Steward. */
  | { readonly kind: 'rights-elsewhere' };

/** What holds at the moment of a press. */
export interface HoldFacts {
  readonly now: number;
  /** With the accounts that links connect, as for everybody here. */
  readonly by: Account & Addresses;
  readonly mayHold: boolean;
}

/** Whether a press places a hold; null when it does. Only whoever was shown its preview can, while they still may. */
export function refusalOfPlacing(hold: LegalHold, { now, by, mayHold }: HoldFacts): HoldRefusal | null {
  if (!sameId(hold.placedBy.objectId, by.objectId)) return 'not-your-preview';
  if (hold.state !== 'proposed') return 'already-ended';
  if (!mayHold) return 'may-not-hold';
  if (now >= hold.expiresAt.getTime()) return 'expired';
  return hold.until !== null && hold.until.getTime() <= now ? 'wrong-dates' : null;
}

/** What holds when somebody wants to lift a hold. */
export interface LiftFacts extends HoldFacts {
  readonly placer: Account & Addresses;
  /** Whether somebody else than the placer has to do it. */
  readonly byAnother: boolean;
  /** Everybody who is held, where it is a person. */
  readonly held: HeldPerson | null;
}

/** Why somebody cannot lift a hold; null when they can. */
export function refusalOfLifting(
  hold: LegalHold,
  { by, mayHold, placer, byAnother, held }: LiftFacts,
): HoldRefusal | null {
  if (!mayHold) return 'may-not-hold';
  if (hold.state !== 'placed') return 'not-standing';
  if (held !== null && isHeld(held, by)) return 'held-yourself';
  return byAnother && isSamePersonOrAddress(by, placer) ? 'placed-by-you' : null;
}

function isHeld(held: HeldPerson, by: Account & Addresses): boolean {
  return (
    [by.objectId, ...(by.linked?.objectIds ?? [])].some((objectId) => isHeldAccount(held, { objectId })) ||
    everyAddress(by).some((address) => held.addresses.includes(address))
  );
}

/** True when a hold is in force at a moment. */
export function isInForce({ state, from, until }: Pick<LegalHold, 'state' | 'from' | 'until'>, now: number): boolean {
  return state === 'placed' && from.getTime() <= now && (until === null || now < until.getTime());
}

/** All that may stand for a held person: every account and address that links connect, and every name of theirs. */
export interface HeldPerson {
  readonly objectIds: readonly string[];
  /** In plain form. */
  readonly addresses: readonly string[];
  readonly names: readonly string[];
}

/** A hold in force, with whoever is held as they are known now. */
export type StandingHold = Pick<LegalHold, 'number' | 'target'> & { readonly person: HeldPerson | null };

/** True when an account is one of a held person's. */
export function isHeldAccount({ objectIds }: HeldPerson, { objectId }: Pick<Account, 'objectId'>): boolean {
  return objectIds.some((id) => sameId(id, objectId));
}

/** Where the things are that a hold may cover. */
export interface HeldPlace {
  readonly workspaceId: string;
  /** Null where they are not known: then anybody may be one. */
  readonly members: readonly Member[] | null;
  /** The address that the workspace's credential came from. */
  readonly registeredBy: string | null;
}

/** A test whether a hold covers an asset: it is held itself, its workspace is, or it is or may be a held person's. */
export function assetCover(
  { target, person }: StandingHold,
  place: HeldPlace,
): (asset: Pick<Asset, 'kind' | 'familyId' | 'owner'>) => boolean {
  if (person !== null) {
    const mayOwn = mayBeTheirs(person, place);
    return ({ owner }) => mayOwn(owner);
  }
  if (target.kind === 'person' || target.workspaceId !== place.workspaceId) return () => false;
  if (target.kind === 'workspace') return () => true;
  return ({ kind, familyId }) => target.assetKind === kind && target.familyId === familyId;
}

/**
 * True when a hold forbids the deletion of a whole workspace whatever is found in it: it is held itself, something of it
 * is, or a held person is a member, who may own something in it. Whoever left is found by `assetCover`.
 */
export function coversWorkspace({ target, person }: StandingHold, place: HeldPlace): boolean {
  if (person === null) return target.kind !== 'person' && target.workspaceId === place.workspaceId;
  if (place.members === null || isAddressOf(person, place.registeredBy)) return true;
  return place.members.some((member) => isMember(person, member));
}

/**
 * A test whether an owner as the source tells it is or may be a held person. It is free text, so it is read widely, as an
 * exception is (`mayBeOwnedBy`): an unknown owner may be any member. Only what is another member's name or address, or an
 * address that shares no word with theirs, is certainly somebody else's.
 */
export function mayBeTheirs(person: HeldPerson, { members, registeredBy }: HeldPlace): (owner: string) => boolean {
  const known = members ?? [];
  const own = known.filter((member) => isMember(person, member));
  const others = known.filter((member) => !own.includes(member));
  const isAround = members === null || own.length > 0 || isAddressOf(person, registeredBy);
  const asker = { name: '', addresses: [] };
  const forms = [...person.names, ...person.addresses].filter((form) => form !== '');
  const wide = forms.map((form) => mayBeOwnedBy(form, asker, own));
  const answers = new Map<string, boolean>();
  const read = (owner: string): boolean => {
    if (owner.trim() === '') return isAround;
    if (isAddressOf(person, owner) || own.some((member) => isNameOf(member, owner))) return true;
    if (person.names.some((name) => sameName(name, owner))) return true;
    if (others.some((member) => isNameOf(member, owner))) return false;
    return wide.some((mayOwn) => mayOwn(owner)) || (isAround && plainAddress(owner) === null);
  };
  return (owner) => {
    const answer = answers.get(owner) ?? read(owner);
    answers.set(owner, answer);
    return answer;
  };
}

function isMember(person: HeldPerson, { email, name }: Member): boolean {
  return isAddressOf(person, email) || (name !== '' && person.names.some((own) => sameName(own, name)));
}

function isNameOf({ email, name }: Member, owner: string): boolean {
  return [email, name].some((form) => form !== '' && sameName(form, owner));
}

function isAddressOf({ addresses }: HeldPerson, text: string | null): boolean {
  const plain = plainAddress(text);
  return plain !== null && addresses.includes(plain);
}
