import type { Graph } from './graph.ts';
import type { ExperimentRecord, NodeRunRecord, RunTimes, StoredFile } from './studio-records.ts';
import { newId, type Studio } from './studio-state.ts';
import { wholeSeconds } from './wire.ts';

/** Starts a run. Nothing is computed: every output gets sample bytes at once, and each poll advances the status. */
export async function startRun(studio: Studio, experiment: ExperimentRecord, graph: Graph): Promise<ExperimentRecord> {
  const now = wholeSeconds(studio.clock.now());
  const status: RunTimes = { code: 'NotStarted', detail: null, createdAt: now, startedAt: now, endedAt: null };
  const nodes: NodeRunRecord[] = [];
  for (const node of graph.ModuleNodes) {
    const outputs: StoredFile[] = [];
    for (const port of node.OutputPortsInternal ?? []) outputs.push(await outputFile(studio, port.Name));
    nodes.push({ nodeId: node.Id, status, outputs, visualizations: [], standardOutput: null, standardError: null });
  }
  return { ...experiment, status, nodes, runPollsLeft: studio.behaviour.pendingPolls };
}

async function outputFile(studio: Studio, port: string): Promise<StoredFile> {
  const id = newId();
  const location = `experimentoutput/${id}/${id}.csv`;
  const sizeBytes = await studio.blobs.putText(location, `output,rows\n"${port.replaceAll('"', '""')}",0\n`);
  return { location, sizeBytes, name: port, fileType: 'GenericCSV', auxiliary: false };
}

/** One poll of an experiment: running for some polls, then finished. */
export function pollRun(studio: Studio, workspaceId: string, experiment: ExperimentRecord): ExperimentRecord {
  if (experiment.runPollsLeft === null) return experiment;
  const next =
    experiment.runPollsLeft > 0 ? running(experiment, experiment.runPollsLeft) : finished(studio, experiment);
  studio.store.table(workspaceId, 'experiment').put(next);
  return next;
}

function running(experiment: ExperimentRecord, pollsLeft: number): ExperimentRecord {
  return { ...experiment, runPollsLeft: pollsLeft - 1, status: { ...experiment.status, code: 'Running' } };
}

function finished(studio: Studio, experiment: ExperimentRecord): ExperimentRecord {
  const end = { code: 'Finished', endedAt: wholeSeconds(studio.clock.now()) };
  const nodes = experiment.nodes.map((node) => ({ ...node, status: { ...node.status, ...end } }));
  return { ...experiment, runPollsLeft: null, status: { ...experiment.status, ...end }, nodes };
}
