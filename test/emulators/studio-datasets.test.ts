import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';
import { datasetSchema, endpointSchema, fetchEndpoint, plainClient, type WireDataset } from './plain-client.ts';

let emulator: TestEmulator;
let client: ReturnType<typeof plainClient>;
beforeAll(async () => {
  emulator = await startTestEmulator();
  client = plainClient(emulator.workspace('Churn Lab'));
});
afterAll(async () => {
  await emulator?.close();
});

const datasets = () => client.json(z.array(datasetSchema), 'workspaces/{ws}/datasources');
const dataset = (id: string) => client.json(datasetSchema, `workspaces/{ws}/datasources/${id}`);
const named = async (name: string): Promise<WireDataset> => {
  const found = (await datasets()).find((candidate) => candidate.Name === name);
  if (!found) throw new Error(`No dataset is called ${name}.`);
  return found;
};
const source = (name: string, more: object = {}) => ({
  Name: name,
  DataTypeId: 'GenericCSV',
  Description: '',
  FamilyId: null,
  Owner: 'Python SDK',
  SourceOrigin: 'FromResourceUpload',
  ...more,
});
const uploadSchema = z.object({ Id: z.string(), DataTypeId: z.string(), Committed: z.boolean() });

/** Uploads as the Python client does: an empty request, blocks, a commit. Blocks are sent in the given order. */
async function upload(blocks: readonly (readonly [number, string])[], dataSource: object): Promise<Response> {
  const lie = { 'Content-Type': 'application/json;charset=UTF8' };
  const begun = await client.call('POST', 'resourceuploads/workspaces/{ws}/?userStorage=true&dataTypeId=GenericCSV', {
    headers: lie,
  });
  const { Id } = uploadSchema.parse(await begun.json());
  for (const [blockId, body] of blocks) {
    const query = `numberOfBlocks=${blocks.length}&blockId=${blockId}&uploadId=${Id}&dataTypeId=GenericCSV`;
    const sent = await client.call('POST', `blobuploads/workspaces/{ws}/?${query}`, { headers: lie, body });
    uploadSchema.parse(await sent.json());
  }
  const commit = { DataSource: dataSource, UploadId: Id, UploadedFromFileName: 'mine.csv', ClientPoll: true };
  return await client.call('POST', 'workspaces/{ws}/datasources', { headers: lie, body: JSON.stringify(commit) });
}

describe('the list of datasets', () => {
  it('has one item for each family, the newest, in a stable order, samples last', async () => {
    const [first, second] = [await datasets(), await datasets()];
    expect(second.map((item) => item.Id)).toEqual(first.map((item) => item.Id));
    expect(new Set(first.map((item) => item.FamilyId)).size).toBe(first.length);
    expect(first.every((item) => item.IsLatest)).toBe(true);
    const samples = first.filter((item) => item.Id.startsWith('506153734175476c4f62416c57734963.'));
    expect(samples.length).toBeGreaterThan(0);
    expect(first.slice(-samples.length)).toEqual(samples.map((item) => expect.objectContaining({ Id: item.Id })));
  });

  it('may have two families of one name', async () => {
    expect((await datasets()).filter((item) => item.Name === 'survey results')).toHaveLength(2);
  });

  it('has every field that other clients read, in the exact case', async () => {
    const item = await named('churn.csv');
    expect(Object.keys(item).sort()).toEqual(
      'Batch Category ClientVersion CreatedDate CreatedDateTicks Culture DataTypeId Description DownloadLocation ExperimentId FamilyId Id IsDeprecated IsLatest Language Name Owner PromotedFrom ResourceUploadId SchemaEndPoint SchemaStatus ServiceVersion Size SourceOrigin UploadedFromFilename VisualizeEndPoint'.split(
        ' ',
      ),
    );
    expect(item).toMatchObject({ CreatedDate: '/Date(1561024800000)/', CreatedDateTicks: 636966216000000000 });
    expect(item.Id).toMatch(/^[0-9a-f]{32}\.[0-9a-f]{32}\.[^.]+$/u);
  });
});

describe('a dataset', () => {
  it('is downloaded without credentials of ours from its link, byte for byte', async () => {
    const item = await named('churn.csv');
    const response = await fetchEndpoint(item.DownloadLocation);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.length).toBe(item.Size);
    expect(bytes.toString('utf8')).toMatch(/^customer_id,city,plan,/u);
  });

  it('has links that read and do nothing else', async () => {
    const { DownloadLocation: at } = await named('churn.csv');
    const url = at.BaseUri + at.Location + at.AccessCredential;
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(at.BaseUri + at.Location)).status).not.toBe(200);
    const other = await named('customers.tsv');
    const borrowed = at.BaseUri + other.DownloadLocation.Location + at.AccessCredential;
    expect((await fetch(borrowed)).status).toBe(403);
  });

  it('has schema and visualization files where its type is a table', async () => {
    const shape = z.object({ SchemaEndPoint: endpointSchema, VisualizeEndPoint: endpointSchema });
    const files = shape.parse(await named('customers.tsv'));
    const schema = await (await fetchEndpoint(files.SchemaEndPoint)).json();
    expect(schema).toMatchObject({ columnCount: 8 });
    expect((await fetchEndpoint(files.VisualizeEndPoint)).status).toBe(200);
  });

  it('that is unknown gets 404', async () => {
    expect(await client.status('GET', 'workspaces/{ws}/datasources/nonsense')).toBe(404);
  });

  it('is uploaded in blocks that are joined by number, and found at once', async () => {
    const answer = await upload(
      [
        [1, '1,2\n'],
        [0, 'a,b\n'],
        [2, '3,4\n'],
      ],
      source('blocks'),
    );
    expect(answer.status).toBe(200);
    const item = await dataset(z.string().parse(await answer.json()));
    expect(item).toMatchObject({ Name: 'blocks', Owner: 'Python SDK', UploadedFromFilename: 'mine.csv', Size: 12 });
    expect(await (await fetchEndpoint(item.DownloadLocation)).text()).toBe('a,b\n1,2\n3,4\n');
  });

  it('may be empty', async () => {
    const item = await dataset(z.string().parse(await (await upload([], source('empty'))).json()));
    expect(item.Size).toBe(0);
    expect((await fetchEndpoint(item.DownloadLocation)).status).toBe(200);
  });

  it('is refused while blocks are missing', async () => {
    const begun = await client.call('POST', 'resourceuploads/workspaces/{ws}/?dataTypeId=GenericCSV');
    const { Id } = uploadSchema.parse(await begun.json());
    const query = `numberOfBlocks=2&blockId=1&uploadId=${Id}&dataTypeId=GenericCSV`;
    await client.call('POST', `blobuploads/workspaces/{ws}/?${query}`, { body: 'half' });
    const body = JSON.stringify({ DataSource: source('half'), UploadId: Id });
    expect(await client.status('POST', 'workspaces/{ws}/datasources', { body })).toBe(400);
  });

  it('is made of an upload once: two datasets never share their bytes', async () => {
    const path = 'resourceuploads/workspaces/{ws}/?userStorage=true&dataTypeId=GenericCSV';
    const { Id } = uploadSchema.parse(await (await client.call('POST', path, { body: 'x\n1\n' })).json());
    const commit = (name: string) => JSON.stringify({ DataSource: source(name), UploadId: Id });
    const both = await Promise.all(
      ['one', 'two'].map((name) => client.status('POST', 'workspaces/{ws}/datasources', { body: commit(name) })),
    );
    expect(both.sort()).toEqual([200, 409]);
    expect(await client.status('POST', 'workspaces/{ws}/datasources', { body: commit('three') })).toBe(409);
    const made = (await datasets()).filter(({ Name }) => ['one', 'two', 'three'].includes(Name));
    expect(made).toHaveLength(1);
    expect(await (await fetchEndpoint((await dataset(made[0]?.Id ?? '')).DownloadLocation)).text()).toBe('x\n1\n');
  });

  it('of a wrong shape is refused in one line of plain characters', async () => {
    const body = JSON.stringify({ DataSource: { Name: 7 }, UploadId: [] });
    const answer = await client.call('POST', 'workspaces/{ws}/datasources', { body });
    const { Message } = z.object({ Error: z.object({ Message: z.string() }) }).parse(await answer.json()).Error;
    expect([answer.status, Message]).toEqual([400, expect.stringMatching(/^[\x20-\x7e]+$/u)]);
    expect(Message).toMatch(/DataSource\.Name: .*; DataSource\.DataTypeId: .*; UploadId: /u);
  });

  it('is uploaded whole in the first request, as the PowerShell module does', async () => {
    const path = 'resourceuploads/workspaces/{ws}/?userStorage=true&dataTypeId=GenericCSV';
    const begun = uploadSchema.parse(await (await client.call('POST', path, { body: 'x\n1\n' })).json());
    expect(begun.Committed).toBe(true);
    const body = { DataSource: source('whole'), UploadId: begun.Id, UploadedFromFileName: 'w.csv', ClientPoll: true };
    const id = await client.json(z.string(), 'workspaces/{ws}/datasources', 'POST', body);
    expect(await (await fetchEndpoint((await dataset(id)).DownloadLocation)).text()).toBe('x\n1\n');
  });

  it('says Pending while its schema is being read, then Complete', async () => {
    const id = z.string().parse(await (await upload([[0, 'a\n1\n']], source('polled'))).json());
    expect([(await dataset(id)).SchemaStatus, (await dataset(id)).SchemaStatus]).toEqual(['Pending', 'Complete']);
  });

  it('becomes a new version with a family id, and the old one can still be fetched by id', async () => {
    const first = z.string().parse(await (await upload([[0, 'v\n1\n']], source('versioned'))).json());
    const { FamilyId } = await dataset(first);
    const second = z.string().parse(await (await upload([[0, 'v\n2\n']], source('versioned', { FamilyId }))).json());
    const listed = (await datasets()).filter((item) => item.Name === 'versioned');
    expect(listed.map((item) => item.Id)).toEqual([second]);
    expect([(await dataset(first)).IsLatest, (await dataset(second)).IsLatest]).toEqual([false, true]);
    expect(await (await fetchEndpoint((await dataset(first)).DownloadLocation)).text()).toBe('v\n1\n');
  });

  it('of a taken name gets 409, unless a family is given', async () => {
    expect((await upload([[0, 'x']], source('churn.csv'))).status).toBe(409);
    expect((await upload([[0, 'x']], source('churn.csv', { FamilyId: '' }))).status).toBe(409);
  });

  it.each([...'<>*%&:\\?+/'])('with %s in its name gets 400 and is told of forbidden characters', async (character) => {
    const answer = await upload([[0, 'x']], source(`bad${character}name`));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('forbidden characters');
  });

  it('is made from a node’s output', async () => {
    const { ExperimentId, ModuleNodeId, OutputName } = await anOutput();
    const DataSource = source('promoted', { DataTypeId: 'Dataset', SourceOrigin: 'FromOutputPromotion' });
    const body = { ExperimentId, ModuleNodeId, OutputName, DataSource };
    const id = await client.json(z.string(), 'workspaces/{ws}/datasources', 'POST', body);
    const item = await dataset(id);
    expect(item).toMatchObject({ PromotedFrom: `${ModuleNodeId}:${OutputName}`, ExperimentId });
    expect((await fetchEndpoint(item.DownloadLocation)).status).toBe(200);
  });

  it('is deleted by family with all versions and their bytes; by dataset id it is not', async () => {
    const item = await named('churn-2018.csv');
    expect(await client.status('DELETE', `workspaces/{ws}/datasources/family/${item.Id}`)).toBe(404);
    expect(await client.status('DELETE', `workspaces/{ws}/datasources/family/${item.FamilyId}`)).toBe(200);
    expect(await client.status('GET', `workspaces/{ws}/datasources/${item.Id}`)).toBe(404);
    expect((await datasets()).map((other) => other.Name)).not.toContain('churn-2018.csv');
    expect((await fetchEndpoint(item.DownloadLocation)).status).toBe(404);
    expect(await client.status('DELETE', `workspaces/{ws}/datasources/family/${item.FamilyId}`)).toBe(404);
  });

  it('of Microsoft cannot be deleted', async () => {
    const sample = (await datasets()).at(-1);
    expect(await client.status('DELETE', `workspaces/{ws}/datasources/family/${sample?.FamilyId}`)).toBe(404);
    expect((await datasets()).at(-1)?.Id).toBe(sample?.Id);
  });
});

async function anOutput() {
  const heads = await client.json(z.array(z.object({ ExperimentId: z.string() })), 'workspaces/{ws}/experiments');
  const node = z.object({ NodeId: z.string(), OutputEndpoints: z.array(z.object({ Name: z.string() })) });
  for (const { ExperimentId } of heads) {
    const shape = z.object({ NodeStatuses: z.array(node) });
    const { NodeStatuses } = await client.json(shape, `workspaces/{ws}/experiments/${ExperimentId}`);
    for (const { NodeId, OutputEndpoints } of NodeStatuses) {
      const OutputName = OutputEndpoints[0]?.Name;
      if (OutputName !== undefined) return { ExperimentId, ModuleNodeId: NodeId, OutputName };
    }
  }
  throw new Error('The seed has no node output.');
}
