import { type Kysely, sql } from 'kysely';

/** Messages that were not understood at once, with what the person then chose; without who wrote them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table unclear_messages (
      id bigint generated always as identity primary key,
      expires_at timestamptz not null,
      text text not null,
      chosen jsonb not null
    )`.execute(db);
}
