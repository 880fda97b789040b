import { z } from 'zod';
import type { Call } from '../server/call.ts';
import { notFound, Refusal } from '../server/error-replies.ts';
import { arrayReply, emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import { authorizedWorkspaces } from './authorization.ts';
import { wireModule } from './modules-endpoints.ts';
import { notebook } from './notebooks-endpoints.ts';
import { isNewest, type ResourceTable, removeFamily, resource } from './resource-versions.ts';
import type { Route } from './routes.ts';
import { storedLocations } from './stored-locations.ts';
import type { MemberRecord } from './studio-records.ts';
import { globalWorkspaceId, newId, present, remove, type Studio } from './studio-state.ts';
import { wireResource, wireUser, wireWorkspace } from './wire.ts';
import { workspaceRecord } from './workspaces-endpoints.ts';

/**
 * Calls that certainly or probably exist, but whose path, method or response no source documents. All guesses are in
 * this file, so that a correction changes this file only.
 */
export const assumedRoutes: readonly Route[] = [
  { method: 'GET', path: 'workspaces', answer: listWorkspaces },
  { method: 'PUT', path: 'workspaces/:workspace', answer: changeWorkspace },
  { method: 'DELETE', path: 'workspaces/:workspace', answer: deleteWorkspace },
  { method: 'GET', path: 'workspaces/:workspace/quota', answer: quota },
  {
    method: 'GET',
    path: 'workspaces/:workspace/users/:user',
    answer: (call, studio) => jsonReply(wireUser(member(call, studio, call.parameter('user'), 'Active'))),
  },
  { method: 'DELETE', path: 'workspaces/:workspace/users/:user', answer: removeMember },
  { method: 'DELETE', path: 'workspaces/:workspace/invitations/:invitation', answer: withdrawInvitation },
  { method: 'GET', path: 'workspaces/:workspace/trainedmodels/:id', answer: one('model') },
  { method: 'GET', path: 'workspaces/:workspace/transformmodules/:id', answer: one('transform') },
  { method: 'GET', path: 'workspaces/:workspace/modules/:id', answer: oneModule },
  { method: 'DELETE', path: 'workspaces/:workspace/trainedmodels/family/:family', answer: removeTrainedAsset('model') },
  {
    method: 'DELETE',
    path: 'workspaces/:workspace/transformmodules/family/:family',
    answer: removeTrainedAsset('transform'),
  },
  { method: 'DELETE', path: 'workspaces/:workspace/modules/family/:family', answer: removeModule },
  { method: 'DELETE', path: 'workspaces/:workspace/projectcontainers/:project', answer: removeProject },
  {
    method: 'DELETE',
    path: 'workspaces/:workspace/notebooks/family/:family',
    answer: (call, studio) => {
      remove(studio, call.workspaceId, 'notebook', notebook(call, studio));
      return emptyReply();
    },
  },
  { method: 'DELETE', path: 'workspaces/:workspace/gateways/:gateway', answer: removeGateway },
];

/**
 * The filters of the experiment list. Their names come from the web application; that the query uses these names is a
 * guess.
 */
export function experimentFilters(call: Call) {
  return {
    archivedToo: call.flag('includeArchived') ?? false,
    snapshotsToo: call.flag('includeNonLeaf') ?? false,
    drafts: call.flag('isDraft'),
    creator: call.query('creator')?.toLowerCase(),
  };
}

/** The web application sends an experiment's Etag when it deletes one. In which header is a guess. */
export function conditionOf(call: Call): string | undefined {
  return call.request.headers['if-match']?.replaceAll('"', '');
}

/** The names of the kinds in a project's `Contents`. */
export const projectContentWords = {
  experiments: 'Experiment',
  datasets: 'Dataset',
  models: 'TrainedModel',
  transforms: 'Transform',
} as const;

/** A workspace's token gives access to that workspace only, so the list has no others. */
function listWorkspaces(call: Call, studio: Studio): Reply {
  const ids = authorizedWorkspaces(call.request, studio);
  if (ids.length === 0) throw new Refusal(401, 'The workspace token is missing or wrong.');
  return arrayReply(ids.map((id) => wireWorkspace(workspaceRecord(studio, id))));
}

const settingsSchema = z.looseObject({
  FriendlyName: z.string().nullish(),
  Description: z.string().nullish(),
  Etag: z.string().nullish(),
  RegenerateToken: z.enum(['None', 'Primary', 'Secondary']).nullish(),
});

async function changeWorkspace(call: Call, studio: Studio): Promise<Reply> {
  const wanted = await call.json(settingsSchema);
  const current = workspaceRecord(studio, call.workspaceId);
  if (wanted.Etag && wanted.Etag !== wireWorkspace(current).Etag) {
    throw new Refusal(412, 'The workspace was changed by someone else.');
  }
  const changed = {
    ...current,
    name: wanted.FriendlyName ?? current.name,
    description: wanted.Description ?? current.description,
    tokens: {
      primary: wanted.RegenerateToken === 'Primary' ? newId() : current.tokens.primary,
      secondary: wanted.RegenerateToken === 'Secondary' ? newId() : current.tokens.secondary,
    },
    revision: current.revision + 1,
  };
  studio.store.table(call.workspaceId, 'workspace').put(changed);
  return jsonReply(wireWorkspace(changed));
}

/**
 * Free workspaces can be deleted by a button. Guest workspaces are purged when they expire, paid ones are deleted in
 * Resource Manager.
 */
async function deleteWorkspace(call: Call, studio: Studio): Promise<Reply> {
  const { id, type } = workspaceRecord(studio, call.workspaceId);
  if (type !== 'Free') throw new Refusal(403, 'A workspace of this type cannot be deleted here.');
  const locations = storedLocations(studio, id);
  studio.store.dropWorkspace(id);
  for (const location of locations) await studio.blobs.remove(location);
  return emptyReply();
}

const freeBytes = 10 * 1024 ** 3;

function quota(call: Call, studio: Studio): Reply {
  let used = 0;
  for (const table of ['dataset', 'model', 'transform'] as const) {
    for (const { deletedAt, content } of studio.store.table(call.workspaceId, table).values()) {
      if (deletedAt === null) used += content?.sizeBytes ?? 0;
    }
  }
  return jsonReply({ UsedStorage: used, MaximumStorage: freeBytes });
}

/** A member, by id or e-mail address. An invited member has no user id yet, only the address. */
function member(call: Call, studio: Studio, id: string, status: MemberRecord['status']): MemberRecord {
  const names = (record: MemberRecord) => [record.userId, record.email].filter((name) => name !== '');
  const members = studio.store.table(call.workspaceId, 'member').values();
  const found = members.find(
    (record) =>
      record.deletedAt === null &&
      record.status === status &&
      names(record).some((name) => name.toLowerCase() === id.toLowerCase()),
  );
  if (!found) throw notFound(status === 'Active' ? 'user' : 'invitation');
  return found;
}

function removeMember(call: Call, studio: Studio): Reply {
  const leaving = member(call, studio, call.parameter('user'), 'Active');
  const members = [...studio.store.table(call.workspaceId, 'member').values()];
  const owners = members.filter((one) => one.role === 'Owner' && one.status === 'Active' && one.deletedAt === null);
  if (owners.length === 1 && owners[0] === leaving) throw new Refusal(400, 'The last owner cannot be removed.');
  remove(studio, call.workspaceId, 'member', leaving);
  return emptyReply();
}

function withdrawInvitation(call: Call, studio: Studio): Reply {
  remove(studio, call.workspaceId, 'member', member(call, studio, call.parameter('invitation'), 'Invited'));
  return emptyReply();
}

function one(table: ResourceTable) {
  return (call: Call, studio: Studio): Reply => {
    const found = resource(studio, call.workspaceId, table, call.parameter('id'));
    return jsonReply(wireResource(found, isNewest(studio, table, found), studio.blobs));
  };
}

function oneModule(call: Call, studio: Studio): Reply {
  const id = call.parameter('id');
  const found = present(studio, call.workspaceId, 'module', id) ?? present(studio, globalWorkspaceId, 'module', id);
  if (!found) throw notFound('module');
  return jsonReply(wireModule(found));
}

function removeTrainedAsset(table: ResourceTable) {
  return async (call: Call, studio: Studio): Promise<Reply> => {
    await removeFamily(studio, call.workspaceId, table, call.parameter('family'));
    return emptyReply();
  };
}

function removeModule(call: Call, studio: Studio): Reply {
  const family = studio.store.table(call.workspaceId, 'module').group(call.parameter('family'));
  const toDelete = family.filter((module) => module.deletedAt === null);
  if (toDelete.length === 0) throw notFound('module');
  for (const module of toDelete) remove(studio, call.workspaceId, 'module', module);
  return emptyReply();
}

/** Deletes a project. The assets in it stay. */
function removeProject(call: Call, studio: Studio): Reply {
  const project = present(studio, call.workspaceId, 'project', call.parameter('project'));
  if (!project) throw notFound('project');
  remove(studio, call.workspaceId, 'project', project);
  return emptyReply();
}

function removeGateway(call: Call, studio: Studio): Reply {
  const gateway = present(studio, call.workspaceId, 'gateway', call.parameter('gateway'));
  if (!gateway) throw notFound('gateway');
  remove(studio, call.workspaceId, 'gateway', gateway);
  return emptyReply();
}
