import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, inject } from 'vitest';
import { type Database, type DatabaseSettings, openDatabase } from '../../src/database/connection.ts';
import { type Queue, startQueue } from '../../src/database/queue.ts';
import { createTestDatabase, describeOnPostgres } from './postgres.ts';

/** An empty database with its queue, and the function that removes it. */
export interface OpenedDatabase {
  readonly database: Database;
  readonly queue: Queue;
  close(): Promise<void>;
}

const fail = (error: Error) => {
  throw error;
};

/** Settings of an embedded database in this folder that is completely empty, even without Steward's tables. */
export async function emptyEmbedded(folder: string): Promise<DatabaseSettings> {
  await cp(inject('emptyDatabase'), join(folder, 'pgdata'), { recursive: true });
  return { kind: 'embedded', folder };
}

/** Opens an embedded database in a new folder. */
export async function openEmbedded(): Promise<OpenedDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'steward-db-'));
  const database = await openDatabase(await emptyEmbedded(folder), fail);
  const queue = await startQueue(database);
  return {
    database,
    queue,
    close: async () => {
      await queue.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Creates and opens a database on the test run's PostgreSQL server. Only for suites that run when there is one. */
export async function openPostgres(): Promise<OpenedDatabase> {
  const test = await createTestDatabase();
  let closing = false;
  const database = await openDatabase({ kind: 'postgres', url: test.url, maxConnections: 4 }, (error) => {
    // Dropping the database may come before its last connections have closed.
    if (!closing) fail(error);
  });
  const queue = await startQueue(database);
  return {
    database,
    queue,
    close: async () => {
      closing = true;
      await queue.stop();
      await database.close();
      await test.drop();
    },
  };
}

/** Runs a suite once on each kind of database that Steward supports. */
export function describeOnEachDatabase(title: string, suite: (open: () => Promise<OpenedDatabase>) => void): void {
  describe(`${title}, on PGlite`, () => suite(openEmbedded));
  describeOnPostgres(`${title}, on PostgreSQL`, () => suite(openPostgres));
}
