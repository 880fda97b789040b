import { z } from 'zod';
import type { Asset } from '../../domain/assets.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import { AssetSpool } from './asset-spool.ts';
import { assumedDelete, describedItem, familyPath, itemPath, unreachableFile } from './assumed.ts';
import { textFile } from './document-file.ts';
import { byList } from './families.ts';
import { count, date, flag, text } from './payload-fields.ts';
import { revisionOf } from './revisions.ts';

/** A module, Microsoft's or a custom one. */
const Module = z.object({
  Id: z.string(),
  FamilyId: z.string(),
  Name: text,
  Description: text,
  ReleaseState: text,
  ResourceUploadId: text,
  Owner: text,
  Size: count,
  CreatedDate: date,
  IsLatest: flag,
});

const families = byList((client, wanted, signal) =>
  client.gather(
    { path: 'modules', doing: 'reading the list of custom modules', signal },
    Module,
    () => new AssetSpool(),
    (spool, module) => {
      if (module.ReleaseState !== 'Custom' || !client.owns(module.Id) || !wanted(module.FamilyId)) return;
      spool.add(toAsset(module), module.IsLatest);
    },
  ),
);

/** Custom modules; all other modules in the list are Microsoft's. */
export const modules: AssetKindAdapter = {
  ...families,

  /** The description. The service does not provide the uploaded zip: opening that file throws. */
  async files(client, asset, signal) {
    const doing = `reading the custom module “${asset.name}”`;
    const source = client.address(itemPath('modules', asset.id));
    const { redacted } = await describedItem(client, 'modules', asset.id, Module, { doing, signal });
    const message =
      `Studio does not provide the uploaded code of the custom module “${asset.name}”. ` +
      'Its author has the zip file that was uploaded; its description is in the archive.';
    return [
      unreachableFile(`${asset.name}.zip`, source, message),
      textFile({ name: `${asset.name}.metadata.json`, role: 'metadata', source }, redacted),
    ];
  },

  delete: (client, asset, ask, signal) =>
    assumedDelete(client, familyPath('modules', asset.familyId), asset, families.find, ask, signal),
};

function toAsset(module: z.infer<typeof Module>): Asset {
  return {
    kind: 'module',
    id: module.Id,
    familyId: module.FamilyId,
    name: module.Name || module.Id,
    sizeBytes: module.Size,
    createdAt: module.CreatedDate,
    owner: module.Owner,
    versions: 1,
    revision: revisionOf(module.Description, module.ResourceUploadId),
  };
}
