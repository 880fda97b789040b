import type { Person } from '../../src/domain/people.ts';

/** A member of a tenant with one address, which is both the user principal name and the mail address. */
export function member(objectId: string, name: string, address: string, tenantId = 't'): Person {
  return { tenantId, objectId, name, role: 'member', userPrincipalName: address, mail: address, addresses: [address] };
}
