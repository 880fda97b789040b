import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';
import { endpointSchema, experimentSchema, fetchEndpoint, plainClient } from './plain-client.ts';

let emulator: TestEmulator;
let client: ReturnType<typeof plainClient>;
beforeAll(async () => {
  emulator = await startTestEmulator();
  client = plainClient(emulator.workspace('Churn Lab'));
});
afterAll(async () => {
  await emulator?.close();
});

const list = (query = '') => client.json(z.array(experimentSchema), `workspaces/{ws}/experiments${query}`);
const names = async (query = '') => (await list(query)).map((item) => item.Description);
const nodeStatus = z.looseObject({
  NodeId: z.string(),
  OutputEndpoints: z.array(endpointSchema.extend({ Name: z.string() })),
  MetadataOutputEndpoints: z.record(z.string(), z.array(z.object({ Key: z.string(), Value: endpointSchema }))),
});
const fullSchema = z.looseObject({
  ...experimentSchema.shape,
  Graph: z.looseObject({ ModuleNodes: z.array(z.looseObject({ Id: z.string() })) }),
  WebService: z.unknown(),
  NodeStatuses: z.array(nodeStatus),
});
const full = (id: string) => client.json(fullSchema, `workspaces/{ws}/experiments/${id}`);
const everything = '?includeArchived=true&includeNonLeaf=true';
const idOf = async (name: string) => {
  const found = (await list()).find((item) => item.Description === name);
  if (!found) throw new Error(`No experiment is called ${name}.`);
  return found.ExperimentId;
};
const submission = (experiment: z.infer<typeof fullSchema>, more: object) => ({
  Description: experiment.Description,
  Summary: '',
  IsDraft: true,
  ParentExperimentId: experiment.ParentExperimentId,
  DisableNodeUpdate: false,
  Category: 'user',
  ExperimentGraph: experiment.Graph,
  WebService: experiment.WebService,
  ...more,
});

describe('the list of experiments', () => {
  it('leaves archived ones and snapshots of earlier runs out unless asked', async () => {
    const plain = await list();
    expect(plain.every((item) => item.IsLeaf && !item.IsArchived)).toBe(true);
    expect(await names('?includeArchived=true')).toContain('Old churn attempt');
    const runs = (await names(everything)).filter((name) => name === 'Churn training');
    expect(runs).toHaveLength(3);
  });

  it('is filtered by creator and by draft', async () => {
    const megans = await list('?creator=meganb@example.com');
    expect(megans.map((item) => item.Creator)).toEqual(megans.map(() => 'meganb@example.com'));
    expect(await names('?isDraft=true')).toEqual(['Explore tenure']);
  });

  it('has what the Python client reads without asking', async () => {
    for (const item of await list()) expect(item).toMatchObject({ JobId: null, VersionId: null, IsArchived: false });
  });
});

describe('an experiment', () => {
  it('comes with its graph and with links to what its nodes left', async () => {
    const experiment = await full(await idOf('Churn training'));
    expect(experiment.Graph.ModuleNodes.length).toBeGreaterThan(3);
    const output = experiment.NodeStatuses.flatMap((node) => node.OutputEndpoints).find(
      (endpoint) => endpoint.Name === 'Trained model',
    );
    if (!output) throw new Error('There is no trained model.');
    const bytes = await (await fetchEndpoint(output)).arrayBuffer();
    expect(bytes.byteLength).toBe(output.Size);
    const pictures = experiment.NodeStatuses.flatMap((node) => node.MetadataOutputEndpoints['Trained model'] ?? []);
    expect(pictures.map((picture) => picture.Key)).toEqual(['visualization']);
  });

  it('gives an output’s bytes through the service too, with the token', async () => {
    const id = await idOf('Churn training');
    const { NodeStatuses } = await full(id);
    const node = NodeStatuses.find((one) => one.OutputEndpoints.some((end) => end.Name === 'Trained model'));
    const path = `workspaces/{ws}/experiments/${id}/outputdata/${node?.NodeId}/${encodeURIComponent('Trained model')}`;
    const response = await client.call('GET', path);
    expect(Number(response.headers.get('content-length'))).toBe((await response.arrayBuffer()).byteLength);
    expect(await client.status('GET', path.replace('Trained', 'Other'))).toBe(404);
  });

  it('has annotations', async () => {
    const path = `workspaces/{ws}/experiments/${await idOf('Churn training')}/annotations`;
    const notes = await client.json(z.array(z.object({ Content: z.string() })), path);
    expect(notes.map((note) => note.Content)).toContain('ask Megan about the label');
  });

  it('has a web service definition once it finished', async () => {
    const definition = (id: string) => client.status('GET', `workspaces/{ws}/experiments/${id}/webservicedefinition`);
    expect(await definition(await idOf('Churn training'))).toBe(200);
    expect(await definition(await idOf('Explore tenure'))).toBe(400);
  });

  it('is copied by a POST with a trailing slash', async () => {
    const original = await full(await idOf('Churn baseline'));
    const shape = z.object({ ExperimentId: z.string(), Etag: z.string() });
    const body = submission(original, { Description: 'Churn baseline, copied' });
    const { ExperimentId } = await client.json(shape, 'workspaces/{ws}/experiments/', 'POST', body);
    expect(ExperimentId).toMatch(/^[0-9a-f]{32}\.f-id\.[0-9a-f]{32}$/u);
    expect((await full(ExperimentId)).Graph).toEqual(original.Graph);
    expect(await names()).toContain('Churn baseline, copied');
    const noParent = submission(original, { Description: 'As the PowerShell module copies', ParentExperimentId: '' });
    const copy = await client.json(shape, 'workspaces/{ws}/experiments/', 'POST', noParent);
    expect((await full(copy.ExperimentId)).ParentExperimentId).toBeNull();
  });

  it('is run, and polled until it has finished', async () => {
    const id = await idOf('Explore tenure');
    const before = await full(id);
    const etag = await client.json(
      z.string(),
      `workspaces/{ws}/experiments/${id}`,
      'POST',
      submission(before, { IsDraft: false }),
    );
    expect(etag).not.toBe(before.Etag);
    const seen = [await full(id), await full(id)].map((experiment) => experiment.Status.StatusCode);
    expect(seen).toEqual(['Running', 'Finished']);
    expect((await full(id)).NodeStatuses[0]?.OutputEndpoints).toHaveLength(1);
  });

  it('whose graph refers to something missing gets 500 in the service’s words', async () => {
    const original = await full(await idOf('Churn baseline'));
    const graph = JSON.parse(
      JSON.stringify(original.Graph).replaceAll(/"DataSourceId":"[^"]+"/gu, '"DataSourceId":"gone"'),
    );
    const body = JSON.stringify(submission(original, { ExperimentGraph: graph }));
    const response = await client.call('POST', 'workspaces/{ws}/experiments/', { body });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      Error: {
        Code: 'ServiceError',
        Message: 'InternalServerError',
        Target: null,
        Details: [],
        InnerError: null,
        DebugInfo: null,
      },
    });
  });

  it('is deleted alone, or with the whole history of its runs', async () => {
    const alone = await idOf('Import from the warehouse');
    expect(await client.status('DELETE', `workspaces/{ws}/experiments/${alone}`)).toBe(200);
    expect(await client.status('GET', `workspaces/{ws}/experiments/${alone}`)).toBe(404);

    const leaf = await idOf('Churn training');
    const output = (await full(leaf)).NodeStatuses.flatMap((node) => node.OutputEndpoints);
    const model = output.find((endpoint) => endpoint.Name === 'Trained model');
    const scores = output.find((endpoint) => endpoint.Name === 'Evaluation results');
    if (!model || !scores) throw new Error('The seed lacks outputs.');
    expect(await client.status('DELETE', `workspaces/{ws}/experiments/${leaf}?deleteAncestors=true`)).toBe(200);
    expect((await names(everything)).filter((name) => name === 'Churn training')).toEqual([]);
    expect((await fetchEndpoint(scores)).status, 'an output that nothing else uses').toBe(404);
    expect((await fetchEndpoint(model)).status, 'an output that was promoted to a model').toBe(200);
  });

  it('of Microsoft is readable in every workspace and cannot be deleted', async () => {
    const sample = (await list()).at(-1);
    expect(sample?.ExperimentId).toMatch(/^506153734175476c4f62416c57734963\./u);
    expect(await client.status('GET', `workspaces/{ws}/experiments/${sample?.ExperimentId}`)).toBe(200);
    expect(await client.status('DELETE', `workspaces/{ws}/experiments/${sample?.ExperimentId}`)).toBe(404);
  });
});
