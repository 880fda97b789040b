import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { proofWords } from '../../src/audit/proof-words.ts';
import { proveIn } from '../../src/audit/prove-record.ts';
import { sealAll } from '../../src/audit/sealer.ts';
import { readEntries, readHead } from '../../src/database/audit-entries.ts';
import type { Connection, Database } from '../../src/database/connection.ts';
import { appendAudit } from '../../src/database/history.ts';
import { genesis, hashOf } from '../../src/domain/audit-chain.ts';
import type { Anchor } from '../../src/domain/audit-verification.ts';
import { systemClock } from '../../src/system-clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';

class UndoneError extends Error {}

describeOnEachDatabase('in the tables of a record of eight rows and one that is not sealed', (open) => {
  let opened: OpenedDatabase;
  let db: Database['db'];
  let anchor: Anchor;

  beforeAll(async () => {
    opened = await open();
    db = opened.database.db;
    const append = (name: string) =>
      appendAudit(db, {
        at: new Date(),
        tenantId: 'tenant',
        actor: 'alex',
        action: 'asset.delete.done',
        requestNumber: null,
        workspaceId: 'ws',
        detail: { name },
        policyVersion: 'test+0',
      });
    for (let row = 1; row <= 8; row += 1) await append(`churn ${row}.csv`);
    await sealAll({ database: opened.database, clock: systemClock });
    anchor = { ...(await readHead(db)), at: '2026-11-30T00:00:00.000Z' };
    await append('late.csv');
  });
  afterAll(() => opened.close());

  /** What the proof names after somebody who owns the tables took the triggers away and did this. It is undone. */
  const namedAfter = async (tamper: (trx: Connection) => Promise<unknown>, anchors: readonly Anchor[] = []) => {
    let named: unknown[] = [];
    const undone = db.transaction().execute(async (trx) => {
      for (const table of ['audit', 'audit_entries', 'audit_people']) {
        await sql`alter table ${sql.table(table)} disable trigger user`.execute(trx);
      }
      await tamper(trx);
      const { verification } = await proveIn(trx, anchors, null);
      named = verification.problems.map(({ kind, entry, last }) => [
        kind,
        entry,
        ...(last === undefined ? [] : [last]),
      ]);
      throw new UndoneError();
    });
    await expect(undone).rejects.toThrow(UndoneError);
    return named;
  };

  it('nothing is wrong, and the tail that is not sealed is told', async () => {
    const proof = await proveIn(db, [anchor], null);
    expect(proof.verification).toMatchObject({ problems: [], anchoredUpTo: 8 });
    expect(proofWords(proof).join('\n')).toMatch(/Rows: 8 sealed\. 1 more, .* wait to be sealed and are not proven\./u);
  });

  it('an edited entry is named', async () => {
    const edit = sql`update audit_entries set body = jsonb_set(body, '{action}', '"forged"') where entry = 3`;
    expect(await namedAfter((trx) => edit.execute(trx))).toEqual([['changed', 3]]);
  });

  it('entries that changed places are named', async () => {
    const swap = sql`update audit_entries a set hash = b.hash, body = b.body from audit_entries b
      where a.entry in (3, 5) and b.entry = 8 - a.entry`;
    expect(await namedAfter((trx) => swap.execute(trx))).toEqual([
      ['moved', 3],
      // What lies beside it is another row's now.
      ['side-row', 3],
      ['moved', 5],
      ['side-row', 5],
    ]);
  });

  it('a table that was cut off or emptied is named, where something outside or beside it remains', async () => {
    const cut = (trx: Connection) => sql`delete from audit_entries where entry > 5`.execute(trx);
    expect(await namedAfter(cut)).toEqual([['cut', 6, 8]]);
    const cutBoth = async (trx: Connection) => {
      await sql`delete from audit where entry > 5`.execute(trx);
      await cut(trx);
    };
    expect(await namedAfter(cutBoth)).toEqual([]);
    expect(await namedAfter(cutBoth, [anchor])).toEqual([['cut', 6, 8]]);
    expect(await namedAfter((trx) => sql`truncate audit_entries`.execute(trx))).toEqual([['cut', 1, 8]]);
    expect(await namedAfter((trx) => sql`truncate audit, audit_entries`.execute(trx), [anchor])).toEqual([
      ['cut', 1, 8],
    ]);
  });

  it('entries whose hashes were all computed again are named by an anchor alone', async () => {
    const rehash = async (trx: Connection) => {
      let previous = genesis.hash;
      for (const { entry } of await readEntries(trx, 0, 100)) {
        const sealedAt = entry.entry < 4 ? entry.body.sealedAt : '2020-01-01T00:00:00.000Z';
        const body = { ...entry.body, previous, sealedAt };
        previous = hashOf(body);
        await sql`update audit_entries set hash = ${previous}, body = ${JSON.stringify(body)}::jsonb
          where entry = ${entry.entry}`.execute(trx);
      }
    };
    expect(await namedAfter(rehash)).toEqual([]);
    expect(await namedAfter(rehash, [anchor])).toEqual([['not-anchored', 8]]);
  });

  it('what lies beside two rows and was swapped is named, and what is gone', async () => {
    const swap = sql`update audit a set detail = b.detail, salts = b.salts from audit b
      where a.entry in (2, 6) and b.entry = 8 - a.entry`;
    // With their salts the texts fit no commitment of the other row.
    expect(await namedAfter((trx) => swap.execute(trx))).toEqual([
      ['side-row', 2],
      ['side-row', 6],
    ]);
    expect(await namedAfter((trx) => sql`delete from audit where entry = 4`.execute(trx))).toEqual([['lost', 4]]);
  });
});
