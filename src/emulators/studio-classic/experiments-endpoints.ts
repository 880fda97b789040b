import type { Call } from '../server/call.ts';
import { notFound, Refusal } from '../server/error-replies.ts';
import { arrayReply, emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import { conditionOf, experimentFilters } from './assumed-endpoints.ts';
import { experimentRecord, outputData } from './experiment-outputs.ts';
import { pollRun } from './experiment-runs.ts';
import { copyExperiment, saveExperiment } from './experiment-submission.ts';
import type { Route } from './routes.ts';
import type { ExperimentRecord } from './studio-records.ts';
import { globalWorkspaceId, listed, present, remove, type Studio } from './studio-state.ts';
import { wireAnnotation, wireEtag, wireExperiment, wireExperimentHead } from './wire.ts';

export const experimentRoutes: readonly Route[] = [
  { method: 'GET', path: 'workspaces/:workspace/experiments', answer: list },
  { method: 'GET', path: 'workspaces/:workspace/experiments/:id', answer: get },
  { method: 'DELETE', path: 'workspaces/:workspace/experiments/:id', answer: removeExperiment },
  { method: 'POST', path: 'workspaces/:workspace/experiments', answer: copyExperiment },
  { method: 'POST', path: 'workspaces/:workspace/experiments/:id', answer: saveExperiment },
  { method: 'GET', path: 'workspaces/:workspace/experiments/:id/annotations', answer: annotations },
  { method: 'GET', path: 'workspaces/:workspace/experiments/:id/webservicedefinition', answer: webServiceDefinition },
  { method: 'GET', path: 'workspaces/:workspace/experiments/:id/outputdata/:node/:port', answer: outputData },
];

/** By default without archived experiments and without snapshots of earlier runs. */
function list(call: Call, studio: Studio): Reply {
  const { archivedToo, snapshotsToo, drafts, creator } = experimentFilters(call);
  const wanted = (experiment: ExperimentRecord) =>
    (archivedToo || !experiment.archived) &&
    (snapshotsToo || experiment.leaf) &&
    (drafts === undefined || drafts === (experiment.status.code === 'InDraft')) &&
    (creator === undefined || creator === experiment.creator.toLowerCase());
  const found = [call.workspaceId, globalWorkspaceId]
    .values()
    .flatMap((owner) => listed(studio, owner, 'experiment').filter(wanted));
  return arrayReply(found.map(wireExperimentHead));
}

function get(call: Call, studio: Studio): Reply {
  const experiment = pollRun(
    studio,
    call.workspaceId,
    experimentRecord(studio, call.workspaceId, call.parameter('id')),
  );
  return jsonReply(wireExperiment(experiment, studio.blobs));
}

/** Deletes one experiment, or with `deleteAncestors=true` its whole run history. */
async function removeExperiment(call: Call, studio: Studio): Promise<Reply> {
  const { workspaceId } = call;
  const experiment = present(studio, workspaceId, 'experiment', call.parameter('id'));
  if (!experiment) throw notFound('experiment');
  const condition = conditionOf(call);
  if (condition !== undefined && condition !== wireEtag(experiment)) {
    throw new Refusal(412, 'The experiment was changed by someone else.');
  }
  const toDelete = [experiment];
  if (call.flag('deleteAncestors')) toDelete.push(...ancestors(studio, workspaceId, experiment));
  for (const one of toDelete) {
    for (const note of notesOf(studio, workspaceId, one.id)) remove(studio, workspaceId, 'annotation', note);
    remove(studio, workspaceId, 'experiment', one);
  }
  for (const one of toDelete) await removeOutputs(studio, workspaceId, one);
  return emptyReply();
}

function* ancestors(studio: Studio, workspaceId: string, experiment: ExperimentRecord): Generator<ExperimentRecord> {
  let parentId = experiment.parentId;
  while (parentId !== null) {
    const parent = present(studio, workspaceId, 'experiment', parentId);
    if (!parent) return;
    yield parent;
    parentId = parent.parentId;
  }
}

/** Deletes an experiment's outputs, except those that a promoted dataset, model or transform still uses. */
async function removeOutputs(studio: Studio, workspaceId: string, experiment: ExperimentRecord): Promise<void> {
  if (experiment.nodes.length === 0) return;
  const kept = new Set<string>();
  for (const table of ['dataset', 'model', 'transform'] as const) {
    for (const item of studio.store.table(workspaceId, table).group(experiment.id)) {
      if (item.deletedAt === null && item.content) kept.add(item.content.location);
    }
  }
  for (const node of experiment.nodes) {
    const files = [...node.outputs, ...node.visualizations, node.standardOutput, node.standardError];
    for (const file of files) if (file && !kept.has(file.location)) await studio.blobs.remove(file.location);
  }
}

function notesOf(studio: Studio, workspaceId: string, experimentId: string) {
  const notes = studio.store.table(workspaceId, 'annotation').group(experimentId);
  return notes.filter((note) => note.deletedAt === null);
}

function annotations(call: Call, studio: Studio): Reply {
  const experiment = experimentRecord(studio, call.workspaceId, call.parameter('id'));
  const owner = experiment.id.slice(0, experiment.id.indexOf('.'));
  return arrayReply(notesOf(studio, owner, experiment.id).map(wireAnnotation));
}

/** The service has a definition only for an experiment that has finished. */
function webServiceDefinition(call: Call, studio: Studio): Reply {
  const experiment = experimentRecord(studio, call.workspaceId, call.parameter('id'));
  if (experiment.status.code !== 'Finished') throw new Refusal(400, 'The experiment has not finished.');
  return jsonReply({
    location: 'South Central US',
    properties: {
      description: experiment.summary,
      title: experiment.name,
      packageType: 'Graph',
      realtimeConfiguration: { maxConcurrentCalls: 4 },
      package: experiment.graph,
    },
  });
}
