import { z } from 'zod';
import type { Call } from '../server/call.ts';
import { arrayReply, jsonReply, type Reply } from '../server/reply.ts';
import { beginActivity, pollActivity } from './activities.ts';
import type { Route } from './routes.ts';
import type { ModuleRecord } from './studio-records.ts';
import { globalWorkspaceId, listed, newId, type Studio } from './studio-state.ts';
import { takeUpload } from './uploads-endpoints.ts';
import { wholeSeconds, wireDate } from './wire.ts';

export const moduleRoutes: readonly Route[] = [
  { method: 'GET', path: 'workspaces/:workspace/modules', answer: list },
  { method: 'POST', path: 'workspaces/:workspace/modules/custom', answer: build },
  { method: 'GET', path: 'workspaces/:workspace/modules/custom', answer: pollBuild },
];

/** The workspace's own modules and all of Microsoft's. */
function list(call: Call, studio: Studio): Reply {
  const owners = [call.workspaceId, globalWorkspaceId].values();
  return arrayReply(owners.flatMap((owner) => listed(studio, owner, 'module').map(wireModule)));
}

/** Builds a module from an uploaded zip. Returns the id of the asynchronous operation as a JSON string. */
async function build(call: Call, studio: Studio): Promise<Reply> {
  const { Id } = await call.json(z.looseObject({ Id: z.string() }));
  const upload = await takeUpload(studio, call.workspaceId, Id);
  const start = await studio.blobs.head(upload.location, 4);
  if (start.toString('latin1', 0, 2) !== 'PK') {
    const text = 'The module package is not a zip file.';
    return jsonReply(beginActivity(studio, call.workspaceId, { kind: 'module', status: 'Failed', text }).id);
  }
  const familyId = newId();
  const module: ModuleRecord = {
    id: `${call.workspaceId}.${familyId}.1`,
    deletedAt: null,
    familyId,
    name: `Custom module ${familyId.slice(0, 6)}`,
    description: '',
    category: 'Custom',
    language: { name: 'R', version: '3.1.0' },
    releaseState: 'Custom',
    uploadId: upload.id,
    sizeBytes: upload.sizeBytes,
    createdAt: wholeSeconds(studio.clock.now()),
    owner: '',
    batch: 1,
  };
  studio.store.table(call.workspaceId, 'module').put(module);
  const outcome = { kind: 'module', status: 'Finished', text: module.id } as const;
  return jsonReply(beginActivity(studio, call.workspaceId, outcome).id);
}

function pollBuild(call: Call, studio: Studio): Reply {
  const id = call.query('activityGroupId') ?? '';
  const { done, outcome } = pollActivity(studio, call.workspaceId, id, 'module');
  return jsonReply(done ? [outcome.status, outcome.text] : ['Pending', '']);
}

export function wireModule(record: ModuleRecord): unknown {
  return {
    Id: record.id,
    Name: record.name,
    Description: record.description,
    Category: record.category,
    FamilyId: record.familyId,
    ModuleType: 'Module',
    ReleaseState: record.releaseState,
    ModuleLanguage: { Language: record.language.name, Version: record.language.version },
    ResourceUploadId: record.uploadId,
    Size: record.sizeBytes,
    CreatedDate: wireDate(record.createdAt),
    Owner: record.owner,
    IsLatest: true,
    IsDeprecated: false,
    IsDeterministic: true,
    IsBlocking: false,
    SourceOrigin: 'FromResourceUpload',
    ClientVersion: 'v1',
    ServiceVersion: '0',
    Batch: record.batch,
    EscalationEmail: '',
    InformationUrl: '',
  };
}
