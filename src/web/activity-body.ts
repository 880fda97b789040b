import type { Request } from 'restify';
import { z } from 'zod';
import { storableValue, TooDeepError } from '../domain/storable-text.ts';

/** Why a body was not read, as an HTTP status and a sentence. */
interface BodyRefusal {
  readonly status: 400 | 413 | 415;
  readonly message: string;
}

/** The largest activity that is read, in bytes; Teams' own messages stay below 100 KB. */
const largestBody = 262_144;

/**
 * Reads an activity's JSON before anybody is authenticated, so it reads nothing else: plain JSON, not compressed, and
 * no more bytes than an activity has. Every text in it (names, ids, locale, data of buttons, whatever the depth) is
 * storable when it leaves here. Gives the parsed body or why it was refused.
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
    const body = storableValue(JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown);
    return idsAreShort(body) ? { body } : { status: 400, message: 'An id in it is longer than any that Teams makes.' };
  } catch (error) {
    const message = error instanceof TooDeepError ? error.message : 'The body is not JSON.';
    return { status: 400, message };
  }
}

/** The longest id, in bytes of UTF-8; three of them fit into one key of an index (PostgreSQL: 2,704 bytes). */
const longestId = 600;

/** Where an activity holds ids that become keys. Teams' own have about 200 characters. */
const ids = z.object({
  id: z.unknown(),
  replyToId: z.unknown(),
  from: z.object({ id: z.unknown(), aadObjectId: z.unknown() }).partial().optional().catch(undefined),
  conversation: z.object({ id: z.unknown(), tenantId: z.unknown() }).partial().optional().catch(undefined),
  channelData: z
    .object({ tenant: z.object({ id: z.unknown() }).partial().optional().catch(undefined) })
    .partial()
    .optional()
    .catch(undefined),
});

function idsAreShort(body: unknown): boolean {
  const read = ids.partial().safeParse(body);
  if (!read.success) return true;
  const { id, replyToId, from, conversation, channelData } = read.data;
  const found = [id, replyToId, from?.id, from?.aadObjectId, conversation?.id, conversation?.tenantId];
  return [...found, channelData?.tenant?.id].every(
    (each) => typeof each !== 'string' || Buffer.byteLength(each) <= longestId,
  );
}
