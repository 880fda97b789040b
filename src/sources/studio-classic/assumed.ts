/**
 * Everything that no source tells about Studio's API, in one place: the calls below were chosen by analogy with calls
 * that are known. If the real service differs, this file is what has to be corrected.
 */
import { z } from 'zod';
import { hasStatus } from '../../azure/http/http-client.ts';
import { type AssetFile, SourceError } from '../../domain/asset-source.ts';
import type { Asset, AssetKind } from '../../domain/assets.ts';
import type { AskForClearance, Clearance } from '../../domain/clearance.ts';
import type { WorkspacePresence } from '../../domain/workspace-removal.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import type { ExperimentSummary } from './experiment-payloads.ts';
import { withAllFields } from './listed-item.ts';
import { pathPart } from './path-part.ts';
import { revisionOf } from './revisions.ts';
import type { Described, WorkspaceClient } from './workspace-client.ts';

/** Lists whose items may be read and deleted one by one; that both operations exist is known for trained models only. */
export type AssumedList = 'trainedmodels' | 'transformmodules' | 'modules';

/** Query of the experiment list. The filters are known by name from the web application; that the query uses those is not. */
export const everyExperiment: Readonly<Record<string, string>> = { includeArchived: 'true', includeNonLeaf: 'true' };

/** How long a guest workspace lives, in milliseconds. The FAQ speaks of an eight hour evaluation; no field tells. */
export const guestLifetimeMs = 8 * 60 * 60 * 1000;

/** The words for kinds in a project's contents; no source names them. */
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
 * The revision of an experiment. That every save and every run changes its Etag, which the list holds, is assumed; the
 * times and the state of the last run are there for a service that leaves the Etag out.
 */
export function experimentRevision({ Etag, Status, Summary, IsArchived }: ExperimentSummary): string {
  return revisionOf(Etag, Status.StatusCode, Status.StartTime, Status.EndTime, Summary, IsArchived);
}

/** The revision of a notebook. That saving it in Jupyter changes `Modified` is assumed. */
export function notebookRevision(notebook: {
  readonly Modified: Date | null;
  readonly Language: string;
  readonly Tags?: unknown;
}): string {
  return revisionOf(notebook.Modified, notebook.Language, notebook.Tags ?? null);
}

/** One item of a list by its id, in analogy to datasets. */
export function itemPath(list: AssumedList, id: string): string {
  return `${list}/${pathPart(id)}`;
}

/** One item of a list: by its own address, or out of the whole list where there is no such call. Throws SourceError. */
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
    if (![404, ...noSuchCall].some((status) => hasStatus(error, status))) throw error;
    const wanted = withAllFields(z.object({ Id: z.string() }));
    const [listed] = await client.list({ ...call, path: list }, wanted, ({ read, all }) =>
      read.Id === id ? all : null,
    );
    const item = schema.safeParse(listed);
    if (!item.success) throw error;
    return { value: item.data, redacted: client.describe(listed) };
  }
}

/** A family of a list, in analogy to datasets; what a DELETE of it removes. */
export function familyPath(list: AssumedList | 'notebooks', familyId: string): string {
  return `${list}/family/${pathPart(familyId)}`;
}

/** A project container, in analogy to everything else that has an id. */
export function projectPath(containerId: string): string {
  return `projectcontainers/${pathPart(containerId)}`;
}

/**
 * Deletes by an assumed call. "Not found" may also mean that there is no such call, so it is believed only when a
 * fresh list does not show the asset any more. Throws SourceError; `unsupported` when the service has no such call.
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
    if (!noSuchCall.some((status) => hasStatus(error, status))) throw error;
    throw cannotDelete(asset);
  }
  if (outcome === 'deleted') return outcome;
  if ((await find(client, asset, signal)) !== null) throw cannotDelete(asset);
  return 'gone';
}

/**
 * Asks once for the deletion of the whole workspace, as the button on its Settings page does. Throws SourceError;
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
    if (![403, ...noSuchCall].some((status) => hasStatus(error, status))) throw error;
    throw cannotDeleteWorkspace();
  }
  if (outcome === 'deleted') return 'accepted';
  // "Not found" may also mean that there is no such call.
  if ((await presenceInStudio(client, signal)) === 'there') throw cannotDeleteWorkspace();
  return 'gone';
}

/** What Studio answers about a deleted workspace is not told: that its token is wrong, or that it is not there. */
export async function presenceInStudio(client: WorkspaceClient, signal: AbortSignal): Promise<WorkspacePresence> {
  try {
    await client.redacted({ path: '', doing: 'looking whether the workspace is still there', signal });
    return 'there';
  } catch (error) {
    if (hasStatus(error, 404)) return 'gone';
    if (hasStatus(error, 401)) return 'closed';
    throw error;
  }
}

function cannotDeleteWorkspace(): SourceError {
  const words = 'Studio’s API does not let Steward delete this workspace. An owner can do it on its Settings page.';
  return new SourceError('unsupported', words);
}

/** A file that Studio is known to hold and gives nobody by its API; opening it says which way works. */
export function unreachableFile(name: string, source: string, words: string): AssetFile {
  return {
    name,
    role: 'content',
    sizeBytes: null,
    compressed: true,
    source,
    open: () => Promise.reject(new SourceError('unsupported', words)),
  };
}

/** With these a server says that it knows no such path or method. */
const noSuchCall = [400, 405, 501];

function cannotDelete(asset: Asset): SourceError {
  return new SourceError(
    'unsupported',
    `Studio's API does not let Steward delete “${asset.name}”. Delete it in Studio's web pages (https://studio.azureml.net).`,
  );
}
