import { readConversationState, removeExpiredStates, writeConversationState } from '../database/conversation-rows.ts';
import type { Person } from '../domain/people.ts';
import type { RequestServices } from './request-services.ts';

/** The stored state of a person's last turns in a conversation; null when there is none or it has expired. */
export function recallConversation(
  services: RequestServices,
  person: Person,
  conversationId: string,
): Promise<object | null> {
  return readConversationState(services.database.db, person, conversationId, new Date(services.clock.now()));
}

/** Stores the state of a person's last turns in a conversation, with an expiry. */
export function rememberConversation(
  services: RequestServices,
  person: Person,
  conversationId: string,
  state: object,
  lifetimeMs: number,
): Promise<void> {
  const expiresAt = new Date(services.clock.now() + lifetimeMs);
  return writeConversationState(services.database.db, person, conversationId, state, expiresAt);
}

/** Deletes expired states. */
export function forgetExpiredStates(services: RequestServices): Promise<void> {
  return removeExpiredStates(services.database.db, new Date(services.clock.now()));
}
