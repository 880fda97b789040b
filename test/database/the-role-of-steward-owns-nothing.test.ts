import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { proveRecord } from '../../src/audit/prove-record.ts';
import { sealAll } from '../../src/audit/sealer.ts';
import { readMigrationSettings } from '../../src/config.ts';
import { type Database, migrateAsOwner, openDatabase } from '../../src/database/connection.ts';
import { appendAudit } from '../../src/database/history.ts';
import { type Queue, startQueue } from '../../src/database/queue.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import { ask } from '../../src/requests/create.ts';
import { erasePerson } from '../../src/requests/erase-person.ts';
import { removeOldRecords } from '../../src/requests/remove-old-records.ts';
import { systemClock } from '../../src/system-clock.ts';
import { asker, jobServices } from '../harness/job-services.ts';
import { createTestDatabase, describeOnPostgres, type TestDatabase } from '../harness/postgres.ts';

describeOnPostgres('with a role of its own in the database', () => {
  let test: TestDatabase;
  let database: Database;
  let queue: Queue;
  let isClosing = false;
  const onError = (error: Error) => {
    if (!isClosing) throw error;
  };
  const urlOf = (role: string) => {
    const url = new URL(test.url);
    [url.username, url.password] = [role, 'a%40word'];
    return url.href;
  };
  const roleOf = (name: string) => `${name}_${new URL(test.url).pathname.slice(1)}`;
  const settings = (role: string) =>
    ({ kind: 'postgres', url: urlOf(roleOf(role)), maxConnections: 4, migrates: false }) as const;
  const asAdministrator = async (...statements: readonly string[]) => {
    const client = new pg.Client({ connectionString: test.url });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const migrateNow = () =>
    migrateAsOwner(
      readMigrationSettings({ DATABASE_OWNER_URL: urlOf(roleOf('owner')), DATABASE_URL: urlOf(roleOf('app')) }),
    );

  beforeAll(async () => {
    test = await createTestDatabase();
    const name = new URL(test.url).pathname.slice(1);
    await asAdministrator(
      `create role ${roleOf('owner')} login createrole`,
      `alter database ${name} owner to ${roleOf('owner')}`,
    );
  });
  afterAll(async () => {
    isClosing = true;
    await queue?.stop();
    await database?.close();
    await asAdministrator(
      ...['app', 'owner'].flatMap((role) => [`drop owned by ${roleOf(role)} cascade`]),
      `reassign owned by ${roleOf('owner')} to current_user`,
      ...['app', 'owner'].map((role) => `drop role ${roleOf(role)}`),
    );
    await test.drop();
  });

  it('starts once the owner has migrated, and not as the owner', async () => {
    await asAdministrator(`create role ${roleOf('app')} login`);
    await expect(openDatabase(settings('app'), onError)).rejects.toThrow(/lacks 001-requests, .* Run npm run migrate/u);
    await asAdministrator(`drop role ${roleOf('app')}`);
    expect(await migrateNow()).toBe(true);
    expect(await migrateNow()).toBe(false);
    await expect(openDatabase(settings('owner'), onError)).rejects.toThrow(/signs in as the owner of the tables/u);
    database = await openDatabase(settings('app'), onError);
    queue = await startQueue(database);
  });

  it('does all that Steward does', async () => {
    const services = jobServices(database, queue, {} as AssetSource, systemClock);
    const origin = { conversationId: 'chat', kind: 'personal', activityId: 'message-1' } as const;
    const wish = { action: 'delete', target: 'assets', data: 'customer', mentions: [{ name: 'churn.csv' }] } as const;
    await ask(services, asker, origin, wish);
    expect(await sealAll(services)).toBe(1);
    await appendAudit(database.db, {
      at: new Date('2020-01-01'),
      tenantId: 'tenant',
      actor: 'megan',
      action: 'request.asked',
      requestNumber: null,
      workspaceId: null,
      detail: {},
      policyVersion: 'test+0',
    });
    await sealAll(services);
    expect((await removeOldRecords(services, AbortSignal.timeout(60_000))).audit).toBe(1);
    const megan = { tenantId: 'tenant', objectId: 'megan' };
    expect((await erasePerson(services, megan, 'test+0')).result).toBe('erased');
    await sealAll(services);
    expect((await proveRecord(database.db, [])).verification.problems).toEqual([]);
  });

  it('cannot change the record, nor take its triggers away', async () => {
    const client = new pg.Client({ connectionString: urlOf(roleOf('app')) });
    await client.connect();
    try {
      for (const [statement, refusal] of [
        ['update audit_entries set hash = $$x$$', /permission denied/u],
        ['update audit_people set salt = $$x$$', /permission denied/u],
        ['delete from audit_checkpoints', /permission denied/u],
        ['delete from audit_entries', /the record is append-only/u],
        ['delete from audit where entry is not null', /the record is append-only/u],
        ['update audit set actor = $$somebody$$ where entry is not null', /the record is append-only/u],
        ['truncate audit', /permission denied/u],
        ['truncate audit_entries', /permission denied/u],
        ['alter table audit disable trigger all', /must be owner/u],
        ['alter table audit_entries disable trigger user', /must be owner/u],
        ['drop trigger audit_is_kept on audit', /must be owner/u],
        [
          'create or replace function refuse_change() returns trigger language plpgsql as $$begin return old; end$$',
          /denied|owner/u,
        ],
        ['drop table audit', /must be owner/u],
        ['set session_replication_role = replica', /permission denied/u],
        [`set role ${roleOf('owner')}`, /permission denied/u],
        ['delete from kysely_migration', /permission denied/u],
      ] as const) {
        await expect(client.query(statement), statement).rejects.toThrow(refusal);
      }
      // A table of the session's own does not stand in for the one that a trigger asks.
      await client.query('create temp table audit as select * from public.audit limit 0');
      await client.query(
        `insert into pg_temp.audit (action, detail) values ('audit.removed', '{"before": "9999-01-01"}')`,
      );
      await expect(client.query('delete from public.audit where entry is not null')).rejects.toThrow(/append-only/u);
    } finally {
      await client.end();
    }
  });
});
