import pg from 'pg';
import { expect, it } from 'vitest';
import { createTestDatabase, describeOnPostgres } from './postgres.ts';

describeOnPostgres("a test's own PostgreSQL database", () => {
  it('is empty, takes tables, and is unknown to the server once dropped', async () => {
    const database = await createTestDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const tables = "select count(*)::int as n from information_schema.tables where table_schema = 'public'";
    expect((await client.query(tables)).rows).toEqual([{ n: 0 }]);
    await client.query('create table kept (id int)');
    expect((await client.query(tables)).rows).toEqual([{ n: 1 }]);
    await client.end();

    await database.drop();
    const again = new pg.Client({ connectionString: database.url });
    await expect(again.connect()).rejects.toMatchObject({ code: '3D000' });
  });

  it('shares nothing with the database of another test', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    expect(one.url).not.toBe(two.url);
    await Promise.all([one.drop(), two.drop()]);
  });
});
