import { z } from 'zod';
import { hasStatus } from '../../azure/http/http-client.ts';
import type { AssetFile } from '../../domain/asset-source.ts';
import type { Asset } from '../../domain/assets.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import { AssetSpool } from './asset-spool.ts';
import { blobFile } from './blob.ts';
import { probeBlob } from './blob-probe.ts';
import { fileNameOf, isCompressed } from './data-types.ts';
import { textFile } from './document-file.ts';
import { byList } from './families.ts';
import { pathPart } from './path-part.ts';
import { count, date, type Endpoint, flag, optionalEndpoint, text } from './payload-fields.ts';
import { revisionOf } from './revisions.ts';
import { sharedListings } from './shared-listings.ts';
import type { WorkspaceCall, WorkspaceClient } from './workspace-client.ts';

/** What Steward reads of a dataset in `workspaces/{id}/datasources`. */
const ListedDataset = z.object({
  Id: z.string(),
  FamilyId: z.string(),
  Name: text,
  Owner: text,
  Size: count,
  CreatedDate: date,
  IsLatest: flag,
  UploadedFromFilename: text,
  Description: text,
  DataTypeId: text,
  ResourceUploadId: text,
  IsDeprecated: flag,
});

/** A dataset by itself, with its files. */
const Dataset = ListedDataset.extend({
  DownloadLocation: optionalEndpoint,
  VisualizeEndPoint: optionalEndpoint,
  SchemaEndPoint: optionalEndpoint,
});

const families = byList((client, wanted, signal) =>
  client.gather(
    listCall(signal),
    ListedDataset,
    () => new AssetSpool(),
    (spool, dataset) => {
      if (client.owns(dataset.Id) && wanted(dataset.FamilyId)) spool.add(toAsset(dataset), dataset.IsLatest);
    },
  ),
);

/** All listed versions of a family. */
const versionsOf = sharedListings((client, ids, signal) =>
  client.gather(
    listCall(signal),
    ListedDataset,
    () => new Map<string, Asset[]>(),
    (found, dataset) => {
      if (!client.owns(dataset.Id) || !ids.has(dataset.FamilyId)) return;
      found.set(dataset.FamilyId, [...(found.get(dataset.FamilyId) ?? []), toAsset(dataset)]);
    },
  ),
);

/** Datasets: listed and deleted by family, exported as their stored bytes and the service's description. */
export const datasets: AssetKindAdapter = {
  list: families.list,

  async find(client, asset, signal) {
    try {
      const dataset = await client.json(datasetCall(asset.id, signal), Dataset);
      if (dataset.IsLatest !== false) return toAsset(dataset);
    } catch (error) {
      if (!hasStatus(error, 404)) throw error;
    }
    // There may be a newer version or none. Lists are eventually consistent: a version that was just not found does not count.
    const family = await families.find(client, asset, signal);
    return family && family.id !== asset.id ? family : null;
  },

  async files(client, asset, signal) {
    const all = asset.versions > 1 ? await versionsOf(client, asset.familyId, signal) : [];
    const older = (all ?? []).filter(({ id }) => id !== asset.id);
    const files = await versionFiles(client, asset, asset.name, signal);
    for (const [index, version] of older.entries()) {
      files.push(...(await versionFiles(client, version, `${version.name} (older version ${index + 1})`, signal)));
    }
    return files;
  },

  delete: (client, asset, ask, signal) =>
    client.delete(
      {
        path: `datasources/family/${pathPart(asset.familyId)}`,
        doing: `deleting the dataset “${asset.name}”`,
        signal,
      },
      ask,
    ),
};

function listCall(signal: AbortSignal): WorkspaceCall {
  return { path: 'datasources', doing: 'reading the list of datasets', signal };
}

function datasetCall(id: string, signal: AbortSignal): WorkspaceCall {
  return { path: `datasources/${pathPart(id)}`, doing: 'reading a dataset', signal };
}

function toAsset(dataset: z.infer<typeof ListedDataset>): Asset {
  return {
    kind: 'dataset',
    id: dataset.Id,
    familyId: dataset.FamilyId,
    name: dataset.Name || dataset.UploadedFromFilename || dataset.Id,
    sizeBytes: dataset.Size,
    createdAt: dataset.CreatedDate,
    owner: dataset.Owner,
    versions: 1,
    // The bytes of a version never change; its description may.
    revision: revisionOf(dataset.Description, dataset.DataTypeId, dataset.ResourceUploadId, dataset.IsDeprecated),
  };
}

/** Content, then schema and visualisation, then the description, of one version. */
async function versionFiles(
  client: WorkspaceClient,
  asset: Asset,
  name: string,
  signal: AbortSignal,
): Promise<AssetFile[]> {
  const call = datasetCall(asset.id, signal);
  const { value: dataset, redacted } = await client.described(call, Dataset, 2);
  const fileName = fileNameOf(name, dataset.DataTypeId, dataset.UploadedFromFilename);
  const files: AssetFile[] = [];
  const doing = `reading the dataset “${asset.name}”`;
  const add = (
    field: BlobField,
    endpoint: Endpoint,
    sizeBytes: number | null,
    file: Pick<AssetFile, 'name' | 'role' | 'compressed'>,
  ): void => {
    const blob = { locate: locator(client, asset.id, field, endpoint), sizeBytes, doing };
    files.push(blobFile(client, blob, endpoint, file));
  };
  const content = dataset.DownloadLocation;
  const compressed = isCompressed(fileName, dataset.DataTypeId);
  if (content) add('DownloadLocation', content, content.Size || null, { name: fileName, role: 'content', compressed });
  for (const [field, ending] of derivedFields) {
    const endpoint = dataset[field];
    if (!endpoint) continue;
    // Studio returns addresses of these files even when it never created them.
    const present = endpoint.Size > 0 ? { sizeBytes: endpoint.Size } : await probeBlob(client, endpoint, doing, signal);
    const file = { name: fileName + ending, role: 'metadata', compressed: false } as const;
    if (present) add(field, endpoint, present.sizeBytes, file);
  }
  const source = client.address(call.path);
  files.push(textFile({ name: `${fileName}.metadata.json`, role: 'metadata', source }, redacted));
  return files;
}

/** Files that Studio derives from a dataset, and the suffixes of their names. */
const derivedFields = [
  ['SchemaEndPoint', '.schema'],
  ['VisualizeEndPoint', '.visualization'],
] as const;

type BlobField = 'DownloadLocation' | 'SchemaEndPoint' | 'VisualizeEndPoint';

/** Returns the location that came with the dataset, and reads the dataset again when its SAS has expired. */
function locator(client: WorkspaceClient, id: string, field: BlobField, first: Endpoint) {
  let known = first;
  return async (fresh: boolean, signal: AbortSignal): Promise<Endpoint> => {
    if (fresh) known = (await client.json(datasetCall(id, signal), Dataset))[field] ?? known;
    return known;
  };
}
