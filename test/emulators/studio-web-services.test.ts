import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';
import { plainClient } from './plain-client.ts';

let emulator: TestEmulator;
let client: ReturnType<typeof plainClient>;
beforeEach(async () => {
  emulator = await startTestEmulator();
  const registration = emulator.workspace('Churn Lab');
  client = plainClient({ ...registration, endpoint: `${emulator.url}/` });
});
afterEach(async () => {
  await emulator?.close();
});

const serviceSchema = z.looseObject({ Id: z.string(), Name: z.string(), EndpointCount: z.number() });
const locationSchema = z.object({ BaseLocation: z.string(), RelativeLocation: z.string(), SasBlobToken: z.string() });
const endpointSchema = z.looseObject({
  Name: z.string(),
  PrimaryKey: z.string(),
  Resources: z.array(z.object({ Name: z.string(), Location: locationSchema })),
});
const services = () => client.json(z.array(serviceSchema), 'workspaces/{ws}/webservices/');
const first = async () => {
  const [service] = await services();
  if (!service) throw new Error('The seed has no web service.');
  return `workspaces/{ws}/webservices/${service.Id}`;
};
const endpoints = async () => client.json(z.array(endpointSchema), `${await first()}/endpoints`);

it('web services and their endpoints are listed, with working links to their models', async () => {
  expect(await services()).toMatchObject([
    { Name: 'Churn training [Predictive Exp.]', DefaultEndpointName: 'default', EndpointCount: 2 },
  ]);
  const [endpoint] = await endpoints();
  const at = endpoint?.Resources[0]?.Location;
  if (!at) throw new Error('The endpoint has no resource.');
  expect((await fetch(at.BaseLocation + at.RelativeLocation + at.SasBlobToken)).status).toBe(200);
});

it('an endpoint’s own key opens that endpoint and nothing else', async () => {
  const [endpoint] = await endpoints();
  const { workspaceId } = emulator.workspace('Churn Lab');
  const base = `${emulator.url}/${(await first()).replace('{ws}', workspaceId)}`;
  const headers = { Authorization: `Bearer ${endpoint?.PrimaryKey}` };
  expect((await fetch(`${base}/endpoints/default`, { headers })).status).toBe(200);
  expect((await fetch(`${base}/endpoints/campaign`, { headers })).status).toBe(401);
  expect((await fetch(base, { headers })).status).toBe(401);
});

it('an endpoint is added, patched, refreshed and deleted; a free workspace has at most three', async () => {
  const base = `${await first()}/endpoints`;
  const add = (name: string) =>
    client.status('PUT', `${base}/${name}`, { body: JSON.stringify({ EndpointName: name, ThrottleLevel: 'High' }) });
  expect([await add('third'), await add('fourth')]).toEqual([200, 400]);
  expect(await client.json(z.looseObject({}), `${base}/third`)).toMatchObject({ ThrottleLevel: 'Low' });

  const Location = { BaseLocation: 'https://contoso.example/', RelativeLocation: 'model', SasBlobToken: '?sig=x' };
  const Resources = [{ Name: 'Churn predictor [trained model]', Location }];
  const patched = await client.json(endpointSchema, `${base}/campaign`, 'PATCH', { Resources });
  expect(patched.Resources).toMatchObject([{ Location }]);

  const refresh = (name: string, OverwriteResources: string) =>
    client.status('POST', `${base}/${name}/refresh`, { body: JSON.stringify({ OverwriteResources }) });
  expect([await refresh('campaign', 'False'), await refresh('campaign', 'True')]).toEqual([304, 200]);
  expect(await refresh('default', 'True')).toBe(400);

  expect(await client.status('DELETE', `${base}/third`)).toBe(200);
  expect(await client.status('GET', `${base}/third`)).toBe(404);
});

it('an experiment that finished is deployed, and polled under the activity’s id', async () => {
  const heads = z.array(z.looseObject({ ExperimentId: z.string(), Description: z.string() }));
  const all = await client.json(heads, 'workspaces/{ws}/experiments');
  const id = (name: string) => all.find((one) => one.Description === name)?.ExperimentId;
  const deploy = (name: string) => `workspaces/{ws}/experiments/${id(name)}/webservice?generateNewPortNames=false`;
  expect(await client.status('POST', deploy('Explore tenure'))).toBe(400);
  const shape = z.object({ ActivityId: z.string(), WebServiceGroupId: z.string(), Status: z.string() });
  const { ActivityId, WebServiceGroupId } = await client.json(shape, deploy('Churn baseline'), 'POST');
  const poll = async () => (await client.json(shape, `workspaces/{ws}/experiments/${ActivityId}/webservice`)).Status;
  expect([await poll(), await poll()]).toEqual(['Pending', 'Completed']);
  expect((await services()).map((service) => service.Id)).toContain(WebServiceGroupId);
});

it('a web service is deleted with its endpoints; an unknown one has an error in lower case', async () => {
  const path = await first();
  expect(await client.status('DELETE', path)).toBe(200);
  const gone = await client.call('GET', path);
  expect(gone.status).toBe(404);
  expect(await gone.json()).toMatchObject({ error: { code: 'WebServiceNotFound' } });
  expect(await client.status('GET', `${path}/endpoints`)).toBe(404);
});

it('a web service is called at an address of this machine, which says that it runs none', async () => {
  const [endpoint] = await endpoints();
  const { ApiLocation, PrimaryKey } = z
    .looseObject({ ApiLocation: z.string(), PrimaryKey: z.string() })
    .parse(endpoint);
  expect(ApiLocation.startsWith(`${emulator.url}/`)).toBe(true);
  const score = (key: string) =>
    fetch(`${ApiLocation}/execute?api-version=2.0`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: '{"Inputs":{}}',
    });
  const answer = await score(PrimaryKey);
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { error: expect.objectContaining({ code: 'ServiceUnavailable', message: expect.any(String) }) },
  ]);
  expect((await score('wrong')).status).toBe(401);
});
