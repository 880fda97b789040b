import { createHash } from 'node:crypto';
import { holdReadMessage, removeReadBefore, saveReadMessage } from '../database/read-messages.ts';
import { inTransaction, type RequestServices } from './request-services.ts';

/** How long it is remembered what a message said, in milliseconds; Teams lets people edit for longer, but few do. */
const keptMs = 30 * 24 * 3_600_000;

/** Remembers the text of a message, so that a later edit can be told from the same text sent again. */
export async function noteMessage(
  services: RequestServices,
  conversationId: string,
  activityId: string,
  text: string,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    if (await holdReadMessage(trx, conversationId, activityId)) return;
    const at = new Date(services.clock.now());
    await saveReadMessage(trx, conversationId, activityId, { textHash: hashOf(text), edits: 0 }, at);
  });
}

/**
 * Remembers what an edited message says now, and gives the id under which a new request of it is stored: each edit has
 * one of its own, so that it neither meets the earlier request nor is asked twice. Null when the text is the same as
 * before (Teams also tells of edits that change no text).
 */
export async function noteEdit(
  services: RequestServices,
  conversationId: string,
  activityId: string,
  text: string,
): Promise<string | null> {
  return inTransaction(services, async (trx) => {
    const earlier = await holdReadMessage(trx, conversationId, activityId);
    const textHash = hashOf(text);
    if (earlier !== null && earlier.textHash === textHash) return null;
    const edits = (earlier?.edits ?? 0) + 1;
    await saveReadMessage(trx, conversationId, activityId, { textHash, edits }, new Date(services.clock.now()));
    return editOf(activityId, edits);
  });
}

/** Remembers that a message was deleted with what it asked for: the same text counts as new if it comes back. */
export async function noteDeletion(
  services: RequestServices,
  conversationId: string,
  activityId: string,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    const earlier = await holdReadMessage(trx, conversationId, activityId);
    const edits = earlier?.edits ?? 0;
    await saveReadMessage(trx, conversationId, activityId, { textHash: null, edits }, new Date(services.clock.now()));
  });
}

/** Forgets what messages said that nobody will edit any more. */
export async function forgetMessages(services: RequestServices): Promise<void> {
  await removeReadBefore(services.database.db, new Date(services.clock.now() - keptMs));
}

/** The id of a message's nth edit. */
function editOf(activityId: string, edits: number): string {
  return `${activityId};edit=${edits}`;
}

/** Only the hash is kept, so that what people wrote is stored nowhere. */
function hashOf(text: string): string {
  return createHash('sha256').update(text.normalize('NFC').replace(/\s+/gu, ' ').trim()).digest('base64');
}
