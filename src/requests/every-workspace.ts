import pMap from 'p-map';
import type { Workspace } from '../domain/accounts.ts';
import { isSourceFailure, type ServiceFailure } from '../domain/service-failure.ts';
import { recentMembership } from './recent-memberships.ts';
import type { RequestServices } from './request-services.ts';

/** Workspaces that are read concurrently. */
const concurrency = 4;

/**
 * Every workspace that is connected, whoever is a member: only for people who look after all of them. One that cannot be
 * read is left out and reported as the obstacle.
 */
export async function everyWorkspace(
  services: Pick<RequestServices, 'source' | 'clock'>,
  signal: AbortSignal,
): Promise<{ readonly workspaces: readonly Workspace[]; readonly obstacle: ServiceFailure | null }> {
  let obstacle: ServiceFailure | null = null;
  const read = await pMap(
    services.source.workspaceIds(),
    async (id) => {
      const [workspace] = await recentMembership(services, id, signal);
      if (workspace.status === 'fulfilled') return workspace.value;
      if (!isSourceFailure(workspace.reason)) throw workspace.reason;
      obstacle = workspace.reason;
      return null;
    },
    { concurrency },
  );
  return { workspaces: read.filter((workspace) => workspace !== null), obstacle };
}
