import { createHash } from 'node:crypto';
import { lockReadMessage, removeReadBefore, saveReadMessage } from '../database/read-messages.ts';
import { inTransaction, type RequestServices } from './request-services.ts';

/**
 * How long the hash of a message's text is kept, in milliseconds; Teams allows edits for longer, but few people make
 * them.
 */
const keptMs = 30 * 24 * 3_600_000;

/**
 * Stores the hash of a message's text, so that a later edit can be distinguished from the same text delivered again.
 */
export async function noteMessage(
  services: RequestServices,
  conversationId: string,
  activityId: string,
  text: string,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    if (await lockReadMessage(trx, conversationId, activityId)) return;
    const at = new Date(services.clock.now());
    await saveReadMessage(trx, conversationId, activityId, { textHash: hashOf(text), edits: 0 }, at);
  });
}

/**
 * Idempotency key of an installation: records it, and tells whether it is reported for the first time. Teams reports it
 * again when its call was not answered in time.
 */
export async function noteArrival(
  services: RequestServices,
  conversationId: string,
  activityId: string,
): Promise<boolean> {
  return inTransaction(services, async (trx) => {
    if (await lockReadMessage(trx, conversationId, activityId)) return false;
    const at = new Date(services.clock.now());
    await saveReadMessage(trx, conversationId, activityId, { textHash: null, edits: 0 }, at);
    return true;
  });
}

/**
 * Stores the hash of an edited message, and returns the id (an idempotency key) for a new request made by it. Each edit
 * has its own id, so that it neither finds the earlier request nor makes two. Null when the text is unchanged (Teams
 * also reports edits that change no text).
 */
export async function noteEdit(
  services: RequestServices,
  conversationId: string,
  activityId: string,
  text: string,
): Promise<string | null> {
  return inTransaction(services, async (trx) => {
    const earlier = await lockReadMessage(trx, conversationId, activityId);
    const textHash = hashOf(text);
    if (earlier !== null && earlier.textHash === textHash) return null;
    const edits = (earlier?.edits ?? 0) + 1;
    await saveReadMessage(trx, conversationId, activityId, { textHash, edits }, new Date(services.clock.now()));
    return editOf(activityId, edits);
  });
}

/** Records that a message was deleted together with its request: the same text counts as new if it is restored. */
export async function noteDeletion(
  services: RequestServices,
  conversationId: string,
  activityId: string,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    const earlier = await lockReadMessage(trx, conversationId, activityId);
    const edits = earlier?.edits ?? 0;
    await saveReadMessage(trx, conversationId, activityId, { textHash: null, edits }, new Date(services.clock.now()));
  });
}

/** Deletes the hashes of messages that are too old to be edited. */
export async function forgetMessages(services: RequestServices): Promise<void> {
  await removeReadBefore(services.database.db, new Date(services.clock.now() - keptMs));
}

/** The id of the nth edit of a message. */
function editOf(activityId: string, edits: number): string {
  return `${activityId};edit=${edits}`;
}

/** Only the hash is kept, so that what people wrote is stored nowhere. */
function hashOf(text: string): string {
  return createHash('sha256').update(text.normalize('NFC').replace(/\s+/gu, ' ').trim()).digest('base64');
}
