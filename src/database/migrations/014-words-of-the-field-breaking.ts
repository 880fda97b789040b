import { type Kysely, sql } from 'kysely';

/** Tables and columns get the words that the code uses; what nobody reads goes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table talks rename to conversation_states`.execute(db);
  await sql`alter table old_cards rename to superseded_cards`.execute(db);
  await sql`alter table host_pace rename to host_limits`.execute(db);
  await sql`alter table host_limits rename column pace to limits`.execute(db);
  await sql`alter table requests rename column setbacks to retries`.execute(db);
  await sql`alter table requests rename column setback_since to retrying_since`.execute(db);
  await sql`alter table request_assets rename column export_lasting to export_permanent`.execute(db);
  await sql`alter table request_assets rename column delete_lasting to delete_permanent`.execute(db);
  await sql`alter table people drop column time_zone`.execute(db);
}
