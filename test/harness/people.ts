import type { Person } from '../../src/domain/people.ts';

/** A member of a tenant who is known by one address, which is both their user principal name and their mail. */
export function member(objectId: string, name: string, address: string, tenantId = 't'): Person {
  return { tenantId, objectId, name, role: 'member', userPrincipalName: address, mail: address, addresses: [address] };
}
