import { Readable } from 'node:stream';
import type { Call } from '../server/call.ts';
import { notFound, Refusal } from '../server/error-replies.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { Route } from './routes.ts';
import type { UploadRecord } from './studio-records.ts';
import { newId, present, type Studio } from './studio-state.ts';

export const uploadRoutes: readonly Route[] = [
  { method: 'POST', path: 'resourceuploads/workspaces/:workspace', answer: beginUpload },
  { method: 'POST', path: 'blobuploads/workspaces/:workspace', answer: takeBlock },
];

/** Starts an upload. The body is the whole file, or empty when blocks follow; its content type is ignored. */
async function beginUpload(call: Call, studio: Studio): Promise<Reply> {
  const id = newId();
  const location = `uploadedresources/${id}`;
  const first = await firstChunk(call.request);
  const sizeBytes =
    first === null ? null : await studio.blobs.put(location, Readable.from(first, { objectMode: false }));
  const upload: UploadRecord = {
    id,
    deletedAt: null,
    dataTypeId: call.query('dataTypeId') ?? '',
    location,
    blockIds: [],
    expectedBlocks: null,
    sizeBytes,
  };
  studio.store.table(call.workspaceId, 'upload').put(upload);
  return jsonReply(wireUpload(upload));
}

/** The chunks of the body; null for an empty body. */
async function firstChunk(body: Readable): Promise<AsyncGenerator<Buffer> | null> {
  const chunks: AsyncIterator<Buffer> = body[Symbol.asyncIterator]();
  let next = await chunks.next();
  if (next.done) return null;
  return (async function* () {
    for (; !next.done; next = await chunks.next()) yield next.value;
  })();
}

async function takeBlock(call: Call, studio: Studio): Promise<Reply> {
  const uploads = studio.store.table(call.workspaceId, 'upload');
  const upload = present(studio, call.workspaceId, 'upload', call.query('uploadId') ?? '');
  if (!upload) throw notFound('upload');
  const blockId = wholeNumber(call.query('blockId'), 'blockId');
  const expectedBlocks = wholeNumber(call.query('numberOfBlocks'), 'numberOfBlocks');
  await studio.blobs.stage(upload.location, blockId, await call.bytes());
  // Blocks may be uploaded concurrently, so the record is read again after the await.
  const current = uploads.get(upload.id) ?? upload;
  const blockIds = [...new Set([...current.blockIds, blockId])].sort((one, other) => one - other);
  const next = { ...current, expectedBlocks, blockIds };
  uploads.put(next);
  return jsonReply(wireUpload(next));
}

function wholeNumber(text: string | undefined, name: string): number {
  if (text === undefined || !/^\d{1,9}$/u.test(text)) throw new Refusal(400, `${name} is missing or not a number.`);
  return Number(text);
}

/**
 * Claims an upload for the one dataset or module created from it, whose deletion then deletes the bytes. Throws a 400
 * while blocks are missing and a 409 when the upload was used before.
 */
export async function takeUpload(
  studio: Studio,
  workspaceId: string,
  id: string,
): Promise<UploadRecord & { readonly sizeBytes: number }> {
  const complete = await completeUpload(studio, workspaceId, id);
  // Two commits may run concurrently: there is no await between this check and the write, so only one succeeds.
  const now = present(studio, workspaceId, 'upload', id);
  if (now === undefined || now.used === true) throw new Refusal(409, 'The upload has been used already.');
  studio.store.table(workspaceId, 'upload').put({ ...complete, used: true });
  return complete;
}

/** Commits the blocks of an upload in the order of their numbers. */
async function completeUpload(
  studio: Studio,
  workspaceId: string,
  id: string,
): Promise<UploadRecord & { readonly sizeBytes: number }> {
  const upload = present(studio, workspaceId, 'upload', id);
  if (!upload) throw notFound('upload');
  if (upload.sizeBytes !== null) return { ...upload, sizeBytes: upload.sizeBytes };
  if (upload.expectedBlocks !== null && upload.blockIds.length < upload.expectedBlocks) {
    throw new Refusal(400, 'Blocks of the upload are missing.');
  }
  const complete = { ...upload, sizeBytes: await studio.blobs.join(upload.location, upload.blockIds) };
  studio.store.table(workspaceId, 'upload').put(complete);
  return complete;
}

function wireUpload(upload: UploadRecord): unknown {
  const committed = upload.sizeBytes !== null;
  return {
    Id: upload.id,
    DataTypeId: upload.dataTypeId,
    ContentType: 'application/octet-stream',
    Endpoint: null,
    Committed: committed,
  };
}
