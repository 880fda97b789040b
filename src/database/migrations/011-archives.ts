import { type Kysely, sql } from 'kysely';

/** When an archive is to be removed, as a column of its own; and how far the sweep of storage has come. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table requests add column remove_after timestamptz`,
    sql`create index requests_archives_due on requests (remove_after)
      where remove_after is not null and archive_removed_at is null`,
    sql`create table sweeps (name text primary key, marker text, updated_at timestamptz not null)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
