import { z } from 'zod';
import { readResourceId } from '../../azure/arm/resource-id.ts';
import type { Clearance } from '../../domain/clearance.ts';
import { ServiceFailure } from '../../domain/service-failure.ts';
import type { ByHand, TiedResource, WorkspacePresence, WorkspaceRemoval } from '../../domain/workspace-removal.ts';
import { type ArmPlace, nullIfDenied } from './arm/arm-scope.ts';
import { deleteArmWorkspace, isInArm } from './arm/azure-workspaces.ts';
import { deleteWorkspace, presenceInStudio } from './assumed.ts';
import { spoolClassicWebServices } from './classic-web-services.ts';
import { studioClassic } from './declaration.ts';
import { text } from './payload-fields.ts';
import { webServicesInAzure } from './web-services.ts';
import { readWorkspace } from './workspace.ts';
import type { WorkspaceClient } from './workspace-client.ts';

const WorkspacePayload = z.object({
  FriendlyName: text,
  SubscriptionName: text,
  TenantId: text,
  UserStorage: text,
});

/** How a workspace would be deleted, and what is tied to it. Throws ServiceFailure. */
export async function planRemoval(
  client: WorkspaceClient,
  guestLifetimeMs: number,
  signal: AbortSignal,
): Promise<WorkspaceRemoval> {
  const { accountType } = await readWorkspace(client, guestLifetimeMs, signal);
  const known = await client.json({ path: '', doing: 'reading the workspace', signal }, WorkspacePayload);
  const classic = Array.from(
    (await spoolClassicWebServices(client, signal)).newestFirst(),
    ({ id, name }): TiedResource => ({ kind: 'classic-web-service', id, name }),
  );
  const storageAccount = known.UserStorage === '' ? null : known.UserStorage;
  if (accountType !== 'standard') {
    const byHand: ByHand = {
      where: 'source',
      url: `${studioClassic.workspacePage}${client.workspaceId}`,
      lookFor: [],
    };
    const method = accountType === 'free' ? 'source' : 'by-hand';
    return { method, resourceId: null, byHand, tied: classic, tiedKnown: true, storageAccount };
  }
  const { azure } = client;
  const place = azure && (await nullIfDenied(() => azure.place(signal)));
  const services = azure && (await nullIfDenied(() => webServicesInAzure(client, signal)));
  const inAzure = services?.map(({ asset }): TiedResource => ({ kind: 'web-service', id: asset.id, name: asset.name }));
  const resourceId = place?.resourceId ?? null;
  return {
    method: resourceId === null ? 'by-hand' : 'resource-manager',
    resourceId,
    byHand: inPortal(place ?? null, known),
    tied: [...classic, ...(inAzure ?? []), ...plansOf(services ?? [])],
    tiedKnown: services !== null,
    storageAccount,
  };
}

/** Requests the deletion once, with the planned method. Throws ServiceFailure, and what a clearance throws. */
export async function removeWorkspace(
  client: WorkspaceClient,
  { method, resourceId }: WorkspaceRemoval,
  clearance: Clearance,
  signal: AbortSignal,
): Promise<'accepted' | 'gone'> {
  if (method === 'source') return deleteWorkspace(client, clearance, signal);
  if (method === 'resource-manager' && resourceId !== null && client.azure !== null) {
    return deleteArmWorkspace(client.azure.transport, resourceId, clearance, signal);
  }
  throw new ServiceFailure('Studio', 'unsupported', 'Steward has no access to this workspace’s subscription in Azure.');
}

/**
 * Whether the workspace still exists: according to Studio, and also to Azure if Steward has access there, because only
 * Azure can distinguish a deleted workspace from one whose token was changed. Throws ServiceFailure.
 */
export async function presence(
  client: WorkspaceClient,
  { resourceId }: WorkspaceRemoval,
  signal: AbortSignal,
): Promise<WorkspacePresence> {
  const withinProduct = await presenceInStudio(client, signal);
  if (withinProduct === 'there' || resourceId === null || client.azure === null) return withinProduct;
  const { transport } = client.azure;
  const listed = await nullIfDenied(() => isInArm(transport, resourceId, signal));
  if (listed === null) return withinProduct;
  return listed ? 'there' : 'gone';
}

/** The portal's page of the workspace, or the list of all such workspaces when its resource id is unknown. */
function inPortal(place: ArmPlace | null, known: z.output<typeof WorkspacePayload>): ByHand {
  const portal = 'https://portal.azure.com/#';
  if (place?.resourceId) {
    const tenant = known.TenantId === '' ? '' : `@${known.TenantId}/`;
    return { where: 'azure-portal', url: `${portal}${tenant}resource${place.resourceId}/overview`, lookFor: [] };
  }
  const url = `${portal}blade/HubsExtension/BrowseResource/resourceType/Microsoft.MachineLearning%2Fworkspaces`;
  const lookFor = [known.SubscriptionName, known.FriendlyName].filter((name) => name !== '');
  return { where: 'azure-portal', url, lookFor };
}

function plansOf(services: readonly { readonly planId: string | null }[]): TiedResource[] {
  const ids = new Set(services.flatMap(({ planId }) => planId ?? []));
  return [...ids].map((id) => ({
    kind: 'commitment-plan',
    id,
    name: readResourceId(id, 'commitmentPlans')?.name ?? id,
  }));
}
