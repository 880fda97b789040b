import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Call } from '../server/call.ts';
import type { Reply } from '../server/reply.ts';

/** First part of the paths under which blobs pass through the emulator, so that faults can strike downloads too. */
export const blobPassage = '_blob';

const passedRequestHeaders = ['range', 'if-match', 'if-none-match', 'if-modified-since', 'x-ms-range', 'x-ms-version'];
const droppedReplyHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date', 'server']);

/** Fetches a blob with the caller's own link and passes it on as it comes. */
export async function passBlob(call: Call, accountUrl: string): Promise<Reply> {
  const target = (call.request.url ?? '').replace(/^\/+_blob\//u, '/');
  const headers: Record<string, string> = {};
  for (const name of passedRequestHeaders) {
    const value = call.request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const answer = await fetch(`${accountUrl}${target}`, { method: call.method, headers });
  const passed: Record<string, string> = {};
  for (const [name, value] of answer.headers) if (!droppedReplyHeaders.has(name)) passed[name] = value;
  // The two declarations of the same web stream differ only in their iterator's type.
  const body = answer.body ? Readable.fromWeb(answer.body as ReadableStream<Uint8Array>) : '';
  return { status: answer.status, headers: passed, body };
}
