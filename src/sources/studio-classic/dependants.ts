import pMap from 'p-map';
import { hasStatus } from '../../azure/http/http-client.ts';
import type { Dependant, DependantsOf } from '../../domain/asset-source.ts';
import type { Asset, AssetKind } from '../../domain/assets.ts';
import { experimentCall } from './experiment-call.ts';
import { Experiment } from './experiment-payloads.ts';
import { readExperiments } from './experiments.ts';
import { familyOf } from './families.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** Maximum number of graphs read for one request; with more experiments the answer is incomplete. */
const maxGraphs = 500;
/** Graphs read at a time. */
const graphsAtOnce = 4;
/** Maximum number of experiments listed as sharing runs with one asset. */
const maxSharers = 500;

/**
 * The dependants of the given assets: experiments whose graph uses any version of a dataset, model, transform or module,
 * and experiments that share earlier runs with one that would be deleted with its ancestors. The workspace is read
 * once, at the first call, however many assets follow. An asset is missing from the result when not all graphs could
 * be read and no dependant was found. Throws ServiceFailure.
 */
export function dependantsIn(client: WorkspaceClient, signal: AbortSignal): DependantsOf {
  let loading: Promise<Ancestry> | undefined;
  let loadingUses: Promise<ReadonlyMap<string, readonly Dependant[]>> | undefined;
  return async (assets) => {
    const found = new Map<string, readonly Dependant[]>();
    if (assets.length === 0) return found;
    loading ??= readAncestry(client, signal);
    const ancestry = await loading;
    for (const asset of assets) {
      if (asset.kind === 'experiment') {
        found.set(asset.id, sharersOf(asset, ancestry));
      } else if (asset.kind in portFields) {
        loadingUses ??= usesIn(client, ancestry.newest, signal);
        const users = (await loadingUses).get(`${asset.kind} ${asset.familyId.toLowerCase()}`);
        if (users || ancestry.lines <= maxGraphs) found.set(asset.id, users ?? []);
      }
    }
    return found;
  };
}

/**
 * Returns a function that gives, for an experiment, a kept experiment that shares earlier runs with it, which the
 * service would delete as its ancestors; null for every other asset. Throws ServiceFailure.
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

/** The field of a graph that refers to assets of a kind. */
const portFields = {
  dataset: 'DataSourceId',
  model: 'TrainedModelId',
  transform: 'TransformModuleId',
  module: 'ModuleId',
} as const satisfies Partial<Record<AssetKind, string>>;

/** What the list of a workspace's experiments tells before their graphs are read. */
interface Ancestry {
  readonly lines: number;
  /** The newest experiments: those whose graphs are read. */
  readonly newest: readonly Dependant[];
  /** The first run of each line with more than one run, by the id of its newest. */
  readonly roots: ReadonlyMap<string, string>;
  /** The lines by their first run: lines that share any run also share the first one. */
  readonly families: ReadonlyMap<string, readonly Dependant[]>;
}

async function readAncestry(client: WorkspaceClient, signal: AbortSignal): Promise<Ancestry> {
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
    // One more than is listed, because an asset is not its own dependant.
    if (family.length <= maxSharers) family.push(dependant);
  }
  return { lines, newest, roots, families };
}

function sharersOf(asset: Asset, { roots, families }: Ancestry): readonly Dependant[] {
  const family = families.get(roots.get(asset.id) ?? '') ?? [];
  return family.filter(({ id }) => id !== asset.id).slice(0, maxSharers);
}

/** The experiments that use each asset, by kind and family. */
async function usesIn(
  client: WorkspaceClient,
  experiments: readonly Dependant[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Dependant[]>> {
  const found = new Map<string, Dependant[]>();
  const addUses = async (experiment: Dependant): Promise<void> => {
    for (const use of await usesOf(client, experiment.id, signal)) {
      found.set(use, [...(found.get(use) ?? []), experiment]);
    }
  };
  await pMap(experiments, addUses, { concurrency: graphsAtOnce });
  return found;
}

/** The assets that an experiment's graph uses, each as kind and family. */
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
    // It was deleted after it was listed, so it uses nothing.
    if (!hasStatus(error, 404)) throw error;
  }
  return uses;
}
