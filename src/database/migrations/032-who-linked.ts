import { type Kysely, sql } from 'kysely';

/** Which administrator linked an address: a right that it gives decides nothing that they ask for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table address_links add column linked_by text`.execute(db);
  await sql`update address_links l set linked_by = (
      select c.asked_by from address_changes c where c.tenant_id = l.tenant_id and c.address = l.address
        and c.object_id = l.object_id and c.kind = 'link' and c.outcome = 'confirmed'
      order by c.number desc limit 1)
    where l.proof = 'administrator'`.execute(db);
}
