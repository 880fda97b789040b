import type { Connection } from '../database/connection.ts';
import { withLinked } from '../database/linked-identities.ts';
import {
  type KnownConversation,
  type KnownPerson,
  linkAddresses,
  readConversation,
  readPerson,
  saveConversation,
  savePerson,
} from '../database/person-rows.ts';
import { type Account, countingAddresses, type Person, type PersonFacts } from '../domain/people.ts';
import { revive } from './outbox.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { withRights, withStandIns } from './stand-ins.ts';

export type { KnownConversation, KnownPerson };

/** A person as last seen; null when they have never written to the bot. */
export function recall(services: RequestServices, tenantId: string, objectId: string): Promise<KnownPerson | null> {
  return readPerson(services.database.db, tenantId, objectId);
}

/** A conversation in which the bot can write; null when it is unknown. */
export function recallConversation(services: RequestServices, id: string): Promise<KnownConversation | null> {
  return readConversation(services.database.db, id);
}

/**
 * Stores who wrote and where, so that they can be contacted later, and retries the undelivered cards of this
 * conversation at once; in a personal chat also those that could not reach the person elsewhere. `channelId` is the
 * conversation without its thread. Returns the person with the addresses that grant them rights, and with what links
 * connect them with,
 * and those for whom they are the deputy.
 */
export async function remember(
  services: RequestServices,
  known: KnownPerson,
  conversation: KnownConversation,
  channelId: string,
): Promise<Person> {
  const person = await inTransaction(services, async (trx) => {
    const at = new Date(services.clock.now());
    await saveConversation(trx, conversation, at);
    if (channelId !== conversation.id) await saveConversation(trx, channelItself(conversation, channelId), at);
    return store(services, trx, known, at);
  });
  // A separate transaction, to avoid a deadlock: deliveries lock their card before its conversation.
  const { tenantId, objectId } = known.person;
  await revive(services, {
    conversationIds: [conversation.id, channelId],
    serviceUrl: null,
    ...(conversation.kind === 'personal' ? { person: { tenantId, objectId, conversationId: conversation.id } } : {}),
  });
  return person;
}

/** Stores a person as Teams lists them now, without a message of theirs. Returns them as `remember` does. */
export async function refreshPerson(services: RequestServices, known: KnownPerson): Promise<Person> {
  return inTransaction(services, (trx) => store(services, trx, known, new Date(services.clock.now())));
}

async function store(services: RequestServices, trx: Connection, known: KnownPerson, at: Date): Promise<Person> {
  await savePerson(trx, known, at);
  const { guestsMatchByMail = false } = services.settings;
  const addresses = await linkAddresses(trx, known.person, countingAddresses(known.person, { guestsMatchByMail }), at);
  return withStandIns(services, trx, await withLinked(trx, { ...known.person, addresses }));
}

/** Stores the personal chat that Teams opened for a person at the bot's request. */
export async function rememberPersonalChat(
  services: RequestServices,
  person: Account,
  conversation: KnownConversation,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    const at = new Date(services.clock.now());
    await saveConversation(trx, conversation, at);
    const known = await readPerson(trx, person.tenantId, person.objectId);
    if (known) await savePerson(trx, { ...known, personalConversationId: conversation.id }, at);
  });
}

/** The channel of a thread, so that the bot can post into it. */
function channelItself(thread: KnownConversation, channelId: string): KnownConversation {
  const { conversation, ...reference } = thread.reference as { conversation?: object };
  return { ...thread, id: channelId, reference: { ...reference, conversation: { ...conversation, id: channelId } } };
}

/** Somebody as they are known, with the addresses that grant them rights and what links connect them with now. */
export function personWithRights(services: RequestServices, facts: PersonFacts): Promise<Person> {
  return withRights(services, services.database.db, facts);
}
