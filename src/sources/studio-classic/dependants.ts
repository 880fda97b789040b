import { hasStatus } from '../../azure/http/http-client.ts';
import type { Dependant, DependantsOf } from '../../domain/asset-source.ts';
import type { Asset, AssetKind } from '../../domain/assets.ts';
import { experimentCall } from './experiment-call.ts';
import { Experiment } from './experiment-payloads.ts';
import { readExperiments } from './experiments.ts';
import { familyOf } from './families.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** Graphs read for one request; a workspace with more experiments gets an answer that says less. */
const maxGraphs = 500;
/** Graphs in memory at a time. */
const graphsAtOnce = 4;
/** The most experiments named as sharing runs with one asset. */
const maxSharers = 500;

/**
 * What uses the assets that are asked about: experiments whose graph names any version of a dataset, model, transform
 * or module, and experiments that share earlier runs with one that would be deleted with its ancestors. The workspace
 * is looked at once, when it is first asked about, however many assets follow. An asset is missing from the answer
 * when not every experiment could be looked at and none was found. Throws SourceError.
 */
export function dependantsIn(client: WorkspaceClient, signal: AbortSignal): DependantsOf {
  let known: Promise<Descent> | undefined;
  let used: Promise<ReadonlyMap<string, readonly Dependant[]>> | undefined;
  return async (assets) => {
    const found = new Map<string, readonly Dependant[]>();
    if (assets.length === 0) return found;
    known ??= readDescent(client, signal);
    const descent = await known;
    for (const asset of assets) {
      if (asset.kind === 'experiment') {
        found.set(asset.id, sharersOf(asset, descent));
      } else if (asset.kind in portFields) {
        used ??= usesIn(client, descent.newest, signal);
        const users = (await used).get(`${asset.kind} ${asset.familyId.toLowerCase()}`);
        if (users || descent.lines <= maxGraphs) found.set(asset.id, users ?? []);
      }
    }
    return found;
  };
}

/**
 * Gives, for an experiment, one of those to be kept that has earlier runs in common with it, which the service would
 * delete as its ancestors; null for every other asset. Throws SourceError.
 */
export async function sharedRuns(
  client: WorkspaceClient,
  isKept: (asset: Asset) => boolean,
  signal: AbortSignal,
): Promise<(asset: Asset) => Asset | null> {
  const roots = new Map<string, string>();
  const kept = new Map<string, Asset>();
  for (const { asset, ancestorIds } of (await readExperiments(client, signal)).lines()) {
    const root = ancestorIds.at(-1);
    if (root === undefined) continue;
    roots.set(asset.id, root);
    if (isKept(asset)) kept.set(root, asset);
  }
  return ({ kind, id }) => (kind === 'experiment' ? kept.get(roots.get(id) ?? '') : undefined) ?? null;
}

/** The field of a graph that names assets of a kind. */
const portFields = {
  dataset: 'DataSourceId',
  model: 'TrainedModelId',
  transform: 'TransformModuleId',
  module: 'ModuleId',
} as const satisfies Partial<Record<AssetKind, string>>;

/** What there is to know of a workspace's experiments before their graphs are read. */
interface Descent {
  readonly lines: number;
  /** The newest experiments: those whose graphs are read. */
  readonly newest: readonly Dependant[];
  /** The first run of each line that has one before its newest. */
  readonly roots: ReadonlyMap<string, string>;
  /** The lines by their first run: two lines that share any run share that one. */
  readonly families: ReadonlyMap<string, readonly Dependant[]>;
}

async function readDescent(client: WorkspaceClient, signal: AbortSignal): Promise<Descent> {
  const newest: Dependant[] = [];
  const roots = new Map<string, string>();
  const families = new Map<string, Dependant[]>();
  let lines = 0;
  for (const { asset, ancestorIds } of (await readExperiments(client, signal)).lines()) {
    lines += 1;
    const dependant: Dependant = { kind: asset.kind, id: asset.id, name: asset.name };
    if (newest.length < maxGraphs) newest.push(dependant);
    const root = ancestorIds.at(-1);
    if (root === undefined) continue;
    roots.set(asset.id, root);
    const family = families.get(root) ?? [];
    families.set(root, family);
    // One more than is named, because an asset is not its own dependant.
    if (family.length <= maxSharers) family.push(dependant);
  }
  return { lines, newest, roots, families };
}

function sharersOf(asset: Asset, { roots, families }: Descent): readonly Dependant[] {
  const family = families.get(roots.get(asset.id) ?? '') ?? [];
  return family.filter(({ id }) => id !== asset.id).slice(0, maxSharers);
}

/** Which of the experiments use what, by kind and family. */
async function usesIn(
  client: WorkspaceClient,
  experiments: readonly Dependant[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Dependant[]>> {
  const found = new Map<string, Dependant[]>();
  const queue = [...experiments];
  const listOnce = async (): Promise<void> => {
    for (let experiment = queue.shift(); experiment; experiment = queue.shift()) {
      for (const use of await usesOf(client, experiment.id, signal)) {
        found.set(use, [...(found.get(use) ?? []), experiment]);
      }
    }
  };
  await Promise.all(Array.from({ length: graphsAtOnce }, listOnce));
  return found;
}

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
