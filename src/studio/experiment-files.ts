import { type AssetFile, SourceError } from '../domain/asset-source.ts';
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
    const [cached, others] = await Promise.all([
      outputFiles(client, experiment, name, seenBlobs, signal),
      companions(client, experiment, name, signal),
    ]);
    outputs.push(...cached);
    besides.push(...others);
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
  const companion = async (part: string, words: string): Promise<readonly AssetFile[]> => {
    const path = `${experimentPath(experiment.ExperimentId)}/${part}`;
    const call = { path, doing: `reading the ${words} of the experiment “${name}”`, signal };
    const json = await ifThere(client.redacted(call));
    if (json === 'nothing' || json === '[]' || json === 'null') return [];
    const file = { name: `${name} - ${words}.json`, role: 'metadata', source: client.address(path) } as const;
    return [documentFile(file, json, (later) => client.redacted({ ...call, signal: later }))];
  };
  const annotations = companion('annotations', 'annotations');
  // The service has a definition for finished experiments only.
  const finished = experiment.Status.StatusCode === 'Finished';
  const definition = finished ? companion('webservicedefinition', 'web service definition') : [];
  return (await Promise.all([annotations, definition])).flat();
}

/**
 * `nothing` where the service says that there is no such thing. Null after any other failure: then opening the file
 * tries once more and says what is wrong, and the rest of the experiment is exported all the same.
 */
async function ifThere(reading: Promise<string>): Promise<string | null> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return error.status === 404 || error.status === 400 || error.status === 409 ? 'nothing' : null;
  }
}

function runLabel(experiment: Experiment): string {
  const day = experiment.Status.CreationTime?.toISOString().slice(0, 10) ?? 'undated';
  return `run of ${day} ${experiment.ExperimentId.slice(-6)}`;
}
