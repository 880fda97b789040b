import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** The record's tables and what Steward needs of each; on all others it may read, insert, change and remove rows. */
const recordRights: Readonly<Record<string, string>> = {
  // The sealer numbers rows, erasure and retention change and remove them: triggers decide which.
  audit: 'select, insert, update, delete',
  audit_entries: 'select, insert, delete',
  audit_people: 'select, insert, delete',
  audit_checkpoints: 'select, insert',
  kysely_migration: 'select',
  kysely_migration_lock: 'select',
};

/** Creates the role that Steward signs in as, where there is none, with this password. True when it was new. */
export async function ensureRole(db: Kysely<Tables>, name: string, password: string): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_roles where rolname = ${name}`.execute(db);
  if (rows.length > 0) return false;
  await sql`create role ${sql.id(name)} login password ${sql.lit(password)}`.execute(db);
  return true;
}

/**
 * Gives the role what Steward needs and nothing more: rows of its tables, no table itself. The queue's schema is the
 * role's own, so it may create schemas. Call it as the owner of the tables, after the migrations. Idempotent.
 */
export async function grantToRole(db: Kysely<Tables>, name: string): Promise<void> {
  const role = sql.id(name);
  const { rows } = await sql<{ table: string; schema: string; database: string }>`
    select tablename as "table", schemaname as "schema", current_database() as "database" from pg_tables
    where schemaname = current_schema()`.execute(db);
  const [first] = rows;
  if (first === undefined) return;
  await sql`grant create, connect on database ${sql.id(first.database)} to ${role}`.execute(db);
  await sql`grant usage on schema ${sql.id(first.schema)} to ${role}`.execute(db);
  for (const { table } of rows) {
    const rights = recordRights[table] ?? 'select, insert, update, delete';
    await sql`revoke all on ${sql.id(table)} from ${role}`.execute(db);
    await sql`grant ${sql.raw(rights)} on ${sql.id(table)} to ${role}`.execute(db);
  }
  await sql`grant usage on all sequences in schema ${sql.id(first.schema)} to ${role}`.execute(db);
}

/** Whether the role that is signed in could take the record's triggers away: as owner of its tables, or superuser. */
export async function ownsRecord(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ owns: boolean }>`
    select exists (select from pg_tables where schemaname = current_schema() and tablename = 'audit'
      and pg_has_role(current_user, tableowner::regrole, 'member')) as owns`.execute(db);
  return rows[0]?.owns === true;
}
