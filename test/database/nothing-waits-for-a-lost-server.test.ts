import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DatabaseTimeouts, servingTimeouts } from '../../src/database/bounds.ts';
import { type Connection, type Database, openDatabase } from '../../src/database/connection.ts';
import { type Queue, startQueue } from '../../src/database/queue.ts';
import { runTransaction } from '../../src/database/transaction.ts';
import { systemClock } from '../../src/system-clock.ts';
import { createTestDatabase, describeOnPostgres, type TestDatabase } from '../harness/postgres.ts';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.ts';

/** The product's time-outs, shortened so that the test does not take half a minute. */
const tight: DatabaseTimeouts = {
  connectMs: 500,
  keepAliveAfterMs: 100,
  statementMs: 400,
  lockMs: 200,
  idleInTransactionMs: 600,
  answerMs: 700,
};

describeOnPostgres('a PostgreSQL server that is lost', () => {
  let test: TestDatabase;
  let wire: TcpProxy;
  let database: Database;
  let queue: Queue;
  const errors: string[] = [];

  beforeAll(async () => {
    test = await createTestDatabase();
    const url = new URL(test.url);
    wire = await startTcpProxy(Number(url.port));
    url.port = String(wire.port);
    database = await openDatabase({ kind: 'postgres', url: url.href, maxConnections: 3, bounds: tight }, (error) => {
      errors.push(error.message);
    });
    queue = await startQueue(database);
  });
  afterAll(async () => {
    await queue.stop().catch(() => undefined);
    await database.close();
    await wire.close();
    await test.drop();
  });

  const direct = async <Row>(statement: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: test.url });
    await client.connect();
    try {
      return (await client.query(statement)).rows;
    } finally {
      await client.end();
    }
  };
  const insertHost = (host: string) =>
    direct(`insert into host_limits (host, updated_at) values ('${host}', now()) on conflict do nothing`);

  it('bounds every connection of both pools, on the server too', async () => {
    await Promise.all([database.ping(), queue.ping()]);
    const rows = await direct<{ application_name: string; settings: number }>(
      `select application_name, count(*)::int as settings from pg_stat_activity
       where datname = current_database() and application_name in ('studio-steward', 'pgboss') group by 1`,
    );
    expect(rows.map(({ application_name }) => application_name).sort()).toEqual(['pgboss', 'studio-steward']);
    const ours = await database.db.transaction().execute(async (trx) => {
      const read = async (name: string) =>
        (await trx.selectNoFrom((eb) => eb.fn<string>('current_setting', [eb.val(name)]).as('it')).executeTakeFirst())
          ?.it;
      return Promise.all(
        ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'].map((name) => read(name)),
      );
    });
    expect(ours).toEqual(['400ms', '200ms', '600ms']);
    // The product's own time-outs must not be disabled.
    for (const value of Object.values(servingTimeouts)) expect(value).toBeGreaterThan(0);
    expect(servingTimeouts.lockMs).toBeLessThan(servingTimeouts.statementMs);
    expect(servingTimeouts.statementMs).toBeLessThan(servingTimeouts.answerMs);
  });

  it('fails the statement under way, throws the connection away and works again when the server is back', async () => {
    await insertHost('lost');
    const during = runTransaction(database.db, systemClock, async (trx) => {
      await trx.selectFrom('hostLimits').selectAll().where('host', '=', 'lost').forUpdate().execute();
      wire.silence();
      // Never answered, since the connection is silent.
      await trx.updateTable('hostLimits').set({ limits: null }).where('host', '=', 'lost').execute();
    });
    await expect(during).rejects.toThrow();
    // A new connection is accepted, but never answered.
    await expect(database.ping()).rejects.toThrow();
    await wire.cut();
    await wire.mend();
    await database.ping();
    // The lost session's transaction still locks the row, but only until the server's time-out, which is real time.
    await expect
      .poll(() => runTransaction(database.db, systemClock, (trx) => touch(trx, 'lost')).then(() => 'free', String), {
        timeout: 10_000,
      })
      .toBe('free');
  });

  it('does a job again that was under way, and it succeeds', { timeout: 60_000 }, async () => {
    await insertHost('job');
    const [failed, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let tries = 0;
    await queue.handle('prepare', { concurrency: 1 }, async () => {
      tries += 1;
      if (tries === 1) wire.silence();
      await runTransaction(database.db, systemClock, (trx) => touch(trx, 'job')).then(
        () => done.resolve(),
        (error: unknown) => {
          failed.resolve();
          throw error;
        },
      );
    });
    await runTransaction(database.db, systemClock, (trx) => queue.enqueue(trx, 'prepare', { request: 1 }));
    await failed.promise;
    await wire.cut();
    await wire.mend();
    await done.promise;
  });

  it('waits for a lock that another holds no longer than agreed, whoever wants it', async () => {
    await insertHost('held');
    const holder = new pg.Client({ connectionString: test.url });
    await holder.connect();
    await holder.query('begin');
    await holder.query(`update host_limits set limits = null where host = 'held'`);
    await expect(runTransaction(database.db, systemClock, (trx) => touch(trx, 'held'))).rejects.toMatchObject({
      code: '55P03',
    });
    await holder.end();
  });

  async function touch(trx: Connection, host: string): Promise<void> {
    await trx.selectFrom('hostLimits').select('host').where('host', '=', host).forUpdate().execute();
  }
});
