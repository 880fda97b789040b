import { type Kysely, sql } from 'kysely';

/** Which revision of an asset was confirmed, and what is known of calls that destroy or start something. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table request_assets add column revision text not null default ''`.execute(db);
  // Set when a call was answered with success, by whichever run; a run that was taken over may write this and no more.
  await sql`alter table request_assets add column delete_answered boolean not null default false`.execute(db);
  // See RemovalCall in domain/workspace-removal.ts.
  await sql`alter table requests add column removal_call text not null default 'none'`.execute(db);
  // True once Graph turned an attempt away for having too many, which is not its word that it did nothing.
  await sql`alter table directory_exports add column turned_away boolean not null default false`.execute(db);
}
