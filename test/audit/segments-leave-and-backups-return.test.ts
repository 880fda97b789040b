import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeOldSegments } from '../../src/audit/checkpoints.ts';
import { createFileSigner } from '../../src/audit/file-signer.ts';
import { keyIdOf } from '../../src/audit/head-signature.ts';
import { proofWords } from '../../src/audit/proof-words.ts';
import { proveIn, proveRecord } from '../../src/audit/prove-record.ts';
import { declareRestored, RestorationError } from '../../src/audit/restoration.ts';
import { sealAll } from '../../src/audit/sealer.ts';
import { readHead } from '../../src/database/audit-entries.ts';
import type { Database } from '../../src/database/connection.ts';
import { appendAudit } from '../../src/database/history.ts';
import { removalActions } from '../../src/domain/audit-removals.ts';
import type { Anchor } from '../../src/domain/audit-verification.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';

const year = 365 * 24 * 3_600_000;
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

describeOnEachDatabase('the record', (open) => {
  let opened: OpenedDatabase;
  let db: Database['db'];
  const clock = new TestClock();
  const retention = { auditMs: 2 * year, policyVersion: 'test+0' };
  const signer = createFileSigner(privateKey);

  beforeAll(async () => {
    opened = await open();
    db = opened.database.db;
  });
  afterAll(() => opened.close());

  const services = () => ({ database: { db }, clock, signer, retention });
  const append = async (count: number, action = 'request.asked', detail: object = { name: 'churn.csv' }) => {
    const row = { tenantId: 'tenant', actor: 'alex', action, requestNumber: null, workspaceId: 'ws', detail };
    for (let nth = 0; nth < count; nth += 1) {
      await appendAudit(db, { ...row, at: new Date(clock.now()), policyVersion: 'test+0' });
    }
    await sealAll(services());
  };
  const anchorNow = async (): Promise<Anchor> => ({ ...(await readHead(db)), at: new Date(clock.now()).toISOString() });
  const prove = async (anchors: readonly Anchor[] = [], keys: Parameters<typeof proveRecord>[2] = null) => {
    const proof = await proveRecord(db, anchors, keys);
    return { ...proof.verification, beginning: proof.beginning, words: proofWords(proof).join('\n') };
  };

  it('lets whole segments leave behind a signed checkpoint, and begins there', async () => {
    await append(12);
    clock.advance(3 * year);
    await append(1);
    // Nothing leaves that still has something beside it.
    expect(await removeOldSegments(services(), undefined, 5)).toBe(0);
    const cutOff = new Date(clock.now() - 2 * year).toISOString();
    await append(1, removalActions.rows, { before: cutOff });
    await sql`delete from audit where at < ${cutOff}`.execute(db);
    await expect(sql`delete from audit_entries where entry = 1`.execute(db)).rejects.toThrow(/append-only/u);
    expect(await removeOldSegments(services(), undefined, 5)).toBe(10);
    expect(await removeOldSegments(services(), undefined, 5)).toBe(0);
    await sealAll(services());
    const anchor = await anchorNow();
    const key = createPublicKey(privateKey);
    const proof = await prove([], new Map([[await keyIdOf(key), key]]));
    expect(proof).toMatchObject({ problems: [], rows: 6, checkpoint: { entry: 10 }, beginning: 'signed' });
    expect(proof.words).toMatch(/Begins at the checkpoint of row 10, of 2029-11-\d\d; it is signed\./u);
    expect(await prove([anchor])).toMatchObject({ problems: [], anchoredUpTo: anchor.entry });
    const other = createPublicKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    const doubted = await prove([], new Map([[await keyIdOf(other), other]]));
    expect(doubted.problems).toMatchObject([{ kind: 'forged', entry: 10 }]);
  });

  it('begins at a checkpoint and nowhere else', async () => {
    for (const change of [
      sql`update audit_checkpoints set hash = 'x'`,
      sql`delete from audit_checkpoints`,
      sql`truncate audit_checkpoints`,
      sql`insert into audit_checkpoints values (13, 'x', now(), null)`,
      sql`delete from audit_entries where entry = 13`,
    ]) {
      await expect(change.execute(db)).rejects.toThrow(/append-only/u);
    }
    await expect(
      db.transaction().execute(async (trx) => {
        await sql`alter table audit_entries disable trigger all`.execute(trx);
        await sql`delete from audit_entries where entry = 11`.execute(trx);
        const { verification } = await proveIn(trx, [], null);
        expect(verification.problems).toMatchObject([{ kind: 'missing', entry: 1, last: 11 }]);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await expect(
      db.transaction().execute(async (trx) => {
        await sql`alter table audit_checkpoints disable trigger all`.execute(trx);
        await sql`update audit_checkpoints set hash = ${'c'.repeat(64)} where entry = 10`.execute(trx);
        const { verification } = await proveIn(trx, [], null);
        expect(verification.problems).toMatchObject([{ kind: 'unlinked', entry: 11 }]);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect((await prove()).problems).toEqual([]);
  });

  it('goes on openly after a backup was restored, once somebody has said so', async () => {
    const declaration = { by: 'Patti Fernandez', tenantId: 'tenant', policyVersion: 'test+0' };
    const kept = await anchorNow();
    expect(await declareRestored(services(), [kept], declaration)).toBeNull();
    const lost: Anchor[] = [2, 4].map((more) => ({ entry: kept.entry + more, hash: 'd'.repeat(64), at: kept.at }));
    // Written after the restore, before anybody noticed: it has the number of a row that is lost.
    await append(2);
    const before = await prove([kept, ...lost]);
    expect(before.problems.map(({ kind, entry }) => [kind, entry])).toEqual([
      ['not-anchored', kept.entry + 2],
      ['cut', kept.entry + 3],
    ]);
    await expect(declareRestored(services(), lost, declaration)).rejects.toThrow(RestorationError);
    expect(await declareRestored(services(), [kept, ...lost], declaration)).toEqual({
      provenTo: kept.entry,
      endedAt: kept.entry + 2,
      missingTo: kept.entry + 4,
    });
    expect(await declareRestored(services(), [kept, ...lost], declaration)).toBeNull();
    await append(3);
    const anchor = await anchorNow();
    expect(anchor.entry).toBe(kept.entry + 8);
    const after = await prove([kept, ...lost, anchor]);
    expect(after).toMatchObject({ problems: [], anchoredUpTo: anchor.entry });
    const [from, to] = [kept.entry + 3, kept.entry + 4];
    expect(after.words).toContain(`Restored to row ${kept.entry}, said on 2029-11-`);
    expect(after.words).toContain(`Rows ${from} to ${to} are missing.`);
    // Another gap, or an anchor of later rows, is not excused by it.
    const later = { ...anchor, hash: 'e'.repeat(64) };
    expect((await prove([later])).problems).toMatchObject([{ kind: 'not-anchored', entry: anchor.entry }]);
  });
});
