import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import * as requests from './migrations/001-requests.ts';
import * as hostLimits from './migrations/002-host-pace.ts';
import * as directoryExports from './migrations/003-directory-exports.ts';
import * as changes from './migrations/004-changes.ts';
import * as identity from './migrations/005-identity.ts';
import * as destructiveCalls from './migrations/007-destructive-calls.ts';
import * as deliveries from './migrations/009-deliveries.ts';
import * as text from './migrations/010-text.ts';
import * as archives from './migrations/011-archives.ts';
import * as retention from './migrations/012-retention.ts';
import * as unclearMessages from './migrations/013-unclear-messages.ts';
import * as fieldWords from './migrations/014-words-of-the-field-breaking.ts';
import * as linkRevocations from './migrations/015-link-revocations.ts';
import * as schedules from './migrations/016-schedules.ts';
import * as votes from './migrations/017-votes.ts';
import * as policy from './migrations/018-policy.ts';
import * as recipients from './migrations/019-recipients-breaking.ts';
import * as coolingOff from './migrations/020-cooling-off-breaking.ts';
import * as reasonsAndOwners from './migrations/021-reasons-and-owners.ts';
import * as toldCards from './migrations/023-told-cards.ts';
import * as linkedAddresses from './migrations/024-linked-addresses.ts';
import * as auditChain from './migrations/025-audit-chain-breaking.ts';
import * as deputies from './migrations/026-deputies.ts';
import * as recordSearches from './migrations/028-record-searches.ts';
import * as legalHolds from './migrations/029-legal-holds.ts';
import * as entryIndex from './migrations/030-entry-index.ts';
import * as checkpoints from './migrations/031-checkpoints.ts';
import * as whoLinked from './migrations/032-who-linked.ts';
import { ownsRecord } from './roles.ts';
import type { Tables } from './tables.ts';

/** Versioned migrations in the order of their names. A released one is never edited; a change is a new one. */
const migrations = {
  '001-requests': requests,
  '002-host-pace': hostLimits,
  '003-directory-exports': directoryExports,
  '004-changes': changes,
  '005-identity': identity,
  '007-destructive-calls': destructiveCalls,
  '009-deliveries': deliveries,
  '010-text': text,
  '011-archives': archives,
  '012-retention': retention,
  '013-unclear-messages': unclearMessages,
  '014-words-of-the-field-breaking': fieldWords,
  '015-link-revocations': linkRevocations,
  '016-schedules': schedules,
  '017-votes': votes,
  '018-policy': policy,
  '019-recipients-breaking': recipients,
  '020-cooling-off-breaking': coolingOff,
  '021-reasons-and-owners': reasonsAndOwners,
  '023-told-cards': toldCards,
  '024-linked-addresses': linkedAddresses,
  '025-audit-chain-breaking': auditChain,
  '026-deputies': deputies,
  '028-record-searches': recordSearches,
  '029-legal-holds': legalHolds,
  '030-entry-index': entryIndex,
  '031-checkpoints': checkpoints,
  '032-who-linked': whoLinked,
};

/** Suffix of a migration's name that makes earlier releases refuse to start after it. */
const breakingSuffix = '-breaking';

/** The database was changed by a later release in a way that this one cannot work with. */
class LaterReleaseError extends Error {
  override readonly name = 'LaterReleaseError';
}

/** The role that Steward signs in as may not migrate, and there is something to migrate, or it could do it. */
class MigrationRoleError extends Error {
  override readonly name = 'MigrationRoleError';
}

/**
 * Checks that the schema is up to date and that the role that is signed in does not own it. Throws MigrationRoleError,
 * and LaterReleaseError like `migrate`.
 */
export async function requireMigrated(db: Kysely<Tables>): Promise<void> {
  const later = await appliedOf(db, (name) => name > newest());
  requireWorkable(later);
  const applied = new Set(await appliedOf(db, () => true));
  const missing = Object.keys(migrations).filter((name) => !applied.has(name));
  if (missing.length > 0) {
    throw new MigrationRoleError(`The database lacks ${missing.join(', ')}. Run npm run migrate with this release.`);
  }
  if (await ownsRecord(db)) {
    throw new MigrationRoleError(
      'DATABASE_URL signs in as the owner of the tables, who could take the record’s triggers away. Write the address ' +
        'with the role that npm run migrate gave its rights to, or set DATABASE_MIGRATIONS to at-start.',
    );
  }
}

/**
 * Brings the schema up to date. Safe to run from several processes at once: Kysely takes a lock.
 * Throws the first migration's error; migrations before it stay applied.
 *
 * A release may be rolled back: migrations follow expand and contract, so they only add or loosen what the release
 * before them relies on, and a release starts on a schema that is ahead of it. One that cannot keep to this ends its
 * name in `-breaking`; releases before it then refuse to start with LaterReleaseError.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const later = await appliedOf(db, (name) => name > newest());
  requireWorkable(later);
  // Kysely treats a database with more migrations than the code as corrupted, so later ones are listed without effect.
  const known = { ...migrations, ...Object.fromEntries(later.map((name) => [name, { up: async () => undefined }])) };
  // Migrations are written in the database's own names, so no plugin may convert any.
  const migrator = new Migrator({ db: db.withoutPlugins(), provider: { getMigrations: async () => known } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

function requireWorkable(later: readonly string[]): void {
  const breakingMigration = later.find((name) => name.endsWith(breakingSuffix));
  if (breakingMigration !== undefined) {
    throw new LaterReleaseError(
      `The database was changed by a later release (${breakingMigration}), and this one cannot work with it. Start that release, or restore a backup from before it.`,
    );
  }
}

/** Names of the applied migrations that are meant. */
async function appliedOf(db: Kysely<Tables>, isMeant: (name: string) => boolean): Promise<readonly string[]> {
  const { rows: tables } = await sql`select 1 from information_schema.tables
    where table_name = 'kysely_migration' and table_schema = current_schema()`.execute(db);
  if (tables.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name).filter(isMeant);
}

function newest(): string {
  return Object.keys(migrations).sort().at(-1) ?? '';
}
