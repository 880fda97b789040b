import { grantingAddresses, type KnownPerson, readPerson } from '../database/person-rows.ts';
import { countingAddresses, isNamedIn } from '../domain/people.ts';
import type { RequestServices } from './request-services.ts';
import { accountsOf } from './reviewers.ts';
import { peopleIn, readGroups } from './role-members.ts';

/** The most administrators that are told something. */
const mostAdministrators = 60;

/**
 * The administrators whom the bot has met, by the addresses that grant them rights now. Throws ServiceFailure when the
 * directory does not say who is in a group that the settings name.
 */
export async function knownAdministrators(
  services: RequestServices,
  tenantId: string,
  signal: AbortSignal,
): Promise<readonly KnownPerson[]> {
  const { administrators = [], guestsMatchByMail = false } = services.settings;
  await readGroups(services, administrators, signal);
  const entries = peopleIn(services, administrators);
  const { db } = services.database;
  const found: KnownPerson[] = [];
  for (const { objectId } of await accountsOf(db, tenantId, entries)) {
    const known = await readPerson(db, tenantId, objectId);
    if (known === null) continue;
    const counting = countingAddresses(known.person, { guestsMatchByMail });
    const addresses = await grantingAddresses(db, known.person, counting);
    if (isNamedIn(entries, { objectId, addresses })) found.push(known);
    if (found.length === mostAdministrators) break;
  }
  return found;
}
