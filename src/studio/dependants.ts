import type { Dependant } from '../domain/asset-source.ts';
import type { Asset, AssetKind } from '../domain/assets.ts';
import { experimentCall } from './experiment-call.ts';
import { Experiment } from './experiment-payloads.ts';
import { type ExperimentLine, experimentLines } from './experiments.ts';
import { familyOf } from './families.ts';
import { hasStatus } from './http/studio-http.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** Graphs read for one question; a workspace with more experiments gets an answer that says less. */
const maxGraphs = 500;
/** Graphs in memory at a time. */
const graphsAtOnce = 4;

/**
 * What uses the given assets: experiments whose graph names any version of a dataset, model, transform or module,
 * and experiments that share earlier runs with one that would be deleted with its ancestors.
 * An asset is missing from the answer when not every experiment could be looked at and none was found.
 * Throws SourceError.
 */
export async function findDependants(
  client: WorkspaceClient,
  assets: readonly Asset[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Dependant[]>> {
  const found = new Map<string, Dependant[]>();
  const lines = await experimentLines(client, signal);
  for (const asset of assets.filter(({ kind }) => kind === 'experiment')) found.set(asset.id, sharers(asset, lines));
  const used = new Map(
    assets
      .filter(({ kind }) => kind in portFields)
      .map((asset) => [`${asset.kind} ${asset.familyId.toLowerCase()}`, asset]),
  );
  if (used.size === 0) return found;
  const queue = lines.slice(0, maxGraphs);
  const look = async (): Promise<void> => {
    for (let line = queue.shift(); line; line = queue.shift()) {
      for (const use of await usesOf(client, line.asset.id, signal)) {
        const asset = used.get(use);
        if (asset) found.set(asset.id, [...(found.get(asset.id) ?? []), dependantOf(line.asset)]);
      }
    }
  };
  await Promise.all(Array.from({ length: graphsAtOnce }, look));
  if (lines.length <= maxGraphs) for (const asset of used.values()) if (!found.has(asset.id)) found.set(asset.id, []);
  return found;
}

/** The field of a graph that names assets of a kind. */
const portFields = {
  dataset: 'DataSourceId',
  model: 'TrainedModelId',
  transform: 'TransformModuleId',
  module: 'ModuleId',
} as const satisfies Partial<Record<AssetKind, string>>;

/** What an experiment's graph uses, each as kind and family. */
async function usesOf(client: WorkspaceClient, id: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const uses = new Set<string>();
  const add = (kind: keyof typeof portFields, assetId: string): void => {
    if (assetId !== '' && client.owns(assetId)) uses.add(`${kind} ${familyOf(assetId)}`);
  };
  try {
    const { Graph } = await client.json(experimentCall(id, signal), Experiment);
    for (const node of Graph.ModuleNodes) {
      add('module', node[portFields.module]);
      for (const port of node.InputPortsInternal) {
        add('dataset', port[portFields.dataset]);
        add('model', port[portFields.model]);
        add('transform', port[portFields.transform]);
      }
    }
  } catch (error) {
    // Deleted since it was listed, so it uses nothing any more.
    if (!hasStatus(error, 404)) throw error;
  }
  return uses;
}

function sharers(asset: Asset, lines: readonly ExperimentLine[]): Dependant[] {
  const own = new Set(lines.find((line) => line.asset.id === asset.id)?.ancestorIds ?? []);
  return lines
    .filter((line) => line.asset.id !== asset.id && line.ancestorIds.some((id) => own.has(id)))
    .map((line) => dependantOf(line.asset));
}

function dependantOf(asset: Asset): Dependant {
  return { kind: asset.kind, id: asset.id, name: asset.name };
}
