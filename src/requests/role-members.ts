import type { RoleMembers } from '../domain/bot-roles.ts';
import { type DirectoryGroups, groupOfEntry, groupsIn } from '../domain/directory-groups.ts';
import { entriesOfPolicy } from '../domain/policy-rules.ts';
import { ServiceFailure } from '../domain/service-failure.ts';
import { RecentAnswers } from './recent-answers.ts';
import type { RequestServices, RequestSettings } from './request-services.ts';

/** What knowing the members of groups depends on. */
export type RoleServices = Pick<RequestServices, 'settings' | 'groups' | 'clock'>;

/** How long it is known who is in a group, in milliseconds. */
const lifetimeMs = 60_000;

/** How old what is read may be, in milliseconds, so that it is not older than a minute where it is relied on. */
const freshMs = 20_000;

/** Time-out of a shared call, in milliseconds. */
const sharedCallTimeoutMs = 60_000;

/** The cache, by directory and group; it never has more entries than the settings name groups. */
const cache = new WeakMap<DirectoryGroups, RecentAnswers<readonly string[]>>();

/**
 * Reads who is in the groups that lists of people name; what follows within a minute knows it, without a call inside a
 * transaction. Throws ServiceFailure when the directory does not say of one of them; the others are known all the same.
 */
export async function readGroups(
  { groups, clock }: RoleServices,
  entries: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const reads = groupsIn(entries).map((id) => {
    if (groups === undefined) throw withoutDirectory();
    const ask = () => groups.members(id, AbortSignal.timeout(sharedCallTimeoutMs));
    return answersOf(groups).get(id, clock, ask, signal, freshMs);
  });
  for (const read of await Promise.allSettled(reads)) if (read.status === 'rejected') throw read.reason;
}

/** False when who is in one of the groups was not read within the last minute. */
export function knowsGroups(services: RoleServices, entries: readonly string[]): boolean {
  return groupsIn(entries).every((id) => knownGroup(services, id) !== null);
}

/** Makes the next `readGroups` ask the directory. */
export function forgetGroups({ groups }: RoleServices, entries: readonly string[]): void {
  if (groups === undefined) return;
  for (const id of groupsIn(entries)) answersOf(groups).forget(id);
}

/**
 * A list of people with each group replaced by the object ids of its members, as read within the last minute. Nobody
 * stands for a group that was not: an unknown gives nobody a role.
 */
export function peopleIn(services: RoleServices, entries: readonly string[]): readonly string[] {
  return entries.flatMap((entry) => {
    const id = groupOfEntry(entry);
    return id === null ? [entry] : (knownGroup(services, id) ?? []);
  });
}

/** The people of each role as the settings name them, groups as they are known now; see `peopleIn`. */
export function roleMembers(services: RoleServices): RoleMembers {
  const { approver, administrator, helpdesk, auditor } = roleEntries(services.settings);
  return {
    approver: peopleIn(services, approver),
    administrator: peopleIn(services, administrator),
    helpdesk: peopleIn(services, helpdesk),
    auditor: peopleIn(services, auditor),
  };
}

/**
 * Reads the groups that give roles, where a rule of the policy depends on roles, so that a rule about a role is never
 * passed over because the directory does not answer. Throws ServiceFailure when it does not say.
 */
export async function readRolesForPolicy(services: RoleServices, signal: AbortSignal): Promise<void> {
  const { policy } = services.settings;
  if (policy.rules.every(({ botRoles }) => botRoles === undefined)) return;
  await readGroups(services, Object.values(roleEntries(services.settings)).flat(), signal);
}

/**
 * Reads every group that the settings name, for at most so many milliseconds, for answers that only show or suggest.
 * True when all are known now.
 */
export function triedRoles(services: RoleServices, signal: AbortSignal, longestMs = 3_000): Promise<boolean> {
  const entries = entriesOfSettings(services.settings);
  if (groupsIn(entries).length === 0) return Promise.resolve(true);
  const limited = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
  return readGroups(services, entries, limited).then(
    () => true,
    () => false,
  );
}

/** Everybody whom the settings and the policy name, as entries: people, and groups, those of escalations too. */
export function entriesOfSettings(settings: RequestSettings): readonly string[] {
  return [...Object.values(roleEntries(settings)).flat(), ...entriesOfPolicy(settings.policy)];
}

function roleEntries({ approvers, administrators = [], helpdesk = [], auditors = [] }: RequestSettings): RoleMembers {
  return { approver: approvers, administrator: administrators, helpdesk, auditor: auditors };
}

function knownGroup({ groups, clock }: RoleServices, id: string): readonly string[] | null {
  return groups === undefined ? null : answersOf(groups).known(id, clock);
}

function answersOf(groups: DirectoryGroups): RecentAnswers<readonly string[]> {
  const known = cache.get(groups);
  if (known !== undefined) return known;
  const made = new RecentAnswers<readonly string[]>(lifetimeMs);
  cache.set(groups, made);
  return made;
}

function withoutDirectory(): ServiceFailure {
  return new ServiceFailure('Microsoft Graph', 'unauthorized', 'Steward has no access to Microsoft Graph.');
}
