import type { Request } from 'restify';

/** Why a body was not read, as an HTTP status and a sentence. */
interface BodyRefusal {
  readonly status: 400 | 413 | 415;
  readonly message: string;
}

/** The largest activity that is read, in bytes; Teams' own messages stay below 100 KB. */
const largestBody = 262_144;

/**
 * Reads an activity's JSON before anybody is authenticated, so it reads nothing else: plain JSON, not compressed, and
 * no more bytes than an activity has. Gives the parsed body or why it was refused.
 */
export async function readActivityBody(request: Request): Promise<{ readonly body: unknown } | BodyRefusal> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\b/iu.test(type) || request.headers['content-encoding'] !== undefined) {
    return { status: 415, message: 'Only plain application/json is read here.' };
  }
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > largestBody) return { status: 413, message: 'The body is larger than any activity.' };
    pieces.push(piece);
  }
  try {
    return { body: JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown };
  } catch {
    return { status: 400, message: 'The body is not JSON.' };
  }
}
