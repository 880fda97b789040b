import { openedWorkspaces } from './authorization.ts';
import { Refusal } from './refusal.ts';
import { arrayReply } from './reply.ts';
import type { Route } from './routes.ts';
import { wireWorkspace } from './wire.ts';
import { workspaceRecord } from './workspaces.ts';

/**
 * Calls whose existence is certain or likely but whose path, method or answer no source tells.
 * A correction of a guess is an edit here and in nothing else.
 */
export const assumedRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'workspaces',
    answer: (call, studio) => {
      const ids = openedWorkspaces(call.request, studio);
      if (ids.length === 0) throw new Refusal(401, 'The workspace token is missing or wrong.');
      return arrayReply(ids.map((id) => wireWorkspace(workspaceRecord(studio, id))));
    },
  },
];
