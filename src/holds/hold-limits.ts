import pMap from 'p-map';
import { readHeldPerson } from '../database/held-people.ts';
import type { Workspace } from '../domain/accounts.ts';
import { coversWorkspace, type HoldLimit, type HoldTarget } from '../domain/legal-hold.ts';
import { heldPlace } from '../requests/held-deletions.ts';
import { recentMembership } from '../requests/recent-memberships.ts';
import type { RequestServices } from '../requests/request-services.ts';

/**
 * What no hold on this target can stop, for its preview: the expiry of guest workspaces that it concerns with their
 * dates, the service's own purge, and rights used elsewhere. Throws ServiceFailure when the workspaces cannot be read.
 */
export async function limitsOfHold(
  services: RequestServices,
  target: HoldTarget,
  tenantId: string,
  signal: AbortSignal,
): Promise<readonly HoldLimit[]> {
  const concerned = await workspacesOf(services, target, tenantId, signal);
  const guests = concerned.flatMap(({ accountType, name, expiresAt }): HoldLimit[] =>
    accountType === 'guest' ? [{ kind: 'guest-expiry', workspaceName: name, expiresAt }] : [],
  );
  return [...guests, { kind: 'service-purge' }, { kind: 'rights-elsewhere' }];
}

/** The workspaces that a hold on the target keeps. */
async function workspacesOf(
  services: RequestServices,
  target: HoldTarget,
  tenantId: string,
  signal: AbortSignal,
): Promise<readonly Workspace[]> {
  if (target.kind !== 'person') return [await services.source.workspace(target.workspaceId, signal)];
  const person = await readHeldPerson(services.database.db, { tenantId, target });
  const found = await pMap(
    services.source.workspaceIds(),
    async (workspaceId) => {
      const [workspace, members] = await recentMembership(services, workspaceId, signal);
      if (members.status === 'rejected') throw members.reason;
      const isKept = coversWorkspace({ number: 0, target, person }, heldPlace(services, workspaceId, members.value));
      if (isKept && workspace.status === 'rejected') throw workspace.reason;
      return isKept && workspace.status === 'fulfilled' ? workspace.value : null;
    },
    { concurrency: 4 },
  );
  return found.filter((workspace) => workspace !== null);
}
