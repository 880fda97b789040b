import { z } from 'zod';
import { hasStatus } from '../../azure/http/http-client.ts';
import type { Asset } from '../../domain/assets.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import { AssetSpool } from './asset-spool.ts';
import { assumedDelete, familyPath, notebookRevision, unreachableFile } from './assumed.ts';
import { textFile } from './document-file.ts';
import { byList } from './families.ts';
import { withAllFields } from './listed-item.ts';
import { pathPart } from './path-part.ts';
import { date, text } from './payload-fields.ts';
import { sharedListings } from './shared-listings.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** A notebook. The service returns no id except that of the family. */
const Notebook = withAllFields(
  z.object({
    FamilyId: z.string(),
    Name: text,
    Author: text,
    Language: text,
    Created: date,
    Modified: date,
    Tags: z.unknown().optional(),
  }),
);
type Notebook = z.infer<typeof Notebook>;

const families = byList((client, wanted, signal) =>
  listed(
    client,
    () => new AssetSpool(),
    (spool, { read }) => {
      if (wanted(read.FamilyId)) spool.add(toAsset(read));
    },
    signal,
  ),
);

/** The service's description of a notebook. */
const describe = sharedListings((client, ids, signal) =>
  listed(
    client,
    () => new Map<string, unknown>(),
    (found, { read, all }) => {
      if (ids.has(read.FamilyId)) found.set(read.FamilyId, all);
    },
    signal,
  ),
);

/** Jupyter notebooks. Microsoft removed them in 2020; a service without them counts as an empty list. */
export const notebooks: AssetKindAdapter = {
  ...families,

  /** The description and the attachments' names. Only Jupyter shows the contents: opening that file throws. */
  async files(client, asset, signal) {
    const doing = `reading the notebook “${asset.name}”`;
    const path = `notebooks/family/${pathPart(asset.familyId)}/attachments`;
    const attachments = await client.json({ path, doing, signal }, z.array(z.string()));
    const notebook = await describe(client, asset.familyId, signal);
    const description = client.describe({ notebook, attachments });
    const message =
      `Studio shows the contents of the notebook “${asset.name}” only in Jupyter. ` +
      'Open it there and choose File, then Download.';
    const fileName = asset.name.endsWith('.ipynb') ? asset.name : `${asset.name}.ipynb`;
    return [
      unreachableFile(fileName, client.address('notebooks'), message),
      textFile(
        { name: `${fileName}.metadata.json`, role: 'metadata', source: client.address('notebooks') },
        description,
      ),
    ];
  },

  delete: (client, asset, ask, signal) =>
    assumedDelete(client, familyPath('notebooks', asset.familyId), asset, families.find, ask, signal),
};

async function listed<Into>(
  client: WorkspaceClient,
  begin: () => Into,
  add: (into: Into, notebook: Notebook) => void,
  signal: AbortSignal,
): Promise<Into> {
  try {
    const call = { path: 'notebooks', doing: 'reading the list of notebooks', signal };
    return await client.gather(call, Notebook, begin, add);
  } catch (error) {
    if (hasStatus(error, 404)) return begin();
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
    revision: notebookRevision(notebook),
  };
}
