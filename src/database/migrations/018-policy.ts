import { type Kysely, sql } from 'kysely';

/** The terms under which a preview was made, the policy's version beside what is recorded, and comments of reviewers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table requests add column terms jsonb`,
    sql`alter table audit add column policy_version text`,
    sql`alter table votes add column comment text`,
  ];
  for (const statement of statements) await statement.execute(db);
}
