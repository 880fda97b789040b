import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { appendAudit } from '../../src/database/history.ts';
import { removeOrphanedAssets, retentionRules } from '../../src/database/retention-rules.ts';
import { storedJson } from '../../src/database/storable.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { RequestState } from '../../src/domain/request.ts';
import { confirmLift, proposeLift } from '../../src/holds/lift-holds.ts';
import { confirmHold, proposeHold } from '../../src/holds/place-holds.ts';
import { erasePerson } from '../../src/requests/erase-person.ts';
import { removeOldRecords } from '../../src/requests/remove-old-records.ts';
import { findRequest } from '../../src/requests/report.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { asker, jobServices } from '../harness/job-services.ts';
import { member } from '../harness/people.ts';

const day = 24 * 3_600_000;
const secret = 'Ada’s own file.csv';

describeOnEachDatabase('what is kept', (open) => {
  let opened: OpenedDatabase;
  let clock: TestClock;
  let services: WorkflowServices;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    clock = new TestClock();
    services = jobServices(opened.database, opened.queue, {} as AssetSource, clock);
    for (const table of ['requestAssets', 'requestHistory', 'cards', 'archiveParts', 'directoryFiles']) {
      await sql`delete from ${sql.table(table)}`.execute(opened.database.db);
    }
    for (const table of [
      'directoryExports',
      'requests',
      'audit',
      'people',
      'conversations',
      'conversationStates',
      'hostLimits',
      'legalHolds',
    ]) {
      await sql`delete from ${sql.table(table)}`.execute(opened.database.db);
    }
  });

  const daysAgo = (days: number) => new Date(clock.now() - days * day);
  let messages = 0;
  /** A request with two assets, a part, history, cards and audit rows, which ended `endedDaysAgo` days ago. */
  const request = async (
    state: RequestState,
    endedDaysAgo: number | null,
    { archive = 'removed', retries = null }: { archive?: 'removed' | 'kept' | 'none'; retries?: number | null } = {},
  ): Promise<number> => {
    const { db } = opened.database;
    const ended = endedDaysAgo === null ? null : daysAgo(endedDaysAgo);
    const { number } = await db
      .insertInto('requests')
      .values({
        tenantId: asker.tenantId,
        requesterObjectId: asker.objectId,
        requesterName: asker.name,
        requesterAddresses: storedJson(['alexw@example.com']),
        requesterRole: 'member',
        requesterMail: 'alexw@example.com',
        originConversationId: 'chat',
        originActivityId: `retention-${++messages}`,
        ask: storedJson({
          action: 'delete',
          target: 'assets',
          data: 'customer',
          mentions: [{ name: secret }],
          ...(retries === null ? {} : { retry: { of: retries, workspaceFiles: false } }),
        }),
        action: 'delete',
        state,
        version: 5,
        needsApproval: false,
        stopRequested: false,
        workspace: storedJson({
          id: 'ws',
          name: 'Churn Lab',
          accountType: 'free',
          serviceType: 'Free',
          expiresAt: null,
        }),
        choice: storedJson({ question: 'which-asset', options: [{ name: secret }] }),
        snapshot: 'shown',
        createdAt: ended ?? daysAgo(1_000),
        updatedAt: ended ?? daysAgo(1_000),
        startedAt: ended,
        finishedAt: ended,
        archiveRemovedAt: archive === 'removed' ? ended : null,
      })
      .returning('number')
      .executeTakeFirstOrThrow();
    for (const [snapshot, position, deleted] of [
      ['shown', 0, 'done'],
      ['shown', 1, 'changed'],
      ['another', 0, null],
    ] as const) {
      await db
        .insertInto('requestAssets')
        .values({
          requestNumber: number,
          snapshot,
          position,
          kind: 'dataset',
          assetId: `id-${position}`,
          familyId: `family-${position}`,
          name: secret,
          sizeBytes: 1,
          createdAt: null,
          owner: asker.name,
          versions: 1,
          revision: '',
          dependants: storedJson([{ kind: 'experiment', name: secret }]),
          deleted,
        })
        .execute();
    }
    if (archive !== 'none') {
      await db
        .insertInto('archiveParts')
        .values({
          requestNumber: number,
          part: 1,
          blobName: 'b',
          sizeBytes: 1,
          sha256: 's',
          files: 1,
          contents: storedJson({ name: secret }),
          completes: true,
          writtenAt: clock.now() === 0 ? new Date() : new Date(clock.now()),
        })
        .execute();
    }
    await sql`insert into request_history (request_number, version, event, from_state, to_state, actor, idempotency_key, at)
      values (${number}, 5, 'confirmed', 'preparing', 'scheduled', ${asker.name}, ${`4:delete:${asker.objectId}`}, ${daysAgo(1)})`.execute(
      db,
    );
    await sql`insert into cards (request_number, audience, conversation_id, wanted, delivered)
      values (${number}, 'requester', 'chat', 1, 1)`.execute(db);
    await appendAudit(db, {
      at: ended ?? daysAgo(1_000),
      tenantId: asker.tenantId,
      actor: asker.objectId,
      policyVersion: 'test+0',
      action: 'asset.delete.done',
      requestNumber: number,
      workspaceId: 'ws',
      detail: { kind: 'dataset', id: 'id-0', familyId: 'family-0', name: secret },
    });
    return number;
  };
  const sweep = () => removeOldRecords(services, AbortSignal.timeout(60_000));
  const count = async (table: string): Promise<number> => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
      opened.database.db,
    );
    return rows[0]?.n ?? 0;
  };
  /** The tables with a row that contains this text. */
  const whereIs = async (text: string): Promise<string[]> => {
    const found: string[] = [];
    for (const table of Object.keys(retentionRules)) {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} t
        where strpos(row_to_json(t)::text, ${text}) > 0`.execute(opened.database.db);
      if ((rows[0]?.n ?? 0) > 0) found.push(table);
    }
    return found;
  };

  it('has a rule for every table that there is', async () => {
    const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = current_schema() and table_name not like 'kysely%'`.execute(opened.database.db);
    const withRule = Object.keys(retentionRules).map((name) =>
      name.replaceAll(/[A-Z]/gu, (each) => `_${each}`.toLowerCase()),
    );
    expect(rows.map(({ name }) => name).sort()).toEqual(withRule.sort());
  });

  it('is everything of open requests, and of ended ones until their time, however old other things are', async () => {
    for (const state of ['preparing', 'awaiting-approval', 'running'] as const) await request(state, null);
    await request('succeeded', 29);
    await sweep();
    expect(await count('requests')).toBe(4);
    expect(await count('audit')).toBe(4);
    expect(await count('cards')).toBe(4);
    // Rows of obsolete previews are removed at once, unless a preview may be in preparation.
    expect(await count('requestAssets')).toBe(3 + 2 + 2 + 2);
  });

  it('is no name a month after the end, while numbers and ids stay', async () => {
    const number = await request('partly-failed', 31);
    await sweep();
    expect(await whereIs(secret)).toEqual([]);
    const kept = await findRequest(services, number);
    expect(kept?.refusal).toEqual({ reason: 'names-forgotten', detail: '1 deleted, 1 not deleted.' });
    const { rows } = await sql<{ detail: object; actor: string }>`select detail, actor from audit
      where actor <> 'system'`.execute(opened.database.db);
    expect(rows).toEqual([{ detail: { kind: 'dataset', id: 'id-0', familyId: 'family-0' }, actor: asker.objectId }]);
    expect(await count('requestHistory')).toBe(1);
    const again = await sweep();
    expect(Object.values(again).every((removed) => removed === 0)).toBe(true);
  });

  it('is all that a link, a receipt or a further attempt still needs', async () => {
    const linked = await request('succeeded', 400, { archive: 'kept' });
    const failed = await request('partly-failed', 400);
    await request('running', null, { retries: failed });
    await sweep();
    for (const number of [linked, failed]) {
      expect((await findRequest(services, number))?.ask.mentions).toEqual([{ name: secret }]);
    }
    await sql`update requests set archive_removed_at = now() where number = ${linked}`.execute(opened.database.db);
    await sql`update requests set state = 'succeeded', finished_at = ${daysAgo(1)} where state = 'running'`.execute(
      opened.database.db,
    );
    await sweep();
    expect(await findRequest(services, linked)).toBeNull();
    expect(await findRequest(services, failed)).toBeNull();
  });

  it('is nothing of a request after a year but its audit rows, and those for two', async () => {
    await request('succeeded', 366, { archive: 'none' });
    await request('rejected', 366);
    await sweep();
    for (const table of ['requests', 'requestAssets', 'requestHistory', 'archiveParts', 'cards']) {
      expect([table, await count(table)]).toEqual([table, 0]);
    }
    // The removals themselves are on record.
    const recorded = async () => {
      const { rows } = await sql<{ action: string }>`select action from audit order by 1`.execute(opened.database.db);
      return rows.map(({ action }) => action);
    };
    const forgotten = 'request.names-forgotten';
    expect(await recorded()).toEqual(['asset.delete.done', 'asset.delete.done', forgotten, forgotten]);
    clock.advance(365 * day);
    await sweep();
    expect(await recorded()).toEqual(['audit.removed', forgotten, forgotten]);
  });

  it('is nothing of the record that is old, which is recorded once a day, however often it is looked for', async () => {
    const { db } = opened.database;
    for (let hours = 0; hours < 72; hours += 6) {
      await sql`insert into audit (at, tenant_id, actor, action, detail) values
        (${new Date(clock.now() - 730 * day + hours * 3_600_000)}, 't', 'system', 'schedule.stopped', '{}')`.execute(
        db,
      );
    }
    for (let sweeps = 0; sweeps < 12; sweeps += 1) {
      await sweep();
      clock.advance(day / 4);
    }
    const { rows } = await sql<{ before: string }>`select detail ->> 'before' as before from audit
      where action = 'audit.removed' order by 1`.execute(db);
    const days = rows.map(({ before }) => before.slice(0, 10));
    expect(days.length).toBeGreaterThan(1);
    expect(new Set(days).size).toBe(days.length);
  });

  it('is nobody who has not been seen for a year, unless they have something open', async () => {
    const { db } = opened.database;
    const seen = (id: string, days: number) =>
      sql`insert into people (tenant_id, object_id, name, channel_user_id, personal_conversation_id, seen_at)
        values (${asker.tenantId}, ${id}, ${id}, ${id}, ${`chat-${id}`}, ${daysAgo(days)})`.execute(db);
    const met = (id: string, days: number) =>
      sql`insert into conversations (id, tenant_id, kind, reference, updated_at)
        values (${id}, ${asker.tenantId}, 'personal', '{}', ${daysAgo(days)})`.execute(db);
    await request('running', null);
    for (const [id, days] of [
      [asker.objectId, 400],
      ['gone', 400],
      ['here', 3],
    ] as const) {
      await seen(id, days);
      await met(`chat-${id}`, 400);
    }
    await met('chat', 400);
    await met('approvers', 400);
    services = { ...services, settings: { ...services.settings, approvalConversationId: 'approvers' } };
    await sweep();
    const people = await sql<{ objectId: string }>`select object_id from people order by 1`.execute(db);
    expect(people.rows.map(({ objectId }) => objectId)).toEqual([asker.objectId, 'here'].sort());
    const conversations = await sql<{ id: string }>`select id from conversations order by 1`.execute(db);
    expect(conversations.rows.map(({ id }) => id)).toEqual(
      ['approvers', 'chat', `chat-${asker.objectId}`, 'chat-here'].sort(),
    );
  });

  it('of a preview that does not count is removed in batches that can be interrupted anywhere', async () => {
    const number = await request('rejected', 1);
    await sql`update requests set snapshot = null where number = ${number}`.execute(opened.database.db);
    expect(await removeOrphanedAssets(opened.database.db, 1)).toBe(1);
    await expect(removeOldRecords(services, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    await sweep();
    expect(await count('requestAssets')).toBe(0);
  });

  it.each([
    ['the workspace', { kind: 'workspace', workspaceId: 'ws', name: 'Churn Lab' }],
    [
      'an asset',
      {
        kind: 'asset',
        workspaceId: 'ws',
        workspaceName: 'Churn Lab',
        assetKind: 'dataset',
        familyId: 'family-1',
        name: '',
      },
    ],
    ['who asked', { kind: 'person', objectId: asker.objectId, name: null, addresses: [] }],
    ['the owner', { kind: 'person', objectId: null, name: asker.name, addresses: [] }],
    ['an address', { kind: 'person', objectId: null, name: null, addresses: ['alexw@example.com'] }],
  ] as const)('is everything that a legal hold on %s covers, until that is lifted', async (_on, target) => {
    const { db } = opened.database;
    const source = { workspaceIds: () => [] as string[] } as unknown as AssetSource;
    await sql`insert into people (tenant_id, object_id, name, mail, channel_user_id, seen_at)
      values (${asker.tenantId}, ${asker.objectId}, ${asker.name}, 'alexw@example.com', '29:alex', ${daysAgo(2_000)})`.execute(
      db,
    );
    const number = await request('succeeded', 1_000, { archive: 'none' });
    const by = member('legal', 'Legal', 'legal@example.com', asker.tenantId);
    services = { ...services, source, settings: { ...services.settings, administrators: by.addresses } };
    const draft = { target, reference: 'M-1', reason: 'A dispute.', from: null, until: null };
    const proposed = await proposeHold(services, by, draft);
    const hold = (await confirmHold(services, by, proposed.hold?.number ?? 0)).hold;
    for (let times = 0; times < 2; times += 1) await sweep();
    expect(await whereIs(secret)).toEqual(expect.arrayContaining(['requests', 'requestAssets', 'audit']));
    expect((await findRequest(services, number))?.requester.name).toBe(asker.name);
    const { rows } = await sql<{ action: string }>`select action from audit order by sequence`.execute(db);
    expect(rows.map(({ action }) => action)).toEqual(['asset.delete.done', 'hold.placed']);
    expect(await count('people')).toBe(target.kind === 'person' ? 1 : 0);
    expect(await erasePerson(services, asker, 'test+0')).toEqual({ result: 'held' });
    const lift = await proposeLift(services, by, hold?.number ?? 0, 'Closed.');
    const liftNumber = lift.result === 'accepted' ? lift.lift.number : 0;
    expect((await confirmLift(services, by, liftNumber)).result).toBe('accepted');
    await sweep();
    expect(await whereIs(secret)).toEqual([]);
    expect([await findRequest(services, number), await count('people')]).toEqual([null, 0]);
  });

  it('of a person is an id alone once they are erased, which waits for their open requests', async () => {
    const { db } = opened.database;
    await sql`insert into people (tenant_id, object_id, name, mail, channel_user_id, personal_conversation_id, seen_at)
      values (${asker.tenantId}, ${asker.objectId}, ${asker.name}, 'alexw@example.com', '29:alex', 'chat', now())`.execute(
      db,
    );
    await sql`insert into conversation_states values (${asker.tenantId}, ${asker.objectId}, 'chat', '{}', now())`.execute(
      db,
    );
    const open = await request('awaiting-confirmation', null);
    await request('succeeded', 3);
    expect(await erasePerson(services, asker, 'test+0')).toEqual({ result: 'has-open-requests', numbers: [open] });
    expect(await count('people')).toBe(1);
    await sql`update requests set state = 'cancelled', finished_at = now() where number = ${open}`.execute(db);
    expect(await erasePerson(services, asker, 'test+0')).toEqual({ result: 'erased', requests: 2, wasKnown: true });
    expect(await whereIs(asker.name)).toEqual([]);
    expect(await whereIs('alexw@example.com')).toEqual([]);
    expect(await whereIs('29:alex')).toEqual([]);
    expect(await whereIs(asker.objectId)).toEqual(expect.arrayContaining(['requests', 'audit']));
    expect(await erasePerson(services, asker, 'test+0')).toMatchObject({ result: 'erased', wasKnown: false });
  });
});
