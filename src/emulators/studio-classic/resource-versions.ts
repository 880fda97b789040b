import { notFound, Refusal } from '../server/error-replies.ts';
import type { ResourceRecord, TableName } from './studio-records.ts';
import { globalWorkspaceId, isListed, listed, present, remove, type Studio } from './studio-state.ts';

/** The kinds that live in families of versions. */
export type ResourceTable = Extract<TableName, 'dataset' | 'model' | 'transform'>;

const words: Readonly<Record<ResourceTable, string>> = {
  dataset: 'dataset',
  model: 'trained model',
  transform: 'transform',
};

/** The newest version of each family, in the order in which the families came; Microsoft's samples last. */
export function* newestOfFamilies(
  studio: Studio,
  workspaceId: string,
  table: ResourceTable,
): Generator<ResourceRecord> {
  for (const owner of [workspaceId, globalWorkspaceId]) {
    for (const version of listed(studio, owner, table)) {
      const versions = studio.store.table(owner, table).group(version.familyId);
      const shown = versions.filter((one) => one.familyId === version.familyId && isListed(studio, one));
      // A family stands where its oldest version does.
      const newest = shown[0]?.id === version.id ? newestOf(shown) : undefined;
      if (newest) yield newest;
    }
  }
}

function newestOf(versions: readonly ResourceRecord[]): ResourceRecord | undefined {
  let newest: ResourceRecord | undefined;
  for (const version of versions) if (!newest || version.batch >= newest.batch) newest = version;
  return newest;
}

/** Any version, old ones too, of the workspace or of the samples. */
export function resource(studio: Studio, workspaceId: string, table: ResourceTable, id: string): ResourceRecord {
  const found = present(studio, workspaceId, table, id) ?? present(studio, globalWorkspaceId, table, id);
  if (!found) throw notFound(words[table]);
  return found;
}

export function isNewest(studio: Studio, table: ResourceTable, record: ResourceRecord): boolean {
  const owner = record.id.slice(0, record.id.indexOf('.'));
  return newestVersion(studio, owner, table, record.familyId)?.id === record.id;
}

/** The newest version of one family, or nothing when the family is unknown or deleted. */
function newestVersion(
  studio: Studio,
  workspaceId: string,
  table: ResourceTable,
  familyId: string,
): ResourceRecord | undefined {
  return newestOf(family(studio, workspaceId, table, familyId));
}

function family(studio: Studio, workspaceId: string, table: ResourceTable, familyId: string): ResourceRecord[] {
  return studio.store
    .table(workspaceId, table)
    .group(familyId)
    .filter((version) => version.familyId === familyId && version.deletedAt === null);
}

/** Deletes all versions of a family with their bytes. 404 for what is not this workspace's. */
export async function removeFamily(studio: Studio, workspaceId: string, table: ResourceTable, familyId: string) {
  const versions = family(studio, workspaceId, table, familyId);
  if (versions.length === 0) throw notFound(words[table]);
  for (const version of versions) remove(studio, workspaceId, table, version);
  for (const version of versions) await removeBytes(studio, workspaceId, version);
}

/** A promoted resource may share its bytes with the experiment it came from; those stay while the experiment does. */
async function removeBytes(studio: Studio, workspaceId: string, version: ResourceRecord): Promise<void> {
  const source = version.experimentId ? present(studio, workspaceId, 'experiment', version.experimentId) : undefined;
  const shared = new Set(source?.nodes.flatMap((node) => node.outputs.map((output) => output.location)));
  const files = [version.content, version.visualization, version.schemaFile].filter((file) => file !== null);
  const own = files.filter((file) => !shared.has(file.location));
  await Promise.all(own.map((file) => studio.blobs.remove(file.location)));
}

/**
 * Where a new resource goes: a new family, or the next version of one that is named.
 * 400 for a name the service does not take, 409 for one that is taken.
 */
export function place(
  studio: Studio,
  workspaceId: string,
  table: ResourceTable,
  wanted: { readonly name: string; readonly familyId: string | null | undefined },
  newFamilyId: string,
): { readonly familyId: string; readonly batch: number } {
  refuseForbiddenName(wanted.name);
  if (wanted.familyId) {
    const newest = newestVersion(studio, workspaceId, table, wanted.familyId);
    if (!newest) throw notFound(`${words[table]} family`);
    return { familyId: wanted.familyId, batch: newest.batch + 1 };
  }
  for (const other of studio.store.table(workspaceId, table).values()) {
    const taken = other.deletedAt === null && other.name === wanted.name;
    if (taken && newestVersion(studio, workspaceId, table, other.familyId)?.name === wanted.name) throw nameTaken();
  }
  return { familyId: newFamilyId, batch: 1 };
}

/** The colon is proven to be refused; the rest is what the documentation forbids in workspace names. */
const forbidden = /[<>*%&:\\?+/]/u;

function refuseForbiddenName(name: string): void {
  if (name === '') throw new Refusal(400, 'The name is empty.');
  if (forbidden.test(name)) throw new Refusal(400, 'The name contains forbidden characters: < > * % & : \\ ? + /');
}

/** A real 409 of the service was this bare line. */
function nameTaken(): Refusal {
  return new Refusal(409, '', { shape: 'text' });
}
