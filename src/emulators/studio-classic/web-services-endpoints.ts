import { z } from 'zod';
import type { Call } from '../server/call.ts';
import { Refusal } from '../server/error-replies.ts';
import { arrayReply, emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import { beginActivity, pollActivity } from './activities.ts';
import { experimentRecord } from './experiment-outputs.ts';
import type { Route } from './routes.ts';
import { endpointsOf, newEndpoint } from './service-endpoints-endpoints.ts';
import type { WebServiceRecord } from './studio-records.ts';
import { listed, newId, present, remove, type Studio } from './studio-state.ts';
import { wholeSeconds } from './wire.ts';

export const webServiceRoutes: readonly Route[] = [
  { method: 'GET', path: 'workspaces/:workspace/webservices', answer: list },
  {
    method: 'GET',
    path: 'workspaces/:workspace/webservices/:service',
    answer: (call, studio) => jsonReply(wireWebService(studio, call.workspaceId, webService(call, studio))),
  },
  { method: 'PUT', path: 'workspaces/:workspace/webservices/:service', answer: publish },
  { method: 'DELETE', path: 'workspaces/:workspace/webservices/:service', answer: removeWebService },
  { method: 'POST', path: 'workspaces/:workspace/experiments/:id/webservice', answer: deploy },
  { method: 'GET', path: 'workspaces/:workspace/experiments/:id/webservice', answer: pollDeployment },
];

function list(call: Call, studio: Studio): Reply {
  const services = listed(studio, call.workspaceId, 'webservice');
  return arrayReply(services.map((service) => wireWebService(studio, call.workspaceId, service)));
}

function webService(call: Call, studio: Studio): WebServiceRecord {
  const found = present(studio, call.workspaceId, 'webservice', call.parameter('service'));
  if (!found) throw new Refusal(404, 'The web service was not found.', { code: 'WebServiceNotFound' });
  return found;
}

/** Deletes a web service with all its endpoints. */
function removeWebService(call: Call, studio: Studio): Reply {
  const service = webService(call, studio);
  for (const endpoint of studio.store.table(call.workspaceId, 'endpoint').group(service.id)) {
    remove(studio, call.workspaceId, 'endpoint', endpoint);
  }
  remove(studio, call.workspaceId, 'webservice', service);
  return emptyReply();
}

/** Publishes code, as the Python and R clients do. The code itself is not stored. */
async function publish(call: Call, studio: Studio): Promise<Reply> {
  const { Name } = await call.json(z.looseObject({ Name: z.string() }));
  const id = call.parameter('service');
  const known = present(studio, call.workspaceId, 'webservice', id);
  if (known) {
    const renamed = { ...known, name: Name };
    studio.store.table(call.workspaceId, 'webservice').put(renamed);
    return jsonReply(wireWebService(studio, call.workspaceId, renamed));
  }
  const { service } = createWebService(studio, call.workspaceId, id, Name);
  return jsonReply(wireWebService(studio, call.workspaceId, service));
}

/** Deploys an experiment that has finished. */
function deploy(call: Call, studio: Studio): Reply {
  const experiment = experimentRecord(studio, call.workspaceId, call.parameter('id'));
  if (experiment.status.code !== 'Finished') throw new Refusal(400, 'The experiment has not finished.');
  const { service, endpoint } = createWebService(studio, call.workspaceId, newId(), experiment.name);
  const { endpointId } = endpoint;
  const activity = beginActivity(studio, call.workspaceId, {
    kind: 'deployment',
    webServiceId: service.id,
    endpointId,
  });
  return jsonReply(wireDeployment(activity.id, service.id, endpointId, 'Pending'));
}

/** Here the path's `id` is that of the asynchronous operation, not of an experiment. */
function pollDeployment(call: Call, studio: Studio): Reply {
  const id = call.parameter('id');
  const { done, outcome } = pollActivity(studio, call.workspaceId, id, 'deployment');
  return jsonReply(wireDeployment(id, outcome.webServiceId, outcome.endpointId, done ? 'Completed' : 'Pending'));
}

function wireDeployment(ActivityId: string, WebServiceGroupId: string, EndpointId: string, Status: string): unknown {
  return { ActivityId, WebServiceGroupId, EndpointId, Status };
}

function createWebService(studio: Studio, workspaceId: string, id: string, name: string) {
  const createdAt = wholeSeconds(studio.clock.now());
  const service = { id, deletedAt: null, name, description: '', createdAt, defaultEndpointName: 'default' };
  const endpoint = newEndpoint({ webServiceId: id, name: 'default', createdAt });
  studio.store.table(workspaceId, 'webservice').put(service);
  studio.store.table(workspaceId, 'endpoint').put(endpoint);
  return { service, endpoint };
}

function wireWebService(studio: Studio, workspaceId: string, record: WebServiceRecord): unknown {
  const endpoints = endpointsOf(studio, workspaceId, record.id);
  return {
    Id: record.id,
    Name: record.name,
    Description: record.description,
    CreationTime: new Date(record.createdAt).toISOString(),
    WorkspaceId: workspaceId,
    DefaultEndpointName: record.defaultEndpointName,
    EndpointCount: endpoints.length,
  };
}
