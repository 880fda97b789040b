import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { describeWhen } from './describe-when.ts';

/** A database for one test on the test run's PostgreSQL server. */
export interface TestDatabase {
  /** The value of `DATABASE_URL`. */
  readonly url: string;
  drop(): Promise<void>;
}

/** Creates an empty database. Only inside {@link describeOnPostgres}, which ensures that there is a server. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('postgres');
  if ('missing' in server) throw new Error(`No PostgreSQL: ${server.missing}.`);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(server.url, `create database ${name}`);
  const url = new URL(server.url);
  url.pathname = name;
  return { url: url.href, drop: () => onServer(server.url, `drop database if exists ${name} with (force)`) };
}

/** A suite that needs PostgreSQL. */
export function describeOnPostgres(title: string, suite: () => void): void {
  const server = inject('postgres');
  describeWhen('missing' in server ? server.missing : null, title, suite);
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
