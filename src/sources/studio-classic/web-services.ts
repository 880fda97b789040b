import type { Asset } from '../../domain/assets.ts';
import { type ArmPlace, type ArmScope, isAccessDenied } from './arm/arm-scope.ts';
import {
  type ArmWebService,
  armWebServiceFiles,
  armWebServicesOf,
  deleteArmWebService,
  findArmWebService,
  isArmWebService,
} from './arm/new-web-services.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import { classicWebServices, spoolClassicWebServices, withEndpointRevisions } from './classic-web-services.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** Web services of both types: classic ones on the management host, and new ones in Azure if Steward has access. */
export const webServices: AssetKindAdapter = {
  async *list(client, signal) {
    const spool = await spoolClassicWebServices(client, signal);
    for (const { asset } of await visibleInAzure(client, signal)) spool.add(asset);
    yield* withEndpointRevisions(client, spool.newestFirst(), signal, ({ id }) => !isArmWebService(id));
  },

  async find(client, asset, signal) {
    if (!isArmWebService(asset.id)) return classicWebServices.find(client, asset, signal);
    const place = await client.azure?.place(signal);
    if (!client.azure || !place) return null;
    return findArmWebService(client.azure.transport, asset.id, workspaceAt(client, place), signal);
  },

  files: (client, asset, signal) =>
    isArm(client, asset)
      ? armWebServiceFiles(client.azure.transport, asset, signal)
      : classicWebServices.files(client, asset, signal),

  delete: (client, asset, ask, signal) =>
    isArm(client, asset)
      ? deleteArmWebService(client.azure.transport, asset, ask, signal)
      : classicWebServices.delete(client, asset, ask, signal),
};

/** The workspace's new web services. Throws ServiceFailure; `forbidden` or `unauthorized` when Azure denies access. */
export async function webServicesInAzure(
  client: WorkspaceClient,
  signal: AbortSignal,
): Promise<readonly ArmWebService[]> {
  const place = await client.azure?.place(signal);
  if (!client.azure || !place) return [];
  return armWebServicesOf(client.azure.transport, place.subscription, workspaceAt(client, place), signal);
}

/** The same, but empty when Azure denies access: the workspace's files and the preview report that, not a failed list. */
async function visibleInAzure(client: WorkspaceClient, signal: AbortSignal): Promise<readonly ArmWebService[]> {
  try {
    return await webServicesInAzure(client, signal);
  } catch (error) {
    // A refusal by Studio itself would have failed the list of classic services before.
    if (isAccessDenied(error)) return [];
    throw error;
  }
}

function isArm(client: WorkspaceClient, asset: Asset): client is WorkspaceClient & { readonly azure: ArmScope } {
  return client.azure !== null && isArmWebService(asset.id);
}

function workspaceAt(client: WorkspaceClient, place: ArmPlace) {
  return { id: client.workspaceId, resourceId: place.resourceId };
}
