import { nodeIdOf } from './seed-context.ts';
import { SeedError } from './seed-folder.ts';
import type { SeedNode } from './seed-format.ts';

/** Resolves the names and keys in a graph to ids. */
export interface GraphNames {
  module(name: string): string;
  asset(kind: 'dataset' | 'model' | 'transform', key: string): string;
}

/** An experiment's `Graph` in the service's format. Throws SeedError for an edge from a node that does not exist. */
export function graphOf(names: GraphNames, experimentId: string, nodes: readonly SeedNode[]): unknown {
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
  // The layout lists datasets as well, under their own ids.
  const keys = new Set(nodes.flatMap((node) => node.inputs.flatMap((input) => input.dataset ?? [])));
  const datasets = [...keys].map((key) => names.asset('dataset', key));
  return {
    ModuleNodes: nodes.map((node) => wireNode(names, nodeId(node.key), node)),
    EdgesInternal: edges,
    SerializedClientData: clientData([...datasets, ...nodes.map((node) => nodeId(node.key))]),
    PublishInfo: null,
    Parameters: null,
  };
}

function wireNode(names: GraphNames, nodeId: string, node: SeedNode): unknown {
  const reference = (kind: 'dataset' | 'model' | 'transform', key: string | undefined) =>
    key === undefined ? null : names.asset(kind, key);
  return {
    Id: nodeId,
    ModuleId: names.module(node.module),
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

/** The serialised positions of a graph's nodes and datasets in the editor. */
export function clientData(nodeIds: readonly string[]): string {
  const positions = nodeIds.map(
    (id, index) => `<NodePosition Node='${id}' Position='400,${100 + 120 * index},200,200'/>`,
  );
  return `<DataV1><NodePositions>${positions.join('')}</NodePositions></DataV1>`;
}
