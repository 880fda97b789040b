import { reviveCards } from '../database/cards.ts';
import {
  type KnownConversation,
  type KnownPerson,
  readConversation,
  readPerson,
  saveConversation,
  savePerson,
} from '../database/people.ts';
import type { Person } from '../domain/people.ts';
import { inTransaction, type RequestServices } from './services.ts';

export type { KnownConversation, KnownPerson };

/** A person as last seen, or null when they never wrote. */
export function recall(services: RequestServices, tenantId: string, objectId: string): Promise<KnownPerson | null> {
  return readPerson(services.database.db, tenantId, objectId);
}

/** A conversation that the bot has met, or null. */
export function recallConversation(services: RequestServices, id: string): Promise<KnownConversation | null> {
  return readConversation(services.database.db, id);
}

/**
 * Remembers who wrote and where, so that they can be reached later. When a personal chat is met for the first
 * time, cards that could not reach the person before are owed again.
 */
export async function remember(
  services: RequestServices,
  known: KnownPerson | null,
  conversation: KnownConversation,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    const at = new Date(services.clock.now());
    await saveConversation(trx, conversation, at);
    if (known === null) return;
    await savePerson(trx, known, at);
    if (known.personalConversationId === null) return;
    const { tenantId, objectId } = known.person;
    for (const card of await reviveCards(trx, tenantId, objectId, known.personalConversationId)) {
      await services.queue.enqueue(trx, 'deliver', { card }, { key: `card-${card}` });
    }
  });
}

/** Remembers the personal chat that Teams opened for somebody at the bot's wish. */
export async function rememberPersonalChat(
  services: RequestServices,
  person: Person,
  conversation: KnownConversation,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    const at = new Date(services.clock.now());
    await saveConversation(trx, conversation, at);
    const known = await readPerson(trx, person.tenantId, person.objectId);
    if (known) await savePerson(trx, { ...known, personalConversationId: conversation.id }, at);
  });
}
