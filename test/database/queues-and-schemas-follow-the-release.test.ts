import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../../src/database/migrations.ts';
import { startQueue } from '../../src/database/queue.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';

describeOnEachDatabase('another release on the same database', (open) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  it('gives queues that are there already its own limits, and takes out those that it does not have', async () => {
    const { boss } = opened.database;
    const ours = await boss.getQueue('run');
    // A queue with the settings of an earlier release.
    await boss.updateQueue('run', { expireInSeconds: 60, retryLimit: 1, heartbeatSeconds: 60 });
    await boss.updateQueue('remove-archive', { deadLetter: 'gave-up', retryLimit: 3 });
    await startQueue(opened.database);
    const { expireInSeconds, retryLimit, heartbeatSeconds } = (await boss.getQueue('run')) ?? {};
    expect({ expireInSeconds, retryLimit, heartbeatSeconds }).toEqual({
      expireInSeconds: ours?.expireInSeconds,
      retryLimit: ours?.retryLimit,
      heartbeatSeconds: ours?.heartbeatSeconds,
    });
    const removal = await boss.getQueue('remove-archive');
    expect(removal?.deadLetter ?? null).toBeNull();
  });

  it('starts on a schema that is ahead of it, unless that was marked as one it cannot work with', async () => {
    const { db } = opened.database;
    const applied = (name: string) =>
      sql`insert into kysely_migration (name, timestamp) values (${name}, ${new Date(Date.now() + 1_000).toISOString()})`.execute(
        db,
      );
    await applied('998-something-added');
    await migrate(db);
    await applied('999-something-breaking');
    await expect(migrate(db)).rejects.toThrow(/later release \(999-something-breaking\)/u);
  });
});
