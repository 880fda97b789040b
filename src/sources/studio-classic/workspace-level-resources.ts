import { z } from 'zod';
import { readResourceId } from '../../azure/arm/resource-id.ts';
import { hasStatus } from '../../azure/http/http-client.ts';
import type { WorkspaceResource } from '../../domain/asset-source.ts';
import { ServiceFailure } from '../../domain/service-failure.ts';
import { classicWebServices, endpointsPath } from './classic-web-services.ts';
import { text } from './payload-fields.ts';
import { webServicesInAzure } from './web-services.ts';
import type { WorkspaceClient } from './workspace-client.ts';

const Gateway = z.object({ GatewayName: text, Host: text, Status: text });
const ServiceEndpoint = z.object({ Name: text });

/** The data gateways, the endpoints of classic web services, or the commitment plans of a workspace. Throws ServiceFailure. */
export async function workspaceResources(
  client: WorkspaceClient,
  kind: WorkspaceResource['kind'],
  signal: AbortSignal,
): Promise<readonly WorkspaceResource[]> {
  switch (kind) {
    case 'gateway':
      return gateways(client, signal);
    case 'endpoint':
      return endpoints(client, signal);
    case 'plan':
      return plans(client, signal);
  }
}

async function gateways(client: WorkspaceClient, signal: AbortSignal): Promise<readonly WorkspaceResource[]> {
  const call = { path: 'gateways', doing: 'reading the data gateways', signal };
  try {
    return await client.list(call, Gateway, ({ GatewayName, Host, Status }) => ({
      kind: 'gateway',
      name: GatewayName,
      detail: [Host, Status].filter((part) => part !== '').join(', '),
    }));
  } catch (error) {
    if (hasStatus(error, 404)) return [];
    throw error;
  }
}

async function endpoints(client: WorkspaceClient, signal: AbortSignal): Promise<readonly WorkspaceResource[]> {
  const found: WorkspaceResource[] = [];
  for await (const service of classicWebServices.list(client, signal)) {
    const doing = `reading the endpoints of the web service “${service.name}”`;
    const call = { surface: 'management', path: endpointsPath(service.id), doing, signal } as const;
    const listed = await client.list(
      call,
      ServiceEndpoint,
      ({ Name }): WorkspaceResource => ({ kind: 'endpoint', name: Name, detail: `of “${service.name}”` }),
    );
    found.push(...listed);
  }
  return found;
}

async function plans(client: WorkspaceClient, signal: AbortSignal): Promise<readonly WorkspaceResource[]> {
  if (client.azure === null) {
    const message = 'Steward has no access to Azure Resource Manager here, so it cannot see commitment plans.';
    throw new ServiceFailure('Studio', 'unsupported', message);
  }
  const services = await webServicesInAzure(client, signal);
  const ids = new Set(services.flatMap(({ planId }) => planId ?? []));
  return [...ids].map((id) => {
    const name = readResourceId(id, 'commitmentPlans')?.name ?? id;
    const charged = services.filter(({ planId }) => planId === id).map(({ asset }) => `“${asset.name}”`);
    return { kind: 'plan', name, detail: `pays for ${charged.join(', ')}` };
  });
}
