import { nodeOutput } from './experiment-outputs.ts';
import type { ResourceRecord, StoredFile } from './studio-records.ts';
import type { Studio } from './studio-state.ts';

/** The fields of a record that say where its bytes come from. */
export type Origin = Pick<ResourceRecord, 'origin' | 'experimentId' | 'promotedFrom' | 'uploadId'> & {
  readonly content: StoredFile;
};

/**
 * The origin of something promoted from a node's output, whose file it shares. Throws a 404 when there is no such
 * output.
 */
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
