import { z } from 'zod';
import type { Asset, AssetKind } from '../domain/assets.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import { assumedDelete, projectContentKinds, projectPath } from './assumed.ts';
import { textFile } from './document-file.ts';
import { newestFirst } from './families.ts';
import { withAllFields } from './listed-item.ts';
import { text } from './payload-fields.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** A project: names of other assets, by kind. */
const Project = withAllFields(
  z.object({
    ContainerId: z.string(),
    Name: text,
    Creator: text,
    Contents: z
      .record(z.string(), z.array(z.string()).nullish())
      .nullish()
      .transform((contents) => contents ?? {}),
  }),
);
type Project = z.infer<typeof Project>;

/** Projects. `adapters` give the names of what is in them. Deleting one leaves its contents. */
export function projectsOf(adapters: Readonly<Partial<Record<AssetKind, AssetKindAdapter>>>): AssetKindAdapter {
  return {
    list,

    find: async (client, asset, signal) => (await list(client, signal)).find(({ id }) => id === asset.id) ?? null,

    /** The project as the service has it, with its contents by name beside the ids. */
    async files(client, asset, signal) {
      const [project] = await listed(client, signal, ({ read }) => read.ContainerId === asset.id);
      const contents = Object.entries(project?.read.Contents ?? {}).map(async ([word, ids]) => {
        const kind = projectContentKinds.get(word);
        const adapter = kind && adapters[kind];
        const named = adapter ? await adapter.list(client, signal) : [];
        return (ids ?? []).map((id) => ({
          kind: word,
          id,
          name: named.find((each) => each.id === id || each.familyId === id)?.name ?? null,
        }));
      });
      const json = client.describe({ project: project?.all ?? null, contents: (await Promise.all(contents)).flat() });
      const source = client.address('projectcontainers');
      return [textFile({ name: `${asset.name}.json`, role: 'content', source }, json)];
    },

    delete: (client, asset, signal) => assumedDelete(client, projectPath(asset.id), asset, list, signal),
  };
}

async function list(client: WorkspaceClient, signal: AbortSignal): Promise<readonly Asset[]> {
  const items = await listed(client, signal, () => true);
  return items.map(({ read }) => toAsset(read)).sort(newestFirst);
}

function listed(
  client: WorkspaceClient,
  signal: AbortSignal,
  wanted: (project: Project) => boolean,
): Promise<readonly Project[]> {
  const call = { path: 'projectcontainers', doing: 'reading the list of projects', signal };
  return client.list(call, Project, (project) => (wanted(project) ? project : null));
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
  };
}
