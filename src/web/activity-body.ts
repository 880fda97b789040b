import type { Request } from 'restify';
import { z } from 'zod';
import { storableValue, TooDeepError } from '../domain/storable-text.ts';

/** Why a body was rejected: HTTP status and message. */
interface BodyRefusal {
  readonly status: 400 | 413 | 415;
  readonly message: string;
}

/** The largest activity that is read, in bytes; Teams' own messages stay below 100 KB. */
const maxBodyBytes = 262_144;

/**
 * Reads an activity's JSON. The sender is not authenticated yet, so only uncompressed JSON within the size limit is
 * accepted. Every text in the result (names, ids, locale, data of buttons, at any depth) is storable. Returns the
 * parsed body or why it was rejected.
 */
export async function readActivityBody(request: Request): Promise<{ readonly body: unknown } | BodyRefusal> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\b/iu.test(type) || request.headers['content-encoding'] !== undefined) {
    return { status: 415, message: 'Only uncompressed application/json is accepted.' };
  }
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > maxBodyBytes) return { status: 413, message: 'The body is too large.' };
    pieces.push(piece);
  }
  try {
    const body = storableValue(JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown);
    return idsAreShort(body) ? { body } : { status: 400, message: 'An id in the body is too long.' };
  } catch (error) {
    const message = error instanceof TooDeepError ? error.message : 'The body is not JSON.';
    return { status: 400, message };
  }
}

/** The longest id, in bytes of UTF-8; three of them fit into one key of an index (PostgreSQL: 2,704 bytes). */
const maxIdBytes = 600;

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
    (each) => typeof each !== 'string' || Buffer.byteLength(each) <= maxIdBytes,
  );
}
