import type { AssetFile } from '../domain/asset-source.ts';
import { textFile } from './document-file.ts';
import { hasStatus } from './http/studio-http.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** What an export writes of the workspace itself: its settings, and its data gateways where it has any. No secrets. */
export async function workspaceFiles(client: WorkspaceClient, signal: AbortSignal): Promise<readonly AssetFile[]> {
  const files = [await describe(client, '', 'settings.json', 'reading the settings of the workspace', signal)];
  try {
    files.push(await describe(client, 'gateways', 'gateways.json', 'reading the data gateways', signal));
  } catch (error) {
    // Only standard workspaces have gateways; others may answer that there is no such thing, or that it is not for them.
    if (!hasStatus(error, 404) && !hasStatus(error, 403)) throw error;
  }
  return files;
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
