import { type Kysely, sql } from 'kysely';

/**
 * The reason that the requester gave with the confirmation, and whether the preview holds what others made; null for
 * previews of earlier releases, which did not look.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table requests add column requester_reason text`,
    sql`alter table requests add column others_assets boolean`,
  ];
  for (const statement of statements) await statement.execute(db);
}
