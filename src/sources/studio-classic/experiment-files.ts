import { hasStatus } from '../../azure/http/http-client.ts';
import { type AssetFile, SourceError } from '../../domain/asset-source.ts';
import type { Asset } from '../../domain/assets.ts';
import { documentFile } from './document-file.ts';
import { experimentCall, experimentPath } from './experiment-call.ts';
import { Experiment } from './experiment-payloads.ts';
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
    if (run === null) {
      // Listed with the asset, but gone by now: reading the file tells so, and nothing is short in silence.
      if (seenRuns.size <= asset.versions)
        graphs.push(graphFile(client, id, `${asset.name} - run ${id.slice(-6)}`, null));
      break;
    }
    const { value: experiment, redacted } = run;
    const name = seenRuns.size === 1 ? asset.name : `${asset.name} - ${runLabel(experiment)}`;
    graphs.push(graphFile(client, id, name, redacted));
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

function graphFile(client: WorkspaceClient, id: string, name: string, redacted: string | null): AssetFile {
  const file = { name: `${name}.json`, role: 'content', source: client.address(experimentPath(id)) } as const;
  return documentFile(file, redacted, (later) => client.redacted(experimentCall(id, later)));
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
    const json = await ifThere(client.redacted(call), () => isGone(client, experiment.ExperimentId, signal));
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
 * `nothing` where the service says that there is no such thing. Null after any other failure, and when the whole
 * experiment `isGone`: then opening the file tries once more and says what is wrong, and the rest is exported all the
 * same.
 */
async function ifThere(reading: Promise<string>, isGone: () => Promise<boolean>): Promise<string | null> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (error.status === 404) return (await isGone()) ? null : 'nothing';
    return error.status === 400 || error.status === 409 ? 'nothing' : null;
  }
}

async function isGone(client: WorkspaceClient, id: string, signal: AbortSignal): Promise<boolean> {
  try {
    await client.json(experimentCall(id, signal), Experiment);
    return false;
  } catch (error) {
    if (error instanceof SourceError) return hasStatus(error, 404);
    throw error;
  }
}

function runLabel(experiment: Experiment): string {
  const day = experiment.Status.CreationTime?.toISOString().slice(0, 10) ?? 'undated';
  return `run of ${day} ${experiment.ExperimentId.slice(-6)}`;
}
