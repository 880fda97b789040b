import type { TestEmulator } from './emulator.ts';

/** Plain requests with a workspace's token and with Steward's own identity in Azure: what an owner can read by hand. */
export interface PlainStudio {
  /** Below `api/workspaces/{id}`. */
  studio(path: string): Promise<unknown>;
  /** Classic web services, below `workspaces/{id}` of the management host. */
  management(path: string): Promise<unknown>;
  /** Below the workspace's subscription and resource provider. */
  azure(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<Response>;
}

const provider =
  'subscriptions/3f1d2c4b-0a9e-4d77-8b61-2f6c1e5a7d90/resourceGroups/ml/providers/Microsoft.MachineLearning';

/** Reads a workspace of the emulator with fetch only. Calls that are not answered with 200 give null. */
export function plainStudio(emulator: TestEmulator, workspace: string): PlainStudio {
  const { workspaceId, token } = emulator.workspace(workspace);
  const headers = {
    'x-ms-metaanalytics-authorizationtoken': token,
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
  };
  const read = async (address: string, init: RequestInit): Promise<unknown> => {
    const response = await fetch(address, init);
    return response.status === 200 ? response.json() : null;
  };
  const { endpoint, token: armToken } = emulator.resourceManager;
  return {
    studio: (path) => read(`${emulator.url}/api/workspaces/${workspaceId}${path}`, { headers }),
    management: (path) => read(`${emulator.url}/workspaces/${workspaceId}${path}`, { headers }),
    azure: (path) => read(`${endpoint}/${provider}/${path}`, { headers: { authorization: `Bearer ${armToken}` } }),
    post: (path, body) =>
      fetch(`${emulator.url}/api/workspaces/${workspaceId}${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      }),
  };
}
