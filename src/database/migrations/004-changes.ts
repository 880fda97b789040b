import { type Kysely, sql } from 'kysely';

/**
 * What was confirmed is compared with what is there, family by family, before anything is done; what failed can be tried
 * again in a request of its own.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table requests add column changes jsonb`.execute(db);
  await sql`create index request_assets_by_family on request_assets (request_number, snapshot, kind, family_id)`.execute(
    db,
  );
  await sql`alter table request_assets
    add column export_lasting boolean not null default false,
    add column delete_lasting boolean not null default false`.execute(db);
  await sql`create index requests_by_retried on requests ((ask -> 'retry' ->> 'of'))
    where ask -> 'retry' is not null`.execute(db);
}
