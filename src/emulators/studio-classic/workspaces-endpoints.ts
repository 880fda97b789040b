import { notFound } from '../server/error-replies.ts';
import { arrayReply, jsonReply } from '../server/reply.ts';
import type { Route } from './routes.ts';
import { listed, present, type Studio } from './studio-state.ts';
import { wireMember, wireWorkspace } from './wire.ts';

/** The workspace's own record. */
export function workspaceRecord(studio: Studio, workspaceId: string) {
  const record = present(studio, workspaceId, 'workspace', workspaceId);
  if (!record) throw notFound('workspace');
  return record;
}

export const workspaceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'workspaces/:workspace',
    answer: (call, studio) => jsonReply(wireWorkspace(workspaceRecord(studio, call.workspaceId))),
  },
  {
    method: 'GET',
    path: 'workspaces/:workspace/users',
    answer: (call, studio) => arrayReply(listed(studio, call.workspaceId, 'member').map(wireMember)),
  },
];
