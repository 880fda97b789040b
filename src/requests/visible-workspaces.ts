import type { Member, Workspace } from '../domain/accounts.ts';
import { isTransient, SourceError } from '../domain/asset-source.ts';
import { hasAddress, type Person } from '../domain/people.ts';
import { type Role, roleOf } from '../domain/policy.ts';
import { askMembership, recentMembership } from './recent-memberships.ts';
import type { RequestServices } from './request-services.ts';

/** A workspace that the person is a member of, with their role in it. */
export interface VisibleWorkspace {
  readonly workspace: Workspace;
  readonly members: readonly Member[];
  readonly role: Exclude<Role, 'none'>;
}

/** What could be seen, and the first thing that kept Steward from seeing all. */
export interface Visibility {
  readonly visible: readonly VisibleWorkspace[];
  readonly obstacle: SourceError | null;
}

/**
 * How new an answer has to be: `now` asks the service, as everything does that leads to an effect; `recent` takes what
 * it said within the last minute to anybody, for lists and help.
 */
export type Freshness = 'now' | 'recent';

/** Workspaces asked at the same time. */
const width = 4;

/**
 * The workspaces in which a person is a member.
 * One that does not answer is left out and reported as a hindrance; it must not hide the others.
 */
export async function visibleWorkspaces(
  services: Pick<RequestServices, 'source' | 'clock'>,
  person: Person,
  signal: AbortSignal,
  freshness: Freshness,
): Promise<Visibility> {
  const { source } = services;
  const ids = source.workspaceIds();
  const found: (VisibleWorkspace | null)[] = new Array(ids.length).fill(null);
  let obstacle: SourceError | null = null;
  let next = 0;
  const poll = async () => {
    for (let index = next++; index < ids.length; index = next++) {
      const id = ids[index];
      if (id === undefined) return;
      try {
        found[index] = await see(services, person, id, signal, freshness);
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        // A passing failure is worth telling before a lasting one: trying again may help.
        if (obstacle === null || (isTransient(error) && !isTransient(obstacle))) obstacle = error;
      }
    }
  };
  await Promise.all(Array.from({ length: width }, poll));
  return { visible: found.filter((seen) => seen !== null), obstacle };
}

/**
 * One workspace as the person sees it, or null when they are no member. A workspace that cannot be read, or whose type
 * is not known, concerns its members only. Throws SourceError.
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
    const known = [registeredBy, ...members.map(({ email }) => email)].some((email) => hasAddress(person, email));
    if (!known) return null;
    throw read.reason;
  }
  const workspace = read.value;
  const role = roleOf(person, workspace, members, registeredBy);
  return role === 'none' ? null : { workspace, members, role };
}
