import { type Kysely, sql } from 'kysely';

/** What processes share about the hosts that they call. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table host_pace (
    host text primary key,
    pace jsonb,
    updated_at timestamptz not null
  )`.execute(db);
}
