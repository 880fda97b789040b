import { type HeldPerson, isInForce, type LegalHold, type StandingHold } from '../domain/legal-hold.ts';
import type { Connection } from './connection.ts';
import { readPlacedHolds } from './hold-rows.ts';
import { withLinked } from './linked-identities.ts';

/** Everybody who is or may be the held person now: all accounts and addresses that links connect, with their names. */
export async function readHeldPerson(
  db: Connection,
  { tenantId, target }: Pick<LegalHold, 'tenantId' | 'target'>,
): Promise<HeldPerson | null> {
  if (target.kind !== 'person') return null;
  const objectId = target.objectId ?? '';
  const linked = { objectIds: [], addresses: target.addresses };
  const known = await withLinked(db, { tenantId, objectId, userPrincipalName: null, mail: null, linked });
  const objectIds = known.linked.objectIds.filter((id) => id !== '');
  const rows =
    objectIds.length === 0
      ? []
      : await db
          .selectFrom('people')
          .select('name')
          .where('tenantId', '=', tenantId)
          .where('objectId', 'in', objectIds)
          .execute();
  const names = [target.name ?? '', ...rows.map(({ name }) => name)].filter((name) => name !== '');
  return { objectIds, addresses: known.linked.addresses, names: [...new Set(names)] };
}

/** The holds that are in force in a tenant at a moment, with the people that they hold as they are known now. */
export async function readStandingHolds(db: Connection, tenantId: string, now: number): Promise<StandingHold[]> {
  const standing: StandingHold[] = [];
  for (const hold of await readPlacedHolds(db, tenantId)) {
    if (isInForce(hold, now))
      standing.push({ number: hold.number, target: hold.target, person: await readHeldPerson(db, hold) });
  }
  return standing;
}
