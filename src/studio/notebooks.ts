import { z } from 'zod';
import type { Asset } from '../domain/assets.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import { assumedDelete, familyPath, unreachableFile } from './assumed.ts';
import { textFile } from './document-file.ts';
import { newestFirst } from './families.ts';
import { hasStatus } from './http/studio-http.ts';
import { withAllFields } from './listed-item.ts';
import { date, text } from './payload-fields.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** A notebook. The service gives no id but that of the family. */
const Notebook = withAllFields(
  z.object({ FamilyId: z.string(), Name: text, Author: text, Created: date, Modified: date }),
);
type Notebook = z.infer<typeof Notebook>;

/** Jupyter notebooks. Microsoft removed them in 2020; a service without them has an empty list. */
export const notebooks: AssetKindAdapter = {
  list,

  find: async (client, asset, signal) =>
    (await list(client, signal)).find(({ familyId }) => familyId === asset.familyId) ?? null,

  /** The description and the attachments' names. Contents are shown by Jupyter alone: opening that file says so. */
  async files(client, asset, signal) {
    const doing = `reading the notebook “${asset.name}”`;
    const path = `notebooks/family/${encodeURIComponent(asset.familyId)}/attachments`;
    const attachments = await client.json({ path, doing, signal }, z.array(z.string()));
    const items = await listed(client, signal, ({ read }) => read.FamilyId === asset.familyId);
    const description = client.describe({ notebook: items[0]?.all ?? null, attachments });
    const words =
      `Studio shows the contents of the notebook “${asset.name}” in Jupyter only. ` +
      'Open it there and choose File, then Download.';
    const fileName = asset.name.endsWith('.ipynb') ? asset.name : `${asset.name}.ipynb`;
    return [
      unreachableFile(fileName, client.address('notebooks'), words),
      textFile(
        { name: `${fileName}.metadata.json`, role: 'metadata', source: client.address('notebooks') },
        description,
      ),
    ];
  },

  delete: (client, asset, signal) =>
    assumedDelete(client, familyPath('notebooks', asset.familyId), asset, list, signal),
};

async function list(client: WorkspaceClient, signal: AbortSignal): Promise<readonly Asset[]> {
  const items = await listed(client, signal, () => true);
  return items.map(({ read }) => toAsset(read)).sort(newestFirst);
}

async function listed(
  client: WorkspaceClient,
  signal: AbortSignal,
  wanted: (notebook: Notebook) => boolean,
): Promise<readonly Notebook[]> {
  const call = { path: 'notebooks', doing: 'reading the list of notebooks', signal };
  try {
    return await client.list(call, Notebook, (notebook) => (wanted(notebook) ? notebook : null));
  } catch (error) {
    if (hasStatus(error, 404)) return [];
    throw error;
  }
}

function toAsset(notebook: Notebook['read']): Asset {
  return {
    kind: 'notebook',
    id: notebook.FamilyId,
    familyId: notebook.FamilyId,
    name: notebook.Name || notebook.FamilyId,
    sizeBytes: null,
    createdAt: notebook.Created ?? notebook.Modified,
    owner: notebook.Author,
    versions: 1,
  };
}
