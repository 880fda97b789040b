import type { Asset } from '../domain/assets.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import { everyExperiment } from './assumed.ts';
import { experimentFiles } from './experiment-files.ts';
import { ExperimentSummary } from './experiment-payloads.ts';
import { newestFirst } from './families.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** An experiment with the earlier runs it came from, nearest first. */
export interface ExperimentLine {
  readonly asset: Asset;
  readonly ancestorIds: readonly string[];
}

/**
 * Experiments. Every run leaves a snapshot that its successor names as its parent, and the service deletes an
 * experiment together with its ancestors; so an asset is the newest one of such a line, and `versions` counts the line.
 */
export const experiments: AssetKindAdapter = {
  list: async (client, signal) => (await experimentLines(client, signal)).map(({ asset }) => asset),

  /** By the list, because only the list knows whether a newer run has taken the asset's place. One call. */
  async find(client, asset, signal) {
    const lines = await experimentLines(client, signal);
    const line = lines.find((each) => each.asset.id === asset.id || each.ancestorIds.includes(asset.id));
    return line?.asset ?? null;
  },

  files: experimentFiles,

  delete: (client, asset, signal) =>
    client.delete({
      path: `experiments/${encodeURIComponent(asset.id)}`,
      query: { deleteAncestors: 'true' },
      doing: `deleting the experiment “${asset.name}”`,
      signal,
    }),
};

/** The workspace's experiments, archived ones too, each with its run history. Newest first. Throws SourceError. */
export async function experimentLines(
  client: WorkspaceClient,
  signal: AbortSignal,
): Promise<readonly ExperimentLine[]> {
  const own = await client.list(
    {
      path: 'experiments',
      // Without these the service leaves out archived experiments and run history; one that ignores them is fine too.
      query: everyExperiment,
      doing: 'reading the list of experiments',
      signal,
    },
    ExperimentSummary,
    (experiment) => (client.owns(experiment.ExperimentId) ? experiment : null),
  );
  const byId = new Map(own.map((experiment) => [experiment.ExperimentId, experiment]));
  const parents = new Set(own.map((experiment) => experiment.ParentExperimentId));
  const heads = own.filter((experiment) => !parents.has(experiment.ExperimentId));
  const lines = heads.map((head) => lineOf(head, byId));
  // Parents that go round in a circle have no head; nothing may be missing from the list for that.
  const covered = new Set(lines.flatMap((line) => [line.asset.id, ...line.ancestorIds]));
  for (const experiment of own) {
    if (covered.has(experiment.ExperimentId)) continue;
    const line = lineOf(experiment, byId);
    lines.push(line);
    for (const id of [line.asset.id, ...line.ancestorIds]) covered.add(id);
  }
  return lines.sort((a, b) => newestFirst(a.asset, b.asset));
}

function lineOf(head: ExperimentSummary, byId: ReadonlyMap<string, ExperimentSummary>): ExperimentLine {
  const seen = new Set([head.ExperimentId]);
  let parent = byId.get(head.ParentExperimentId);
  while (parent && !seen.has(parent.ExperimentId)) {
    seen.add(parent.ExperimentId);
    parent = byId.get(parent.ParentExperimentId);
  }
  return { asset: toAsset(head, seen.size), ancestorIds: [...seen].slice(1) };
}

function toAsset(experiment: ExperimentSummary, versions: number): Asset {
  return {
    kind: 'experiment',
    id: experiment.ExperimentId,
    familyId: experiment.ExperimentId,
    name: experiment.Description || experiment.ExperimentId,
    sizeBytes: null,
    createdAt: experiment.Status.CreationTime,
    owner: experiment.Creator,
    versions,
  };
}
