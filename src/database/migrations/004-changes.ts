import { type Kysely, sql } from 'kysely';

/** What was confirmed is compared with what is there, family by family, before anything is done. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table requests add column changes jsonb`.execute(db);
  await sql`create index request_assets_by_family on request_assets (request_number, snapshot, kind, family_id)`.execute(
    db,
  );
}
