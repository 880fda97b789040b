import type { AssetFile } from '../domain/asset-source.ts';
import type { Asset } from '../domain/assets.ts';
import { documentFile } from './document-file.ts';
import { experimentCall, experimentPath } from './experiment-call.ts';
import { Experiment } from './experiment-payloads.ts';
import { hasStatus } from './http/studio-http.ts';
import { outputFiles } from './node-outputs.ts';
import type { Described, WorkspaceClient } from './workspace-client.ts';

/** More runs than this are not followed; a longer chain would be a circle or a broken service. */
const longestHistory = 1000;

/**
 * What an export writes for an experiment: its graph, the graphs of earlier runs, annotations, the web service
 * definition of a finished one, and node outputs that are still cached. Outputs that several runs share come once.
 */
export async function experimentFiles(
  client: WorkspaceClient,
  asset: Asset,
  signal: AbortSignal,
): Promise<readonly AssetFile[]> {
  const graphs: AssetFile[] = [];
  const outputs: AssetFile[] = [];
  const besides: AssetFile[] = [];
  const seenBlobs = new Set<string>();
  const seenRuns = new Set<string>();
  let id = asset.id;
  while (id !== '' && client.owns(id) && !seenRuns.has(id) && seenRuns.size < longestHistory) {
    seenRuns.add(id);
    const run = await readRun(client, id, seenRuns.size === 1, signal);
    if (run === null) break;
    const { value: experiment, redacted } = run;
    const name = seenRuns.size === 1 ? asset.name : `${asset.name} - ${runLabel(experiment)}`;
    graphs.push(
      documentFile(
        { name: `${name}.json`, role: 'content', source: client.address(experimentPath(id)) },
        redacted,
        (later) => client.redacted(experimentCall(experiment.ExperimentId, later)),
      ),
    );
    outputs.push(...(await outputFiles(client, experiment, name, seenBlobs, signal)));
    besides.push(...(await companions(client, experiment, name, signal)));
    id = experiment.ParentExperimentId;
  }
  return [...graphs, ...outputs, ...besides];
}

/** A run, or null for an ancestor that somebody deleted. The asset itself must be there. */
async function readRun(
  client: WorkspaceClient,
  id: string,
  required: boolean,
  signal: AbortSignal,
): Promise<Described<Experiment> | null> {
  try {
    return await client.described(experimentCall(id, signal), Experiment);
  } catch (error) {
    if (!required && hasStatus(error, 404)) return null;
    throw error;
  }
}

/** Annotations and web service definition, where there are any. */
async function companions(
  client: WorkspaceClient,
  experiment: Experiment,
  name: string,
  signal: AbortSignal,
): Promise<readonly AssetFile[]> {
  const files: AssetFile[] = [];
  const add = async (part: string, ending: string, doing: string): Promise<void> => {
    const call = { path: `${experimentPath(experiment.ExperimentId)}/${part}`, doing, signal };
    const json = await optional(client.redacted(call));
    if (json === null || json === '[]' || json === 'null') return;
    const file = { name: `${name} - ${ending}.json`, role: 'metadata', source: client.address(call.path) } as const;
    files.push(documentFile(file, json, (later) => client.redacted({ ...call, signal: later })));
  };
  await add('annotations', 'annotations', 'reading the annotations of an experiment');
  // The service has a definition for finished experiments only.
  if (experiment.Status.StatusCode === 'Finished') {
    await add('webservicedefinition', 'web service definition', 'reading the web service definition of an experiment');
  }
  return files;
}

/** Null where the service says that there is no such thing. */
async function optional(reading: Promise<string>): Promise<string | null> {
  try {
    return await reading;
  } catch (error) {
    if (hasStatus(error, 404) || hasStatus(error, 400) || hasStatus(error, 409)) return null;
    throw error;
  }
}

function runLabel(experiment: Experiment): string {
  const day = experiment.Status.CreationTime?.toISOString().slice(0, 10) ?? 'undated';
  return `run of ${day} ${experiment.ExperimentId.slice(-6)}`;
}
