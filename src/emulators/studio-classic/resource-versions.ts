import { notFound, Refusal } from '../server/error-replies.ts';
import type { ResourceRecord, TableName } from './studio-records.ts';
import { globalWorkspaceId, isListed, listed, present, remove, type Studio } from './studio-state.ts';

/** The kinds whose versions form families. */
export type ResourceTable = Extract<TableName, 'dataset' | 'model' | 'transform'>;

const displayNames: Readonly<Record<ResourceTable, string>> = {
  dataset: 'dataset',
  model: 'trained model',
  transform: 'transform',
};

/** The newest version of each family, in the order in which the families were created; Microsoft's samples last. */
export function* newestOfFamilies(
  studio: Studio,
  workspaceId: string,
  table: ResourceTable,
): Generator<ResourceRecord> {
  for (const owner of [workspaceId, globalWorkspaceId]) {
    for (const version of listed(studio, owner, table)) {
      const versions = studio.store.table(owner, table).group(version.familyId);
      const shown = versions.filter((one) => one.familyId === version.familyId && isListed(studio, one));
      // A family is listed at the position of its oldest version.
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

/** Any version, including older ones, of the workspace or of the samples. Throws a 404 when there is none. */
export function resource(studio: Studio, workspaceId: string, table: ResourceTable, id: string): ResourceRecord {
  const found = present(studio, workspaceId, table, id) ?? present(studio, globalWorkspaceId, table, id);
  if (!found) throw notFound(displayNames[table]);
  return found;
}

export function isNewest(studio: Studio, table: ResourceTable, record: ResourceRecord): boolean {
  const owner = record.id.slice(0, record.id.indexOf('.'));
  return newestVersion(studio, owner, table, record.familyId)?.id === record.id;
}

/** The newest version of a family; undefined when the family is unknown or deleted. */
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

/** Deletes all versions of a family and their files. Throws a 404 for a family that is not in this workspace. */
export async function removeFamily(studio: Studio, workspaceId: string, table: ResourceTable, familyId: string) {
  const versions = family(studio, workspaceId, table, familyId);
  if (versions.length === 0) throw notFound(displayNames[table]);
  for (const version of versions) remove(studio, workspaceId, table, version);
  for (const version of versions) await removeBytes(studio, workspaceId, version);
}

/**
 * A promoted resource may share its files with the experiment it came from; those are kept while the experiment exists.
 */
async function removeBytes(studio: Studio, workspaceId: string, version: ResourceRecord): Promise<void> {
  const source = version.experimentId ? present(studio, workspaceId, 'experiment', version.experimentId) : undefined;
  const shared = new Set(source?.nodes.flatMap((node) => node.outputs.map((output) => output.location)));
  const files = [version.content, version.visualization, version.schemaFile].filter((file) => file !== null);
  const own = files.filter((file) => !shared.has(file.location));
  await Promise.all(own.map((file) => studio.blobs.remove(file.location)));
}

/**
 * The family and number of a new version: a new family, or the next version of the named family. Throws a 400 for a
 * forbidden name and a 409 for a name in use.
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
    if (!newest) throw notFound(`${displayNames[table]} family`);
    return { familyId: wanted.familyId, batch: newest.batch + 1 };
  }
  for (const other of studio.store.table(workspaceId, table).values()) {
    const taken = other.deletedAt === null && other.name === wanted.name;
    if (taken && newestVersion(studio, workspaceId, table, other.familyId)?.name === wanted.name) throw nameTaken();
  }
  return { familyId: newFamilyId, batch: 1 };
}

/** The colon is proven to be rejected; the others are what the documentation forbids in workspace names. */
const forbidden = /[<>*%&:\\?+/]/u;

function refuseForbiddenName(name: string): void {
  if (name === '') throw new Refusal(400, 'The name is empty.');
  if (forbidden.test(name)) throw new Refusal(400, 'The name contains forbidden characters: < > * % & : \\ ? + /');
}

/** The service's 409 has only a bare line of text. */
function nameTaken(): Refusal {
  return new Refusal(409, '', { shape: 'text' });
}
