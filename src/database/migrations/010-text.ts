import { type Kysely, sql } from 'kysely';

/** Families are found by the beginning of their ids, since a key of an index holds at most 2,704 bytes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index request_assets_by_family`.execute(db);
  await sql`create index request_assets_by_family
    on request_assets (request_number, snapshot, kind, left(family_id, 200))`.execute(db);
}
