import { type Kysely, sql } from 'kysely';

/**
 * A person's user principal name and mail address are two facts, beside the tenant and the role that the roster tells.
 * An address gives rights to the first account that was seen with it, and to no other one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table people
      add column user_principal_name text,
      add column mail text,
      add column role text not null default 'member' check (role in ('member', 'guest', 'unknown')),
      add column roster_tenant_id text`,
    sql`create table address_links (
      tenant_id text not null,
      address text not null,
      object_id text not null,
      linked_at timestamptz not null,
      primary key (tenant_id, address)
    )`,
    sql`create index address_links_by_account on address_links (tenant_id, object_id)`,
    sql`insert into address_links (tenant_id, address, object_id, linked_at)
      select tenant_id, lower(email), object_id, seen_at from people where email like '%@%' order by seen_at
      on conflict do nothing`,
    // Which of the two the one address was is not known, so the roster is asked again.
    sql`update people set user_principal_name = lower(email), roster_read_at = null where email like '%@%'`,
    sql`alter table people drop column email`,
    sql`alter table requests
      add column requester_user_principal_name text,
      add column requester_mail text,
      add column requester_role text not null default 'member',
      add column requester_addresses jsonb not null default '[]',
      add column subject jsonb`,
    sql`update requests set requester_user_principal_name = lower(requester_email),
      requester_addresses = jsonb_build_array(lower(requester_email)) where requester_email like '%@%'`,
    sql`alter table requests drop column requester_email`,
  ];
  for (const statement of statements) await statement.execute(db);
}
