import * as rows from '../database/address-rows.ts';
import type { Connection } from '../database/connection.ts';
import { appendAudit } from '../database/history.ts';
import { withLinked } from '../database/linked-identities.ts';
import { readAccountsOf, readPerson } from '../database/person-rows.ts';
import { storedJson } from '../database/storable.ts';
import {
  type AddressChange,
  type AddressRefusal,
  type AddressRights,
  refusalOfConfirmation,
} from '../domain/address-change.ts';
import { rolesOf } from '../domain/bot-roles.ts';
import { isNamedIn, isSamePersonOrAddress, type Person, type PersonFacts, plainAddress } from '../domain/people.ts';
import type { ServiceFailure } from '../domain/service-failure.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { peopleIn, type RoleServices, roleMembers } from './role-members.ts';
import { visibleWorkspaces } from './visible-workspaces.ts';

/** True for people with the role of administrator, who alone may see and change links. */
export function isAdministrator(services: RoleServices, person: Person): boolean {
  return rolesOf(roleMembers(services), person).includes('administrator');
}

/** Somebody named in a command: an account, several accounts that fit, or nobody who has written to the bot. */
export type FoundPerson =
  | { readonly kind: 'one'; readonly person: PersonFacts }
  | { readonly kind: 'several'; readonly people: readonly PersonFacts[] }
  | { readonly kind: 'none' };

/** The most people of one name that are told apart. */
const mostNamesakes = 6;

/**
 * Finds an account by an address, or a name as typed: the whole one or, with `one-name`, also one word of it where nobody
 * is called so. An address that is linked stands for the account it is linked to, whatever other accounts show it.
 */
export async function findPerson(
  services: RequestServices,
  tenantId: string,
  typed: string,
  by: 'whole-name' | 'one-name' = 'whole-name',
): Promise<FoundPerson> {
  const { db } = services.database;
  const address = plainAddress(typed);
  if (address !== null) {
    const [link] = await readAccountsOf(db, tenantId, [address]);
    const known = link === undefined ? null : await readPerson(db, tenantId, link.objectId);
    if (known !== null) return { kind: 'one', person: known.person };
  }
  const named = await rows.findPeople(db, tenantId, { name: typed, address }, mostNamesakes);
  const people =
    named.length > 0 || address !== null || by === 'whole-name'
      ? named
      : await rows.findPeopleByWord(db, tenantId, typed, mostNamesakes);
  const [person, ...others] = people;
  if (person === undefined) return { kind: 'none' };
  return others.length === 0 ? { kind: 'one', person } : { kind: 'several', people };
}

/** What is known of an address. */
export interface AddressState {
  readonly link: rows.AddressLink | null;
  /** The account that has it, when it is known by name. */
  readonly holder: PersonFacts | null;
  readonly former: readonly PersonFacts[];
}

/** The present and former accounts of an address, in plain form. */
export async function addressState(
  services: RequestServices,
  tenantId: string,
  address: string,
): Promise<AddressState> {
  const { db } = services.database;
  const link = await rows.readAddressLink(db, tenantId, address);
  const holder = link?.objectId == null ? null : await readPerson(db, tenantId, link.objectId);
  const former: PersonFacts[] = [];
  for (const objectId of await rows.readFormerHolders(db, tenantId, address)) {
    const known = objectId === link?.objectId ? null : await readPerson(db, tenantId, objectId);
    if (known !== null) former.push(known.person);
  }
  return { link, holder: holder?.person ?? null, former };
}

/**
 * What an address grants now: the memberships in Studio that name it, and the roles and groups of the configuration.
 * Throws ServiceFailure when a workspace cannot be read, since a preview without it would say too little.
 */
export async function rightsOfAddress(
  services: RequestServices,
  tenantId: string,
  address: string,
  signal: AbortSignal,
): Promise<AddressRights> {
  const nobody = { tenantId, objectId: '', name: '', userPrincipalName: null, mail: null, role: 'member' } as const;
  const bearer: Person = { ...nobody, addresses: [address] };
  const { visible, obstacle } = await visibleWorkspaces(services, bearer, signal, 'now');
  if (obstacle !== null) throw obstacle satisfies ServiceFailure;
  const { policy } = services.settings;
  return {
    workspaces: visible.map(({ workspace: { id, name }, role }) => ({ id, name, role })),
    roles: rolesOf(roleMembers(services), bearer),
    groups: Object.entries(policy.groups ?? {}).flatMap(([name, list]) =>
      isNamedIn(peopleIn(services, list), bearer) ? [name] : [],
    ),
  };
}

/** A change that an administrator wants to see a preview of. */
export interface AddressWish {
  readonly kind: AddressChange['kind'];
  /** In plain form. */
  readonly address: string;
  /** The account that gets it or, with `unlink`, that has it. */
  readonly target: PersonFacts;
  readonly rights: AddressRights;
}

/** The result of a wish or a press. */
export type AddressOutcome =
  | { readonly result: 'accepted'; readonly change: AddressChange }
  | { readonly result: 'refused'; readonly refusal: AddressRefusal; readonly change: AddressChange | null };

/** Records a change for its confirmation. Nothing is linked before that. */
export async function proposeAddressChange(
  services: RequestServices,
  by: Person,
  wish: AddressWish,
): Promise<AddressOutcome> {
  return inTransaction(services, async (trx): Promise<AddressOutcome> => {
    const { kind, address, target, rights } = wish;
    const refused = (refusal: AddressRefusal) => ({ result: 'refused', refusal, change: null }) as const;
    if (!isAdministrator(services, by)) return refused('not-an-administrator');
    if (kind === 'link' && (await isOwnAccount(trx, by, target))) return refused('own-account');
    const now = services.clock.now();
    const link = await rows.readAddressLink(trx, by.tenantId, address);
    const change = await rows.insertAddressChange(trx, {
      tenantId: by.tenantId,
      kind,
      address,
      objectId: target.objectId,
      heldBy: link?.objectId ?? null,
      rights: storedJson(rights),
      askedBy: by.objectId,
      createdAt: new Date(now),
      expiresAt: new Date(now + services.settings.waitsForPeopleMs),
    });
    return { result: 'accepted', change };
  });
}

async function isOwnAccount(trx: Connection, by: Person, target: PersonFacts): Promise<boolean> {
  return isSamePersonOrAddress(await withLinked(trx, by), await withLinked(trx, target));
}

/** The change of a preview, for whoever was shown it; null for everybody else. */
export async function findAddressChange(
  services: RequestServices,
  by: Person,
  number: number,
): Promise<AddressChange | null> {
  const change = await rows.readAddressChange(services.database.db, number);
  return change?.askedBy === by.objectId && change.tenantId === by.tenantId ? change : null;
}

/**
 * Confirms a change: the link, its audit row and the jobs that tell the people concerned commit in one transaction.
 * `by` comes from the authenticated activity; `rights` are read directly before.
 */
export async function confirmAddressChange(
  services: RequestServices,
  by: Person,
  number: number,
  rights: AddressRights,
): Promise<AddressOutcome> {
  return inTransaction(services, async (trx): Promise<AddressOutcome> => {
    const change = await rows.readAddressChange(trx, number, 'lock');
    // A preview of another tenant does not exist for this person.
    if (change === null || change.tenantId !== by.tenantId)
      return { result: 'refused', refusal: 'unknown', change: null };
    const { tenantId, address, objectId, kind } = change;
    const link = await rows.readAddressLink(trx, tenantId, address, 'lock');
    const target = await readPerson(trx, tenantId, objectId);
    if (target === null) return { result: 'refused', refusal: 'changed', change };
    const now = services.clock.now();
    const refusal = refusalOfConfirmation(change, {
      now,
      by: await withLinked(trx, by),
      isAdministrator: isAdministrator(services, by),
      target: await withLinked(trx, target.person),
      heldBy: link?.objectId ?? null,
      rights,
    });
    if (refusal !== null) return { result: 'refused', refusal, change };
    const at = new Date(now);
    const isMoved = await rows.moveAddress(trx, {
      tenantId,
      address,
      from: change.heldBy,
      to: kind === 'link' ? objectId : null,
      proof: kind === 'link' ? 'administrator' : null,
      at,
    });
    if (!isMoved) return { result: 'refused', refusal: 'changed', change };
    await rows.endAddressChange(trx, number, 'confirmed', at);
    await record(services, trx, by, change, kind === 'link' ? 'address.linked' : 'address.unlinked');
    const { queue } = services;
    await queue.enqueue(trx, 'tell-address-change', { change: number, reader: 'account' });
    if (kind === 'link' && change.heldBy !== null && change.heldBy !== objectId)
      await queue.enqueue(trx, 'tell-address-change', { change: number, reader: 'former' });
    return { result: 'accepted', change: { ...change, outcome: 'confirmed' } };
  });
}

/** Declines a change; nothing is linked. A change that has ended stays as it is. */
export async function declineAddressChange(
  services: RequestServices,
  by: Person,
  number: number,
): Promise<AddressOutcome> {
  return inTransaction(services, async (trx): Promise<AddressOutcome> => {
    const change = await rows.readAddressChange(trx, number, 'lock');
    if (change === null || change.tenantId !== by.tenantId)
      return { result: 'refused', refusal: 'unknown', change: null };
    if (change.askedBy !== by.objectId) return { result: 'refused', refusal: 'not-your-preview', change: null };
    if (change.outcome !== null) return { result: 'refused', refusal: 'already-ended', change };
    await rows.endAddressChange(trx, number, 'declined', new Date(services.clock.now()));
    await record(services, trx, by, change, 'address.declined');
    return { result: 'accepted', change: { ...change, outcome: 'declined' } };
  });
}

/** A confirmed change, for telling people of it; null when there is none. */
export async function confirmedAddressChange(services: RequestServices, number: number): Promise<AddressChange | null> {
  const change = await rows.readAddressChange(services.database.db, number);
  return change?.outcome === 'confirmed' ? change : null;
}

function record(
  services: RequestServices,
  trx: Connection,
  by: Person,
  { number, tenantId, kind, objectId, heldBy, rights }: AddressChange,
  action: string,
): Promise<void> {
  const { workspaces, roles, groups } = rights;
  return appendAudit(trx, {
    at: new Date(services.clock.now()),
    tenantId,
    actor: by.objectId,
    policyVersion: services.settings.policy.version,
    action,
    requestNumber: null,
    workspaceId: null,
    detail: {
      // Never the address: it would tell whom a pseudonym stands for.
      change: number,
      kind,
      objectId,
      heldBy,
      rights: { workspaces: workspaces.map(({ id, role }) => ({ id, role })), roles, groups },
    },
  });
}
