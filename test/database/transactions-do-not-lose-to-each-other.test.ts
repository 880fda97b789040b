import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Connection, type Database, openDatabase } from '../../src/database/connection.ts';
import { enqueueCard, lockCardsOf, markCardsOutdated } from '../../src/database/outbox-rows.ts';
import { insertRequest } from '../../src/database/request-rows.ts';
import { storedJson } from '../../src/database/storable.ts';
import { runTransaction } from '../../src/database/transaction.ts';
import { systemClock } from '../../src/system-clock.ts';
import { createTestDatabase, describeOnPostgres, type TestDatabase } from '../harness/postgres.ts';

/** A barrier: resolves once `count` callers have arrived. */
function limiter(count: number): () => Promise<void> {
  const all = Promise.withResolvers<void>();
  let come = 0;
  return () => {
    come += 1;
    if (come >= count) all.resolve();
    return all.promise;
  };
}

describeOnPostgres('two transactions at once', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await createTestDatabase();
    const ignore = () => undefined;
    database = await openDatabase({ kind: 'postgres', url: test.url, maxConnections: 6 }, ignore);
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  it('that deadlock both come to their end: the one that is undone is done again', async () => {
    await sql`insert into host_limits (host, updated_at) values ('a', now()), ('b', now())`.execute(database.db);
    const both = limiter(2);
    const tries = { forth: 0, back: 0 };
    const update = (trx: Connection, host: string) =>
      sql`update host_limits set limits = '{}' where host = ${host}`.execute(trx);
    const through = (name: 'forth' | 'back', first: string, second: string) =>
      runTransaction(database.db, systemClock, async (trx) => {
        tries[name] += 1;
        await update(trx, first);
        if (tries[name] === 1) await both();
        await update(trx, second);
        return name;
      });
    expect(await Promise.all([through('forth', 'a', 'b'), through('back', 'b', 'a')])).toEqual(['forth', 'back']);
    expect(tries.forth + tries.back).toBe(3);
  });

  it('are tried again a few times only, and never for other faults', async () => {
    const failing = async (code: string): Promise<number> => {
      let tries = 0;
      const work = async () => {
        tries += 1;
        throw Object.assign(new Error('no'), { code });
      };
      await expect(runTransaction(database.db, { wait: async () => {} }, work)).rejects.toThrow('no');
      return tries;
    };
    expect(await failing('40P01')).toBe(6);
    expect(await failing('40001')).toBe(6);
    expect(await failing('55P03')).toBe(2);
    expect(await failing('23505')).toBe(1);
  });

  it('take the cards of a request in the order of their ids, however the database finds them', async () => {
    const at = new Date();
    const request = await insertRequest(database.db, {
      tenantId: 't',
      requesterObjectId: 'alex',
      requesterName: 'Alex',
      requesterRole: 'member',
      requesterAddresses: storedJson([]),
      originConversationId: 'chat',
      originActivityId: 'message',
      ask: storedJson({}),
      action: 'export',
      state: 'preparing',
      version: 1,
      needsApproval: false,
      stopRequested: false,
      createdAt: at,
      updatedAt: at,
    });
    const number = request?.number ?? 0;
    const audiences = ['public', 'requester', 'approvers'] as const;
    for (const audience of audiences) await enqueueCard(database.db, number, audience, 'chat');
    // Updated rows are stored after the others, so that a plain update locks the first card last.
    await sql`update cards set attempts = 0 where audience = 'public'`.execute(database.db);
    const [first = 0, ...others] = (await database.db.selectFrom('cards').select('id').orderBy('id').execute()).map(
      ({ id }) => id,
    );
    // The holder of the first card can lock the others, since a transaction that needs all cards waits for the first
    // one before it locks any.
    const held = limiter(2);
    const holder = runTransaction(database.db, systemClock, async (trx) => {
      await sql`select 1 from cards where id = ${first} for update`.execute(trx);
      await held();
      for (const id of others) await sql`select 1 from cards where id = ${id} for update nowait`.execute(trx);
    });
    const wanting = runTransaction(database.db, systemClock, async (trx) => {
      void held();
      await lockCardsOf(trx, number);
      return markCardsOutdated(trx, number, audiences);
    });
    await holder;
    expect(await wanting).toEqual([first, ...others]);
  });
});
