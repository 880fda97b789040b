import type { Asset } from '../../domain/assets.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import { everyExperiment } from './assumed.ts';
import { experimentFiles } from './experiment-files.ts';
import { ExperimentSummary } from './experiment-payloads.ts';
import { pathPart } from './path-part.ts';
import { RunHistory } from './run-history.ts';
import { sharedListings } from './shared-listings.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** Searches the list, because only the list shows whether a newer run has replaced an asset. */
const find = sharedListings(async (client, ids, signal) => {
  const found = new Map<string, Asset>();
  for (const { asset, ancestorIds } of (await readExperiments(client, signal)).lines()) {
    for (const id of [asset.id, ...ancestorIds]) if (ids.has(id) && !found.has(id)) found.set(id, asset);
  }
  return found;
});

/**
 * Experiments. The service deletes an experiment together with its ancestors, so an asset is the newest run of a line
 * of runs, and `versions` is the number of runs in that line.
 */
export const experiments: AssetKindAdapter = {
  async *list(client, signal) {
    for (const { asset } of (await readExperiments(client, signal)).lines()) yield asset;
  },

  find: (client, { id }, signal) => find(client, id, signal),

  files: experimentFiles,

  delete: (client, asset, ask, signal) =>
    client.delete(
      {
        path: `experiments/${pathPart(asset.id)}`,
        query: { deleteAncestors: 'true' },
        doing: `deleting the experiment “${asset.name}”`,
        signal,
      },
      ask,
    ),
};

/** The workspace's experiments, including archived ones, with their run history. Throws ServiceFailure. */
export function readExperiments(client: WorkspaceClient, signal: AbortSignal): Promise<RunHistory> {
  return client.gather(
    {
      path: 'experiments',
      // Without these filters the service leaves out archived experiments and run history. It may ignore them.
      query: everyExperiment,
      doing: 'reading the list of experiments',
      signal,
    },
    ExperimentSummary,
    () => new RunHistory(),
    (history, experiment) => {
      if (client.owns(experiment.ExperimentId)) history.add(experiment);
    },
  );
}
