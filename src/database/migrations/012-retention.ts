import { type Kysely, sql } from 'kysely';

/** Places in the order of runs, how far a run ever was, and what is needed to forget old rows by their age. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table requests
      add column lane text,
      add column turn integer,
      add column furthest bigint not null default 0,
      add column faults integer not null default 0,
      add column faults_since timestamptz,
      add column names_removed_at timestamptz`,
    sql`create index requests_by_turn on requests (lane, turn desc) where turn is not null`,
    sql`create index requests_ended on requests (finished_at) where finished_at is not null`,
    sql`create index audit_by_time on audit (at)`,
    sql`create index people_by_last_sight on people (seen_at)`,
    sql`create index conversations_by_last_use on conversations (updated_at)`,
    // The record of what was done outlives the request; it keeps the number.
    sql`alter table audit drop constraint audit_request_number_fkey`,
  ];
  for (const statement of statements) await statement.execute(db);
}
