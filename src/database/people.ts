import type { Person } from '../domain/people.ts';
import type { Connection } from './connection.ts';

/** A person as last seen, with what is needed to reach them. */
export interface KnownPerson {
  readonly person: Person;
  readonly channelUserId: string;
  readonly personalConversationId: string | null;
  /** When the team roster was last asked about them. */
  readonly rosterReadAt: Date | null;
}

/** What Teams' connector needs to send into a conversation later. */
export interface KnownConversation {
  readonly id: string;
  readonly tenantId: string;
  readonly kind: 'personal' | 'group' | 'channel';
  readonly reference: object;
}

/** The person, or null when they never wrote. */
export async function readPerson(db: Connection, tenantId: string, objectId: string): Promise<KnownPerson | null> {
  const row = await db
    .selectFrom('people')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('object_id', '=', objectId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    person: { tenantId: row.tenant_id, objectId: row.object_id, name: row.name, email: row.email },
    channelUserId: row.channel_user_id,
    personalConversationId: row.personal_conversation_id,
    rosterReadAt: row.roster_read_at,
  };
}

/** Stores or refreshes a person. A null personal conversation keeps the one known before. */
export async function savePerson(db: Connection, known: KnownPerson, seenAt: Date): Promise<void> {
  const { person } = known;
  const values = {
    name: person.name,
    email: person.email,
    channel_user_id: known.channelUserId,
    roster_read_at: known.rosterReadAt,
    seen_at: seenAt,
  };
  await db
    .insertInto('people')
    .values({
      tenant_id: person.tenantId,
      object_id: person.objectId,
      personal_conversation_id: known.personalConversationId,
      ...values,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'object_id'])
        .doUpdateSet(
          known.personalConversationId === null
            ? values
            : { ...values, personal_conversation_id: known.personalConversationId },
        ),
    )
    .execute();
}

/** Stores or refreshes a conversation. */
export async function saveConversation(db: Connection, conversation: KnownConversation, at: Date): Promise<void> {
  const values = {
    tenant_id: conversation.tenantId,
    kind: conversation.kind,
    reference: JSON.stringify(conversation.reference),
    updated_at: at,
  };
  await db
    .insertInto('conversations')
    .values({ id: conversation.id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
}

/** Locks a conversation until the transaction ends, so that calls into it are counted one after the other. */
export async function holdConversation(trx: Connection, id: string): Promise<void> {
  await trx.selectFrom('conversations').select('id').where('id', '=', id).forUpdate().execute();
}

/** The conversation, or null when the bot never met it. */
export async function readConversation(db: Connection, id: string): Promise<KnownConversation | null> {
  const row = await db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? { id: row.id, tenantId: row.tenant_id, kind: row.kind, reference: row.reference } : null;
}
