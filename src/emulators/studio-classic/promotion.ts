import { nodeOutput } from './experiment-outputs.ts';
import type { ResourceRecord, StoredFile } from './studio-records.ts';
import type { Studio } from './studio-state.ts';

/** Where a resource's bytes come from, as its record tells it. */
export type Origin = Pick<ResourceRecord, 'origin' | 'experimentId' | 'promotedFrom' | 'uploadId'> & {
  readonly content: StoredFile;
};

/** The origin of something made from a node's output. It shares the output's bytes. 404 when there is no such output. */
export function promotedFrom(
  studio: Studio,
  workspaceId: string,
  from: { readonly experimentId: string; readonly nodeId: string; readonly port: string },
): Origin {
  return {
    origin: 'FromOutputPromotion',
    experimentId: from.experimentId,
    promotedFrom: `${from.nodeId}:${from.port}`,
    uploadId: null,
    content: nodeOutput(studio, workspaceId, from),
  };
}
