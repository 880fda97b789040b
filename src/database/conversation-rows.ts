import type { Person } from '../domain/people.ts';
import type { Connection } from './connection.ts';
import { storedJson } from './storable.ts';

/** Conversation state: a person's last turns in a conversation; null when there are none or they have expired. */
export async function readConversationState(
  db: Connection,
  person: Pick<Person, 'tenantId' | 'objectId'>,
  conversationId: string,
  now: Date,
): Promise<object | null> {
  const row = await db
    .selectFrom('conversation_states')
    .select('memory')
    .where('tenant_id', '=', person.tenantId)
    .where('object_id', '=', person.objectId)
    .where('conversation_id', '=', conversationId)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.memory ?? null;
}

/** Stores a person's last turns in a conversation until they expire. */
export async function writeConversationState(
  db: Connection,
  person: Pick<Person, 'tenantId' | 'objectId'>,
  conversationId: string,
  memory: object,
  expiresAt: Date,
): Promise<void> {
  const values = { memory: storedJson(memory), expires_at: expiresAt };
  await db
    .insertInto('conversation_states')
    .values({
      tenant_id: person.tenantId,
      object_id: person.objectId,
      conversation_id: conversationId,
      ...values,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'object_id', 'conversation_id']).doUpdateSet(values))
    .execute();
}

/** Deletes expired conversation states. */
export async function removeExpiredStates(db: Connection, now: Date): Promise<void> {
  await db.deleteFrom('conversation_states').where('expires_at', '<=', now).execute();
}
