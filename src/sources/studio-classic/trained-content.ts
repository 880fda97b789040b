import { z } from 'zod';
import { hasStatus } from '../../azure/http/http-client.ts';
import type { AssetFile } from '../../domain/asset-source.ts';
import { type AssumedList, describedItem, unreachableFile } from './assumed.ts';
import { blobFile } from './blob.ts';
import { isCompressed } from './data-types.ts';
import { experimentCall, experimentPath } from './experiment-call.ts';
import { Experiment } from './experiment-payloads.ts';
import { count, date, type Endpoint, flag, optionalEndpoint, text } from './payload-fields.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** A trained model or transform, as returned by its list and by its own address. */
export const TrainedAsset = z.object({
  Id: z.string(),
  FamilyId: z.string(),
  Name: text,
  Description: text,
  DataTypeId: text,
  Owner: text,
  Size: count,
  CreatedDate: date,
  IsLatest: flag,
  ExperimentId: text,
  /** The output it was created from: `nodeId:port`. */
  PromotedFrom: text,
  DownloadLocation: optionalEndpoint,
});
export type TrainedAsset = z.infer<typeof TrainedAsset>;

interface Reading {
  readonly doing: string;
  readonly signal: AbortSignal;
}

/**
 * The bytes of a trained model or transform, from its own address or else from the output of the experiment that
 * created it. When neither exists, opening the file throws. Throws ServiceFailure.
 */
export async function trainedContent(
  client: WorkspaceClient,
  list: AssumedList,
  item: TrainedAsset,
  name: string,
  reading: Reading,
): Promise<AssetFile> {
  const fromOutput = async (signal: AbortSignal): Promise<AssetFile | null> => {
    const locate = (later: AbortSignal): Promise<Endpoint | null> => outputLocation(client, item, later);
    return fileAt(client, item, name, reading.doing, locate, await locate(signal));
  };
  const own = fileAt(
    client,
    item,
    name,
    reading.doing,
    async (signal) => {
      const call = { doing: reading.doing, signal };
      return (await describedItem(client, list, item.Id, TrainedAsset, call)).value.DownloadLocation;
    },
    item.DownloadLocation,
  );
  if (own === null) return (await fromOutput(reading.signal)) ?? unavailableFile(client, item, name);
  return {
    ...own,
    async open(signal) {
      try {
        return await own.open(signal);
      } catch (error) {
        const other = hasStatus(error, 404) ? await fromOutput(signal) : null;
        if (other === null) throw error;
        return other.open(signal);
      }
    },
  };
}

/** The file of a blob at this location, which is read again when its signature has expired; null without a location. */
function fileAt(
  client: WorkspaceClient,
  item: TrainedAsset,
  name: string,
  doing: string,
  relocate: (signal: AbortSignal) => Promise<Endpoint | null>,
  first: Endpoint | null,
): AssetFile | null {
  if (first === null) return null;
  let known = first;
  const locate = async (fresh: boolean, signal: AbortSignal): Promise<Endpoint> => {
    if (fresh) known = (await relocate(signal)) ?? known;
    return known;
  };
  const blob = { locate, doing, sizeBytes: first.Size || null };
  return blobFile(client, blob, first, { name, role: 'content', compressed: isCompressed(name, item.DataTypeId) });
}

function unavailableFile(client: WorkspaceClient, item: TrainedAsset, name: string): AssetFile {
  const message =
    `Studio does not provide the contents of “${item.Name}”: there is no download address, and the experiment that ` +
    'created it no longer has its output. Run the experiment again, then ask again.';
  return unreachableFile(name, client.address(experimentPath(item.ExperimentId)), message);
}

/** The output of the training node that the asset was created from, while the experiment still has it. */
async function outputLocation(
  client: WorkspaceClient,
  item: TrainedAsset,
  signal: AbortSignal,
): Promise<Endpoint | null> {
  if (item.ExperimentId === '' || item.PromotedFrom === '') return null;
  try {
    const { NodeStatuses } = await client.json(experimentCall(item.ExperimentId, signal), Experiment);
    const outputs = NodeStatuses.flatMap((node) =>
      node.OutputEndpoints.map((endpoint) => ({ port: `${node.NodeId}:${endpoint.Name}`, endpoint })),
    );
    const made = outputs.find(({ port, endpoint }) => port === item.PromotedFrom && endpoint.Location !== '');
    return made?.endpoint ?? null;
  } catch (error) {
    if (hasStatus(error, 404)) return null;
    throw error;
  }
}
