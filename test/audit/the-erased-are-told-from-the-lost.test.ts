import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { proofWords } from '../../src/audit/proof-words.ts';
import { proveRecord } from '../../src/audit/prove-record.ts';
import { sealAll } from '../../src/audit/sealer.ts';
import type { Database } from '../../src/database/connection.ts';
import { appendAudit } from '../../src/database/history.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { Person } from '../../src/domain/people.ts';
import type { Ask } from '../../src/domain/request.ts';
import { defaultRetention } from '../../src/domain/retention.ts';
import { confirmAddressChange, proposeAddressChange } from '../../src/requests/address-changes.ts';
import { refreshPerson } from '../../src/requests/contacts.ts';
import { ask } from '../../src/requests/create.ts';
import { erasePerson } from '../../src/requests/erase-person.ts';
import { removeOldRecords } from '../../src/requests/remove-old-records.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { jobServices } from '../harness/job-services.ts';
import { asSeen, member } from '../harness/people.ts';

const alex = member('alex', 'Alex Wilber', 'alexw@example.com', 'tenant');
const megan = member('megan', 'Megan Bowen', 'meganb@example.com', 'tenant');

describeOnEachDatabase('in the record', (open) => {
  let opened: OpenedDatabase;
  let db: Database['db'];
  let services: ReturnType<typeof jobServices>;
  const clock = new TestClock();
  let messages = 0;

  beforeAll(async () => {
    opened = await open();
    db = opened.database.db;
    services = jobServices(opened.database, opened.queue, {} as AssetSource, clock);
  });
  afterAll(() => opened.close());

  /** A request that was asked for and has ended. */
  const ended = async (by: Person, action: Ask['action']): Promise<number> => {
    messages += 1;
    const origin = { conversationId: 'chat', kind: 'personal', activityId: `m-${messages}` } as const;
    const wish = { action, target: 'assets', data: 'customer', mentions: [{ name: 'churn.csv' }] } as Ask;
    const { number } = await ask(services, by, origin, wish);
    const finished = new Date(clock.now());
    await sql`update requests set state = 'cancelled', finished_at = ${finished} where number = ${number}`.execute(db);
    return number;
  };
  const append = (action: string, requestNumber: number | null, detail: object) =>
    appendAudit(db, {
      at: new Date(clock.now()),
      tenantId: 'tenant',
      actor: megan.objectId,
      action,
      requestNumber,
      workspaceId: 'ws',
      detail,
      policyVersion: 'test+0',
    });
  const prove = async () => {
    await sealAll(services);
    return proveRecord(db, []);
  };
  const actorsOf = async (number: number) => {
    const { rows } = await sql<{ actor: string }>`select actor from audit where request_number = ${number}`.execute(db);
    return rows.map(({ actor }) => actor);
  };

  it('an erased person is a pseudonym, but where something was to be deleted, and the chain is whole', async () => {
    const copied = await ended(alex, 'export');
    const deleted = await ended(alex, 'delete');
    await append('directory.export.asked', null, { personId: alex.objectId });
    await sealAll(services);
    // One that is not sealed yet.
    const late = await ended(alex, 'export');
    const before = await sql`select * from audit_entries order by entry`.execute(db);
    expect((await erasePerson(services, alex, 'test+0')).result).toBe('erased');
    const proof = await prove();
    expect(proof.verification.problems).toEqual([]);
    const after = await sql`select * from audit_entries order by entry limit ${before.rows.length}`.execute(db);
    expect(after.rows).toEqual(before.rows);
    const [pseudonym] = await actorsOf(copied);
    expect(pseudonym).toMatch(/^[0-9a-f]{64}$/u);
    expect([await actorsOf(late), await actorsOf(deleted)]).toEqual([[pseudonym], [alex.objectId]]);
    // Rows of exports, of the search in the directory and of the erasure.
    expect(proof.verification.removals).toMatchObject([{ kind: 'person', key: pseudonym, parts: 4, first: 1 }]);
    expect(proofWords(proof).join('\n')).toMatch(
      /A person \([0-9a-f]{12}…\), erased on 2026-11-24 under row 5: 4 places, first in row 1\./u,
    );
    const { rows } = await sql<{ text: string }>`select string_agg(a::text, '') as text from audit a
      where request_number is distinct from ${deleted}`.execute(db);
    expect(rows[0]?.text).not.toContain(`"${alex.objectId}"`);
    expect((await erasePerson(services, alex, 'test+0')).result).toBe('erased');
    expect((await prove()).verification.problems).toEqual([]);
  });

  it('an erased person whose address was linked, moved and proven is found by no id and no address', async () => {
    const admin = member('admin', 'Ada Min', 'admin@example.com', 'tenant');
    const jane = member('jane', 'Jane Doe', 'jane@example.com', 'tenant');
    const zoe = member('zoe', 'Zoe Roe', 'zoe@example.com', 'tenant');
    for (const each of [admin, jane, zoe]) await refreshPerson(services, asSeen(each));
    const withAdmin = { ...services, settings: { ...services.settings, administrators: ['admin@example.com'] } };
    const rights = { workspaces: [], roles: [], groups: [] };
    for (const target of [jane, zoe]) {
      const change = { kind: 'link', address: 'jane@old.example', target, rights } as const;
      const { change: proposed } = await proposeAddressChange(withAdmin, admin, change);
      expect(await confirmAddressChange(withAdmin, admin, proposed?.number ?? 0, rights)).toMatchObject({
        result: 'accepted',
      });
    }
    await sealAll(services);
    expect((await erasePerson(services, jane, 'test+0')).result).toBe('erased');
    expect((await prove()).verification.problems).toEqual([]);
    const { rows } = await sql<{ text: string }>`select string_agg(a::text, '') as text from audit a`.execute(db);
    expect(rows[0]?.text).toContain('address.linked');
    expect(rows[0]?.text).not.toMatch(/"jane"|jane@/u);
  });

  it('somebody who comes back is a new person, until they are erased again', async () => {
    const copied = await ended(alex, 'export');
    expect((await prove()).verification.problems).toEqual([]);
    expect(await actorsOf(copied)).toEqual([alex.objectId]);
    await erasePerson(services, alex, 'test+0');
    expect((await prove()).verification.problems).toEqual([]);
    expect(await actorsOf(copied)).not.toEqual([alex.objectId]);
  });

  it('names and old rows go in their time, and it is said where and when', async () => {
    const deleted = await ended(megan, 'delete');
    await append('asset.delete.done', deleted, { kind: 'dataset', id: 'id-1', name: 'churn.csv' });
    await sealAll(services);
    clock.advance(defaultRetention.namesMs + 1);
    await removeOldRecords(services, AbortSignal.timeout(60_000));
    const forgotten = await prove();
    expect(forgotten.verification.problems).toEqual([]);
    expect(proofWords(forgotten).join('\n')).toMatch(
      new RegExp(`Names in DSR-${deleted}, erased on 2026-12-24 under row \\d+: one place`, 'u'),
    );
    clock.advance(defaultRetention.auditMs);
    await removeOldRecords(services, AbortSignal.timeout(60_000));
    // Not sealed yet, and told from what is lost all the same.
    expect((await proveRecord(db, [])).verification.problems).toEqual([]);
    const old = await prove();
    expect(old.verification.problems).toEqual([]);
    expect(proofWords(old).join('\n')).toMatch(
      /What lay beside old rows, removed on 2028-12-\d\d under row \d+: \d+ pl/u,
    );
    const { rows } = await sql`select from audit_people where object_id in (${alex.objectId}, ${megan.objectId})
      and for_deletions`.execute(db);
    expect(rows).toEqual([]);
  });

  it('what went without a record of it is lost', async () => {
    await ended(megan, 'export');
    await sealAll(services);
    await expect(sql`delete from audit_people`.execute(db)).rejects.toThrow(/no erasure of this person is recorded/u);
    await sql`alter table audit_people disable trigger audit_pseudonyms_are_kept`.execute(db);
    await sql`delete from audit_people`.execute(db);
    const { verification } = await prove();
    expect(verification.problems).toMatchObject([{ kind: 'lost', entry: verification.head.entry }]);
    expect(verification.problems[0]?.sentence).toMatch(/^The proof of the person of row \d+ is lost/u);
  });
});
