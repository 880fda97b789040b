import type { Call } from '../server/call.ts';
import { notFound, Refusal } from '../server/error-replies.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import { beginActivity, pollActivity } from './activities.ts';
import { experimentRecord } from './experiment-outputs.ts';
import { unpackExperiment } from './package-contents.ts';
import type { Route } from './routes.ts';
import { newId, type Studio } from './studio-state.ts';

/** Copying an experiment between workspaces: it is packed in one and unpacked in the other. */
export const packageRoutes: readonly Route[] = [
  { method: 'POST', path: 'workspaces/:workspace/packages', answer: pack },
  { method: 'PUT', path: 'workspaces/:workspace/packages', answer: unpack },
  { method: 'GET', path: 'workspaces/:workspace/packages', answer: poll },
];

/** The PowerShell module appends an extra slash to the experiment's id. */
function pack(call: Call, studio: Studio): Reply {
  const id = (call.query('experimentId') ?? '').replace(/(?<!\/)\/+$/u, '');
  const experiment = experimentRecord(studio, call.workspaceId, id);
  const location = `https://storage.azureml.net/directories/${newId()}/items`;
  const cleared = call.flag('clearCredentials') ?? false;
  const activity = beginActivity(studio, call.workspaceId, {
    kind: 'pack',
    location,
    experimentId: experiment.id,
    cleared,
  });
  return jsonReply(wirePackage(activity.id, 'Pending', location, null));
}

async function unpack(call: Call, studio: Studio): Promise<Reply> {
  const location = call.query('packageUri');
  if (location === undefined) throw new Refusal(400, 'Only packages of workspaces can be unpacked here.');
  const packed = findPackage(studio, location);
  const experiment = await unpackExperiment(studio, packed, call.workspaceId);
  const activity = beginActivity(studio, call.workspaceId, { kind: 'unpack', location, experimentId: experiment.id });
  return jsonReply(wirePackage(activity.id, 'Pending', location, null));
}

function findPackage(studio: Studio, location: string) {
  for (const workspaceId of studio.store.workspaceIds()) {
    for (const { outcome } of studio.store.table(workspaceId, 'activity').values()) {
      if (outcome.kind === 'pack' && outcome.location === location) return { ...outcome, workspaceId };
    }
  }
  throw notFound('package');
}

function poll(call: Call, studio: Studio): Reply {
  const unpacking = call.query('unpackActivityId');
  const id = unpacking ?? call.query('packageActivityId') ?? '';
  const { done, outcome } = pollActivity(studio, call.workspaceId, id, unpacking === undefined ? 'pack' : 'unpack');
  const experimentId = done && outcome.kind === 'unpack' ? outcome.experimentId : null;
  return jsonReply(wirePackage(id, done ? 'Complete' : 'Pending', outcome.location, experimentId));
}

function wirePackage(ActivityId: string, Status: string, Location: string, ExperimentId: string | null): unknown {
  const complete = Status === 'Complete';
  return {
    Location,
    ItemsComplete: complete ? 1 : 0,
    ItemsPending: complete ? 0 : 1,
    Status,
    ActivityId,
    ...(ExperimentId === null ? {} : { ExperimentId }),
  };
}
