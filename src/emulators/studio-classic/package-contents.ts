import { experimentRecord } from './experiment-outputs.ts';
import { type Graph, graphSchema } from './graph.ts';
import type { ResourceTable } from './resource-versions.ts';
import type { ExperimentRecord, StoredFile } from './studio-records.ts';
import { newId, present, type Studio } from './studio-state.ts';
import { wholeSeconds } from './wire.ts';

interface Packed {
  readonly workspaceId: string;
  readonly experimentId: string;
  readonly cleared: boolean;
}

/** Copies a packed experiment into another workspace, together with the assets that its graph refers to. */
export async function unpackExperiment(studio: Studio, packed: Packed, workspaceId: string): Promise<ExperimentRecord> {
  const original = experimentRecord(studio, packed.workspaceId, packed.experimentId);
  let text = JSON.stringify(original.graph);
  for (const [table, id] of references(graphSchema.parse(original.graph))) {
    const copy = await copyResource(studio, packed.workspaceId, table, id, workspaceId);
    // The layout of the graph (`SerializedClientData`) contains dataset ids as well, so all occurrences are replaced.
    text = text.replaceAll(id, copy);
  }
  const graph = graphSchema.parse(JSON.parse(text));
  if (packed.cleared) clearCredentials(graph.ModuleNodes);
  const now = wholeSeconds(studio.clock.now());
  const experiment: ExperimentRecord = {
    ...original,
    id: `${workspaceId}.f-id.${newId()}`,
    parentId: null,
    leaf: true,
    revision: 1,
    category: 'user',
    graph,
    nodes: [],
    runPollsLeft: null,
    status: { code: 'InDraft', detail: null, createdAt: now, startedAt: null, endedAt: null },
  };
  studio.store.table(workspaceId, 'experiment').put(experiment);
  return experiment;
}

/** The assets that a graph's ports refer to, without duplicates. */
function references(graph: Graph): (readonly [ResourceTable, string])[] {
  const found = new Map<string, ResourceTable>();
  for (const port of graph.ModuleNodes.flatMap((node) => node.InputPortsInternal ?? [])) {
    if (port.DataSourceId) found.set(port.DataSourceId, 'dataset');
    if (port.TrainedModelId) found.set(port.TrainedModelId, 'model');
    if (port.TransformModuleId) found.set(port.TransformModuleId, 'transform');
  }
  return [...found].map(([id, table]) => [table, id] as const);
}

/** Copies the version that a graph refers to. Microsoft's samples exist in every workspace and are not copied. */
async function copyResource(
  studio: Studio,
  from: string,
  table: ResourceTable,
  id: string,
  to: string,
): Promise<string> {
  const original = present(studio, from, table, id);
  if (!original || from === to) return id;
  const familyId = newId();
  const copy = {
    ...original,
    id: `${to}.${familyId}.${newId()}`,
    familyId,
    batch: 1,
    experimentId: null,
    promotedFrom: null,
    content: await copyFile(studio, original.content),
    visualization: await copyFile(studio, original.visualization),
    schemaFile: await copyFile(studio, original.schemaFile),
  };
  studio.store.table(to, table).put(copy);
  return copy.id;
}

async function copyFile(studio: Studio, file: StoredFile | null): Promise<StoredFile | null> {
  if (file === null) return null;
  const location = `uploadedresources/${newId()}`;
  await studio.blobs.put(location, await studio.blobs.read(file.location));
  return { ...file, location };
}

/**
 * The service's own list of credential parameters is unknown; parameters whose name suggests a secret are assumed to be
 * on it.
 */
function clearCredentials(nodes: readonly { readonly [key: string]: unknown }[]): void {
  for (const { ModuleParameters } of nodes) {
    for (const parameter of Array.isArray(ModuleParameters) ? ModuleParameters : []) {
      if (/password|key|secret|connection string|token/iu.test(String(parameter.Name))) parameter.Value = null;
    }
  }
}
