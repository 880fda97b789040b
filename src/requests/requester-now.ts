import { readAccountsOf, readPerson } from '../database/person-rows.ts';
import { type Person, plainAddress } from '../domain/people.ts';
import type { RequestServices } from './request-services.ts';
import { withRights } from './stand-ins.ts';

/**
 * The requester with the addresses that grant them rights at this moment. Those that a request was asked with may have
 * been unlinked, or linked to another account, since: no right is ever decided by them. Of somebody whom the bot no longer
 * knows, those count that nobody else was given.
 */
export async function requesterNow(
  services: Pick<RequestServices, 'database' | 'settings' | 'clock'>,
  requester: Person,
): Promise<Person> {
  const { db } = services.database;
  const { tenantId, objectId } = requester;
  const known = await readPerson(db, tenantId, objectId);
  if (known !== null) return { ...requester, ...(await withRights(services, db, known.person)), name: requester.name };
  const links = await readAccountsOf(
    db,
    tenantId,
    requester.addresses.map((each) => plainAddress(each) ?? each),
  );
  const isGiven = (address: string) =>
    links.some((link) => link.address === (plainAddress(address) ?? address) && link.objectId !== objectId);
  return { ...requester, addresses: requester.addresses.filter((each) => !isGiven(each)) };
}

/** True when both have the same addresses. */
export function haveSameAddresses(one: Person, other: Person): boolean {
  const [first, second] = [one, other].map(({ addresses }) => [...addresses].sort());
  return JSON.stringify(first) === JSON.stringify(second);
}
