import type { Call } from '../../server/call.ts';
import { notFound } from '../../server/error-replies.ts';
import { emptyReply, jsonReply, type Reply } from '../../server/reply.ts';
import type { Route } from '../routes.ts';
import { newId, present, type Studio } from '../studio-state.ts';
import { armList, armPresent, armResource, armRoute, baseOf, pageReply, pathsOf, wireHead } from './arm-endpoints.ts';
import type { ArmWebServiceRecord } from './arm-records.ts';

const paths = pathsOf('webServices');

/** "New" web services. Keys are returned by a separate call, and a deletion takes several polls. */
export const armWebServiceRoutes: readonly Route[] = [
  armRoute('GET', paths.everywhere, list),
  armRoute('GET', paths.inGroup, list),
  armRoute('GET', paths.one, (call, studio) => jsonReply(whole(call, armResource(call, studio, 'arm-web-service')))),
  armRoute('GET', `${paths.one}/listKeys`, (call, studio) =>
    jsonReply(armResource(call, studio, 'arm-web-service').keys),
  ),
  armRoute('DELETE', paths.one, beginDelete),
  armRoute('GET', 'providers/Microsoft.MachineLearning/locations/:location/operationsStatus/:operation', poll),
];

function list(call: Call, studio: Studio): Reply {
  return pageReply(call, armList(call, studio, 'arm-web-service'), (service) => head(call, service));
}

function beginDelete(call: Call, studio: Studio): Reply {
  const subscription = call.parameter('subscription');
  const service = armPresent(call, studio, 'arm-web-service');
  if (!service) return emptyReply(204);
  const operation = { id: newId(), deletedAt: null, pollsLeft: studio.behaviour.pendingPolls, webService: service.id };
  studio.store.table(subscription, 'arm-operation').put(operation);
  const location = `providers/Microsoft.MachineLearning/locations/${service.location}/operationsStatus/${operation.id}`;
  const address = `${baseOf(call)}/subscriptions/${subscription}/${location}?api-version=2017-01-01`;
  return { ...emptyReply(202), headers: { 'Content-Length': '0', 'Azure-AsyncOperation': address, Location: address } };
}

function poll(call: Call, studio: Studio): Reply {
  const subscription = call.parameter('subscription');
  const operation = present(studio, subscription, 'arm-operation', call.parameter('operation'));
  if (!operation) throw notFound('operation');
  if (operation.pollsLeft > 0) {
    studio.store.table(subscription, 'arm-operation').put({ ...operation, pollsLeft: operation.pollsLeft - 1 });
    return jsonReply({ id: operation.id, status: 'InProgress' });
  }
  studio.store.table(subscription, 'arm-web-service').drop(operation.webService);
  return jsonReply({ id: operation.id, status: 'Succeeded' });
}

/** A service as lists return it: without the definition, which clients have to read by a second call. */
function head(call: Call, service: ArmWebServiceRecord): Record<string, unknown> {
  const { title, createdAt } = service;
  const properties = { title, createdOn: iso(createdAt), provisioningState: 'Succeeded', packageType: 'Graph' };
  return { ...wireHead(call.parameter('subscription'), 'webServices', service), properties };
}

/**
 * The whole service. The real one omits keys and credentials; here some are included, to test that none is passed on.
 */
function whole(call: Call, service: ArmWebServiceRecord): unknown {
  const {
    title,
    createdAt,
    modifiedAt = createdAt,
    workspaceId,
    planId,
    keys,
    parameters,
    exampleRequest,
    payloadsAt,
  } = service;
  return {
    ...head(call, service),
    properties: {
      title,
      description: '',
      createdOn: iso(createdAt),
      modifiedOn: iso(modifiedAt),
      provisioningState: 'Succeeded',
      keys,
      readOnly: false,
      exposeSampleData: exampleRequest !== null,
      realtimeConfiguration: { maxConcurrentCalls: 4 },
      diagnostics: { level: 'None' },
      storageAccount: { name: 'storage', key: keys.secondary },
      machineLearningWorkspace: { id: workspaceId },
      ...(planId === null ? {} : { commitmentPlan: { id: planId } }),
      ...(exampleRequest === null ? {} : { exampleRequest }),
      parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { value }])),
      packageType: 'Graph',
      package: { nodes: {}, edges: [], graphParameters: {} },
      payloadsInBlobStorage: payloadsAt !== null,
      ...(payloadsAt === null ? {} : { payloadsLocation: { uri: payloadsAt, credentials: keys.primary } }),
    },
  };
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
