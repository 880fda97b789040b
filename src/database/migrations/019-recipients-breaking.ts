import { type Kysely, sql } from 'kysely';

/**
 * Several cards of one request for one audience: the one in its conversation, and one in the own chat of each reviewer.
 * Breaking: an earlier release relies on there being one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table cards add column recipient text not null default ''`,
    sql`alter table cards drop constraint cards_request_number_audience_key`,
    sql`alter table cards add constraint cards_of_recipients unique (request_number, audience, recipient)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
