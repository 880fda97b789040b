import type { AssetFile } from '../domain/asset-source.ts';
import { commitmentPlanFiles } from './arm/commitment-plans.ts';
import { isShutOut } from './arm/scope.ts';
import { textFile } from './document-file.ts';
import { hasStatus } from './http/studio-http.ts';
import { webServicesInAzure } from './web-services.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/**
 * What an export writes of the workspace itself: its settings, its data gateways where it has any, and the commitment
 * plans that its web services are charged to. No secrets.
 */
export async function workspaceFiles(client: WorkspaceClient, signal: AbortSignal): Promise<readonly AssetFile[]> {
  const files = [await describe(client, '', 'settings.json', 'reading the settings of the workspace', signal)];
  try {
    files.push(await describe(client, 'gateways', 'gateways.json', 'reading the data gateways', signal));
  } catch (error) {
    // Only standard workspaces have gateways; others may answer that there is no such thing, or that it is not for them.
    if (!hasStatus(error, 404) && !hasStatus(error, 403)) throw error;
  }
  return [...files, ...(await plans(client, signal))];
}

/** What Azure keeps to itself is a file that cannot be opened, so that the archive says what it lacks. */
async function plans(client: WorkspaceClient, signal: AbortSignal): Promise<readonly AssetFile[]> {
  const { azure } = client;
  if (azure === null) return [];
  try {
    const ids = (await webServicesInAzure(client, signal)).flatMap(({ planId }) => planId ?? []);
    return await commitmentPlanFiles(azure.transport, [...new Set(ids)], signal);
  } catch (error) {
    if (!isShutOut(error)) throw error;
    const file = {
      name: 'web services and commitment plans in Azure.json',
      role: 'metadata',
      compressed: false,
    } as const;
    return [{ ...file, sizeBytes: null, source: azure.transport.endpoint, open: () => Promise.reject(error) }];
  }
}

async function describe(
  client: WorkspaceClient,
  path: string,
  name: string,
  doing: string,
  signal: AbortSignal,
): Promise<AssetFile> {
  const json = await client.redacted({ path, doing, signal }, 2);
  return textFile({ name, role: 'metadata', source: client.address(path) }, json);
}
