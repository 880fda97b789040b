import { z } from 'zod';
import type { Call } from '../server/call.ts';
import { Refusal } from '../server/error-replies.ts';
import { arrayReply, emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import { describeContent } from './content-description.ts';
import { type Origin, promotedFrom } from './promotion.ts';
import { isNewest, newestOfFamilies, place, removeFamily, resource } from './resource-versions.ts';
import type { Route } from './routes.ts';
import type { ResourceRecord } from './studio-records.ts';
import { newId, type Studio } from './studio-state.ts';
import { takeUpload } from './uploads-endpoints.ts';
import { wholeSeconds, wireDataset } from './wire.ts';

export const datasetRoutes: readonly Route[] = [
  { method: 'GET', path: 'workspaces/:workspace/datasources', answer: list },
  { method: 'GET', path: 'workspaces/:workspace/datasources/:id', answer: get },
  { method: 'POST', path: 'workspaces/:workspace/datasources', answer: commit },
  {
    method: 'DELETE',
    path: 'workspaces/:workspace/datasources/family/:family',
    answer: async (call, studio) => {
      await removeFamily(studio, call.workspaceId, 'dataset', call.parameter('family'));
      return emptyReply();
    },
  },
];

function list(call: Call, studio: Studio): Reply {
  const datasets = newestOfFamilies(studio, call.workspaceId, 'dataset');
  return arrayReply(datasets.map((dataset) => wireDataset(dataset, true, studio.blobs)));
}

function get(call: Call, studio: Studio): Reply {
  const dataset = resource(studio, call.workspaceId, 'dataset', call.parameter('id'));
  const reply = jsonReply(wireDataset(dataset, isNewest(studio, 'dataset', dataset), studio.blobs));
  const { pollsLeft } = dataset.schema;
  if (pollsLeft > 0) {
    const schema = { ...dataset.schema, pollsLeft: pollsLeft - 1 };
    studio.store.table(call.workspaceId, 'dataset').put({ ...dataset, schema });
  }
  return reply;
}

const familyId = z.string().nullish();
const commitSchema = z.object({
  DataSource: z.object({
    Name: z.string(),
    DataTypeId: z.string(),
    Description: z.string().nullish(),
    FamilyId: familyId,
    Owner: z.string().nullish(),
    SourceOrigin: z.string().nullish(),
  }),
  UploadId: z.string().nullish(),
  UploadedFromFileName: z.string().nullish(),
  ClientPoll: z.boolean().nullish(),
  ExperimentId: z.string().nullish(),
  ModuleNodeId: z.string().nullish(),
  OutputName: z.string().nullish(),
});
type Commit = z.infer<typeof commitSchema>;

/** Creates a dataset from an upload or from a node's output. Returns its id as a JSON string. */
async function commit(call: Call, studio: Studio): Promise<Reply> {
  const wanted = await call.json(commitSchema);
  const { workspaceId } = call;
  const source = wanted.DataSource;
  const named = { name: source.Name, familyId: source.FamilyId };
  place(studio, workspaceId, 'dataset', named, '');
  const bytes = await contentOf(studio, workspaceId, wanted);
  const described = await describeContent(studio.blobs, bytes.content, source.DataTypeId);
  // Checked again: another upload may have taken the name while this one's blocks were being joined.
  const { familyId, batch } = place(studio, workspaceId, 'dataset', named, newId());
  const dataset: ResourceRecord = {
    id: `${workspaceId}.${familyId}.${newId()}`,
    deletedAt: null,
    familyId,
    batch,
    name: source.Name,
    description: source.Description ?? '',
    dataTypeId: source.DataTypeId,
    owner: source.Owner ?? '',
    createdAt: wholeSeconds(studio.clock.now()),
    uploadedFrom: wanted.UploadedFromFileName ?? null,
    schema: { pollsLeft: wanted.ClientPoll ? studio.behaviour.pendingPolls : 0, end: described.schemaStatus },
    visualization: described.visualization,
    schemaFile: described.schemaFile,
    ...bytes,
  };
  studio.store.table(workspaceId, 'dataset').put(dataset);
  return jsonReply(dataset.id);
}

async function contentOf(studio: Studio, workspaceId: string, wanted: Commit): Promise<Origin> {
  if (wanted.UploadId) {
    const upload = await takeUpload(studio, workspaceId, wanted.UploadId);
    const content = {
      location: upload.location,
      sizeBytes: upload.sizeBytes,
      name: null,
      fileType: wanted.DataSource.DataTypeId,
      auxiliary: false,
    };
    return { origin: 'FromResourceUpload', experimentId: null, promotedFrom: null, uploadId: upload.id, content };
  }
  const { ExperimentId: experimentId, ModuleNodeId: nodeId, OutputName: port } = wanted;
  if (experimentId && nodeId && port) return promotedFrom(studio, workspaceId, { experimentId, nodeId, port });
  throw new Refusal(400, 'The request names neither an upload nor an output of an experiment.');
}
