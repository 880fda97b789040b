import { type Kysely, sql } from 'kysely';

/** A row that is not sealed yet stands in no index of entries, which makes adding rows cheaper. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create unique index audit_by_entry on audit (entry) where entry is not null`.execute(db);
  await sql`alter table audit drop constraint audit_entry_key`.execute(db);
}
