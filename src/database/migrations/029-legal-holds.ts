import { type Kysely, sql } from 'kysely';

/** Legal holds with their previews, and the previews of lifting them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table legal_holds (
      number bigint generated always as identity primary key,
      tenant_id text not null,
      target jsonb not null,
      reference text not null,
      reason text not null,
      state text not null check (state in ('proposed', 'placed', 'declined', 'lifted', 'ended')),
      in_force_from timestamptz not null,
      in_force_until timestamptz,
      placed_by text not null,
      placed_by_name text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      placed_at timestamptz,
      review_at timestamptz not null,
      lifted_by text,
      lifted_by_name text,
      lift_reason text,
      ended_at timestamptz
    )`,
    sql`create index legal_holds_standing on legal_holds (tenant_id) where state = 'placed'`,
    sql`create table hold_lifts (
      number bigint generated always as identity primary key,
      hold bigint not null references legal_holds (number) on delete cascade,
      asked_by text not null,
      reason text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      ended_at timestamptz,
      outcome text check (outcome in ('confirmed', 'declined'))
    )`,
    sql`create index hold_lifts_by_hold on hold_lifts (hold)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
