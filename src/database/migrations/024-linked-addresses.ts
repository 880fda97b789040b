import { type Kysely, sql } from 'kysely';

/**
 * How an address came to its account, what it was linked to before, the changes that administrators were shown,
 * the codes that prove an address, and indexes that find accounts by an address of the directory.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table address_links add column proof text check (proof in ('administrator', 'code'))`,
    sql`create table former_address_links (
      tenant_id text not null,
      address text not null,
      object_id text not null,
      ended_at timestamptz not null,
      primary key (tenant_id, address, object_id)
    )`,
    sql`create index former_address_links_by_account on former_address_links (tenant_id, object_id)`,
    sql`create table address_changes (
      number bigint generated always as identity primary key,
      tenant_id text not null,
      kind text not null check (kind in ('link', 'unlink')),
      address text not null,
      object_id text not null,
      held_by text,
      rights jsonb not null,
      asked_by text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      ended_at timestamptz,
      outcome text check (outcome in ('confirmed', 'declined'))
    )`,
    sql`create index address_changes_by_age on address_changes (created_at)`,
    sql`create table address_codes (
      number bigint generated always as identity primary key,
      tenant_id text not null,
      object_id text not null,
      address text not null,
      hash text not null,
      tries integer not null default 0,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      ended_at timestamptz
    )`,
    sql`create index address_codes_by_person on address_codes (tenant_id, object_id, created_at)`,
    sql`create index address_codes_by_address on address_codes (tenant_id, address, created_at)`,
    sql`create index address_codes_by_age on address_codes (created_at)`,
    sql`create index people_by_mail on people (tenant_id, mail)`,
    sql`create index people_by_principal on people (tenant_id, user_principal_name)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
