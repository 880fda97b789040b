import { z } from 'zod';
import type { Call } from '../server/call.ts';
import { Refusal } from '../server/error-replies.ts';
import { arrayReply, emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import type { Route } from './routes.ts';
import type { EndpointRecord, EndpointResource } from './studio-records.ts';
import { isListed, newId, present, remove, type Studio } from './studio-state.ts';
import { wholeSeconds } from './wire.ts';
import { workspaceRecord } from './workspaces-endpoints.ts';

const all = 'workspaces/:workspace/webservices/:service/endpoints';
const one = `${all}/:endpoint`;

/** Calls about one endpoint accept that endpoint's own keys too. */
const keys: Route['keys'] = (studio, { workspace = '', service = '', endpoint = '' }) => {
  const found = present(studio, workspace.toLowerCase(), 'endpoint', `${service}/${endpoint}`);
  return found ? [found.keys.primary, found.keys.secondary] : [];
};

export const endpointRoutes: readonly Route[] = [
  { method: 'GET', path: all, answer: list },
  {
    method: 'GET',
    path: one,
    keys,
    answer: (call, studio) => jsonReply(wireEndpoint(call, studio, endpoint(call, studio))),
  },
  { method: 'PUT', path: one, answer: add },
  { method: 'PATCH', path: one, keys, answer: patch },
  { method: 'POST', path: `${one}/refresh`, keys, answer: refresh },
  {
    method: 'DELETE',
    path: one,
    keys,
    answer: (call, studio) => {
      remove(studio, call.workspaceId, 'endpoint', endpoint(call, studio));
      return emptyReply();
    },
  },
];

/**
 * The address for scoring. The emulator runs no model, but the address is its own, so that clients call no other
 * machine.
 */
const scoring = 'workspaces/:workspace/services/:endpoint';
const scoringKeys: Route['keys'] = (studio, { workspace = '', endpoint = '' }) =>
  [...studio.store.table(workspace.toLowerCase(), 'endpoint').values()]
    .filter(({ endpointId }) => endpointId === endpoint)
    .flatMap(({ keys: { primary, secondary } }) => [primary, secondary]);
const refuseScoring = (): Reply => {
  throw new Refusal(503, 'This emulator runs no web services.', { shape: 'management' });
};

export const scoringRoutes: readonly Route[] = [
  { method: 'POST', path: `${scoring}/execute`, keys: scoringKeys, answer: refuseScoring },
  { method: 'POST', path: `${scoring}/score`, keys: scoringKeys, answer: refuseScoring },
  { method: 'POST', path: `${scoring}/jobs`, keys: scoringKeys, answer: refuseScoring },
  { method: 'GET', path: `${scoring}/swagger.json`, keys: scoringKeys, answer: refuseScoring },
];

/** A new endpoint with its own keys. */
export function newEndpoint(
  given: Pick<EndpointRecord, 'webServiceId' | 'name' | 'createdAt'> & Partial<EndpointRecord>,
): EndpointRecord {
  const key = () => Buffer.from(newId() + newId(), 'hex').toString('base64');
  return {
    id: `${given.webServiceId}/${given.name}`,
    deletedAt: null,
    description: '',
    endpointId: newId(),
    keys: { primary: key(), secondary: key() },
    throttleLevel: 'Low',
    maxConcurrentCalls: 4,
    preventUpdate: false,
    resources: [],
    ...given,
  };
}

/** The endpoints of a web service that lists show. */
export function endpointsOf(studio: Studio, workspaceId: string, serviceId: string): EndpointRecord[] {
  const endpoints = studio.store.table(workspaceId, 'endpoint').group(serviceId);
  return endpoints.filter((endpoint) => isListed(studio, endpoint));
}

function list(call: Call, studio: Studio): Reply {
  refuseUnknownService(call, studio);
  const found = endpointsOf(studio, call.workspaceId, call.parameter('service'));
  return arrayReply(found.map((record) => wireEndpoint(call, studio, record)));
}

function refuseUnknownService(call: Call, studio: Studio): void {
  if (present(studio, call.workspaceId, 'webservice', call.parameter('service'))) return;
  throw new Refusal(404, 'The web service was not found.', { code: 'WebServiceNotFound' });
}

function endpoint(call: Call, studio: Studio): EndpointRecord {
  const id = `${call.parameter('service')}/${call.parameter('endpoint')}`;
  const found = present(studio, call.workspaceId, 'endpoint', id);
  if (!found) throw new Refusal(404, 'The endpoint was not found.', { code: 'NotFound' });
  return found;
}

const addSchema = z.looseObject({
  Description: z.string().nullish(),
  ThrottleLevel: z.enum(['Low', 'High']).nullish(),
  MaxConcurrentCalls: z.int().min(1).max(200).nullish(),
  PreventUpdate: z.boolean().nullish(),
});
/** The limits of free workspaces. */
const freeLimits = { endpoints: 3, concurrentCalls: 4 } as const;

async function add(call: Call, studio: Studio): Promise<Reply> {
  refuseUnknownService(call, studio);
  const wanted = await call.json(addSchema);
  const { workspaceId } = call;
  const webServiceId = call.parameter('service');
  const free = workspaceRecord(studio, workspaceId).type === 'Free';
  if (free && endpointsOf(studio, workspaceId, webServiceId).length >= freeLimits.endpoints) {
    throw new Refusal(400, 'A free workspace has at most three endpoints on a web service.');
  }
  const added = newEndpoint({
    webServiceId,
    name: call.parameter('endpoint'),
    createdAt: wholeSeconds(studio.clock.now()),
    description: wanted.Description ?? '',
    throttleLevel: free ? 'Low' : (wanted.ThrottleLevel ?? 'Low'),
    maxConcurrentCalls: free ? freeLimits.concurrentCalls : (wanted.MaxConcurrentCalls ?? 4),
    preventUpdate: wanted.PreventUpdate ?? false,
  });
  if (present(studio, workspaceId, 'endpoint', added.id)) throw new Refusal(409, 'The endpoint exists already.');
  studio.store.table(workspaceId, 'endpoint').put(added);
  return jsonReply(wireEndpoint(call, studio, added));
}

const patchSchema = z.looseObject({
  Resources: z.array(
    z.object({
      Name: z.string(),
      Location: z.object({ BaseLocation: z.string(), RelativeLocation: z.string(), SasBlobToken: z.string() }),
    }),
  ),
});

/** Replaces the model behind a named resource of an endpoint. */
async function patch(call: Call, studio: Studio): Promise<Reply> {
  const { Resources } = await call.json(patchSchema);
  const current = endpoint(call, studio);
  const resources = current.resources.map((resource) => {
    const other = Resources.find((candidate) => candidate.Name === resource.name)?.Location;
    if (!other) return resource;
    return { ...resource, at: { base: other.BaseLocation, relative: other.RelativeLocation, sas: other.SasBlobToken } };
  });
  const patched = { ...current, resources };
  studio.store.table(call.workspaceId, 'endpoint').put(patched);
  return jsonReply(wireEndpoint(call, studio, patched));
}

/**
 * Updates an endpoint to its experiment's current state; 304 when nothing changes. Not allowed for the default
 * endpoint.
 */
async function refresh(call: Call, studio: Studio): Promise<Reply> {
  const { OverwriteResources } = await call.json(z.looseObject({ OverwriteResources: z.string() }));
  const { name } = endpoint(call, studio);
  if (name === 'default') throw new Refusal(400, 'The default endpoint cannot be refreshed.');
  return OverwriteResources.toLowerCase() === 'true' ? jsonReply({}) : { status: 304, headers: {}, body: '' };
}

function wireEndpoint(call: Call, studio: Studio, record: EndpointRecord): unknown {
  const { workspaceId } = call;
  const studioHost = 'https://studio.azureml.net';
  const service = `workspaces/${workspaceId}/webservices/${record.webServiceId}`;
  return {
    Name: record.name,
    Description: record.description,
    CreationTime: new Date(record.createdAt).toISOString(),
    WebServiceId: record.webServiceId,
    WorkspaceId: workspaceId,
    HelpLocation: `${studioHost}/apihelp/${service}/endpoints/${record.endpointId}`,
    ApiLocation: `http://${call.request.headers.host}/workspaces/${workspaceId}/services/${record.endpointId}`,
    PrimaryKey: record.keys.primary,
    SecondaryKey: record.keys.secondary,
    Version: '4',
    PreventUpdate: record.preventUpdate,
    SampleDataEnabled: false,
    ExperimentLocation: `${studioHost}/Home/ViewWorkspace/${workspaceId}`,
    MaxConcurrentCalls: record.maxConcurrentCalls,
    ThrottleLevel: record.throttleLevel,
    DiagnosticsTraceLevel: 'None',
    Resources: record.resources.map((resource) => ({
      Name: resource.name,
      Kind: resource.kind,
      Location: wireLocation(resource, studio),
    })),
  };
}

function wireLocation({ at }: EndpointResource, studio: Studio): unknown {
  if ('base' in at) return { BaseLocation: at.base, RelativeLocation: at.relative, SasBlobToken: at.sas };
  const baseUri = studio.blobs.baseUriOf(at.location);
  return { BaseLocation: baseUri, RelativeLocation: at.location, SasBlobToken: studio.blobs.link(at.location) };
}
