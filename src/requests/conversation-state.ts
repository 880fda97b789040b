import { readConversationState, removeExpiredStates, writeConversationState } from '../database/conversation-rows.ts';
import type { Person } from '../domain/people.ts';
import type { RequestServices } from './request-services.ts';

/** What is remembered of a person's last turns in a conversation; null when there is nothing or it has expired. */
export function recallConversation(
  services: RequestServices,
  person: Person,
  conversationId: string,
): Promise<object | null> {
  return readConversationState(services.database.db, person, conversationId, new Date(services.clock.now()));
}

/** Remembers a person's last turns in a conversation for a while. */
export function rememberConversation(
  services: RequestServices,
  person: Person,
  conversationId: string,
  memory: object,
  lifetimeMs: number,
): Promise<void> {
  const expiresAt = new Date(services.clock.now() + lifetimeMs);
  return writeConversationState(services.database.db, person, conversationId, memory, expiresAt);
}

/** Forgets what has expired. */
export function forgetExpiredStates(services: RequestServices): Promise<void> {
  return removeExpiredStates(services.database.db, new Date(services.clock.now()));
}
