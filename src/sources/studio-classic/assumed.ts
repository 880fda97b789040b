/**
 * All assumptions about Studio's API that no source documents, in one place: the calls below are analogous to known
 * calls. If the real service differs, correct this file.
 */
import { z } from 'zod';
import { hasStatus } from '../../azure/http/http-client.ts';
import type { AssetFile } from '../../domain/asset-source.ts';
import type { Asset, AssetKind } from '../../domain/assets.ts';
import type { AskForClearance, Clearance } from '../../domain/clearance.ts';
import { ServiceFailure } from '../../domain/service-failure.ts';
import type { WorkspacePresence } from '../../domain/workspace-removal.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import { studioClassic } from './declaration.ts';
import type { ExperimentSummary } from './experiment-payloads.ts';
import { withAllFields } from './listed-item.ts';
import { pathPart } from './path-part.ts';
import { revisionOf } from './revisions.ts';
import type { Described, WorkspaceClient } from './workspace-client.ts';

/** Lists whose items may be read and deleted one by one; only for trained models are both operations known to exist. */
export type AssumedList = 'trainedmodels' | 'transformmodules' | 'modules';

/** Query of the experiment list. The web application has filters with these names; that the query uses them is assumed. */
export const everyExperiment: Readonly<Record<string, string>> = { includeArchived: 'true', includeNonLeaf: 'true' };

/** Lifetime of a guest workspace, in milliseconds. The FAQ mentions an eight-hour evaluation; no field contains it. */
export const guestLifetimeMs = 8 * 60 * 60 * 1000;

/** The names of kinds in a project's contents; no source documents them. */
export const projectContentKinds: ReadonlyMap<string, AssetKind> = new Map([
  ['Experiment', 'experiment'],
  ['Dataset', 'dataset'],
  ['TrainedModel', 'model'],
  ['Transform', 'transform'],
  ['Module', 'module'],
  ['Notebook', 'notebook'],
  ['WebService', 'webservice'],
]);

/**
 * The revision of an experiment. It is assumed that every save and every run changes the Etag in the list; the times
 * and the state of the last run are included in case the service leaves the Etag out.
 */
export function experimentRevision({ Etag, Status, Summary, IsArchived }: ExperimentSummary): string {
  return revisionOf(Etag, Status.StatusCode, Status.StartTime, Status.EndTime, Summary, IsArchived);
}

/** The revision of a notebook. It is assumed that saving it in Jupyter changes `Modified`. */
export function notebookRevision(notebook: {
  readonly Modified: Date | null;
  readonly Language: string;
  readonly Tags?: unknown;
}): string {
  return revisionOf(notebook.Modified, notebook.Language, notebook.Tags ?? null);
}

/** The path of one item of a list, in analogy to datasets. */
export function itemPath(list: AssumedList, id: string): string {
  return `${list}/${pathPart(id)}`;
}

/** One item of a list: by its own address, or from the whole list when there is no such call. Throws ServiceFailure. */
export async function describedItem<Schema extends z.ZodType>(
  client: WorkspaceClient,
  list: AssumedList,
  id: string,
  schema: Schema,
  call: { readonly doing: string; readonly signal: AbortSignal },
): Promise<Described<z.output<Schema>>> {
  try {
    return await client.described({ ...call, path: itemPath(list, id) }, schema, 2);
  } catch (error) {
    if (![404, ...noSuchCallStatuses].some((status) => hasStatus(error, status))) throw error;
    const wanted = withAllFields(z.object({ Id: z.string() }));
    const [listed] = await client.list({ ...call, path: list }, wanted, ({ read, all }) =>
      read.Id === id ? all : null,
    );
    const item = schema.safeParse(listed);
    if (!item.success) throw error;
    return { value: item.data, redacted: client.describe(listed) };
  }
}

/** The path of a family in a list, in analogy to datasets; a DELETE of it removes all versions. */
export function familyPath(list: AssumedList | 'notebooks', familyId: string): string {
  return `${list}/family/${pathPart(familyId)}`;
}

/** The path of a project container, in analogy to all other items with an id. */
export function projectPath(containerId: string): string {
  return `projectcontainers/${pathPart(containerId)}`;
}

/**
 * Deletes with an assumed call. "Not found" may also mean that there is no such call, so it counts only when a fresh
 * list no longer contains the asset. Throws ServiceFailure; `unsupported` when the service has no such call.
 */
export async function assumedDelete(
  client: WorkspaceClient,
  path: string,
  asset: Asset,
  find: AssetKindAdapter['find'],
  ask: AskForClearance,
  signal: AbortSignal,
): Promise<'deleted' | 'gone'> {
  let outcome: 'deleted' | 'gone';
  try {
    outcome = await client.delete({ path, doing: `deleting “${asset.name}”`, signal }, ask);
  } catch (error) {
    if (!noSuchCallStatuses.some((status) => hasStatus(error, status))) throw error;
    throw cannotDelete(asset);
  }
  if (outcome === 'deleted') return outcome;
  if ((await find(client, asset, signal)) !== null) throw cannotDelete(asset);
  return 'gone';
}

/**
 * Requests the deletion of the whole workspace once, like the button on its Settings page. Throws ServiceFailure;
 * `unsupported` when the service has no such call for this workspace.
 */
export async function deleteWorkspace(
  client: WorkspaceClient,
  clearance: Clearance,
  signal: AbortSignal,
): Promise<'accepted' | 'gone'> {
  let outcome: 'deleted' | 'gone';
  try {
    outcome = await client.deleteOnce({ path: '', doing: 'deleting the workspace', signal }, clearance);
  } catch (error) {
    if (![403, ...noSuchCallStatuses].some((status) => hasStatus(error, status))) throw error;
    throw cannotDeleteWorkspace();
  }
  if (outcome === 'deleted') return 'accepted';
  // "Not found" may also mean that there is no such call.
  if ((await presenceInStudio(client, signal)) === 'there') throw cannotDeleteWorkspace();
  return 'gone';
}

/** Studio's answer about a deleted workspace is not documented: either the token is wrong (401) or not found (404). */
export async function presenceInStudio(client: WorkspaceClient, signal: AbortSignal): Promise<WorkspacePresence> {
  try {
    await client.redacted({ path: '', doing: 'checking whether the workspace still exists', signal });
    return 'there';
  } catch (error) {
    if (hasStatus(error, 404)) return 'gone';
    if (hasStatus(error, 401)) return 'closed';
    throw error;
  }
}

function cannotDeleteWorkspace(): ServiceFailure {
  const message = 'Studio’s API does not let Steward delete this workspace. An owner can do it on its Settings page.';
  return new ServiceFailure('Studio', 'unsupported', message);
}

/** A file that Studio stores but does not provide by its API; opening it throws an error that says what works. */
export function unreachableFile(name: string, source: string, message: string): AssetFile {
  return {
    name,
    role: 'content',
    sizeBytes: null,
    compressed: true,
    source,
    open: () => Promise.reject(new ServiceFailure('Studio', 'unsupported', message)),
  };
}

/** HTTP statuses that mean that the server has no such path or method. */
const noSuchCallStatuses = [400, 405, 501];

function cannotDelete(asset: Asset): ServiceFailure {
  return new ServiceFailure(
    'Studio',
    'unsupported',
    `Studio's API does not let Steward delete “${asset.name}”. Delete it in Studio's web pages (${studioClassic.page}).`,
  );
}
