import type { Call } from '../server/call.ts';
import { notFound } from '../server/error-replies.ts';
import { arrayReply, jsonReply, type Reply } from '../server/reply.ts';
import type { Route } from './routes.ts';
import type { NotebookRecord } from './studio-records.ts';
import { listed, newId, present, type Studio } from './studio-state.ts';
import { wireDate } from './wire.ts';

export const notebookRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'workspaces/:workspace/notebooks',
    answer: (call, studio) => arrayReply(listed(studio, call.workspaceId, 'notebook').map(wireNotebook)),
  },
  {
    method: 'GET',
    path: 'workspaces/:workspace/notebooks/family/:family/attachments',
    answer: (call, studio) => jsonReply(notebook(call, studio).attachments),
  },
  { method: 'POST', path: 'workspaces/:workspace/notebooks/family/:family/session', answer: session },
];

/** The notebook that the path names. Throws a 404 when there is none. */
export function notebook(call: Call, studio: Studio): NotebookRecord {
  const found = present(studio, call.workspaceId, 'notebook', call.parameter('family'));
  if (!found) throw notFound('notebook');
  return found;
}

/**
 * Addresses that give access to the notebook without further authentication. There is no Jupyter behind the emulator.
 */
function session(call: Call, studio: Studio): Reply {
  const { id } = notebook(call, studio);
  const host = 'https://notebooks.contoso.example';
  return jsonReply({
    AuthenticationUri: `${host}/auth?token=${newId()}`,
    SessionUri: `${host}/session/${id}?token=${newId()}`,
    OriginUri: host,
  });
}

function wireNotebook(record: NotebookRecord): unknown {
  return {
    FamilyId: record.id,
    Name: record.name,
    Author: record.author,
    Language: record.language,
    Modified: wireDate(record.modifiedAt),
    Created: wireDate(record.createdAt),
    Tags: record.tags,
  };
}
