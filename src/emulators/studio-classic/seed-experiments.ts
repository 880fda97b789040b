import { derivedId, idOf, nodeIdOf, type SeedingContext, storeContent } from './seed-context.ts';
import { SeedError } from './seed-folder.ts';
import type { SeedExperiment, SeedNode } from './seed-format.ts';
import { clientData, type GraphNames, graphOf } from './seed-graph.ts';
import type { ExperimentRecord, NodeRunRecord, RunTimes, StoredFile } from './studio-records.ts';
import { globalWorkspaceId } from './studio-state.ts';

const runMinutes = 3;

/** Stores an experiment of a seed with its graph, the outputs of its run and its annotations. */
export async function seedExperiment(context: SeedingContext, experiment: SeedExperiment): Promise<void> {
  const { studio, workspace } = context;
  const { seed } = workspace;
  const key = experiment.key ?? experiment.name;
  const id = idOf(context, 'experiment', key);
  const status = statusOf(experiment);
  const nodes: NodeRunRecord[] = [];
  if (experiment.status !== 'InDraft') {
    for (const node of experiment.nodes) nodes.push(await nodeRun(context, id, node, status));
  }
  const record: ExperimentRecord = {
    id,
    deletedAt: null,
    parentId: experiment.parent === undefined ? null : idOf(context, 'experiment', experiment.parent),
    name: experiment.name,
    summary: experiment.summary,
    creator: experiment.creator,
    status,
    runPollsLeft: null,
    revision: 1,
    leaf: !seed.experiments.some((other) => other.parent === key),
    archived: experiment.archived,
    disableNodesUpdate: false,
    category: seed.id === globalWorkspaceId ? 'sample' : 'user',
    tags: experiment.tags,
    graph: graphOf(graphNames(context), id, experiment.nodes),
    webService: webServiceOf(id, experiment),
    nodes,
  };
  studio.store.table(seed.id, 'experiment').put(record);
  for (const [index, note] of experiment.annotations.entries()) {
    studio.store.table(seed.id, 'annotation').put({
      id: derivedId(id, 'annotation', String(index)),
      deletedAt: null,
      parentId: null,
      experimentId: id,
      content: note.content,
      collapsed: false,
      nodeId: note.node === undefined ? null : nodeIdOf(id, note.node),
    });
  }
}

function statusOf(experiment: SeedExperiment): RunTimes {
  const { createdAt, status } = experiment;
  const started = status === 'InDraft' || status === 'NotStarted' ? null : createdAt + 10_000;
  const ended = started === null || status === 'Running' ? null : started + runMinutes * 60_000;
  return { code: status, detail: experiment.detail, createdAt, startedAt: started, endedAt: ended };
}

async function nodeRun(
  context: SeedingContext,
  experimentId: string,
  node: SeedNode,
  status: RunTimes,
): Promise<NodeRunRecord> {
  const outputs: StoredFile[] = [];
  const visualizations: StoredFile[] = [];
  for (const output of node.outputs) {
    const folder = `experimentoutput/${derivedId(experimentId, node.key, output.port)}`;
    if (output.content) {
      const file = await storeContent(context, `${folder}/${output.type.toLowerCase()}`, output.content, output.type);
      outputs.push({ ...file, name: output.port });
    }
    if (output.visualization) {
      const location = `${folder}/visualization`;
      const sizeBytes = await context.studio.blobs.putText(
        location,
        JSON.stringify({ port: output.port, records: [] }),
      );
      visualizations.push({ location, sizeBytes, name: output.port, fileType: 'visualization', auxiliary: true });
    }
  }
  return {
    nodeId: nodeIdOf(experimentId, node.key),
    status,
    outputs,
    visualizations,
    standardOutput: null,
    standardError: null,
  };
}

function graphNames(context: SeedingContext): GraphNames {
  return {
    module: (name) => {
      const id = context.moduleIds.get(name);
      if (id === undefined) throw new SeedError(`No module is called "${name}".`);
      return id;
    },
    asset: (kind, key) => idOf(context, kind, key),
  };
}

function webServiceOf(experimentId: string, experiment: SeedExperiment): unknown {
  const input = experiment.webServiceInput;
  const inputId = derivedId(experimentId, 'input');
  const port = input && `${nodeIdOf(experimentId, input.node)}:${input.port}`;
  return {
    IsWebServiceExperiment: input !== undefined,
    Inputs: port ? [{ Id: inputId, PortId: port, Name: 'input1' }] : [],
    Outputs: [],
    Parameters: [],
    WebServiceGroupId: null,
    ModelPackageId: null,
    RunId: null,
    ArmWebServiceId: null,
    SerializedClientData: clientData(port ? [inputId] : []),
  };
}
