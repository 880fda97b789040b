import { type Kysely, sql } from 'kysely';

/** Who decides for whom for a time, from the preview to the end. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table deputyships (
      number bigint generated always as identity primary key,
      tenant_id text not null,
      away_id text not null,
      deputy_id text not null,
      named_by text not null,
      admitted_by text,
      time_zone text not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      outcome text check (outcome in ('named', 'declined')),
      ended_because text check (ended_because in ('person-away', 'deputy', 'administrator', 'left', 'time')),
      ended_at timestamptz
    )`,
    sql`create index deputyships_of_deputy on deputyships (tenant_id, deputy_id)
      where outcome = 'named' and ended_because is null`,
    sql`create index deputyships_of_away on deputyships (tenant_id, away_id)
      where outcome = 'named' and ended_because is null`,
    sql`create index deputyships_by_age on deputyships (created_at)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
