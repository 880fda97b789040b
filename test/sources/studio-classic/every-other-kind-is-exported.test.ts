import { json as readAll, text as readText } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Asset, AssetKind } from '../../../src/domain/assets.ts';
import { clearedAsset } from '../../harness/clearances.ts';
import {
  type Answer,
  inTurn,
  json,
  reset,
  type ScriptedServer,
  startScriptedServer,
  status,
} from './scripted-server.ts';
import { patient, sourceAt, token, workspaceId, workspacePath } from './small-studio.ts';

const managementPath = `/workspaces/${workspaceId}`;

async function firstOf(server: ScriptedServer, kind: AssetKind): Promise<Asset> {
  const [asset] = await Array.fromAsync(sourceAt(server.url).list(workspaceId, kind, patient));
  if (!asset) throw new Error(`There is no ${kind}.`);
  return asset;
}

async function exportOf(server: ScriptedServer, kind: AssetKind) {
  return sourceAt(server.url).files(workspaceId, await firstOf(server, kind), patient);
}

const modelId = `${workspaceId}.9be2.v1`;
const experimentId = `${workspaceId}.f-id.0d4b`;

/** A trained model in the service's format; by default without an address of its bytes. */
function modelPayload(fields: Readonly<Record<string, unknown>> = {}) {
  return {
    Id: modelId,
    FamilyId: '9be2',
    Name: 'Churn predictor',
    DataTypeId: 'iLearnerDotNet',
    Size: 5,
    CreatedDate: '/Date(1561023600000)/',
    ExperimentId: experimentId,
    PromotedFrom: 'n-565:Trained model',
    ...fields,
  };
}

/** A server with one model. `more` are further responses, such as other ways to get its bytes. */
function serveModel(
  model: (host: string) => unknown,
  more: Readonly<Record<string, Answer>> = {},
): Promise<ScriptedServer> {
  const answer =
    (wrap: (payload: unknown) => unknown): Answer =>
    (response, request, nth) =>
      json(wrap(model(`http://${request.headers.host}/`)))(response, request, nth);
  return startScriptedServer({
    [`GET ${workspacePath}/trainedmodels`]: answer((payload) => [payload]),
    [`GET ${workspacePath}/trainedmodels/${modelId}`]: answer((payload) => payload),
    'GET /out/model': (response) => void response.end('MODEL'),
    ...more,
  });
}

const endpoint = (BaseUri: string) => ({
  BaseUri,
  Location: 'out/model',
  AccessCredential: '?sig=SECRET',
  Size: 5,
  Name: 'Trained model',
});

/** The experiment that produced the model, with its output. */
const training: Answer = (response, request, nth) =>
  json({
    ExperimentId: experimentId,
    NodeStatuses: [{ NodeId: 'n-565', OutputEndpoints: [endpoint(`http://${request.headers.host}/`)] }],
  })(response, request, nth);

describe('a trained model', () => {
  it.each<[string, (host: string) => unknown, Readonly<Record<string, Answer>>]>([
    ['its own address', (host) => modelPayload({ DownloadLocation: endpoint(host) }), {}],
    [
      'the output of the experiment that made it',
      () => modelPayload({ DownloadLocation: null }),
      { [`GET ${workspacePath}/experiments/${experimentId}`]: training },
    ],
    [
      'that output when nothing is at its own address any more',
      (host) => modelPayload({ DownloadLocation: { ...endpoint(host), Location: 'out/gone' } }),
      { [`GET ${workspacePath}/experiments/${experimentId}`]: training },
    ],
    [
      'its own address where models cannot be read one by one',
      (host) => modelPayload({ DownloadLocation: endpoint(host) }),
      { [`GET ${workspacePath}/trainedmodels/${modelId}`]: status(404, '') },
    ],
  ])('comes with its bytes by %s', async (_way, model, more) => {
    await using server = await serveModel(model, more);
    const [content, description] = await exportOf(server, 'model');
    if (!content || !description) throw new Error('Files are missing.');
    expect(content).toMatchObject({ name: 'Churn predictor.ilearner', sizeBytes: 5 });
    expect(await readText(await content.open(patient))).toBe('MODEL');
    expect(await readText(await description.open(patient))).not.toContain('SECRET');
  });

  it('says so when there are no bytes any more, and still comes with its description', async () => {
    await using server = await serveModel(() => modelPayload());
    const [content, description] = await exportOf(server, 'model');
    await expect(content?.open(patient)).rejects.toMatchObject({
      reason: 'unsupported',
      message: expect.stringContaining('Churn predictor'),
    });
    expect(description).toMatchObject({ name: 'Churn predictor.ilearner.metadata.json' });
  });
});

describe('a delete that no source describes', () => {
  const path = `DELETE ${workspacePath}/trainedmodels/family/9be2`;
  const deleted = async (answer: Answer, afterwards: readonly unknown[]) => {
    await using server = await startScriptedServer({
      [`GET ${workspacePath}/trainedmodels`]: (response, request, nth) =>
        json(nth === 1 ? [modelPayload()] : afterwards)(response, request, nth),
      [path]: answer,
    });
    const asset = await firstOf(server, 'model');
    return await sourceAt(server.url).delete(workspaceId, asset, clearedAsset(workspaceId, asset), patient);
  };

  it('deletes where the service knows it', async () => expect(await deleted(status(200, ''), [])).toBe('deleted'));
  it('believes "not found" when the list agrees', async () => expect(await deleted(status(404, ''), [])).toBe('gone'));
  it('tells "no such call" from what is gone after an attempt that nobody answered, and calls neither deleted', async () => {
    expect(await deleted(inTurn(reset, status(404, '')), [])).toBe('gone');
    await expect(deleted(inTurn(reset, status(404, '')), [modelPayload()])).rejects.toMatchObject({
      reason: 'unsupported',
    });
  });
  it.each([404, 405, 400, 501])('names the way that works when %i means that there is no such call', async (code) => {
    await expect(deleted(status(code, ''), [modelPayload()])).rejects.toMatchObject({
      reason: 'unsupported',
      message: expect.stringContaining('https://studio.azureml.net'),
    });
  });
  it('is refused like any other without the right token', async () =>
    await expect(deleted(status(401, ''), [])).rejects.toMatchObject({ reason: 'unauthorized' }));
});

describe('custom modules', () => {
  const custom = { Id: `${workspaceId}.c3a0.1`, FamilyId: 'c3a0', Name: 'Clean phone numbers', ReleaseState: 'Custom' };
  it('are told from Microsoft’s, described, and their code is said to be out of reach', async () => {
    const builtIn = { ...custom, Id: '506153734175476c4f62416c57734963.aa.1', ReleaseState: 'Release' };
    await using server = await startScriptedServer({
      [`GET ${workspacePath}/modules`]: json([builtIn, { ...custom, ReleaseState: 'Release', FamilyId: 'bb' }, custom]),
      [`GET ${workspacePath}/modules/${custom.Id}`]: json(custom),
    });
    const [code, description] = await exportOf(server, 'module');
    await expect(code?.open(patient)).rejects.toMatchObject({ reason: 'unsupported' });
    expect(description && (await readAll(await description.open(patient)))).toEqual(custom);
  });
});

describe('notebooks', () => {
  const notebook = {
    FamilyId: '5d5d',
    Name: 'explore.ipynb',
    Author: 'adelev@example.com',
    Created: '/Date(1561040000000)/',
  };
  it('are described with their attachments, and their content is said to be in Jupyter', async () => {
    await using server = await startScriptedServer({
      [`GET ${workspacePath}/notebooks`]: json([notebook]),
      [`GET ${workspacePath}/notebooks/family/5d5d/attachments`]: json(['plot.png']),
    });
    const [content, description] = await exportOf(server, 'notebook');
    await expect(content?.open(patient)).rejects.toMatchObject({ message: expect.stringContaining('Jupyter') });
    expect(description && (await readAll(await description.open(patient)))).toEqual({
      notebook,
      attachments: ['plot.png'],
    });
  });

  it('are an empty list where Studio has them no more', async () => {
    await using server = await startScriptedServer({});
    expect(await Array.fromAsync(sourceAt(server.url).list(workspaceId, 'notebook', patient))).toEqual([]);
  });
});

describe('projects', () => {
  it('come with their contents by name', async () => {
    const project = {
      ContainerId: 'c0ff',
      Name: 'Retention',
      Contents: { TrainedModel: ['9be2', 'lost'], Riddle: ['x'] },
    };
    await using server = await startScriptedServer({
      [`GET ${workspacePath}/projectcontainers`]: json([project]),
      [`GET ${workspacePath}/trainedmodels`]: json([modelPayload()]),
    });
    const [file] = await exportOf(server, 'project');
    expect(file && (await readAll(await file.open(patient)))).toEqual({
      project,
      contents: [
        { kind: 'TrainedModel', id: '9be2', name: 'Churn predictor' },
        { kind: 'TrainedModel', id: 'lost', name: null },
        { kind: 'Riddle', id: 'x', name: null },
      ],
    });
  });
});

describe('web services', () => {
  const service = { Id: 'e5dd', Name: 'Churn [Predictive Exp.]', CreationTime: '2019-06-20T10:00:00Z' };
  const endpoints = [
    { Name: 'default', PrimaryKey: 'SECRET', Resources: [{ Location: { SasBlobToken: '?sig=SECRET' } }] },
  ];
  const answers = {
    [`GET ${managementPath}/webservices`]: json([service]),
    [`GET ${managementPath}/webservices/e5dd`]: json(service),
    [`GET ${managementPath}/webservices/e5dd/endpoints`]: json(endpoints),
    [`DELETE ${managementPath}/webservices/e5dd`]: status(204, ''),
  };

  it('are read from the management host with its own header', async () => {
    await using server = await startScriptedServer(answers);
    const asset = await firstOf(server, 'webservice');
    expect(asset).toMatchObject({ id: 'e5dd', createdAt: new Date('2019-06-20T10:00:00Z') });
    expect(await sourceAt(server.url).find(workspaceId, asset, patient)).toEqual(asset);
    expect(server.seen[0]?.headers).toMatchObject({ authorization: `Bearer ${token}` });
    expect(server.seen[0]?.headers).not.toHaveProperty('x-ms-metaanalytics-authorizationtoken');
  });

  it('come with their endpoints, without keys, and are deleted by id', async () => {
    await using server = await startScriptedServer(answers);
    const files = await exportOf(server, 'webservice');
    expect(files.map(({ name }) => name)).toEqual([`${service.Name}.json`, `${service.Name} - endpoints.json`]);
    const contents = await Promise.all(files.map(async (file) => readText(await file.open(patient))));
    expect(contents.join()).toContain('default');
    expect(contents.join()).not.toContain('SECRET');
    const listed = await firstOf(server, 'webservice');
    expect(await sourceAt(server.url).delete(workspaceId, listed, clearedAsset(workspaceId, listed), patient)).toBe(
      'deleted',
    );
  });
});
