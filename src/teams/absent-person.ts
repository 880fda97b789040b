import type { TeamsAdapter } from '@microsoft/teams-ai';
import type { Person } from '../domain/people.ts';
import { identifySpeaker, type RosterFacts } from '../domain/speaker.ts';
import { type KnownConversation, type KnownPerson, refreshPerson } from '../requests/contacts.ts';
import { proactively } from './connector.ts';
import { askRoster } from './roster.ts';
import type { TeamsServices } from './teams-services.ts';

/** Reads a member of a conversation outside of a turn; null when Teams lists none. Throws ConnectorError. */
export type ReadMember = (conversation: KnownConversation, channelUserId: string) => Promise<RosterFacts | null>;

/** Reads the roster through botbuilder's adapter. `appId` is empty in local mode. */
export function createMemberReader(adapter: TeamsAdapter, appId: string): ReadMember {
  return async (conversation, channelUserId) => {
    let facts: RosterFacts | null = null;
    await proactively(adapter, appId, conversation, async (context) => {
      facts = await askRoster(context, channelUserId);
    });
    return facts;
  };
}

/**
 * The person as Teams lists them now, for work that was confirmed earlier: addresses and roles change, and so do the
 * rights that follow from them. Null when Teams no longer lists this account, or no longer as one of the own tenant.
 * Throws ConnectorError; and an error when Teams leaves out addresses that it listed before, as it does at times: with
 * none, the person would have no rights.
 */
export async function identifyAbsent(
  services: TeamsServices,
  readMember: ReadMember,
  known: KnownPerson,
  conversation: KnownConversation,
): Promise<Person | null> {
  const listed = await readMember(conversation, known.channelUserId);
  const { tenantId, objectId } = known.person;
  const claim = {
    ownTenantId: tenantId,
    tenantIsSet: services.tenantId !== null,
    senderTenantId: null,
    objectId,
    isPersonalChat: conversation.kind === 'personal',
  };
  const speaker = identifySpeaker(claim, listed);
  if (!speaker.served || listed === null) return null;
  const hadAddress = known.person.userPrincipalName !== null || known.person.mail !== null;
  if (hadAddress && speaker.facts.userPrincipalName === null && speaker.facts.mail === null) {
    throw new Error('Teams left out the addresses of a person, which it listed before');
  }
  const person = { ...speaker.facts, name: listed.name ?? known.person.name };
  const seen: KnownPerson = {
    ...known,
    person,
    rosterTenantId: listed.tenantId?.trim().toLowerCase() ?? null,
    rosterReadAt: new Date(services.clock.now()),
  };
  return refreshPerson(services, seen);
}
