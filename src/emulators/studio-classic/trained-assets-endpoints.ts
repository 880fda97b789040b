import { z } from 'zod';
import type { Call } from '../server/call.ts';
import { arrayReply, jsonReply, type Reply } from '../server/reply.ts';
import { promotedFrom } from './promotion.ts';
import { newestOfFamilies, place } from './resource-versions.ts';
import type { Route } from './routes.ts';
import type { ResourceRecord } from './studio-records.ts';
import { newId, type Studio } from './studio-state.ts';
import { wholeSeconds, wireResource } from './wire.ts';

type Table = 'model' | 'transform';

/** Trained models and transforms that were saved from experiments. */
export const trainedAssetsRoutes: readonly Route[] = [
  { method: 'GET', path: 'workspaces/:workspace/trainedmodels', answer: list('model') },
  { method: 'POST', path: 'workspaces/:workspace/trainedmodels', answer: promote('model') },
  { method: 'GET', path: 'workspaces/:workspace/transformmodules', answer: list('transform') },
  { method: 'POST', path: 'workspaces/:workspace/transformmodules', answer: promote('transform') },
];

function list(table: Table) {
  return (call: Call, studio: Studio): Reply =>
    arrayReply(newestOfFamilies(studio, call.workspaceId, table).map((item) => wireResource(item, true, studio.blobs)));
}

const namedSchema = z.object({
  Name: z.string(),
  DataTypeId: z.string(),
  Description: z.string().nullish(),
  FamilyId: z.string().nullish(),
  Owner: z.string().nullish(),
});
const promotionSchema = z
  .object({
    ExperimentId: z.string(),
    ModuleNodeId: z.string(),
    OutputName: z.string(),
    TrainedModel: namedSchema.optional(),
    Transform: namedSchema.optional(),
  })
  .transform(({ TrainedModel, Transform, ...from }, context) => {
    const named = TrainedModel ?? Transform;
    if (!named) context.addIssue({ code: 'custom', message: 'TrainedModel or Transform is missing.' });
    return named ? { named, from } : z.NEVER;
  });

/** Saves a node's output under a name. Returns the new id as a JSON string. */
function promote(table: Table) {
  return async (call: Call, studio: Studio): Promise<Reply> => {
    const { named, from } = await call.json(promotionSchema);
    const { workspaceId } = call;
    const output = { experimentId: from.ExperimentId, nodeId: from.ModuleNodeId, port: from.OutputName };
    const origin = promotedFrom(studio, workspaceId, output);
    const { familyId, batch } = place(
      studio,
      workspaceId,
      table,
      { name: named.Name, familyId: named.FamilyId },
      newId(),
    );
    const record: ResourceRecord = {
      id: `${workspaceId}.${familyId}.${newId()}`,
      deletedAt: null,
      familyId,
      batch,
      name: named.Name,
      description: named.Description ?? '',
      dataTypeId: named.DataTypeId,
      owner: named.Owner ?? '',
      createdAt: wholeSeconds(studio.clock.now()),
      uploadedFrom: null,
      schema: { pollsLeft: 0, end: 'NotSupported' },
      visualization: null,
      schemaFile: null,
      ...origin,
    };
    studio.store.table(workspaceId, table).put(record);
    return jsonReply(record.id);
  };
}
