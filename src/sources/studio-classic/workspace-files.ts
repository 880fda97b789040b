import { z } from 'zod';
import { hasStatus } from '../../azure/http/http-client.ts';
import type { AssetFile } from '../../domain/asset-source.ts';
import { isSourceFailure, ServiceFailure } from '../../domain/service-failure.ts';
import { filesInAzure } from './arm/azure-workspace-files.ts';
import { documentFile, textFile, unreadableFile } from './document-file.ts';
import { text } from './payload-fields.ts';
import { webServicesInAzure } from './web-services.ts';
import type { WorkspaceClient } from './workspace-client.ts';

const Settings = z.looseObject({ SubscriptionId: text, OwnerEmail: text, OwnerPrincipalId: text });

/**
 * The files of the workspace itself in an export: its settings, its data gateways, and its resources in Azure. No
 * secrets. What exists but cannot be read is a file that throws when opened, so that the archive lists it as missing.
 */
export async function workspaceFiles(client: WorkspaceClient, signal: AbortSignal): Promise<readonly AssetFile[]> {
  const settings = await readSettings(client, signal).catch(nullForSourceError);
  const inSubscription = settings === null ? null : settings.subscriptionId !== '';
  return [
    documentFile(
      { name: 'settings.json', role: 'metadata', source: client.address('') },
      settings?.json ?? null,
      async (aborted) => (await readSettings(client, aborted)).json,
    ),
    ...(await gateways(client, inSubscription, signal)),
    ...(await inAzure(client, inSubscription, signal)),
  ];
}

/** The settings without secrets and without the owner, because account data of people is exported separately. */
async function readSettings(client: WorkspaceClient, signal: AbortSignal) {
  const call = { path: '', doing: 'reading the settings of the workspace', signal };
  const { value, redacted } = await client.described(call, Settings);
  const json = JSON.stringify({ ...JSON.parse(redacted), OwnerEmail: '', OwnerPrincipalId: '' }, null, 2);
  return { subscriptionId: value.SubscriptionId, json };
}

async function gateways(
  client: WorkspaceClient,
  inSubscription: boolean | null,
  signal: AbortSignal,
): Promise<readonly AssetFile[]> {
  const file = { name: 'gateways.json', role: 'metadata', source: client.address('gateways') } as const;
  const read = (aborted: AbortSignal) =>
    client.redacted({ path: 'gateways', doing: 'reading the data gateways', signal: aborted }, 2);
  try {
    return [textFile(file, await read(signal))];
  } catch (error) {
    // Only standard workspaces have gateways; others may answer "not found" or "forbidden".
    if (hasStatus(error, 404) || (hasStatus(error, 403) && inSubscription === false)) return [];
    return [documentFile(file, nullForSourceError(error), read)];
  }
}

/** The workspace's files in Azure; what Azure does not let Steward read is a file that throws. */
async function inAzure(
  client: WorkspaceClient,
  inSubscription: boolean | null,
  signal: AbortSignal,
): Promise<readonly AssetFile[]> {
  const { azure } = client;
  const file = { name: 'workspace, web services and commitment plans in Azure.json', role: 'metadata' } as const;
  if (inSubscription === false || (azure === null && inSubscription === null)) return [];
  if (azure === null) {
    const message =
      'Steward has no access to Azure Resource Manager here, so what this workspace has there (new web services, ' +
      'commitment plans) is missing. Look in the Azure portal (https://portal.azure.com), or ask your Studio Steward ' +
      'administrator to switch that access on.';
    return [
      unreadableFile(
        { ...file, source: 'https://management.azure.com' },
        new ServiceFailure('Studio', 'unsupported', message),
      ),
    ];
  }
  try {
    const place = await azure.place(signal);
    if (place === null) return [];
    const services = await webServicesInAzure(client, signal);
    const planIds = new Set(services.flatMap(({ planId }) => planId ?? []));
    return filesInAzure(azure.transport, place.resourceId, [...planIds]);
  } catch (error) {
    if (!isSourceFailure(error)) throw error;
    return [unreadableFile({ ...file, source: azure.transport.endpoint }, error)];
  }
}

/** Null for a ServiceFailure: the file is read again when it is written, and reports the failure then. Rethrows all others. */
function nullForSourceError(error: unknown): null {
  if (isSourceFailure(error)) return null;
  throw error;
}
