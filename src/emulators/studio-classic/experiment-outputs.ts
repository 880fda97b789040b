import type { Call } from '../server/call.ts';
import { notFound } from '../server/error-replies.ts';
import { type Reply, streamReply } from '../server/reply.ts';
import type { ExperimentRecord, StoredFile } from './studio-records.ts';
import { globalWorkspaceId, present, type Studio } from './studio-state.ts';

/** An experiment of the workspace or one of the samples. */
export function experimentRecord(studio: Studio, workspaceId: string, id: string): ExperimentRecord {
  const found = present(studio, workspaceId, 'experiment', id) ?? present(studio, globalWorkspaceId, 'experiment', id);
  if (!found) throw notFound('experiment');
  return found;
}

/** The file that a node produced at one of its ports. Throws a 404 when it has not run or has no such port. */
export function nodeOutput(
  studio: Studio,
  workspaceId: string,
  from: { readonly experimentId: string; readonly nodeId: string; readonly port: string },
): StoredFile {
  const experiment = experimentRecord(studio, workspaceId, from.experimentId);
  const node = experiment.nodes.find((candidate) => candidate.nodeId === from.nodeId);
  const output = node?.outputs.find((candidate) => candidate.name === from.port);
  if (!output) throw notFound('output');
  return output;
}

/** The bytes of an output, authorised by the workspace's token, as the Python and R clients fetch them. */
export async function outputData(call: Call, studio: Studio): Promise<Reply> {
  const output = nodeOutput(studio, call.workspaceId, {
    experimentId: call.parameter('id'),
    nodeId: call.parameter('node'),
    port: call.parameter('port'),
  });
  return streamReply(await studio.blobs.read(output.location), output.sizeBytes);
}
