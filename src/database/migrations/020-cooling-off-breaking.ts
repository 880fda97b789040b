import { type Kysely, sql } from 'kysely';

/**
 * When a request that cools off starts. Breaking: an earlier release does not know the state, and would neither show nor
 * start such a request.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table requests add column starts_at timestamptz`,
    sql`drop index requests_unfinished`,
    sql`create index requests_unfinished on requests (state)
      where state in ('preparing', 'awaiting-choice', 'awaiting-confirmation', 'awaiting-approval', 'cooling-off', 'scheduled',
        'running')`,
  ];
  for (const statement of statements) await statement.execute(db);
}
