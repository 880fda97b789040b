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
    .select(['tenantId', 'objectId', 'name', 'userPrincipalName', 'mail', 'role'])
    .select(['rosterTenantId', 'channelUserId', 'personalConversationId', 'rosterReadAt'])
    .where('tenantId', '=', tenantId)
    .where('objectId', '=', objectId)
    .executeTakeFirst();
  if (!row) return null;
  const { rosterTenantId, channelUserId, personalConversationId, rosterReadAt, ...person } = row;
  return { person, rosterTenantId, channelUserId, personalConversationId, rosterReadAt };
}

/** Rows asked for in one statement, so that the number of its parameters is bounded. */
const idsPerStatement = 1_000;

/** Those of these object ids that have written to the bot, in the same order. */
export async function knownObjectIds(db: Connection, tenantId: string, ids: readonly string[]): Promise<string[]> {
  const known = new Set<string>();
  for (let from = 0; from < ids.length; from += idsPerStatement) {
    const rows = await db
      .selectFrom('people')
      .select('objectId')
      .where('tenantId', '=', tenantId)
      .where('objectId', 'in', ids.slice(from, from + idsPerStatement))
      .execute();
    for (const { objectId } of rows) known.add(objectId);
  }
  return ids.filter((id) => known.has(id));
}

/** Stores or refreshes a person. A null personal conversation keeps the one known before. */
export async function savePerson(db: Connection, known: KnownPerson, seenAt: Date): Promise<void> {
  const { person, personalConversationId, rosterTenantId, channelUserId, rosterReadAt } = known;
  const { tenantId, objectId, name, userPrincipalName, mail, role } = person;
  const values = { name, userPrincipalName, mail, role, rosterTenantId, channelUserId, rosterReadAt, seenAt };
  await db
    .insertInto('people')
    .values({ tenantId, objectId, personalConversationId, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(['tenantId', 'objectId'])
        .doUpdateSet(personalConversationId === null ? values : { ...values, personalConversationId }),
    )
    .execute();
}

/**
 * Links addresses, in plain form, to an account unless they are linked already. Returns those that grant it rights now,
 * as `grantingAddresses` does: an address stays with the first account that was seen with it, so that a later owner of
 * the address inherits no rights.
 */
export async function linkAddresses(
  db: Connection,
  { tenantId, objectId }: Account,
  addresses: readonly string[],
  at: Date,
): Promise<string[]> {
  const known = await readAccountsOf(db, tenantId, addresses);
  // Lock ordering: in the order of the key, so that two transactions with the same addresses cannot deadlock.
  const missing = addresses.filter((each) => !known.some(({ address }) => address === each)).sort();
  if (missing.length > 0) {
    const rows = missing.map((address) => ({ tenantId, address, objectId, linkedAt: at }));
    await db
      .insertInto('addressLinks')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['tenantId', 'address']).doNothing())
      .execute();
  }
  // Read after that: another transaction may have inserted them first.
  return grantingAddresses(db, { tenantId, objectId }, addresses);
}

/**
 * The addresses that grant an account rights, in plain form: of `counting`, those that are linked to it, and those that
 * an administrator or a code linked to it, whether or not the directory shows them.
 */
export async function grantingAddresses(
  db: Connection,
  { tenantId, objectId }: Account,
  counting: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('addressLinks')
    .select(['address', 'proof'])
    .where('tenantId', '=', tenantId)
    .where('objectId', '=', objectId)
    .execute();
  const proven = rows.filter(({ proof }) => proof !== null).map(({ address }) => address);
  const shown = counting.filter((each) => rows.some(({ address }) => address === each));
  return [...new Set([...shown, ...proven.sort()])];
}

/** The accounts to which addresses, in plain form, are linked. */
export async function readAccountsOf(
  db: Connection,
  tenantId: string,
  addresses: readonly string[],
): Promise<{ readonly address: string; readonly objectId: string }[]> {
  if (addresses.length === 0) return [];
  return db
    .selectFrom('addressLinks')
    .select(['address', 'objectId'])
    .where('tenantId', '=', tenantId)
    .where('address', 'in', [...addresses])
    .execute();
}

/** Stores or refreshes a conversation. */
export async function saveConversation(db: Connection, conversation: KnownConversation, at: Date): Promise<void> {
  const { id, tenantId, kind, reference } = conversation;
  const values = { tenantId, kind, reference: storedJson(reference), updatedAt: at };
  await db
    .insertInto('conversations')
    .values({ id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
}

/** Locks a conversation until the transaction ends, so that calls into it are counted one after the other. */
export async function lockConversation(trx: Connection, id: string): Promise<void> {
  await trx.selectFrom('conversations').select('id').where('id', '=', id).forUpdate().execute();
}

/** The conversation, or null when it is unknown. */
export async function readConversation(db: Connection, id: string): Promise<KnownConversation | null> {
  const query = db.selectFrom('conversations').select(['id', 'tenantId', 'kind', 'reference']).where('id', '=', id);
  return (await query.executeTakeFirst()) ?? null;
}
