import { type Kysely, sql } from 'kysely';

/** Since when an archive has links, when they were last revoked, and the revocation that is under way. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table requests add column links_since timestamptz`,
    sql`alter table requests add column links_revoked_at timestamptz`,
    sql`alter table requests add column revocation jsonb`,
    sql`create index requests_revocations on requests (number) where revocation is not null`,
  ];
  for (const statement of statements) await statement.execute(db);
}
