import type { ExperimentRecord, NodeRunRecord, RunTimes, StoredFile } from './records.ts';
import { derivedId, idOf, nodeIdOf, type SeedingContext, storeContent } from './seed-context.ts';
import { SeedError } from './seed-folder.ts';
import type { SeedExperiment, SeedNode } from './seed-format.ts';
import { globalWorkspaceId } from './studio.ts';

const runMinutes = 3;

/** Puts an experiment of a seed into the state, with its graph, the outputs of its run and its annotations. */
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
    graph: graphOf(context, id, experiment.nodes),
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

function graphOf(context: SeedingContext, experimentId: string, nodes: readonly SeedNode[]): unknown {
  const nodeId = (key: string) => {
    if (!nodes.some((node) => node.key === key)) throw new SeedError(`A graph has no node called "${key}".`);
    return nodeIdOf(experimentId, key);
  };
  const edges = nodes.flatMap((node) =>
    node.inputs.flatMap((input) =>
      input.node === undefined
        ? []
        : [
            {
              SourceOutputPortId: `${nodeId(input.node)}:${input.output ?? ''}`,
              DestinationInputPortId: `${nodeId(node.key)}:${input.port}`,
              DestinationInputPortIndex: null,
            },
          ],
    ),
  );
  // Datasets have a place in the picture too, under their own ids.
  const keys = new Set(nodes.flatMap((node) => node.inputs.flatMap((input) => input.dataset ?? [])));
  const datasets = [...keys].map((key) => idOf(context, 'dataset', key));
  return {
    ModuleNodes: nodes.map((node) => wireNode(context, nodeId(node.key), node)),
    EdgesInternal: edges,
    SerializedClientData: clientData([...datasets, ...nodes.map((node) => nodeId(node.key))]),
    PublishInfo: null,
    Parameters: null,
  };
}

function wireNode(context: SeedingContext, nodeId: string, node: SeedNode): unknown {
  const moduleId = context.moduleIds.get(node.module);
  if (moduleId === undefined) throw new SeedError(`No module is called "${node.module}".`);
  const reference = (kind: 'dataset' | 'model' | 'transform', key: string | undefined) =>
    key === undefined ? null : idOf(context, kind, key);
  return {
    Id: nodeId,
    ModuleId: moduleId,
    Comment: node.comment,
    CommentCollapsed: node.comment === '',
    Language: null,
    Version: null,
    UsePreviousResults: true,
    IsPartOfPartialRun: null,
    ModuleParameters: Object.entries(node.parameters).map(([name, value]) => ({
      Name: name,
      Value: value,
      ValueType: 'Literal',
      LinkedGlobalParameter: null,
    })),
    InputPortsInternal: node.inputs.map((input) => ({
      Name: input.port,
      NodeId: nodeId,
      DataSourceId: reference('dataset', input.dataset),
      TrainedModelId: reference('model', input.model),
      TransformModuleId: reference('transform', input.transform),
      PortIndex: null,
      Language: null,
      Version: null,
    })),
    OutputPortsInternal: node.outputs.map((output) => ({ Name: output.port, NodeId: nodeId, OutputType: null })),
  };
}

function clientData(nodeIds: readonly string[]): string {
  const positions = nodeIds.map(
    (id, index) => `<NodePosition Node='${id}' Position='400,${100 + 120 * index},200,200'/>`,
  );
  return `<DataV1><NodePositions>${positions.join('')}</NodePositions></DataV1>`;
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
