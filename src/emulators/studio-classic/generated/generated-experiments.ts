import { nodeIdOf } from '../seed-context.ts';
import type { SeedNode } from '../seed-format.ts';
import { type GraphNames, graphOf } from '../seed-graph.ts';
import type { AnnotationRecord, ExperimentRecord, NodeRunRecord, RunTimes } from '../studio-records.ts';
import { globalWorkspaceId } from '../studio-state.ts';
import { experimentIdAt, type Generator, placeOfExperiment, versionIdAt } from './asset-ids.ts';
import { firstVersion, versionAt, versionsOf } from './family-pattern.ts';
import { momentOf, nameOf, personOf, series } from './generated-names.ts';
import { hexId, mixed, placeOfHexId } from './ids.ts';
import { generatedLocation } from './locations.ts';
import { leavesModel, trainNode, trainPort } from './promotions.ts';
import { type GeneratedTable, generatedTable } from './table.ts';

const runMs = 180_000;
/** Every eighth experiment has a note. */
const noteEvery = 8;

/** Microsoft's modules that the graphs use, with their real ids. */
const modules: Readonly<Record<string, string>> = {
  'Select Columns in Dataset': 'a8f3dc92-b9a9-bbc8-83f8-b97fd56ea81e',
  'Train Model': '5cc7053e-aa30-450d-96c0-dae4be720977',
  'Score Model': 'fc99a9c3-17e8-c9b1-33c0-4b54954e7694',
};

/**
 * Experiments with the snapshots of their earlier runs. Of every twelve the fourth is archived, the fifth is a draft,
 * the seventh failed, the eighth was cancelled; the others have finished.
 */
export function experimentTable(generator: Generator): GeneratedTable<ExperimentRecord> {
  return generatedTable<ExperimentRecord>({
    size: firstVersion(generator.plan.counts.experiments),
    idAt: (place) => experimentIdAt(generator, place),
    at: (place, id) => experimentAt(generator, place, id),
    guess: (id) => placeOfExperiment(generator, id) ?? -1,
  });
}

function experimentAt(generator: Generator, place: number, id: string): ExperimentRecord {
  const { plan } = generator;
  const { family, version } = versionAt(place);
  const status = statusOf(momentOf(plan, 'experiments', family, version * 7_200), family % 12);
  return {
    id,
    deletedAt: null,
    parentId: version > 1 ? experimentIdAt(generator, place - 1) : null,
    name: nameOf(plan.seed, 'experiments', family),
    summary: '',
    creator: personOf(plan, 'experiments', family),
    status,
    runPollsLeft: null,
    revision: 1,
    leaf: version === versionsOf(family),
    archived: family % 12 === 3,
    disableNodesUpdate: false,
    category: 'user',
    tags: [],
    // Computed on demand: both are large, and lists need neither.
    get graph() {
      return graphOf(namesFor(generator), id, nodesOf(generator, place));
    },
    get nodes() {
      if (status.code === 'InDraft') return [];
      return nodesOf(generator, place).map((node) => runOf(generator, place, id, node, status));
    },
    webService: { IsWebServiceExperiment: false, Inputs: [], Outputs: [], Parameters: [] },
  };
}

/** By index modulo twelve. */
const codes: Readonly<Record<number, string>> = { 4: 'InDraft', 6: 'Failed', 7: 'Canceled' };

function statusOf(createdAt: number, inTwelve: number): RunTimes {
  const code = codes[inTwelve] ?? 'Finished';
  const startedAt = code === 'InDraft' ? null : createdAt + 10_000;
  const detail = code === 'Failed' ? 'Module execution failed: a column is missing.' : null;
  return { code, detail, createdAt, startedAt, endedAt: startedAt === null ? null : startedAt + runMs };
}

function nodesOf({ plan }: Generator, place: number): SeedNode[] {
  const { datasets, models } = plan.counts;
  const chosen = (series_: number, count: number) => String(mixed(plan.seed, series_, place, 21) % Math.max(1, count));
  const empty = { comment: '', parameters: {}, inputs: [], outputs: [] };
  const select: SeedNode = {
    ...empty,
    key: 'select',
    module: 'Select Columns in Dataset',
    comment: 'without the names',
    inputs: datasets > 0 ? [{ port: 'Dataset', dataset: chosen(series.datasets, datasets) }] : [],
    outputs: [{ port: 'Results dataset', type: 'Dataset', visualization: false }],
  };
  const train: SeedNode = {
    ...empty,
    key: trainNode,
    module: 'Train Model',
    parameters: { 'Label column': 'churned' },
    inputs: [{ port: 'Dataset', node: 'select', output: 'Results dataset' }],
    outputs: [{ port: trainPort, type: 'ILearnerDotNet', visualization: false }],
  };
  const score: SeedNode = {
    ...empty,
    key: 'score',
    module: 'Score Model',
    inputs: [
      { port: 'Dataset', node: 'select', output: 'Results dataset' },
      ...(models > 0 ? [{ port: 'Trained model', model: chosen(series.models, models) }] : []),
    ],
    outputs: [{ port: 'Scored dataset', type: 'Dataset', visualization: false }],
  };
  return [select, train, score];
}

function namesFor(generator: Generator): GraphNames {
  const kinds = { dataset: 'datasets', model: 'models', transform: 'transforms' } as const;
  return {
    module: (name) => `${globalWorkspaceId}.${modules[name] ?? name}.v1-default-1652`,
    asset: (kind, place) => versionIdAt(generator, kinds[kind], Number(place)),
  };
}

function runOf(generator: Generator, place: number, id: string, node: SeedNode, status: RunTimes): NodeRunRecord {
  const { workspaceId, plan } = generator;
  const output = {
    location: generatedLocation({ workspaceId, table: 'experiment', place }, 'trained-model.ilearner'),
    sizeBytes: 1_024 + (mixed(plan.seed, series.experiments, place, 22) % 4_096),
    name: trainPort,
    fileType: 'ILearnerDotNet',
    auxiliary: false,
  };
  return {
    nodeId: nodeIdOf(id, node.key),
    status,
    outputs: node.key === trainNode && leavesModel(versionAt(place).family) ? [output] : [],
    visualizations: [],
    standardOutput: null,
    standardError: null,
  };
}

/** Notes on experiments, grouped by the experiment's id. */
export function annotationTable(generator: Generator): GeneratedTable<AnnotationRecord> {
  const { plan } = generator;
  return generatedTable<AnnotationRecord>({
    size: Math.ceil(plan.counts.experiments / noteEvery),
    idAt: (place) => hexId(plan.seed, series.annotations, place),
    at: (place, id) => ({
      id,
      deletedAt: null,
      parentId: null,
      experimentId: experimentIdAt(generator, firstVersion(noteEvery * place)),
      content: `Checked by ${personOf(plan, 'experiments', place)}`,
      collapsed: false,
      nodeId: null,
    }),
    guess: (id) => placeOfHexId(plan.seed, series.annotations, id),
    group: (experimentId) => {
      const place = placeOfExperiment(generator, experimentId);
      return place === null ? [] : [versionAt(place).family / noteEvery];
    },
  });
}
