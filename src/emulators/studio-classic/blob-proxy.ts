import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Call } from '../server/call.ts';
import type { Reply } from '../server/reply.ts';

/**
 * First path segment of blobs that are downloaded through the emulator, so that faults can be applied to downloads too.
 */
export const blobProxyPrefix = '_blob';

const passedRequestHeaders = ['range', 'if-match', 'if-none-match', 'if-modified-since', 'x-ms-range', 'x-ms-version'];
const droppedReplyHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date', 'server']);

/** A reverse proxy for one blob: requests it by the client's own signed link and streams the response. */
export async function proxyBlob(call: Call, accountUrl: string): Promise<Reply> {
  const target = (call.request.url ?? '').replace(/^\/+_blob\//u, '/');
  const headers: Record<string, string> = {};
  for (const name of passedRequestHeaders) {
    const value = call.request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const answer = await fetch(`${accountUrl}${target}`, { method: call.method, headers });
  const passed: Record<string, string> = {};
  for (const [name, value] of answer.headers) if (!droppedReplyHeaders.has(name)) passed[name] = value;
  // The two type declarations of a web stream differ only in the type of their iterator.
  const body = answer.body ? Readable.fromWeb(answer.body as ReadableStream<Uint8Array>) : '';
  return { status: answer.status, headers: passed, body };
}
