import { type HeldPerson, isInForce, type LegalHold, type StandingHold } from '../domain/legal-hold.ts';
import { plainAddress } from '../domain/people.ts';
import type { Connection } from './connection.ts';
import { readPlacedHolds } from './hold-rows.ts';
import { withLinked } from './linked-identities.ts';

/**
 * Everybody who is or may be the held person now: all accounts and addresses that links connect, with their names; of
 * somebody whom the bot no longer knows, as their requests tell.
 */
export async function readHeldPerson(
  db: Connection,
  { tenantId, target }: Pick<LegalHold, 'tenantId' | 'target'>,
): Promise<HeldPerson | null> {
  if (target.kind !== 'person') return null;
  const objectId = target.objectId ?? '';
  const asked = await db
    .selectFrom('requests')
    .select(['requesterName as name', 'requesterUserPrincipalName as principal', 'requesterMail as mail'])
    .distinct()
    .where('tenantId', '=', tenantId)
    .where('requesterObjectId', '=', objectId)
    .execute();
  const shown = asked.flatMap(({ principal, mail }) => [plainAddress(principal), plainAddress(mail)]);
  const addresses = [...target.addresses, ...shown.filter((address) => address !== null)];
  const linked = { objectIds: [], addresses };
  const known = await withLinked(db, { tenantId, objectId, userPrincipalName: null, mail: null, linked });
  const objectIds = known.linked.objectIds.filter((id) => id !== '');
  const people = await db
    .selectFrom('people')
    .select('name')
    .where('tenantId', '=', tenantId)
    .where('objectId', 'in', ['', ...objectIds])
    .execute();
  const names = [target.name ?? '', ...[...asked, ...people].map(({ name }) => name)];
  return { objectIds, addresses: known.linked.addresses, names: [...new Set(names.filter((name) => name !== ''))] };
}

/** The holds that are in force in a tenant at a moment, with the people that they hold as they are known now. */
export async function readStandingHolds(db: Connection, tenantId: string, now: number): Promise<StandingHold[]> {
  const inForce: StandingHold[] = [];
  for (const hold of await readPlacedHolds(db, tenantId)) {
    if (isInForce(hold, now))
      inForce.push({ number: hold.number, target: hold.target, person: await readHeldPerson(db, hold) });
  }
  return inForce;
}
