import { hasStatus } from '../../azure/http/http-client.ts';
import type { AssetFile } from '../../domain/asset-source.ts';
import type { Asset } from '../../domain/assets.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import { documentFile } from './document-file.ts';
import { experimentCall, experimentPath } from './experiment-call.ts';
import { Experiment } from './experiment-payloads.ts';
import { outputFiles } from './node-outputs.ts';
import type { Described, WorkspaceClient } from './workspace-client.ts';

/** Maximum number of runs that are followed; a longer chain would be a cycle or a service error. */
const maxRuns = 1000;

/**
 * The files of an experiment in an export: its graph, the graphs of earlier runs, annotations, the web service
 * definition of a finished one, and node outputs that are still cached. Outputs that several runs share appear once.
 */
export async function experimentFiles(
  client: WorkspaceClient,
  asset: Asset,
  signal: AbortSignal,
): Promise<readonly AssetFile[]> {
  const graphs: AssetFile[] = [];
  const outputs: AssetFile[] = [];
  const companionFiles: AssetFile[] = [];
  const seenBlobs = new Set<string>();
  const seenRuns = new Set<string>();
  let id = asset.id;
  while (id !== '' && client.owns(id) && !seenRuns.has(id) && seenRuns.size < maxRuns) {
    seenRuns.add(id);
    const run = await readRun(client, id, seenRuns.size === 1, signal);
    if (run === null) {
      // It was listed but is gone now: a file that throws when opened, so that the export reports it as missing.
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
    companionFiles.push(...others);
    id = experiment.ParentExperimentId;
  }
  return [...graphs, ...outputs, ...companionFiles];
}

function graphFile(client: WorkspaceClient, id: string, name: string, redacted: string | null): AssetFile {
  const file = { name: `${name}.json`, role: 'content', source: client.address(experimentPath(id)) } as const;
  return documentFile(file, redacted, (later) => client.redacted(experimentCall(id, later)));
}

/** A run; null for an ancestor that was deleted. The asset itself is required. */
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

/** Annotations and web service definition, if they exist. */
async function companions(
  client: WorkspaceClient,
  experiment: Experiment,
  name: string,
  signal: AbortSignal,
): Promise<readonly AssetFile[]> {
  const companion = async (part: string, label: string): Promise<readonly AssetFile[]> => {
    const path = `${experimentPath(experiment.ExperimentId)}/${part}`;
    const call = { path, doing: `reading the ${label} of the experiment “${name}”`, signal };
    const json = await readIfPresent(client.redacted(call), () => isGone(client, experiment.ExperimentId, signal));
    if (json === 'nothing' || json === '[]' || json === 'null') return [];
    const file = { name: `${name} - ${label}.json`, role: 'metadata', source: client.address(path) } as const;
    return [documentFile(file, json, (later) => client.redacted({ ...call, signal: later }))];
  };
  const annotations = companion('annotations', 'annotations');
  // Only finished experiments have a definition.
  const finished = experiment.Status.StatusCode === 'Finished';
  const definition = finished ? companion('webservicedefinition', 'web service definition') : [];
  return (await Promise.all([annotations, definition])).flat();
}

/**
 * `nothing` when the service answers that the document does not exist. Null after any other failure, and when the whole
 * experiment `isGone`: then the document is read again when its file is opened, which reports the failure, and the rest
 * of the experiment is still exported.
 */
async function readIfPresent(reading: Promise<string>, isGone: () => Promise<boolean>): Promise<string | null> {
  try {
    return await reading;
  } catch (error) {
    if (!isSourceFailure(error)) throw error;
    if (error.status === 404) return (await isGone()) ? null : 'nothing';
    return error.status === 400 || error.status === 409 ? 'nothing' : null;
  }
}

async function isGone(client: WorkspaceClient, id: string, signal: AbortSignal): Promise<boolean> {
  try {
    await client.json(experimentCall(id, signal), Experiment);
    return false;
  } catch (error) {
    if (isSourceFailure(error)) return hasStatus(error, 404);
    throw error;
  }
}

function runLabel(experiment: Experiment): string {
  const day = experiment.Status.CreationTime?.toISOString().slice(0, 10) ?? 'undated';
  return `run of ${day} ${experiment.ExperimentId.slice(-6)}`;
}
