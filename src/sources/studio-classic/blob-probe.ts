import { BadAnswer, retryBadAnswers } from '../../azure/http/bad-answer.ts';
import { contentLength, hasStatus, isWebPage } from '../../azure/http/http-client.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import { type BlobReader, blobCall } from './blob.ts';
import type { Endpoint } from './payload-fields.ts';

/** An existing blob, with its size in bytes; null when the storage does not return it. */
export interface PresentBlob {
  readonly sizeBytes: number | null;
}

/**
 * Whether a blob still exists; null when it does not. Reads its first byte, because reading is the only operation that
 * a SAS is known to allow. After any other failure the blob counts as existing: opening it reports what is wrong.
 */
export async function probeBlob(
  reader: BlobReader,
  endpoint: Endpoint,
  doing: string,
  signal: AbortSignal,
): Promise<PresentBlob | null> {
  try {
    return await retryBadAnswers(reader.http, { doing, signal }, async () => {
      const headers = { Range: 'bytes=0-0' };
      const { response, body } = await reader.http.open({ ...blobCall(reader, endpoint, doing), headers, signal });
      // One byte is read to its end, so that the connection can be reused; a whole file is not read.
      if (response.status === 206) body.stream.on('error', () => {}).resume();
      else body.stream.destroy();
      const total = /\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1];
      if (total !== undefined) return { sizeBytes: Number(total) };
      if (isWebPage(response)) throw new BadAnswer('a web page instead of the file');
      if (!response.headers.has('ETag')) throw new BadAnswer('something else instead of the file');
      // A storage without range requests sends the whole blob.
      return { sizeBytes: contentLength(response) };
    });
  } catch (error) {
    if (hasStatus(error, 404)) return null;
    // An empty blob has no first byte.
    if (hasStatus(error, 416)) return { sizeBytes: 0 };
    if (isSourceFailure(error)) return { sizeBytes: null };
    throw error;
  }
}
