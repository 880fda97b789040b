import type { Connection } from '../database/connection.ts';
import { namedDeputyships } from '../database/deputy-rows.ts';
import { withLinked } from '../database/linked-identities.ts';
import { grantingAddresses, readPerson } from '../database/person-rows.ts';
import { isInForce } from '../domain/deputies.ts';
import { type Account, countingAddresses, type Person, type PersonFacts, type StandIn } from '../domain/people.ts';
import type { RequestServices } from './request-services.ts';

type Settled = Pick<RequestServices, 'settings' | 'clock'>;

/** A person with all that links connect them with, and the addresses that grant them rights now. */
export async function withRights({ settings }: Settled, db: Connection, facts: PersonFacts): Promise<Person> {
  const linked = await withLinked(db, facts);
  const counting = countingAddresses(linked, { guestsMatchByMail: settings.guestsMatchByMail ?? false });
  return { ...linked, addresses: await grantingAddresses(db, linked, counting) };
}

/** The person with those for whom they are the deputy at this moment, each as they are known now. */
export async function withStandIns(services: Settled, db: Connection, person: Person): Promise<Person> {
  const { tenantId, objectId } = person;
  const now = services.clock.now();
  const deputyFor: StandIn[] = [];
  for (const deputyship of await namedDeputyships(db, tenantId, 'deputy', [objectId])) {
    if (!isInForce(deputyship, now)) continue;
    const known = await readPerson(db, tenantId, deputyship.awayId);
    if (known === null) continue;
    const away = await withRights(services, db, known.person);
    deputyFor.push({ away, admittedBy: await administratorOf(db, tenantId, deputyship.admittedBy) });
  }
  return { ...person, deputyFor };
}

/** Who admitted a deputy, with their links, which tell whether a request is theirs. */
async function administratorOf(
  db: Connection,
  tenantId: string,
  objectId: string | null,
): Promise<StandIn['admittedBy']> {
  if (objectId === null) return null;
  const known = await readPerson(db, tenantId, objectId);
  return withLinked(db, known?.person ?? { tenantId, objectId, userPrincipalName: null, mail: null });
}

/** The accounts of those who are deputies of these people now. */
export async function deputiesOf(
  { clock }: Settled,
  db: Connection,
  tenantId: string,
  away: readonly Account[],
): Promise<readonly Account[]> {
  const ids = away.map(({ objectId }) => objectId);
  const named = await namedDeputyships(db, tenantId, 'away', ids);
  const present = named.filter((each) => isInForce(each, clock.now()));
  return [...new Set(present.map(({ deputyId }) => deputyId))].map((objectId) => ({ tenantId, objectId }));
}

/** Somebody who is away, and their deputy: of the two one vote counts. */
export interface DeputyPair {
  readonly away: Person;
  readonly deputy: Person;
}

/** Everybody who is away now with a deputy, as far as the bot knows both. */
export async function deputyPairs(services: Settled, db: Connection, tenantId: string): Promise<readonly DeputyPair[]> {
  const pairs: DeputyPair[] = [];
  for (const deputyship of await namedDeputyships(db, tenantId, 'either', 'everybody')) {
    if (!isInForce(deputyship, services.clock.now())) continue;
    const [away, deputy] = await Promise.all([
      readPerson(db, tenantId, deputyship.awayId),
      readPerson(db, tenantId, deputyship.deputyId),
    ]);
    if (away === null || deputy === null) continue;
    pairs.push({
      away: await withRights(services, db, away.person),
      deputy: await withRights(services, db, deputy.person),
    });
  }
  return pairs;
}
