import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { retentionRules } from '../../src/database/retention-rules.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';

describeOnEachDatabase('names of tables and columns', (open) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());

  it('lead from the code back to where they came from, in every table', async () => {
    const { db } = opened.database;
    const { rows } = await sql<{ table: string; column: string }>`select table_name as table, column_name as column
      from information_schema.columns where table_schema = current_schema()
      and table_name not like 'kysely%' order by table_name, ordinal_position`.execute(db);
    const found: string[] = [];
    for (const [table, itsRows] of Map.groupBy(rows, (row) => row.table)) {
      const columns = itsRows.map(({ column }) => column);
      // Every name is the alias of a value, so that it goes the way of a row's keys.
      const aliases = sql.join([table, ...columns].map((name) => sql`null as ${sql.raw(name)}`));
      const named = await sql<object>`select ${aliases}`.execute(db);
      const [tableInCode = '', ...columnsInCode] = Object.keys(named.rows[0] ?? {});
      const query = db.selectFrom(tableInCode as 'sweeps').select(columnsInCode as 'name'[]);
      expect(query.compile().sql).toBe(`select ${columns.map((name) => `"${name}"`).join(', ')} from "${table}"`);
      await query.execute();
      found.push(tableInCode);
    }
    expect(found.sort()).toEqual(Object.keys(retentionRules).sort());
  });

  it('are converted, while keys inside of a JSON column stay as they are stored', async () => {
    const stored = { some_key: [{ another_key: 1 }], last: { inner_key: 2 } };
    const { rows } = await sql`select ${JSON.stringify(stored)}::jsonb as json_column,
      ${JSON.stringify([stored])}::jsonb as sha256_list`.execute(opened.database.db);
    expect(rows).toEqual([{ jsonColumn: stored, sha256List: [stored] }]);
  });
});
