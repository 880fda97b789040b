import type { Connection } from '../database/connection.ts';
import { withLinked } from '../database/linked-identities.ts';
import { readPerson } from '../database/person-rows.ts';
import { type Account, type Addresses, isNamedIn, namesSameHuman, type Person } from '../domain/people.ts';
import { isAdministrator } from '../requests/address-changes.ts';
import type { RequestServices, RequestSettings } from '../requests/request-services.ts';
import { knowsGroups, peopleIn, type RoleServices } from '../requests/role-members.ts';

/** True for people who may see, place and lift legal holds: administrators, and the groups that the policy names. */
export function mayHold(services: RoleServices, person: Person): boolean {
  return isAdministrator(services, person) || isNamedIn(peopleIn(services, furtherEntries(services.settings)), person);
}

/** An account with all that links connect it with; one that never wrote has its object id alone. */
export async function accountWithLinks(trx: Connection, account: Account): Promise<Account & Addresses> {
  const known = await readPerson(trx, account.tenantId, account.objectId);
  const { tenantId, objectId } = account;
  return withLinked(trx, known?.person ?? { tenantId, objectId, userPrincipalName: null, mail: null });
}

/**
 * Whether a hold of this placer is lifted by somebody else: as the policy says, or else where somebody else may, as far as
 * is known now who is in the groups of the settings.
 */
export function needsAnother(
  services: Pick<RequestServices, 'settings' | 'groups' | 'clock'>,
  placer: Account & Addresses,
): boolean {
  const { liftedByAnother } = services.settings.policy.holds ?? {};
  if (liftedByAnother !== undefined) return liftedByAnother;
  const human = { ...placer, name: '', role: 'unknown', addresses: [] } as const;
  const entries = entriesOf(services.settings);
  return !knowsGroups(services, entries) || peopleIn(services, entries).some((entry) => !namesSameHuman(entry, human));
}

function entriesOf(settings: RequestSettings): readonly string[] {
  return [...(settings.administrators ?? []), ...furtherEntries(settings)];
}

/** The entries of everybody who may beside the administrators. */
function furtherEntries({ policy }: RequestSettings): readonly string[] {
  return (policy.holds?.placedBy ?? []).flatMap((group) => policy.groups?.[group] ?? []);
}
