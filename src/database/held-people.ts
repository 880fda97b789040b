import { sql } from 'kysely';
import { type HeldPerson, isInForce, type LegalHold, type StandingHold } from '../domain/legal-hold.ts';
import { plainAddress } from '../domain/people.ts';
import type { Connection } from './connection.ts';
import { readPlacedHolds } from './hold-rows.ts';
import { withLinked } from './linked-identities.ts';

/**
 * Everybody who is or may be the held person now: all accounts and addresses that links connect, with their names; of
 * somebody whom the bot no longer knows, as their requests tell. Who is held by a name alone may be anybody of that name.
 */
export async function readHeldPerson(
  db: Connection,
  { tenantId, target }: Pick<LegalHold, 'tenantId' | 'target'>,
): Promise<HeldPerson | null> {
  if (target.kind !== 'person') return null;
  const { objectId, name, addresses } = target;
  const isNameAlone = objectId === null && addresses.length === 0 && name !== null;
  const { rows: accounts } = await sql<ShownAccount>`
    select object_id, name, user_principal_name, mail from people
      where tenant_id = ${tenantId} and ${isNameAlone ? sql`lower(name) = lower(${name})` : sql`object_id = ${objectId}`}
    union select requester_object_id, requester_name, requester_user_principal_name, requester_mail from requests
      where tenant_id = ${tenantId}
        and ${isNameAlone ? sql`lower(requester_name) = lower(${name})` : sql`requester_object_id = ${objectId}`}`.execute(
    db,
  );
  const shown = accounts.flatMap(({ userPrincipalName, mail }) => [
    plainAddress(userPrincipalName),
    plainAddress(mail),
  ]);
  const seeds = [...addresses, ...shown.filter((address) => address !== null)];
  const linked = { objectIds: [], addresses: seeds };
  const none = { userPrincipalName: null, mail: null, linked };
  const known = await withLinked(db, { tenantId, objectId: objectId ?? '', ...none });
  const found = [...known.linked.objectIds, ...accounts.map((account) => account.objectId)];
  const objectIds = [...new Set(found.filter((id) => id !== ''))];
  const people = await db
    .selectFrom('people')
    .select('name')
    .where('tenantId', '=', tenantId)
    .where('objectId', 'in', ['', ...objectIds])
    .execute();
  const names = [name ?? '', ...[...accounts, ...people].map((each) => each.name)].filter((each) => each !== '');
  return { objectIds, addresses: known.linked.addresses, names: [...new Set(names)] };
}

/** An account as the bot knows it, or as one of its requests shows it. */
interface ShownAccount {
  readonly objectId: string;
  readonly name: string;
  readonly userPrincipalName: string | null;
  readonly mail: string | null;
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
