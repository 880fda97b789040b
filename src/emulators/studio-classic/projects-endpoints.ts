import { z } from 'zod';
import type { Call } from '../server/call.ts';
import { arrayReply, jsonReply, type Reply } from '../server/reply.ts';
import type { Route } from './routes.ts';
import type { ProjectRecord } from './studio-records.ts';
import { listed, newId, type Studio } from './studio-state.ts';

/**
 * `projectcontainers` are what the user interface calls projects; `projects` are pairs of a training and a scoring
 * experiment.
 */
export const projectRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'workspaces/:workspace/projectcontainers',
    answer: (call, studio) => arrayReply(listed(studio, call.workspaceId, 'project').map(wireProject)),
  },
  {
    method: 'GET',
    path: 'workspaces/:workspace/projects',
    answer: (call, studio) => arrayReply(listed(studio, call.workspaceId, 'pairing').map((pairing) => pairing.body)),
  },
  { method: 'POST', path: 'workspaces/:workspace/projects', answer: pair },
  { method: 'PUT', path: 'workspaces/:workspace/projects', answer: pair },
];

const pairingSchema = z.looseObject({ Experiments: z.array(z.looseObject({ Role: z.enum(['Training', 'Scoring']) })) });

async function pair(call: Call, studio: Studio): Promise<Reply> {
  const body = await call.json(pairingSchema);
  studio.store.table(call.workspaceId, 'pairing').put({ id: newId(), deletedAt: null, body });
  return jsonReply(body);
}

function wireProject(record: ProjectRecord): unknown {
  return {
    ContainerId: record.id,
    Name: record.name,
    Description: record.description,
    Creator: record.creator,
    Contents: record.contents,
  };
}
