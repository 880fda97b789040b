import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import * as requests from './migrations/001-requests.ts';
import * as hostPace from './migrations/002-host-pace.ts';
import * as directoryExports from './migrations/003-directory-exports.ts';
import * as changes from './migrations/004-changes.ts';
import * as identity from './migrations/005-identity.ts';
import * as destructiveCalls from './migrations/007-destructive-calls.ts';
import * as deliveries from './migrations/009-deliveries.ts';
import * as text from './migrations/010-text.ts';
import * as archives from './migrations/011-archives.ts';
import type { Tables } from './tables.ts';

/** Versioned migrations in the order of their names. A released one is never edited; a change is a new one. */
const migrations = {
  '001-requests': requests,
  '002-host-pace': hostPace,
  '003-directory-exports': directoryExports,
  '004-changes': changes,
  '005-identity': identity,
  '007-destructive-calls': destructiveCalls,
  '009-deliveries': deliveries,
  '010-text': text,
  '011-archives': archives,
};

/**
 * Brings the schema up to date. Safe to run from several processes at once: Kysely takes a lock.
 * Throws the first migration's error; migrations before it stay applied.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
