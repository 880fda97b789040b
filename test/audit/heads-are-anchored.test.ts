import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anchorContainerBeside, createAnchorContainer } from '../../src/archive/anchor-container.ts';
import { anchorHead, checkNewestAnchor, newestAnchors, runAnchoring } from '../../src/audit/anchors.ts';
import { proveRecord } from '../../src/audit/prove-record.ts';
import { declareRestored } from '../../src/audit/restoration.ts';
import { sealAll } from '../../src/audit/sealer.ts';
import { readHead } from '../../src/database/audit-entries.ts';
import { appendAudit } from '../../src/database/history.ts';
import { ServiceFailure } from '../../src/domain/service-failure.ts';
import type { Azurite } from '../../src/local/azurite.ts';
import { fastClock } from '../archive/impatient-clock.ts';
import { startTestAzurite } from '../harness/azurite.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';

const hour = 3_600_000;
let azurite: Azurite;
beforeAll(async () => {
  azurite = await startTestAzurite();
});
afterAll(() => azurite.close());

const container = (name: string, key?: string) => {
  const { url, accountName, accountKey } = azurite;
  const signIn = { kind: 'key', accountName, accountKey: key ?? accountKey } as const;
  const account = { url, signIn, allowHttp: true, clock: fastClock(Date.now()), retry: { maxTries: 1 } };
  return createAnchorContainer(account, name);
};

it('the container of anchors has a name that is allowed, whatever that of the archives is', () => {
  expect(anchorContainerBeside('steward-archives')).toBe('steward-archives-anchors');
  for (const name of [`${'a'.repeat(54)}-${'b'.repeat(8)}`, 'c'.repeat(63), 'abc']) {
    expect(anchorContainerBeside(name)).toMatch(/^[a-z0-9](?:-?[a-z0-9]){2,62}$/u);
  }
});

describeOnEachDatabase('heads', (open) => {
  let opened: OpenedDatabase;
  let anchors: ReturnType<typeof container>;
  let clock: TestClock;
  let errors: unknown[];

  beforeAll(async () => {
    opened = await open();
    clock = new TestClock();
    anchors = container(`anchors-${opened.database.kind}`);
    await anchors.ensure();
    await anchors.ensure();
  });
  afterAll(() => opened.close());

  const services = () => {
    errors = [];
    const log = { info: () => {}, warn: () => {}, error: (_text: string, error: unknown) => void errors.push(error) };
    return {
      database: opened.database,
      clock,
      log,
      anchors,
      signer: null,
      retention: { auditMs: 1e12, policyVersion: 'test+0' },
    };
  };
  const sealOne = async () => {
    await appendAudit(opened.database.db, {
      at: new Date(clock.now()),
      tenantId: 'tenant',
      actor: 'alex',
      action: 'request.asked',
      requestNumber: null,
      workspaceId: null,
      detail: {},
      policyVersion: 'test+0',
    });
    await sealAll(services());
  };
  const stored = async () => Array.fromAsync(anchors.names());

  it('are stored once each, found again, and prove the record', async () => {
    expect([await anchorHead(services()), await checkNewestAnchor(services())]).toEqual([false, null]);
    await sealOne();
    expect(await anchorHead(services())).toBe(true);
    expect(await anchorHead(services())).toBe(false);
    await sealOne();
    await sealOne();
    const both = await Promise.all([anchorHead(services()), anchorHead(services())]);
    expect(both.filter((created) => created)).toHaveLength(1);
    expect(await stored()).toEqual(['head-000000000001.json', 'head-000000000003.json']);
    const { entry, hash } = await readHead(opened.database.db);
    const newest = await checkNewestAnchor(services());
    expect(newest).toEqual({ entry, hash, at: new Date(clock.now()).toISOString() });
    const proof = await proveRecord(opened.database.db, newest === null ? [] : [newest]);
    expect(proof.verification).toMatchObject({ problems: [], anchoredUpTo: 3 });
  });

  it('are never overwritten', async () => {
    expect(await anchors.create('head-000000000003.json', 'forged')).toBe(false);
    expect(await anchors.read('head-000000000003.json')).toContain('"entry":3');
  });

  it('are stored every hour while there is something new, and read back at the start', async () => {
    await sealOne();
    const stop = new AbortController();
    const running = runAnchoring(services(), stop.signal);
    await clock.until((waits) => waits.includes(hour));
    expect(await stored()).toHaveLength(3);
    clock.advance(hour);
    await clock.until((waits) => waits.includes(hour));
    expect(await stored()).toHaveLength(3);
    await sealOne();
    clock.advance(hour);
    await clock.until((waits) => waits.includes(hour));
    expect(await stored()).toHaveLength(4);
    stop.abort();
    await running;
    expect(errors).toEqual([]);
  });

  it('of a record whose end is gone are reported, and nothing more is anchored', async () => {
    const { db } = opened.database;
    await sql`alter table audit_entries disable trigger audit_entries_leave_in_segments`.execute(db);
    await sql`delete from audit_entries where entry = 5`.execute(db);
    const stop = new AbortController();
    const running = runAnchoring(services(), stop.signal);
    await clock.until((waits) => waits.includes(hour));
    stop.abort();
    await running;
    expect(String(errors)).toMatch(/AnchorMismatchError: The record ends before row 5/u);
    expect(await stored()).toHaveLength(4);
    // Another row in its place is not the one that was anchored.
    await sql`alter table audit disable trigger audit_is_kept`.execute(db);
    await sql`update audit set entry = null where entry = 5`.execute(db);
    await sealAll(services());
    await expect(checkNewestAnchor(services())).rejects.toThrow(/Row 5 of the record is not the one/u);
    await expect(anchorHead(services())).rejects.toThrow(/Row 5 of the record is not the one/u);
    // Once it is said that a backup was restored, the record goes on behind the last anchor.
    const found = await newestAnchors(services());
    expect(found.map(({ entry }) => entry)).toEqual([5, 4]);
    const declaration = { by: 'Patti Fernandez', tenantId: 'tenant', policyVersion: 'test+0' };
    expect(await declareRestored(services(), found, declaration)).toMatchObject({ provenTo: 4, missingTo: 5 });
    expect(await checkNewestAnchor(services())).toMatchObject({ entry: 5 });
    expect(await anchorHead(services())).toBe(true);
    expect(await checkNewestAnchor(services())).toMatchObject({ entry: 6 });
  });

  it('that storage does not take are tried again, and the failure names no key', async () => {
    const wrong = container('elsewhere', Buffer.from('wrong').toString('base64'));
    const stop = new AbortController();
    const running = runAnchoring({ ...services(), anchors: wrong }, stop.signal);
    await clock.until((waits) => waits.includes(60_000));
    stop.abort();
    await running;
    expect(errors[0]).toBeInstanceOf(ServiceFailure);
  });
});
