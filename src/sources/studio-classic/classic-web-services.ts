import { pMapIterable, pMapSkip } from 'p-map';
import { z } from 'zod';
import { hasStatus } from '../../azure/http/http-client.ts';
import { concernsWholeService } from '../../domain/asset-source.ts';
import type { Asset } from '../../domain/assets.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import { AssetSpool } from './asset-spool.ts';
import { textFile } from './document-file.ts';
import { pathPart } from './path-part.ts';
import { date, text } from './payload-fields.ts';
import { revisionOf } from './revisions.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** A classic web service in the payload of the management host. */
const WebService = z.object({
  Id: z.string(),
  Name: text,
  Description: text,
  CreationTime: date,
  DefaultEndpointName: text,
});

/** Classic web services with their endpoints. They are managed on the management host, and are never called. */
export const classicWebServices: AssetKindAdapter = {
  async *list(client, signal) {
    yield* withEndpointRevisions(client, (await spoolClassicWebServices(client, signal)).newestFirst(), signal);
  },

  async find(client, asset, signal) {
    const call = {
      surface: 'management',
      path: servicePath(asset.id),
      doing: 'reading a web service',
      signal,
    } as const;
    try {
      const service = toAsset(await client.json(call, WebService));
      return await withEndpointRevision(client, service, signal);
    } catch (error) {
      if (hasStatus(error, 404)) return null;
      throw error;
    }
  },

  /** The service and its endpoints, without keys. */
  async files(client, asset, signal) {
    const parts = [
      { path: servicePath(asset.id), ending: '.json', role: 'content' },
      { path: endpointsPath(asset.id), ending: ' - endpoints.json', role: 'content' },
    ] as const;
    return Promise.all(
      parts.map(async ({ path, ending, role }) => {
        const call = { surface: 'management', path, doing: `reading the web service “${asset.name}”`, signal } as const;
        const source = client.address(path, 'management');
        return textFile({ name: asset.name + ending, role, source }, await client.redacted(call, 2));
      }),
    );
  },

  /** Also deletes all endpoints. */
  delete: (client, asset, ask, signal) =>
    client.delete(
      {
        surface: 'management',
        path: servicePath(asset.id),
        doing: `deleting the web service “${asset.name}”`,
        signal,
      },
      ask,
    ),
};

/** The list as a spool, to which callers can add. Throws ServiceFailure. */
export function spoolClassicWebServices(client: WorkspaceClient, signal: AbortSignal): Promise<AssetSpool> {
  const call = { path: 'webservices', doing: 'reading the list of web services', signal };
  return client.gather(
    { ...call, surface: 'management' },
    WebService,
    () => new AssetSpool(),
    (spool, service) => spool.add(toAsset(service)),
  );
}

/** Maximum number of services whose endpoints are read concurrently. */
const endpointsAtOnce = 8;

/**
 * The same services with revisions that include their endpoints: when a service is redeployed, retrained or
 * reconfigured, its own description stays the same and only its endpoints change. A service that is gone by now is left
 * out. Throws ServiceFailure.
 */
export function withEndpointRevisions(
  client: WorkspaceClient,
  services: Iterable<Asset>,
  signal: AbortSignal,
  isClassic: (service: Asset) => boolean = () => true,
): AsyncIterable<Asset> {
  const read = async (service: Asset): Promise<Asset | typeof pMapSkip> => {
    try {
      return isClassic(service) ? await withEndpointRevision(client, service, signal) : service;
    } catch (error) {
      if (hasStatus(error, 404)) return pMapSkip;
      throw error;
    }
  };
  return pMapIterable(services, read, { concurrency: endpointsAtOnce });
}

async function withEndpointRevision(client: WorkspaceClient, service: Asset, signal: AbortSignal): Promise<Asset> {
  const call = { surface: 'management', path: endpointsPath(service.id), signal } as const;
  try {
    const endpoints = await client.redacted({ ...call, doing: `reading the web service “${service.name}”` });
    return { ...service, revision: revisionOf(service.revision, endpoints) };
  } catch (error) {
    // One service with unreadable endpoints must not fail the whole list.
    if (!isSourceFailure(error) || error.status === 404 || concernsWholeService(error)) throw error;
    return service;
  }
}

/** The endpoints of a classic web service, on the management host. */
export function endpointsPath(serviceId: string): string {
  return `${servicePath(serviceId)}/endpoints`;
}

function servicePath(id: string): string {
  return `webservices/${pathPart(id)}`;
}

function toAsset(service: z.infer<typeof WebService>): Asset {
  return {
    kind: 'webservice',
    id: service.Id,
    familyId: service.Id,
    name: service.Name || service.Id,
    sizeBytes: null,
    createdAt: service.CreationTime,
    owner: '',
    versions: 1,
    revision: revisionOf(service.Description, service.DefaultEndpointName),
  };
}
