import { z } from 'zod';
import type { Call } from '../server/call.ts';
import { internalError, notFound } from '../server/error-replies.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import { startRun } from './experiment-runs.ts';
import { type Graph, graphSchema } from './graph.ts';
import type { ExperimentRecord, RunTimes } from './studio-records.ts';
import { globalWorkspaceId, newId, present, type Studio } from './studio-state.ts';
import { wholeSeconds, wireEtag } from './wire.ts';

const submissionSchema = z.object({
  Description: z.string().nullish(),
  Summary: z.string().nullish(),
  IsDraft: z.boolean().nullish(),
  ParentExperimentId: z.string().nullish(),
  DisableNodesUpdate: z.boolean().nullish(),
  /** The spelling that the PowerShell module uses. */
  DisableNodeUpdate: z.boolean().nullish(),
  Category: z.string().nullish(),
  ExperimentGraph: graphSchema,
  WebService: z.unknown(),
});
type Submission = z.infer<typeof submissionSchema>;

/** Creates an experiment from a graph, as copying and importing do. */
export async function copyExperiment(call: Call, studio: Studio): Promise<Reply> {
  const submission = await call.json(submissionSchema);
  const { workspaceId } = call;
  refuseMissingAssets(studio, workspaceId, submission.ExperimentGraph);
  const experiments = studio.store.table(workspaceId, 'experiment');
  const draft: ExperimentRecord = {
    id: `${workspaceId}.f-id.${newId()}`,
    deletedAt: null,
    creator: workspaceOwner(studio, workspaceId),
    revision: 1,
    leaf: true,
    archived: false,
    tags: [],
    nodes: [],
    runPollsLeft: null,
    status: begun(studio, 'InDraft'),
    ...submitted(submission),
  };
  const experiment = submission.IsDraft === false ? await startRun(studio, draft, submission.ExperimentGraph) : draft;
  experiments.put(experiment);
  return jsonReply({ ExperimentId: experiment.id, Etag: wireEtag(experiment) });
}

/** Saves an experiment, and runs it when it is not a draft. Returns the new Etag. */
export async function saveExperiment(call: Call, studio: Studio): Promise<Reply> {
  const submission = await call.json(submissionSchema);
  const { workspaceId } = call;
  const current = present(studio, workspaceId, 'experiment', call.parameter('id'));
  if (!current) throw notFound('experiment');
  refuseMissingAssets(studio, workspaceId, submission.ExperimentGraph);
  const saved: ExperimentRecord = {
    ...current,
    ...submitted(submission),
    parentId: submission.ParentExperimentId || current.parentId,
    revision: current.revision + 1,
  };
  const experiment = submission.IsDraft === false ? await startRun(studio, saved, submission.ExperimentGraph) : saved;
  studio.store.table(workspaceId, 'experiment').put(experiment);
  return jsonReply(wireEtag(experiment));
}

function submitted(submission: Submission) {
  return {
    // The PowerShell module sends an empty text when there is no parent.
    parentId: submission.ParentExperimentId || null,
    name: submission.Description ?? '',
    summary: submission.Summary ?? '',
    disableNodesUpdate: submission.DisableNodesUpdate ?? submission.DisableNodeUpdate ?? false,
    category: submission.Category ?? 'user',
    graph: submission.ExperimentGraph,
    webService: submission.WebService ?? null,
  };
}

function begun(studio: Studio, code: string): RunTimes {
  return { code, detail: null, createdAt: wholeSeconds(studio.clock.now()), startedAt: null, endedAt: null };
}

function workspaceOwner(studio: Studio, workspaceId: string): string {
  return present(studio, workspaceId, 'workspace', workspaceId)?.owner.email ?? '';
}

/** Like the service, fails with 500 when a graph refers to an asset that is not in the workspace. */
function refuseMissingAssets(studio: Studio, workspaceId: string, graph: Graph): void {
  for (const node of graph.ModuleNodes) {
    for (const port of node.InputPortsInternal ?? []) {
      const wanted = [
        ['dataset', port.DataSourceId],
        ['model', port.TrainedModelId],
        ['transform', port.TransformModuleId],
      ] as const;
      for (const [table, id] of wanted) {
        const known = !id || present(studio, workspaceId, table, id) || present(studio, globalWorkspaceId, table, id);
        if (!known) throw internalError();
      }
    }
  }
}
