import { z } from 'zod';
import type { AssetFile } from '../domain/asset-source.ts';
import type { Asset } from '../domain/assets.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import { assumedDelete, describedItem, familyPath, itemPath, unreachableFile } from './assumed.ts';
import { blobFile } from './blob.ts';
import { fileNameOf, isCompressed } from './data-types.ts';
import { textFile } from './document-file.ts';
import { experimentCall } from './experiment-call.ts';
import { Experiment } from './experiment-payloads.ts';
import { newestOfFamilies } from './families.ts';
import { hasStatus } from './http/studio-http.ts';
import { count, date, type Endpoint, flag, optionalEndpoint, text } from './payload-fields.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** A trained model or transform, as its list and its own address describe it. */
const TrainedAsset = z.object({
  Id: z.string(),
  FamilyId: z.string(),
  Name: text,
  DataTypeId: text,
  Owner: text,
  Size: count,
  CreatedDate: date,
  IsLatest: flag,
  ExperimentId: text,
  /** The output it was made from: `nodeId:port`. */
  PromotedFrom: text,
  DownloadLocation: optionalEndpoint,
});
type TrainedAsset = z.infer<typeof TrainedAsset>;

/** What the two kinds that come out of a training differ in. */
interface TrainedKind {
  readonly kind: 'model' | 'transform';
  readonly list: 'trainedmodels' | 'transformmodules';
  /** In words, for messages. */
  readonly words: string;
}

/** Trained models. */
export const models = trainedAssets({ kind: 'model', list: 'trainedmodels', words: 'trained model' });

/** Transforms. */
export const transforms = trainedAssets({ kind: 'transform', list: 'transformmodules', words: 'transform' });

function trainedAssets(of: TrainedKind): AssetKindAdapter {
  const toAsset = (item: TrainedAsset): Asset => ({
    kind: of.kind,
    id: item.Id,
    familyId: item.FamilyId,
    name: item.Name || item.Id,
    sizeBytes: item.Size,
    createdAt: item.CreatedDate,
    owner: item.Owner,
    versions: 1,
  });
  const list = async (client: WorkspaceClient, signal: AbortSignal): Promise<readonly Asset[]> => {
    const call = { path: of.list, doing: `reading the list of ${of.words}s`, signal };
    const versions = await client.list(call, TrainedAsset, (item) =>
      client.owns(item.Id) ? { asset: toAsset(item), isLatest: item.IsLatest } : null,
    );
    return newestOfFamilies(versions);
  };
  return {
    list,
    find: async (client, asset, signal) =>
      (await list(client, signal)).find(({ familyId }) => familyId === asset.familyId) ?? null,
    files: (client, asset, signal) => trainedFiles(of, client, asset, signal),
    delete: (client, asset, signal) => assumedDelete(client, familyPath(of.list, asset.familyId), asset, list, signal),
  };
}

/** The bytes, by one of the two ways there are, and the service's description. */
async function trainedFiles(
  of: TrainedKind,
  client: WorkspaceClient,
  asset: Asset,
  signal: AbortSignal,
): Promise<readonly AssetFile[]> {
  const doing = `reading the ${of.words} “${asset.name}”`;
  const call = { doing, signal };
  const { value: item, redacted } = await describedItem(client, of.list, asset.id, TrainedAsset, call);
  const name = fileNameOf(asset.name, item.DataTypeId);
  const source = client.address(itemPath(of.list, asset.id));
  return [
    await contentFile(client, of.list, item, name, doing, signal),
    textFile({ name: `${name}.metadata.json`, role: 'metadata', source }, redacted),
  ];
}

async function contentFile(
  client: WorkspaceClient,
  list: TrainedKind['list'],
  item: TrainedAsset,
  name: string,
  doing: string,
  signal: AbortSignal,
): Promise<AssetFile> {
  const endpoint = item.DownloadLocation ?? (await outputLocation(client, item, signal));
  if (endpoint === null) {
    const words =
      `Studio gives no bytes of “${item.Name}”: it has no download address, and the experiment that made it keeps ` +
      'its output no more. Run the experiment again and ask again.';
    return unreachableFile(name, client.address(`experiments/${encodeURIComponent(item.ExperimentId)}`), words);
  }
  let known = endpoint;
  const blob = {
    doing,
    sizeBytes: endpoint.Size || null,
    locate: async (fresh: boolean, later: AbortSignal): Promise<Endpoint> => {
      if (fresh) known = (await freshLocation(client, list, item, doing, later)) ?? known;
      return known;
    },
  };
  const compressed = isCompressed(name, item.DataTypeId);
  return blobFile(client.http, blob, endpoint, { name, role: 'content', compressed });
}

/** A location with a signature of this moment, by the way the first one came. */
async function freshLocation(
  client: WorkspaceClient,
  list: TrainedKind['list'],
  item: TrainedAsset,
  doing: string,
  signal: AbortSignal,
): Promise<Endpoint | null> {
  if (item.DownloadLocation === null) return outputLocation(client, item, signal);
  const { value } = await describedItem(client, list, item.Id, TrainedAsset, { doing, signal });
  return value.DownloadLocation;
}

/** The output of the training node that the asset was made from, while the experiment still has it. */
async function outputLocation(
  client: WorkspaceClient,
  item: TrainedAsset,
  signal: AbortSignal,
): Promise<Endpoint | null> {
  const [nodeId, port] = [
    item.PromotedFrom.split(':', 1)[0],
    item.PromotedFrom.slice(item.PromotedFrom.indexOf(':') + 1),
  ];
  if (item.ExperimentId === '' || item.PromotedFrom === '') return null;
  try {
    const { NodeStatuses } = await client.json(experimentCall(item.ExperimentId, signal), Experiment);
    const node = NodeStatuses.find(({ NodeId }) => NodeId === nodeId);
    const output = node?.OutputEndpoints.find(({ Name }) => Name === port);
    return output && output.Location !== '' ? output : null;
  } catch (error) {
    if (hasStatus(error, 404)) return null;
    throw error;
  }
}
