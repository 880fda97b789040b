import { sql } from 'kysely';
import { type Account, type Addresses, everyAddress, type LinkedIdentity } from '../domain/people.ts';
import type { Connection } from './connection.ts';

/**
 * The account with everything that links connect it with. Breadth-first search of the connected component in the graph
 * of accounts and addresses; its edges are present and former links, and the addresses that the directory showed last.
 */
export async function withLinked<Known extends Account & Addresses>(
  db: Connection,
  known: Known,
): Promise<Known & { readonly linked: LinkedIdentity }> {
  const { tenantId, objectId } = known;
  const objectIds = new Set([objectId]);
  const addresses = new Set(everyAddress(known));
  let [newIds, newAddresses] = [[...objectIds], [...addresses]];
  while (newIds.length > 0 || newAddresses.length > 0) {
    const edges = await edgesAt(db, tenantId, newIds, newAddresses);
    newIds = added(
      objectIds,
      edges.map((edge) => edge.objectId),
    );
    newAddresses = added(
      addresses,
      edges.map((edge) => edge.address),
    );
  }
  return { ...known, linked: { objectIds: [...objectIds], addresses: [...addresses] } };
}

/** Adds values to a set, and returns those that were new. */
function added(known: Set<string>, values: readonly string[]): string[] {
  const fresh = [...new Set(values)].filter((value) => !known.has(value));
  for (const value of fresh) known.add(value);
  return fresh;
}

interface Edge {
  readonly objectId: string;
  readonly address: string;
}

async function edgesAt(
  db: Connection,
  tenantId: string,
  objectIds: readonly string[],
  addresses: readonly string[],
): Promise<readonly Edge[]> {
  const ids = sql.join(objectIds.length === 0 ? [''] : objectIds);
  const these = sql.join(addresses.length === 0 ? [''] : addresses);
  const { rows } = await sql<Edge>`
    select object_id, address from address_links
      where tenant_id = ${tenantId} and object_id <> '' and (object_id in (${ids}) or address in (${these}))
    union select object_id, address from former_address_links
      where tenant_id = ${tenantId} and (object_id in (${ids}) or address in (${these}))
    union select object_id, user_principal_name from people
      where tenant_id = ${tenantId} and user_principal_name is not null
        and (object_id in (${ids}) or user_principal_name in (${these}))
    union select object_id, mail from people
      where tenant_id = ${tenantId} and mail is not null and (object_id in (${ids}) or mail in (${these}))`.execute(db);
  return rows;
}
