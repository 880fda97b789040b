import { z } from 'zod';
import type { Asset, AssetKind } from '../../domain/assets.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import { AssetSpool } from './asset-spool.ts';
import { assumedDelete, projectContentKinds, projectPath } from './assumed.ts';
import { textFile } from './document-file.ts';
import { byList } from './families.ts';
import { withAllFields } from './listed-item.ts';
import { text } from './payload-fields.ts';
import { revisionOf } from './revisions.ts';
import { type ListOnce, sharedListings } from './shared-listings.ts';
import type { WorkspaceCall, WorkspaceClient } from './workspace-client.ts';

/** A project: ids of other assets, by kind. */
const Project = withAllFields(
  z.object({
    ContainerId: z.string(),
    Name: text,
    Description: text,
    Creator: text,
    Contents: z
      .record(z.string(), z.array(z.string()).nullish())
      .nullish()
      .transform((contents) => contents ?? {}),
  }),
);
type Project = z.infer<typeof Project>;

const families = byList((client, wanted, signal) =>
  client.gather(
    listCall(signal),
    Project,
    () => new AssetSpool(),
    (spool, { read }) => {
      if (wanted(read.ContainerId)) spool.add(toAsset(read));
    },
  ),
);

/** Projects. `adapters` give the names of their contents. Deleting a project keeps its contents. */
export function projectsOf(adapters: Readonly<Partial<Record<AssetKind, AssetKindAdapter>>>): AssetKindAdapter {
  const names = new Map(Object.entries(adapters).map(([kind, adapter]) => [kind, sharedListings(namesIn(adapter))]));
  return {
    ...families,

    /** The project as the service describes it, with the names of its contents added to the ids. */
    async files(client, asset, signal) {
      const [project] = await listed(client, signal, ({ read }) => read.ContainerId === asset.id);
      const contents = Object.entries(project?.read.Contents ?? {}).map(async ([word, ids]) => {
        const kind = projectContentKinds.get(word);
        const nameOf = kind && names.get(kind);
        return Promise.all(
          (ids ?? []).map(async (id) => ({ kind: word, id, name: nameOf ? await nameOf(client, id, signal) : null })),
        );
      });
      const json = client.describe({ project: project?.all ?? null, contents: (await Promise.all(contents)).flat() });
      const source = client.address('projectcontainers');
      return [textFile({ name: `${asset.name}.json`, role: 'content', source }, json)];
    },

    delete: (client, asset, ask, signal) =>
      assumedDelete(client, projectPath(asset.id), asset, families.find, ask, signal),
  };
}

/** The names of assets by id, which may be the id of a version or of a family. */
function namesIn(adapter: AssetKindAdapter): ListOnce<string> {
  return async (client, ids, signal) => {
    const found = new Map<string, string>();
    for await (const { id, familyId, name } of adapter.list(client, signal)) {
      for (const each of [id, familyId]) if (ids.has(each)) found.set(each, name);
    }
    return found;
  };
}

function listCall(signal: AbortSignal): WorkspaceCall {
  return { path: 'projectcontainers', doing: 'reading the list of projects', signal };
}

function listed(
  client: WorkspaceClient,
  signal: AbortSignal,
  wanted: (project: Project) => boolean,
): Promise<readonly Project[]> {
  return client.list(listCall(signal), Project, (project) => (wanted(project) ? project : null));
}

/** The contents of a project, sorted, because the service guarantees no order. */
function contentsOf({ Contents }: Project['read']): readonly unknown[] {
  return Object.entries(Contents)
    .map(([word, ids]) => [word, ...(ids ?? []).toSorted()])
    .sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
}

function toAsset(project: Project['read']): Asset {
  return {
    kind: 'project',
    id: project.ContainerId,
    familyId: project.ContainerId,
    name: project.Name || project.ContainerId,
    sizeBytes: null,
    createdAt: null,
    owner: project.Creator,
    versions: 1,
    revision: revisionOf(project.Description, contentsOf(project)),
  };
}
