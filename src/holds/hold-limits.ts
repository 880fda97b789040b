import type { HoldLimit, HoldTarget } from '../domain/legal-hold.ts';
import type { Person } from '../domain/people.ts';
import type { RequestServices } from '../requests/request-services.ts';
import { visibleWorkspaces } from '../requests/visible-workspaces.ts';

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

async function workspacesOf(services: RequestServices, target: HoldTarget, tenantId: string, signal: AbortSignal) {
  if (target.kind !== 'person') return [await services.source.workspace(target.workspaceId, signal)];
  const { objectId, name, addresses } = target;
  const facts = { name: name ?? '', userPrincipalName: null, mail: null, role: 'unknown' } as const;
  const person: Person = { tenantId, objectId: objectId ?? '', ...facts, addresses };
  const { visible, obstacle } = await visibleWorkspaces(services, person, signal, 'recent');
  if (obstacle !== null) throw obstacle;
  return visible.map(({ workspace }) => workspace);
}
