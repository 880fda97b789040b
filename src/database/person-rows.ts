import type { Account, PersonFacts } from '../domain/people.ts';
import type { Connection } from './connection.ts';
import { storedJson } from './storable.ts';

/** A person as last seen, with what is needed to reach them. */
export interface KnownPerson {
  readonly person: PersonFacts;
  /** The tenant that the roster names as the person's own; null when it names none. */
  readonly rosterTenantId: string | null;
  readonly channelUserId: string;
  readonly personalConversationId: string | null;
  /** When the person was last read from the team roster. */
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
    person: {
      tenantId: row.tenant_id,
      objectId: row.object_id,
      name: row.name,
      userPrincipalName: row.user_principal_name,
      mail: row.mail,
      role: row.role,
    },
    rosterTenantId: row.roster_tenant_id,
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
    user_principal_name: person.userPrincipalName,
    mail: person.mail,
    role: person.role,
    roster_tenant_id: known.rosterTenantId,
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

/**
 * Links addresses, in plain form, to an account unless they are linked already. Returns those that are linked to it
 * now: an address stays with the first account that was seen with it, so that a later owner of the address inherits no
 * rights.
 */
export async function linkAddresses(
  db: Connection,
  { tenantId, objectId }: Account,
  addresses: readonly string[],
  at: Date,
): Promise<string[]> {
  if (addresses.length === 0) return [];
  const links = () =>
    db
      .selectFrom('address_links')
      .select(['address', 'object_id'])
      .where('tenant_id', '=', tenantId)
      .where('address', 'in', [...addresses])
      .execute();
  let known = await links();
  // Lock ordering: in the order of the key, so that two transactions with the same addresses cannot deadlock.
  const missing = addresses.filter((each) => !known.some(({ address }) => address === each)).sort();
  if (missing.length > 0) {
    const rows = missing.map((address) => ({ tenant_id: tenantId, address, object_id: objectId, linked_at: at }));
    await db
      .insertInto('address_links')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['tenant_id', 'address']).doNothing())
      .execute();
    // Read again: another transaction may have inserted them first.
    known = await links();
  }
  return addresses.filter((each) => known.some((link) => link.address === each && link.object_id === objectId));
}

/** Stores or refreshes a conversation. */
export async function saveConversation(db: Connection, conversation: KnownConversation, at: Date): Promise<void> {
  const values = {
    tenant_id: conversation.tenantId,
    kind: conversation.kind,
    reference: storedJson(conversation.reference),
    updated_at: at,
  };
  await db
    .insertInto('conversations')
    .values({ id: conversation.id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
}

/** Locks a conversation until the transaction ends, so that calls into it are counted one after the other. */
export async function lockConversation(trx: Connection, id: string): Promise<void> {
  await trx.selectFrom('conversations').select('id').where('id', '=', id).forUpdate().execute();
}

/** The conversation, or null when it is unknown. */
export async function readConversation(db: Connection, id: string): Promise<KnownConversation | null> {
  const row = await db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? { id: row.id, tenantId: row.tenant_id, kind: row.kind, reference: row.reference } : null;
}
