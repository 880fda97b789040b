import type { AssetFile } from '../../domain/asset-source.ts';
import type { Asset } from '../../domain/assets.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import { AssetSpool } from './asset-spool.ts';
import { assumedDelete, describedItem, familyPath, itemPath } from './assumed.ts';
import { fileNameOf } from './data-types.ts';
import { textFile } from './document-file.ts';
import { byList } from './families.ts';
import { revisionOf } from './revisions.ts';
import { TrainedAsset, trainedContent } from './trained-content.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** The differences between the two kinds of assets that training creates. */
interface TrainedKind {
  readonly kind: 'model' | 'transform';
  readonly list: 'trainedmodels' | 'transformmodules';
  /** The name of the kind in messages. */
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
    revision: revisionOf(item.Description, item.DataTypeId, item.ExperimentId),
  });
  const families = byList((client, wanted, signal) =>
    client.gather(
      { path: of.list, doing: `reading the list of ${of.words}s`, signal },
      TrainedAsset,
      () => new AssetSpool(),
      (spool, item) => {
        if (client.owns(item.Id) && wanted(item.FamilyId)) spool.add(toAsset(item), item.IsLatest);
      },
    ),
  );
  return {
    ...families,
    files: (client, asset, signal) => trainedFiles(of, client, asset, signal),
    delete: (client, asset, ask, signal) =>
      assumedDelete(client, familyPath(of.list, asset.familyId), asset, families.find, ask, signal),
  };
}

/** The contents, and the service's description. */
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
    await trainedContent(client, of.list, item, name, call),
    textFile({ name: `${name}.metadata.json`, role: 'metadata', source }, redacted),
  ];
}
