import pMap from 'p-map';
import type { Member, Workspace } from '../domain/accounts.ts';
import { hasAddress, type Person } from '../domain/people.ts';
import { type Role, roleOf } from '../domain/policy.ts';
import { isSourceFailure, type ServiceFailure } from '../domain/service-failure.ts';
import { askMembership, recentMembership } from './recent-memberships.ts';
import type { RequestServices } from './request-services.ts';

/** A workspace that the person is a member of, with their role in it. */
export interface VisibleWorkspace {
  readonly workspace: Workspace;
  readonly members: readonly Member[];
  readonly role: Exclude<Role, 'none'>;
}

/** The visible workspaces, and the most relevant error when some could not be read. */
export interface Visibility {
  readonly visible: readonly VisibleWorkspace[];
  readonly obstacle: ServiceFailure | null;
}

/**
 * How fresh an answer has to be: `now` calls the service, as everything does that leads to an effect; `recent` accepts
 * a cached answer of the last minute, for lists and help.
 */
export type Freshness = 'now' | 'recent';

/** Workspaces that are read concurrently. */
const concurrency = 4;

/**
 * The workspaces of which a person is a member. One that cannot be read is left out and reported as the obstacle, so
 * that it does not hide the others.
 */
export async function visibleWorkspaces(
  services: Pick<RequestServices, 'source' | 'clock'>,
  person: Person,
  signal: AbortSignal,
  freshness: Freshness,
): Promise<Visibility> {
  const { source } = services;
  let obstacle: ServiceFailure | null = null;
  const seeOrNote = async (id: string): Promise<VisibleWorkspace | null> => {
    try {
      return await see(services, person, id, signal, freshness);
    } catch (error) {
      if (!isSourceFailure(error)) throw error;
      // A transient failure is reported before a permanent one, since trying again may help.
      if (obstacle === null || (error.transient && !obstacle.transient)) obstacle = error;
      return null;
    }
  };
  const found = await pMap(source.workspaceIds(), seeOrNote, { concurrency });
  return { visible: found.filter((seen) => seen !== null), obstacle };
}

/**
 * One workspace with the person's role, or null when they are no member. An error (the workspace cannot be read, its
 * type is unknown) is reported to its members only. Throws ServiceFailure.
 */
export async function see(
  services: Pick<RequestServices, 'source' | 'clock'>,
  person: Person,
  workspaceId: string,
  signal: AbortSignal,
  freshness: Freshness,
): Promise<VisibleWorkspace | null> {
  const { source } = services;
  const [read, listed] = await (freshness === 'now'
    ? askMembership(source, workspaceId, signal)
    : recentMembership(services, workspaceId, signal));
  if (listed.status === 'rejected') throw listed.reason;
  const members = listed.value;
  const registeredBy = source.registeredBy(workspaceId);
  if (read.status === 'rejected') {
    const isMember = [registeredBy, ...members.map(({ email }) => email)].some((email) => hasAddress(person, email));
    if (!isMember) return null;
    throw read.reason;
  }
  const workspace = read.value;
  const role = roleOf(person, workspace, members, registeredBy);
  return role === 'none' ? null : { workspace, members, role };
}
