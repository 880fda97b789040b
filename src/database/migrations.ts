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
};

/** Suffix of a migration's name that makes earlier releases refuse to start after it. */
const breakingSuffix = '-breaking';

/** The database was changed by a later release in a way that this one cannot work with. */
class LaterReleaseError extends Error {
  override readonly name = 'LaterReleaseError';
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
  const later = await laterThanOurs(db);
  const breakingMigration = later.find((name) => name.endsWith(breakingSuffix));
  if (breakingMigration !== undefined) {
    throw new LaterReleaseError(
      `The database was changed by a later release (${breakingMigration}), and this one cannot work with it. Start that release, or restore a backup from before it.`,
    );
  }
  // Kysely treats a database with more migrations than the code as corrupted, so later ones are listed without effect.
  const known = { ...migrations, ...Object.fromEntries(later.map((name) => [name, { up: async () => undefined }])) };
  // Migrations are written in the database's own names, so no plugin may convert any.
  const migrator = new Migrator({ db: db.withoutPlugins(), provider: { getMigrations: async () => known } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** Names of applied migrations that are newer than all of this release. */
async function laterThanOurs(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows: tables } = await sql`select 1 from information_schema.tables
    where table_name = 'kysely_migration' and table_schema = current_schema()`.execute(db);
  if (tables.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const newest = Object.keys(migrations).sort().at(-1) ?? '';
  return rows.map(({ name }) => name).filter((name) => name > newest);
}
