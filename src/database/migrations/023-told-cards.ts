import { type Kysely, sql } from 'kysely';

/** Why somebody has a card for reviewers without being one; null for reviewers, and for all of earlier releases. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table cards add column told_as text`.execute(db);
}
