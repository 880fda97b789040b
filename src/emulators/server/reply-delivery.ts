import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../domain/clock.ts';
import type { Fault } from './faults.ts';
import type { Reply } from './reply.ts';

/** Sends a reply, altered or broken off as the fault says. Resolves when it is sent or the connection is closed. */
export async function deliver(
  reply: Reply,
  response: ServerResponse,
  fault: Fault | null,
  clock: Clock,
): Promise<void> {
  const altered = fault ? alter(reply, fault) : reply;
  response.writeHead(altered.status, sizedHeaders(altered));
  const body = asStream(altered.body);
  try {
    switch (fault?.kind) {
      case 'truncate':
        return await cut(body, response, fault.bytes);
      case 'drip':
        return await drip(body, response, fault, clock);
      default:
        return await pipeline(body, response);
    }
  } catch {
    // The client disconnected or the source of the body failed. Either way no error response can be sent any more.
    response.destroy();
  }
}

function alter(reply: Reply, fault: Fault): Reply {
  switch (fault.kind) {
    case 'html': {
      const page =
        '<!DOCTYPE html><html><head><title>Service unavailable</title></head><body><h1>Sorry</h1></body></html>';
      return { status: fault.status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: page };
    }
    case 'malformed':
      return { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"Id": "unfinish' };
    case 'content-type':
      return { ...reply, headers: { ...reply.headers, 'Content-Type': fault.value } };
    default:
      return reply;
  }
}

function sizedHeaders(reply: Reply): Record<string, string> {
  if (reply.body instanceof Readable) return { ...reply.headers };
  return { ...reply.headers, 'Content-Length': String(Buffer.byteLength(reply.body)) };
}

function asStream(body: Reply['body']): Readable {
  if (body instanceof Readable) return body;
  return Readable.from([typeof body === 'string' ? Buffer.from(body) : body], { objectMode: false });
}

/** Announces the whole body, sends only `bytes` of it, and breaks the connection. */
async function cut(body: Readable, response: ServerResponse, bytes: number): Promise<void> {
  let left = bytes;
  response.flushHeaders();
  for await (const chunk of body) {
    const piece = Buffer.from(chunk).subarray(0, left);
    left -= piece.length;
    if (piece.length > 0) await writeChunk(response, piece);
    if (left === 0) break;
  }
  // The connection is also broken when the body is shorter than `bytes`, so the end of the body is never sent.
  response.destroy();
}

async function drip(
  body: Readable,
  response: ServerResponse,
  fault: Extract<Fault, { kind: 'drip' }>,
  clock: Clock,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort(new Error('The caller has gone.')));
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    for (let start = 0; start < bytes.length; start += fault.bytes) {
      await writeChunk(response, bytes.subarray(start, start + fault.bytes));
      await clock.wait(fault.everyMilliseconds, gone.signal);
    }
  }
  response.end();
}

function writeChunk(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    response.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
