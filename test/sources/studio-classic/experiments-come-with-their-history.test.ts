import { json as readAll, text as readText } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Asset } from '../../../src/domain/assets.ts';
import { clearedAsset } from '../../harness/clearances.ts';
import { type Answer, inTurn, json, type ScriptedServer, startScriptedServer, status } from './scripted-server.ts';
import { churn, patient, sourceAt, workspaceId, workspacePath } from './small-studio.ts';

const id = (name: string): string => `${workspaceId}.f-id.${name}`;

/** An experiment in the service's format; `parent` is the preceding run. */
function experiment(name: string, parent: string | null, fields: Readonly<Record<string, unknown>> = {}) {
  return {
    ExperimentId: id(name),
    ParentExperimentId: parent === null ? null : id(parent),
    Description: `Training ${name}`,
    Creator: 'alexw@example.com',
    Status: { StatusCode: 'Finished', CreationTime: '/Date(1561021000000)/' },
    Graph: { ModuleNodes: [] },
    NodeStatuses: [],
    ...fields,
  };
}

type Experiment = ReturnType<typeof experiment>;

/** A workspace with these experiments, each of which can be read by its id. */
function studioWith(
  experiments: readonly Experiment[],
  more: Readonly<Record<string, Answer>> = {},
): Promise<ScriptedServer> {
  const single = experiments.map(
    (each) => [`GET ${workspacePath}/experiments/${each.ExperimentId}`, json(each)] as const,
  );
  return startScriptedServer({
    [`GET ${workspacePath}/experiments`]: json(experiments),
    ...Object.fromEntries(single),
    ...more,
  });
}

const listed = (server: ScriptedServer): Promise<Asset[]> =>
  Array.fromAsync(sourceAt(server.url).list(workspaceId, 'experiment', patient));

async function filesOf(server: ScriptedServer) {
  const [asset] = await listed(server);
  if (!asset) throw new Error('There is no experiment.');
  return sourceAt(server.url).files(workspaceId, asset, patient);
}

describe('a line of runs is one asset', () => {
  it('named by its newest run, with the number of runs', async () => {
    await using server = await studioWith([
      experiment('a', null),
      experiment('b', 'a'),
      experiment('c', 'b'),
      experiment('x', null),
    ]);
    expect(await listed(server)).toMatchObject([
      { id: id('c'), familyId: id('c'), name: 'Training c', versions: 3 },
      { id: id('x'), versions: 1 },
    ]);
  });

  it('asked for with archived experiments and run history', async () => {
    await using server = await studioWith([]);
    await listed(server);
    expect(server.seen[0]?.url).toBe(`${workspacePath}/experiments?includeArchived=true&includeNonLeaf=true`);
  });

  it('also when it began as a copy of a sample, or a parent is missing, or parents go round in a circle', async () => {
    const sample = experiment('s', null, { ExperimentId: '506153734175476c4f62416c57734963.f-id.s' });
    const copy = experiment('a', null, { ParentExperimentId: sample.ExperimentId });
    const circle = [experiment('p', 'q'), experiment('q', 'p'), experiment('r', 'q')];
    await using server = await studioWith([sample, copy, experiment('b', 'deleted'), ...circle]);
    expect(await listed(server)).toMatchObject([
      { id: id('a'), versions: 1 },
      { id: id('b'), versions: 1 },
      { id: id('r'), versions: 3 },
    ]);
  });

  it('even when it is nothing but a circle', async () => {
    await using server = await studioWith([experiment('p', 'q'), experiment('q', 'p'), experiment('x', null)]);
    expect(await listed(server)).toMatchObject([
      { id: id('p'), versions: 2 },
      { id: id('x'), versions: 1 },
    ]);
  });

  it('that a newer run has taken further is found as that run', async () => {
    await using server = await studioWith([experiment('a', null), experiment('b', 'a')]);
    const old = { kind: 'experiment', id: id('a'), familyId: id('a') } as const;
    expect(await sourceAt(server.url).find(workspaceId, old, patient)).toMatchObject({ id: id('b'), versions: 2 });
    expect(await sourceAt(server.url).find(workspaceId, { ...old, id: id('z') }, patient)).toBeNull();
  });

  it('that is deleted with its ancestors', async () => {
    const key = `DELETE ${workspacePath}/experiments/${id('a')}`;
    await using server = await studioWith([experiment('a', null)], { [key]: status(200, '') });
    const [asset] = await listed(server);
    if (!asset) throw new Error('There is no experiment.');
    expect(await sourceAt(server.url).delete(workspaceId, asset, clearedAsset(workspaceId, asset), patient)).toBe(
      'deleted',
    );
    expect(server.seen.at(-1)?.url).toContain('?deleteAncestors=true');
  });
});

describe('the files of an experiment', () => {
  it('are the graphs of all its runs, also where the list does not show them', async () => {
    const runs = [experiment('a', null), experiment('b', 'a')];
    const key = `GET ${workspacePath}/experiments`;
    await using server = await studioWith(runs, { [key]: json(runs.slice(1)) });
    expect((await filesOf(server)).map(({ name }) => name)).toEqual([
      'Training b.json',
      'Training b - run of 2019-06-20 f-id.a.json',
    ]);
  });

  it('hold the graph as the service has it, but for credentials, small or large', async () => {
    const parameters = [
      { Name: 'Account key', Value: 'SECRET', ValueType: 'Literal' },
      { Name: 'Query', Value: 'SELECT 1', ValueType: 'Literal' },
    ];
    for (const Comment of ['Import', 'Import '.repeat(100_000)]) {
      const Graph = {
        ModuleNodes: [{ Id: 'n1', Comment, ModuleParameters: parameters, Unknown: [1.5, null] }],
        EdgesInternal: [],
      };
      await using server = await studioWith([experiment('a', null, { Graph })]);
      const [graph] = await filesOf(server);
      if (!graph) throw new Error('There is no graph.');
      expect(await readAll(await graph.open(patient))).toMatchObject({
        Graph: {
          ModuleNodes: [{ Comment, ModuleParameters: [{ Value: '' }, { Value: 'SELECT 1' }], Unknown: [1.5, null] }],
        },
      });
    }
  });

  it('include outputs that are still cached, once, with a fresh signature when the old one has expired', async () => {
    const output = { Location: 'out/model', Name: 'Trained model', FileType: 'ILearnerDotNet', Size: 5 };
    const visual = { Location: 'out/model.visualization', Name: 'Trained model' };
    const gone = { Location: 'out/gone.dataset', Name: 'Results dataset' };
    const withOutputs = (name: string, parent: string | null, host: string | undefined, signature: string) => {
      const at = (endpoint: object) => ({
        ...endpoint,
        BaseUri: `http://${host}/`,
        AccessCredential: `?sig=${signature}`,
      });
      return experiment(name, parent, {
        Graph: { ModuleNodes: [{ Id: 'n1', Comment: 'Train me' }] },
        NodeStatuses: [
          {
            NodeId: 'n1',
            OutputEndpoints: [at(output), at(gone)],
            MetadataOutputEndpoints: { 'Trained model': [{ Key: 'visualization', Value: at(visual) }] },
            StandardErrorEndpoint: null,
          },
        ],
      });
    };
    const answer =
      (name: string, parent: string | null): Answer =>
      (response, request, nth) =>
        json(withOutputs(name, parent, request.headers.host, `s${nth}`))(response, request, nth);
    await using server = await startScriptedServer({
      [`GET ${workspacePath}/experiments`]: json([experiment('b', 'a')]),
      [`GET ${workspacePath}/experiments/${id('b')}`]: answer('b', 'a'),
      [`GET ${workspacePath}/experiments/${id('a')}`]: answer('a', null),
      'GET /out/model.visualization': status(200, 'VISUAL', { ETag: '"1"' }),
      'GET /out/model': (response, request, nth) => {
        const expired = request.url?.endsWith('sig=s1');
        (expired ? status(403, '') : status(200, 'MODEL', { ETag: '"1"' }))(response, request, nth);
      },
    });
    const files = await filesOf(server);
    expect(files.map(({ name }) => name)).toEqual([
      'Training b.json',
      'Training b - run of 2019-06-20 f-id.a.json',
      'Training b - Train me - Trained model.ilearner',
      'Training b - Train me - Trained model.visualization',
    ]);
    const [, , model] = files;
    if (!model) throw new Error('There is no output.');
    expect(await readText(await model.open(patient))).toBe('MODEL');
  });

  it('include annotations and the web service definition where there are any', async () => {
    const notes = [{ Id: 'a1', Content: 'ask Megan about the label' }];
    const own = `GET ${workspacePath}/experiments/${id('a')}`;
    await using server = await studioWith([experiment('a', null)], {
      [`${own}/annotations`]: json(notes),
      [`${own}/webservicedefinition`]: json({ Inputs: [], AccessCredential: 'SECRET' }),
    });
    const files = (await filesOf(server)).slice(1);
    expect(files).toMatchObject([
      { name: 'Training a - annotations.json', role: 'metadata' },
      { name: 'Training a - web service definition.json', role: 'metadata' },
    ]);
    const contents = await Promise.all(files.map(async (file) => readAll(await file.open(patient))));
    expect(contents).toEqual([notes, { Inputs: [], AccessCredential: '' }]);
  });
});

describe('an experiment of which something cannot be read', () => {
  it('comes with everything else, and the missing file says why', async () => {
    const own = `GET ${workspacePath}/experiments/${id('a')}`;
    const endpoint = {
      BaseUri: 'http://127.0.0.1:1/',
      Location: 'out/x.csv',
      AccessCredential: '?sig=x',
      Name: 'Results',
    };
    const NodeStatuses = [{ NodeId: 'n-12', OutputEndpoints: [endpoint] }];
    await using server = await studioWith([experiment('a', null, { NodeStatuses })], {
      [`${own}/annotations`]: status(500, ''),
      [`${own}/webservicedefinition`]: status(409, ''),
    });
    const [graph, output, annotations, ...more] = await filesOf(server);
    expect(graph?.name).toBe('Training a.json');
    expect(output).toMatchObject({ name: 'Training a - node 12 - Results.csv', sizeBytes: null });
    await expect(output?.open(patient)).rejects.toMatchObject({ outage: { service: 'Studio’s storage' } });
    await expect(annotations?.open(patient)).rejects.toMatchObject({ reason: 'unavailable' });
    expect(more).toEqual([]);
  });
});

describe('an experiment that somebody deletes while it is read', () => {
  it('has a file for the run that is gone, which says so', async () => {
    await using server = await studioWith([experiment('b', 'a'), experiment('a', null)], {
      [`GET ${workspacePath}/experiments/${id('a')}`]: status(404, ''),
    });
    const files = await filesOf(server);
    expect(files.map(({ name }) => name)).toEqual(['Training b.json', 'Training b - run f-id.a.json']);
    await expect(files[1]?.open(patient)).rejects.toMatchObject({ reason: 'not-found' });
  });

  it('has no file for a run that was gone before', async () => {
    await using server = await studioWith([experiment('b', 'a')]);
    expect((await filesOf(server)).map(({ name }) => name)).toEqual(['Training b.json']);
  });

  it('has files for what went with it, which say so', async () => {
    await using server = await studioWith([experiment('a', null)], {
      [`GET ${workspacePath}/experiments/${id('a')}`]: inTurn(json(experiment('a', null)), status(404, '')),
    });
    const [, annotations, definition] = await filesOf(server);
    await expect(annotations?.open(patient)).rejects.toMatchObject({ reason: 'not-found' });
    await expect(definition?.open(patient)).rejects.toMatchObject({ reason: 'not-found' });
  });
});

describe('what depends on an asset', () => {
  const uses = (name: string, port: object, parent: string | null = null) =>
    experiment(name, parent, { Graph: { ModuleNodes: [{ Id: 'n1', InputPortsInternal: [port] }] } });

  it('is every experiment that names a version of its family', async () => {
    await using server = await studioWith([
      uses('new', { DataSourceId: churn.id }),
      uses('old', { DataSourceId: `${workspaceId}.F00D.v0` }),
      uses('other', { DataSourceId: `${workspaceId}.beef.v1`, TrainedModelId: null }),
    ]);
    const other = { ...churn, id: `${workspaceId}.cafe.v1`, familyId: 'cafe' };
    const dependants = await sourceAt(server.url).dependants(workspaceId, patient)([churn, other]);
    expect(
      dependants
        .get(churn.id)
        ?.map(({ name }) => name)
        .sort(),
    ).toEqual(['Training new', 'Training old']);
    expect(dependants.get(other.id)).toEqual([]);
  });

  it('counts models in graphs, and experiments that share earlier runs', async () => {
    const model: Asset = { ...churn, kind: 'model', id: `${workspaceId}.aaaa.v1`, familyId: 'aaaa' };
    await using server = await studioWith([
      experiment('root', null),
      uses('left', { TrainedModelId: model.id }, 'root'),
      experiment('right', 'root'),
    ]);
    const [left] = (await listed(server)).filter(({ name }) => name === 'Training left');
    if (!left) throw new Error('There is no such experiment.');
    const dependants = await sourceAt(server.url).dependants(workspaceId, patient)([model, left]);
    expect(dependants.get(model.id)).toEqual([{ kind: 'experiment', id: id('left'), name: 'Training left' }]);
    expect(dependants.get(left.id)).toEqual([{ kind: 'experiment', id: id('right'), name: 'Training right' }]);
  });

  it('is looked up once, however many assets are asked about one batch after the other', async () => {
    await using server = await studioWith([uses('new', { DataSourceId: churn.id }), experiment('other', null)]);
    const dependantsOf = sourceAt(server.url).dependants(workspaceId, patient);
    expect(server.seen).toHaveLength(0);
    for (let batch = 0; batch < 20; batch += 1) {
      expect((await dependantsOf([churn])).get(churn.id)).toMatchObject([{ name: 'Training new' }]);
    }
    expect(server.seen).toHaveLength(3);
  });

  it('is told for an experiment that is to be kept, however many share its earlier runs', async () => {
    const many = Array.from({ length: 700 }, (_, nth) => experiment(`e${nth}`, 'root'));
    await using server = await studioWith([
      experiment('root', null),
      ...many,
      experiment('first', null),
      experiment('apart', 'first'),
    ]);
    const all = await listed(server);
    const isKept = ({ name }: Asset) => name === 'Training e650';
    const shared = await sourceAt(server.url).sharedHistory(workspaceId, isKept, patient);
    const sharing = all.filter((each) => shared(each)?.name === 'Training e650').map(({ name }) => name);
    expect(sharing).toHaveLength(700);
    expect(sharing).not.toContain('Training apart');
    expect(shared({ ...churn, id: id('e1'), kind: 'dataset' })).toBeNull();
    expect(shared(churn)).toBeNull();
  });

  it('is left open when there are too many experiments to look at', async () => {
    const many = Array.from({ length: 501 }, (_, nth) => experiment(`e${nth}`, null));
    await using server = await studioWith(many);
    expect((await sourceAt(server.url).dependants(workspaceId, patient)([churn])).has(churn.id)).toBe(false);
    expect(server.seen).toHaveLength(501);
  });
});
