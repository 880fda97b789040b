import { describe, expect, it } from 'vitest';
import { json, startScriptedServer, status } from './scripted-server.ts';
import { churn, datasetPayload, patient, sourceAt, workspaceId, workspacePath } from './small-studio.ts';

const base = 'http://127.0.0.1:1';
const day = 86_400_000;
const version = (family: string, nth: number, fields: Readonly<Record<string, unknown>> = {}) =>
  datasetPayload(base, {
    Id: `${workspaceId}.${family}.v${nth}`,
    FamilyId: family,
    CreatedDate: `/Date(${1561020000000 + nth * day})/`,
    IsLatest: null,
    ...fields,
  });
const sample = datasetPayload(base, { Id: '506153734175476c4f62416c57734963.aaaa.v1', FamilyId: 'aaaa' });

async function listOf(...payloads: readonly unknown[]) {
  await using server = await startScriptedServer({ [`GET ${workspacePath}/datasources`]: json(payloads) });
  return await Array.fromAsync(sourceAt(server.url).list(workspaceId, 'dataset', patient));
}

describe('the list of datasets', () => {
  it('leaves out Microsoft’s samples', async () => {
    expect((await listOf(sample, version('f00d', 1))).map(({ familyId }) => familyId)).toEqual(['f00d']);
  });

  it('has each family once, as its newest version, with the number of versions that were listed', async () => {
    const listed = await listOf(version('f00d', 1), version('beef', 2), version('f00d', 3), version('f00d', 2));
    expect(listed).toMatchObject([
      { id: `${workspaceId}.f00d.v3`, versions: 3 },
      { id: `${workspaceId}.beef.v2`, versions: 1 },
    ]);
  });

  it('believes the service about which version is the latest', async () => {
    const listed = await listOf(version('f00d', 1, { IsLatest: true }), version('f00d', 2, { IsLatest: false }));
    expect(listed).toMatchObject([{ id: `${workspaceId}.f00d.v1`, versions: 2 }]);
  });

  it('bears nulls, missing and unknown fields', async () => {
    const bare = { Id: `${workspaceId}.f00d.v1`, FamilyId: 'f00d', Name: null, Owner: null, Size: null, New: {} };
    expect(await listOf(bare)).toEqual([
      {
        ...churn,
        name: bare.Id,
        owner: '',
        sizeBytes: 0,
        createdAt: null,
        id: bare.Id,
        revision: expect.stringMatching(/^\S+$/u),
      },
    ]);
  });

  it('is refused as a whole rather than shortened when an item cannot be read', async () => {
    await expect(listOf(version('f00d', 1), { Name: 'no id' })).rejects.toMatchObject({
      reason: 'unreadable',
      message: expect.stringContaining('Id'),
    });
  });
});

describe('finding a dataset again', () => {
  const one = `GET ${workspacePath}/datasources/${churn.id}`;
  const all = `GET ${workspacePath}/datasources`;

  it('takes one call while nothing changed', async () => {
    await using server = await startScriptedServer({ [one]: json(datasetPayload(base)) });
    expect(await sourceAt(server.url).find(workspaceId, churn, patient)).toEqual(churn);
    expect(server.seen).toHaveLength(1);
  });

  it('gives the newer version when there is one', async () => {
    const answers = { [all]: json([version('f00d', 2)]) };
    await using replaced = await startScriptedServer({
      ...answers,
      [one]: json(datasetPayload(base, { IsLatest: false })),
    });
    await using removed = await startScriptedServer({ ...answers, [one]: status(404, '') });
    for (const server of [replaced, removed]) {
      expect(await sourceAt(server.url).find(workspaceId, churn, patient)).toMatchObject({
        id: `${workspaceId}.f00d.v2`,
      });
    }
  });

  it('is not fooled by a list that still shows what was deleted', async () => {
    await using server = await startScriptedServer({ [one]: status(404, ''), [all]: json([datasetPayload(base)]) });
    expect(await sourceAt(server.url).find(workspaceId, churn, patient)).toBeNull();
  });
});

describe('the files of a dataset', () => {
  const filesOf = async (fieldsAt: (host: string) => Readonly<Record<string, unknown>>) => {
    const name = String(fieldsAt('').Name ?? churn.name);
    await using server = await startScriptedServer({
      [`GET ${workspacePath}/datasources/${churn.id}`]: (response, request, nth) =>
        json(datasetPayload(`http://${request.headers.host}`, fieldsAt(`http://${request.headers.host}`)))(
          response,
          request,
          nth,
        ),
      'GET /blob/schema': status(206, 'x', { 'Content-Range': 'bytes 0-0/42' }),
      'GET /blob/empty': status(416, ''),
    });
    return await sourceAt(server.url).files(workspaceId, { ...churn, name }, patient);
  };

  it.each([
    ['churn.csv', 'GenericCSV', 'churn.csv', false],
    ['churn', 'GenericCSV', 'churn.csv', false],
    ['churn', 'GenericTSVNoHeader', 'churn.tsv', false],
    ['models', 'Zip', 'models.zip', true],
    ['table', 'RData', 'table.RData', true],
    ['a/b', 'PlainText', 'a/b.txt', false],
    ['scored', 'Dataset', 'scored.dataset', false],
    ['sheet', 'Excel2016', 'sheet.csv', false],
  ])('%s of type %s is called %s', async (Name, DataTypeId, name, compressed) => {
    const [content, description] = await filesOf(() => ({ Name, DataTypeId }));
    expect(content).toMatchObject({ name, compressed, role: 'content', sizeBytes: 11 });
    expect(description).toMatchObject({ name: `${name}.metadata.json`, role: 'metadata' });
  });

  it('include schema and visualisation only where they exist, with the size the storage tells', async () => {
    const sizes = async (Location: string, Size: number) => {
      const files = await filesOf((host) => ({
        SchemaEndPoint: { BaseUri: `${host}/`, Location, AccessCredential: '?sig=x', Size },
        VisualizeEndPoint: null,
      }));
      return files.map(({ name, sizeBytes }) => [name, sizeBytes]).slice(1, -1);
    };
    expect(await sizes('blob/told', 7)).toEqual([['churn.csv.schema', 7]]);
    expect(await sizes('blob/schema', 0)).toEqual([['churn.csv.schema', 42]]);
    expect(await sizes('blob/empty', 0)).toEqual([['churn.csv.schema', 0]]);
    expect(await sizes('blob/missing', 0)).toEqual([]);
  });
});
