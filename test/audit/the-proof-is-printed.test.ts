import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileSigner } from '../../src/audit/file-signer.ts';
import { signHead } from '../../src/audit/head-signature.ts';
import { sealAll } from '../../src/audit/sealer.ts';
import { readHead } from '../../src/database/audit-entries.ts';
import { type Database, openDatabase } from '../../src/database/connection.ts';
import { appendAudit } from '../../src/database/history.ts';
import type { Head } from '../../src/domain/audit-chain.ts';
import { systemClock } from '../../src/system-clock.ts';
import { emptyEmbedded } from '../harness/databases.ts';

const fail = (error: Error) => {
  throw error;
};

describe('npm run audit:verify', { shuffle: false }, () => {
  let folder: string;
  let anchors: string;
  let head: Head;

  beforeAll(async () => {
    const root = await mkdtemp(join(tmpdir(), 'steward-proof-'));
    folder = join(root, 'database');
    anchors = join(root, 'anchors');
    await mkdir(anchors);
    await mkdir(folder);
    await emptyEmbedded(folder);
  });
  afterAll(() => rm(join(folder, '..'), { recursive: true, force: true }));

  const onDatabase = async (work: (database: Database) => Promise<unknown>) => {
    const database = await openDatabase({ kind: 'embedded', folder }, fail);
    try {
      await work(database);
    } finally {
      await database.close();
    }
  };
  const append = async ({ db }: Database, count: number) => {
    const row = { tenantId: 'tenant', actor: 'alex', action: 'asset.delete.done', requestNumber: 7, workspaceId: 'ws' };
    for (let index = 0; index < count; index += 1) {
      const detail = { name: `churn ${index}.csv` };
      await appendAudit(db, { ...row, at: new Date(), detail, policyVersion: 'test+0' });
    }
  };
  const run = async (...options: string[]) => {
    const command = join(import.meta.dirname, '../../src/audit-verify-command.ts');
    const child = spawn(process.execPath, [command, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [printed, error, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { printed: printed + error, code };
  };

  it('prints the head and how far the anchors prove it', async () => {
    await onDatabase(async (database) => {
      await append(database, 3);
      await sealAll({ database, clock: systemClock });
      head = await readHead(database.db);
      await append(database, 1);
    });
    const bare = await run('--folder', folder);
    expect(bare.printed).toContain(`Head: row 3, SHA-256 ${head.hash}`);
    expect(bare.printed).toMatch(/Rows: 3 sealed\. 1 more, the oldest of .*, wait to be sealed and are not proven\./u);
    expect(bare.printed).toContain('Anchors: none were given.');
    expect(bare).toMatchObject({ code: 0, printed: expect.stringContaining('The record is whole.') });
    await writeFile(join(anchors, 'head-3.json'), JSON.stringify({ ...head, at: '2026-11-30T00:00:00.000Z' }));
    expect((await run('--folder', folder, '--anchors', anchors)).printed).toContain('They prove every sealed row.');
  });

  it('counts only anchors that the given key signed, and ends with 1 when one is forged', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const [key, file] = [join(anchors, 'public.pem'), join(anchors, 'head-3.json')];
    await writeFile(key, publicKey.export({ type: 'spki', format: 'pem' }));
    const prove = () => run('--folder', folder, '--anchors', file, '--key', key);
    expect(await prove()).toMatchObject({ code: 0, printed: expect.stringContaining('1 of them not signed') });
    const anchor = { ...head, at: '2026-11-30T00:00:00.000Z' };
    const signature = await signHead(createFileSigner(privateKey), 'anchor', anchor);
    await writeFile(file, JSON.stringify({ ...anchor, signature }));
    expect((await prove()).printed).toContain(
      '0 of them not signed, which prove nothing. They prove every sealed row.',
    );
    await writeFile(file, JSON.stringify({ ...anchor, at: '2026-11-29T00:00:00.000Z', signature }));
    expect(await prove()).toMatchObject({
      code: 1,
      printed: expect.stringContaining('The anchor of row 3 of 2026-11-29'),
    });
    await writeFile(file, JSON.stringify({ ...anchor, signature }));
  });

  it('names the row that was changed by somebody who took the triggers away, and ends with 1', async () => {
    await onDatabase(async ({ db }) => {
      await sql`alter table audit disable trigger audit_is_kept`.execute(db);
      await sql`update audit set detail = '{"name": "other.csv"}' where entry = 2`.execute(db);
    });
    const changed = await run('--folder', folder);
    expect(changed.code).toBe(1);
    expect(changed.printed).toContain('What is kept beside row 2 is not what was sealed: /detail/name.');
  });

  it('names the end that is missing', async () => {
    await onDatabase(async ({ db }) => {
      await sql`alter table audit_entries disable trigger audit_entries_leave_in_segments`.execute(db);
      await sql`delete from audit where entry > 1`.execute(db);
      await sql`delete from audit_entries where entry > 1`.execute(db);
    });
    expect(await run('--folder', folder)).toMatchObject({ code: 0 });
    const cut = await run('--folder', folder, '--anchors', join(anchors, 'head-3.json'));
    expect(cut.code).toBe(1);
    expect(cut.printed).toContain(
      'The end was cut off: rows 2 to 3 are missing; the anchor of 2026-11-30T00:00:00.000Z',
    );
  });

  it('refuses what is no anchor', async () => {
    await writeFile(join(anchors, 'other.json'), '{}');
    expect(await run('--folder', folder, '--anchors', anchors)).toMatchObject({ code: 2 });
    expect((await run('--folder', folder, '--anchors', join(anchors, 'none'))).printed).toMatch(/^There is no file/u);
  });
});
