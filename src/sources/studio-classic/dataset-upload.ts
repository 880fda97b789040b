import { z } from 'zod';
import type { WorkspaceClient } from './workspace-client.ts';

/** A dataset to be created. */
export interface DatasetUpload {
  readonly name: string;
  /** For example `GenericCSV`; the service's own list is in `data-types.ts`. */
  readonly dataTypeId: string;
  readonly description: string;
  readonly sizeBytes: number;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The family that gets a new version; null creates a new dataset. */
  readonly familyId: string | null;
}

/** Two mebibytes, as in the Python client; the service refuses larger bodies. */
const blockBytes = 2 * 1024 * 1024;
const UploadTicket = z.looseObject({ Id: z.string() });

/**
 * Creates a dataset, or a new version of one, and returns its id. The bytes are uploaded in blocks, which may be
 * retried; the commit, which creates the dataset, is never retried. Throws ServiceFailure; `conflict` when the name is
 * taken, `rejected` when it contains forbidden characters.
 */
export async function uploadDataset(
  client: WorkspaceClient,
  upload: DatasetUpload,
  signal: AbortSignal,
): Promise<string> {
  const doing = `uploading the dataset “${upload.name}”`;
  const { dataTypeId } = upload;
  const call = { path: '', doing, signal };
  const ticket = await client.post(
    {
      ...call,
      at: `resourceuploads/workspaces/${client.workspaceId}/`,
      query: { userStorage: 'true', dataTypeId },
      body: '',
      repeatable: true,
    },
    UploadTicket,
  );
  const numberOfBlocks = String(Math.max(1, Math.ceil(upload.sizeBytes / blockBytes)));
  let blockId = 0;
  for await (const body of blocksOf(upload.bytes)) {
    await client.post(
      {
        ...call,
        at: `blobuploads/workspaces/${client.workspaceId}/`,
        query: { numberOfBlocks, blockId: String(blockId), uploadId: ticket.Id, dataTypeId },
        body,
        repeatable: true,
      },
      z.unknown(),
    );
    blockId += 1;
  }
  const dataSource = {
    Name: upload.name,
    DataTypeId: dataTypeId,
    Description: upload.description,
    FamilyId: upload.familyId,
    Owner: 'Studio Steward',
    SourceOrigin: 'FromResourceUpload',
  };
  const commit = {
    DataSource: dataSource,
    UploadId: ticket.Id,
    UploadedFromFileName: upload.name,
    ClientPoll: true,
  };
  return client.post({ ...call, path: 'datasources', body: JSON.stringify(commit), repeatable: false }, z.string());
}

/** Splits the bytes into blocks of full size; at least one, so that an empty dataset is one empty block. */
async function* blocksOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pending = Buffer.alloc(0);
  let sent = false;
  for await (const chunk of bytes) {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= blockBytes) {
      yield pending.subarray(0, blockBytes);
      sent = true;
      pending = pending.subarray(blockBytes);
    }
  }
  if (pending.length > 0 || !sent) yield pending;
}
