import type { Person } from '../../src/domain/people.ts';
import type { KnownPerson } from '../../src/requests/contacts.ts';

/** A member of a tenant with one address, which is both the user principal name and the mail address. */
export function member(objectId: string, name: string, address: string, tenantId = 't'): Person {
  return { tenantId, objectId, name, role: 'member', userPrincipalName: address, mail: address, addresses: [address] };
}

/** A person as the roster told them, with whom the bot has no chat. */
export function asSeen(person: Person): KnownPerson {
  return {
    person,
    rosterTenantId: null,
    channelUserId: `29:${person.objectId}`,
    personalConversationId: null,
    rosterReadAt: null,
  };
}
