import { type KyselyPlugin, sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { proveRecord } from '../../src/audit/prove-record.ts';
import { runSealer, sealAll, sealBatch } from '../../src/audit/sealer.ts';
import { hasUnsealed } from '../../src/database/audit-entries.ts';
import type { Database } from '../../src/database/connection.ts';
import { appendAudit } from '../../src/database/history.ts';
import { systemClock } from '../../src/system-clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';

const clock = systemClock;

describeOnEachDatabase('the record', (open) => {
  let opened: OpenedDatabase;
  let db: Database['db'];
  let written = 0;

  beforeAll(async () => {
    opened = await open();
    db = opened.database.db;
  });
  afterAll(() => opened.close());
  // Whatever a test did to the record, it proves itself at the end.
  afterEach(async () => {
    const proof = await prove();
    expect(proof.problems).toEqual([]);
    expect(proof.rows).toBe(proof.head.entry);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit`.execute(db);
    expect(proof.rows).toBe(rows[0]?.n);
  });

  const services = () => ({ database: { db }, clock });
  const prove = async () => {
    await sealAll(services());
    return (await proveRecord(db, [])).verification;
  };
  const append = (on: Parameters<typeof appendAudit>[0] = db, actor = 'alex') => {
    written += 1;
    return appendAudit(on, {
      at: new Date(clock.now()),
      tenantId: 'tenant',
      actor,
      action: 'asset.delete.done',
      requestNumber: null,
      workspaceId: 'ws',
      detail: { kind: 'dataset', name: `churn ${written}.csv`, size: 0.1 + written },
      policyVersion: 'test+0',
    });
  };
  const appendMany = async (count: number) => {
    for (let index = 0; index < count; index += 1) await append(db, `person-${index % 3}`);
  };
  const message = (error: unknown) => String((error as Error).message);

  it('seals rows in batches, and nothing twice', async () => {
    await appendMany(7);
    expect(await sealBatch(services(), 3)).toBe(3);
    expect(await sealAll(services(), 3)).toBe(4);
    expect(await sealAll(services())).toBe(0);
    expect(await hasUnsealed(db)).toBe(false);
  });

  it('is sealed by one of two sealers that start at once, or by both in turn, without a fork', async () => {
    for (let round = 0; round < 10; round += 1) {
      await appendMany(6);
      await Promise.all([sealAll(services(), 2), sealAll(services(), 2)]);
      expect(await sealAll(services())).toBeGreaterThanOrEqual(0);
    }
  });

  it('takes a row that commits late, with a lower sequence than a sealed one', async () => {
    // On one connection there is nobody to be late.
    if (opened.database.kind === 'embedded') return;
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const late = db.transaction().execute(async (trx) => {
      await append(trx, 'late');
      started.resolve();
      await finish.promise;
    });
    await started.promise;
    await append(db, 'early');
    expect(await sealAll(services())).toBe(1);
    finish.resolve();
    await late;
    expect(await sealAll(services())).toBe(1);
    const { rows } = await sql<{ sequence: number }>`select sequence from audit order by entry desc limit 2`.execute(
      db,
    );
    expect(rows[0]?.sequence).toBeLessThan(rows[1]?.sequence ?? 0);
  });

  it('has every row once when the sealer dies, at fifty seeded points', async () => {
    const seed = 7_021;
    const points = lehmer(seed);
    for (let point = 0; point < 50; point += 1) {
      await appendMany(1 + (points() % 4));
      const at = points() % 9;
      const when = points() % 2 === 0 ? 'before' : 'after';
      const dying = db.withPlugin(diesAt(at, when));
      const batch = 1 + (points() % 5);
      await sealAll({ database: { db: dying }, clock }, batch).catch((error: unknown) => {
        if (message(error) !== 'died') throw new Error(`seed ${seed}, point ${point}`, { cause: error });
      });
      const proof = await prove();
      expect(proof.problems, `seed ${seed}, point ${point}: dies ${when} statement ${at}`).toEqual([]);
      expect(await hasUnsealed(db)).toBe(false);
    }
  });

  it.each([
    ['a number beyond a double', sql`'{"n": 1e400}'::jsonb`, sql`now()`],
    ['a time without an end', sql`'{}'::jsonb`, sql`'infinity'::timestamptz`],
    ['a year that has no date here', sql`'{}'::jsonb`, sql`'290000-01-01'::timestamptz`],
  ])('is sealed around a row with %s, and the row is said again and again', async (_what, detail, at) => {
    const inserted = await sql<{ sequence: number }>`insert into audit (at, tenant_id, actor, action, detail)
      values (${at}, 'tenant', 'system', 'written.by.somebody', ${detail}) returning sequence`.execute(db);
    await appendMany(3);
    let now = clock.now();
    const hours = { now: () => now, wait: () => Promise.resolve() };
    const stop = new AbortController();
    const failures: unknown[] = [];
    const log = { info: () => {}, warn: () => {}, error: (_text: string, error: unknown) => void failures.push(error) };
    let rounds = 0;
    const afterRound = async () => {
      rounds += 1;
      now += 1_800_001;
      if (rounds === 5) stop.abort();
    };
    await runSealer({ ...services(), clock: hours, log }, stop.signal, afterRound);
    const { sequence } = inserted.rows[0] ?? { sequence: 0 };
    expect(await hasUnsealed(db)).toBe(true);
    expect(await hasUnsealed(db, [sequence])).toBe(false);
    expect(failures.map(String)).toEqual(Array(3).fill(`Error: 1 rows, the first is row ${sequence}`));
    await sql`delete from audit where sequence = ${sequence}`.execute(db);
  });

  it('is sealed while ten write, and soon after the last', async () => {
    const stop = new AbortController();
    const failures: unknown[] = [];
    const log = { info: () => {}, warn: () => {}, error: (_text: string, error: unknown) => void failures.push(error) };
    const sealers = [1, 2].map(() => runSealer({ ...services(), log }, stop.signal));
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        for (let index = 0; index < 20; index += 1) {
          await db.transaction().execute(async (trx) => {
            await append(trx);
            await append(trx);
          });
        }
      }),
    );
    const ended = clock.now();
    while (await hasUnsealed(db)) await clock.wait(10);
    // A second here, and another one for a busy machine.
    expect(clock.now() - ended).toBeLessThan(2_000);
    stop.abort();
    await Promise.all(sealers);
    expect(failures).toEqual([]);
  });

  it('refuses to be changed: entries, sealed rows and people', async () => {
    await append();
    await sealAll(services());
    for (const change of [
      sql`update audit_entries set hash = 'x' where entry = 1`,
      sql`delete from audit_entries where entry = 1`,
      sql`truncate audit_entries`,
      sql`update audit set actor = 'somebody' where entry = 1`,
      sql`update audit set detail = detail - 'name' where entry = 1`,
      sql`update audit set entry = null where entry = 1`,
      sql`delete from audit where entry = 1`,
      sql`truncate audit`,
      sql`update audit_people set object_id = 'somebody'`,
      sql`delete from audit_people`,
      sql`truncate audit_people`,
    ]) {
      await expect(change.execute(db)).rejects.toThrow(/the record is append-only/u);
    }
  });
});

/** Fails at the n-th statement, like a process that dies before it is sent or before its answer comes. */
function diesAt(statement: number, when: 'before' | 'after'): KyselyPlugin {
  let sent = 0;
  let answered = 0;
  return {
    transformQuery: ({ node }) => {
      sent += 1;
      if (when === 'before' && sent > statement) throw new Error('died');
      return node;
    },
    transformResult: async ({ result }) => {
      answered += 1;
      if (when === 'after' && answered > statement) throw new Error('died');
      return result;
    },
  };
}

/** Numbers of a linear congruential generator (Lehmer). */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
}
