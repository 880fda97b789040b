import { z } from 'zod';
import type { Call } from '../../server/call.ts';
import { emptyReply, jsonReply } from '../../server/reply.ts';
import type { Route } from '../routes.ts';
import { present, remove, type Studio } from '../studio-state.ts';
import { armList, armPresent, armResource, armRoute, pageReply, pathsOf, wireHead } from './arm-endpoints.ts';
import type { ArmWorkspaceRecord } from './arm-records.ts';

const paths = pathsOf('workspaces');

/** Workspaces as Azure resources. There is no call to create one, since Azure no longer allows it. */
export const armWorkspaceRoutes: readonly Route[] = [
  armRoute('GET', paths.everywhere, list),
  armRoute('GET', paths.inGroup, list),
  armRoute('GET', paths.one, (call, studio) => jsonReply(wire(call)(armResource(call, studio, 'arm-workspace')))),
  armRoute('PATCH', paths.one, async (call, studio) => {
    const { tags } = await call.json(z.looseObject({ tags: z.record(z.string(), z.string()).optional() }));
    const changed = { ...armResource(call, studio, 'arm-workspace'), ...(tags ? { tags } : {}) };
    studio.store.table(call.parameter('subscription'), 'arm-workspace').put(changed);
    return jsonReply(wire(call)(changed));
  }),
  armRoute('DELETE', paths.one, (call, studio) => {
    const workspace = armPresent(call, studio, 'arm-workspace');
    if (!workspace) return emptyReply(204);
    // The workspace disappears from Studio at once. Its blobs stay, since they are in the customer's own storage
    // account.
    studio.store.dropWorkspace(workspace.workspaceId);
    remove(studio, call.parameter('subscription'), 'arm-workspace', workspace);
    return emptyReply();
  }),
  armRoute('POST', `${paths.one}/listWorkspaceKeys`, (call, studio) => {
    const { workspaceId } = armResource(call, studio, 'arm-workspace');
    const tokens = present(studio, workspaceId, 'workspace', workspaceId)?.tokens;
    return jsonReply({ primaryToken: tokens?.primary ?? '', secondaryToken: tokens?.secondary ?? '' });
  }),
  armRoute('POST', `${paths.one}/resyncStorageKeys`, (call, studio) => {
    armResource(call, studio, 'arm-workspace');
    return emptyReply();
  }),
];

function list(call: Call, studio: Studio) {
  return pageReply(call, armList(call, studio, 'arm-workspace'), wire(call));
}

function wire(call: Call): (workspace: ArmWorkspaceRecord) => unknown {
  return (workspace) => ({
    ...wireHead(call.parameter('subscription'), 'workspaces', workspace),
    sku: { name: 'Enterprise', tier: 'Enterprise' },
    properties: {
      userStorageAccountId: workspace.storageAccountId,
      ownerEmail: workspace.ownerEmail,
      workspaceType: workspace.type,
      workspaceState: workspace.deletedAt === null ? 'Enabled' : 'Deleted',
      workspaceId: dashed(workspace.workspaceId),
      studioEndpoint: 'https://studioapi.azureml.net',
      creationTime: new Date(workspace.createdAt).toISOString(),
      keyVaultIdentifierId: '',
    },
  });
}

/** A GUID as Resource Manager writes it. */
function dashed(id: string): string {
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-');
}
