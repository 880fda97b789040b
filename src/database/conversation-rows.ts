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
    .selectFrom('conversationStates')
    .select('memory')
    .where('tenantId', '=', person.tenantId)
    .where('objectId', '=', person.objectId)
    .where('conversationId', '=', conversationId)
    .where('expiresAt', '>', now)
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
  const values = { memory: storedJson(memory), expiresAt };
  await db
    .insertInto('conversationStates')
    .values({
      tenantId: person.tenantId,
      objectId: person.objectId,
      conversationId,
      ...values,
    })
    .onConflict((conflict) => conflict.columns(['tenantId', 'objectId', 'conversationId']).doUpdateSet(values))
    .execute();
}

/** Deletes expired conversation states. */
export async function removeExpiredStates(db: Connection, now: Date): Promise<void> {
  await db.deleteFrom('conversationStates').where('expiresAt', '<=', now).execute();
}
