import type { AssetFile } from '../../domain/asset-source.ts';
import { blobAddress, blobFile } from './blob.ts';
import { probeBlob } from './blob-probe.ts';
import { endingOf, isCompressed } from './data-types.ts';
import { experimentCall } from './experiment-call.ts';
import { Experiment } from './experiment-payloads.ts';
import type { Endpoint } from './payload-fields.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** A cached output of one node, which the service keeps for a limited time. */
interface NodeOutput {
  /** Distinguishes it from the experiment's other outputs. */
  readonly label: string;
  /** The suffix of its file name. */
  readonly ending: string;
  readonly endpoint: Endpoint;
}

/** The outputs of an experiment that are still cached, except blobs in `seen`, to which it adds them. Throws ServiceFailure. */
export async function outputFiles(
  client: WorkspaceClient,
  experiment: Experiment,
  name: string,
  seen: Set<string>,
  signal: AbortSignal,
): Promise<readonly AssetFile[]> {
  const doing = `reading the outputs of the experiment “${name}”`;
  const fresh = nodeOutputs(experiment).filter(({ endpoint }) => {
    const address = blobAddress(endpoint);
    if (endpoint.Location === '' || seen.has(address)) return false;
    seen.add(address);
    return true;
  });
  // Only the storage knows which blobs still exist. The host's concurrency limiter bounds these parallel calls.
  const present = await Promise.all(fresh.map(({ endpoint }) => probeBlob(client, endpoint, doing, signal)));
  return fresh.flatMap(({ label, ending, endpoint }, index) => {
    const found = present[index];
    if (!found) return [];
    const fileName = `${name} - ${label}${ending}`;
    const blob = { locate: locator(client, experiment.ExperimentId, endpoint), sizeBytes: found.sizeBytes, doing };
    const compressed = isCompressed(fileName, endpoint.FileType);
    return [blobFile(client, blob, endpoint, { name: fileName, role: 'content', compressed })];
  });
}

/** All outputs that an experiment's JSON refers to: payloads, visualisations, logs. */
function nodeOutputs(experiment: Experiment): readonly NodeOutput[] {
  const comments = new Map(experiment.Graph.ModuleNodes.map((node) => [node.Id, node.Comment]));
  return experiment.NodeStatuses.flatMap((node) => {
    const nodeLabel = comments.get(node.NodeId) || `node ${node.NodeId.split('-').at(-1)}`;
    const output = (port: string, endpoint: Endpoint | null, ending?: string): NodeOutput[] =>
      endpoint === null
        ? []
        : [
            {
              label: `${nodeLabel} - ${port}`,
              endpoint,
              ending: ending ?? endingOf(endpoint.Location, endpoint.FileType),
            },
          ];
    return [
      ...node.OutputEndpoints.flatMap((endpoint) => output(endpoint.Name || 'output', endpoint)),
      ...Object.entries(node.MetadataOutputEndpoints).flatMap(([port, entries]) =>
        entries.flatMap(({ Key, Value }) => output(port, Value, `.${Key}`)),
      ),
      ...output('log', node.StandardOutEndpoint, '.txt'),
      ...output('errors', node.StandardErrorEndpoint, '.txt'),
    ];
  });
}

/** Reads the experiment again when the SAS has expired. */
function locator(client: WorkspaceClient, experimentId: string, first: Endpoint) {
  let known = first;
  return async (fresh: boolean, signal: AbortSignal): Promise<Endpoint> => {
    if (fresh) {
      const experiment = await client.json(experimentCall(experimentId, signal), Experiment);
      const address = blobAddress(known);
      known = nodeOutputs(experiment).find(({ endpoint }) => blobAddress(endpoint) === address)?.endpoint ?? known;
    }
    return known;
  };
}
