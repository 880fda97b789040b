import { type Kysely, sql } from 'kysely';

/** Indexes that find what somebody decided, and what was deleted under a name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create index audit_by_actor on audit (tenant_id, actor, sequence)`,
    sql`create index audit_by_asset_name on audit (tenant_id, lower(detail ->> 'name')) where action like 'asset.delete.%'`,
  ];
  for (const statement of statements) await statement.execute(db);
}
