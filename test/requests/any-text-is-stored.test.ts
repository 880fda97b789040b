import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertPart, readParts } from '../../src/database/archive-parts.ts';
import { recordExported } from '../../src/database/asset-results.ts';
import { readConversationState, writeConversationState } from '../../src/database/conversation-rows.ts';
import {
  putDirectoryExport,
  putDirectoryFiles,
  readDirectoryExport,
  readDirectoryFiles,
} from '../../src/database/directory-exports.ts';
import { appendAudit, appendHistory } from '../../src/database/history.ts';
import { enqueueCard } from '../../src/database/outbox-rows.ts';
import { readConversation, readPerson, saveConversation, savePerson } from '../../src/database/person-rows.ts';
import { insertAssets, readAssets, readFamilies } from '../../src/database/request-assets.ts';
import { insertRequest, updateRequest } from '../../src/database/request-rows.ts';
import { recordSend } from '../../src/database/sends.ts';
import { storedJson } from '../../src/database/storable.ts';
import { encodedText, storable } from '../../src/domain/storable-text.ts';
import { anyText } from '../harness/any-text.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';

const hostile = 'a\0b\ud83dc\ude00\u202e"\\u0000';
const at = new Date(0);

interface Column {
  readonly tableName: string;
  readonly columnName: string;
  readonly dataType: string;
}

describeOnEachDatabase('any text', (open) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());

  it('fits into every text and JSON column of every table', async () => {
    const db = opened.database.db as unknown as Kysely<Record<string, Record<string, unknown>>>;
    const { rows: columns } = await sql<Column>`select table_name, column_name, data_type
      from information_schema.columns where table_schema = current_schema()
      and table_name not like 'kysely%' order by table_name, ordinal_position`.execute(db);
    const tables = Map.groupBy(columns, ({ tableName }) => tableName);
    expect(tables.size).toBeGreaterThan(10);
    for (const [table, itsColumns] of tables) {
      // A copy without keys and checks, so that every column accepts any text.
      const copy = `${table}_copy`;
      await sql`create table ${sql.table(copy)} (like ${sql.table(table)})`.execute(db);
      const row = Object.fromEntries(itsColumns.map((column) => [column.columnName, hostileValue(column)]));
      await db.insertInto(copy).values(row).execute();
      await db.updateTable(copy).set(row).execute();
      // With the database's own names, which the rows above have too.
      const stored = await db.withoutPlugins().selectFrom(copy).selectAll().executeTakeFirstOrThrow();
      for (const { columnName, dataType } of itsColumns) {
        if (dataType === 'text') expect(stored[columnName], `${table}.${columnName}`).toBe(storable(hostile));
        if (dataType === 'jsonb') expect(JSON.stringify(stored[columnName])).toContain('b�D83Dc');
        if (dataType === 'ARRAY') expect(stored[columnName]).toEqual([storable(hostile)]);
      }
      await db.schema.dropTable(copy).execute();
    }
  });

  it('passes through every function that stores names, ids, notes and references', { timeout: 120_000 }, async () => {
    const { db } = opened.database;
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (one, other) => {
        // Not drawn by the generator, since a shrunk case must not collide with rows of the previous case.
        const unique = randomUUID();
        const conversationId = `${unique}${storable(one)}`;
        const objectId = `${unique}${storable(other)}`;
        const person = {
          tenantId: 't',
          objectId,
          name: one,
          userPrincipalName: other,
          mail: one,
          role: 'member',
        } as const;
        await savePerson(
          db,
          { person, rosterTenantId: one, channelUserId: one, personalConversationId: other, rosterReadAt: null },
          at,
        );
        expect((await readPerson(db, 't', objectId))?.person.name).toBe(storable(one));
        const reference = { recipient: { name: one, [other]: other }, locale: other };
        await saveConversation(db, { id: conversationId, tenantId: 't', kind: 'personal', reference }, at);
        expect((await readConversation(db, conversationId))?.id).toBe(conversationId);
        await writeConversationState(db, person, conversationId, { said: [one, other] }, new Date(1_000));
        expect(await readConversationState(db, person, conversationId, at)).toEqual({
          said: [storable(one), storable(other)],
        });
        const request = await insertRequest(db, {
          tenantId: 't',
          requesterObjectId: objectId,
          requesterName: one,
          requesterUserPrincipalName: other,
          requesterMail: one,
          requesterRole: 'member',
          requesterAddresses: storedJson([one, other]),
          originConversationId: conversationId,
          originActivityId: other,
          ask: storedJson({ action: 'export', target: 'assets', data: 'all', mentions: [{ name: one }] }),
          action: 'export',
          state: 'running',
          version: 1,
          needsApproval: false,
          stopRequested: false,
          createdAt: at,
          updatedAt: at,
        });
        if (!request) throw new Error('no request');
        const { number } = request;
        await updateRequest(db, number, {
          snapshot: 's',
          decidedByName: one,
          workspace: storedJson({ name: one }),
          refusal: storedJson({ text: other }),
        });
        const asset = {
          kind: 'dataset',
          id: encodedText(one),
          familyId: encodedText(other),
          name: encodedText(one),
          sizeBytes: 1,
          createdAt: null,
          owner: encodedText(other),
          versions: 1,
        } as const;
        const dependants = [{ kind: 'experiment', id: encodedText(other), name: encodedText(one) }] as const;
        await insertAssets(db, number, 's', [{ position: 0, asset, dependants } as never]);
        const [read] = await readAssets(db, number, 1);
        expect(read?.asset).toMatchObject(asset);
        expect(read?.dependants).toEqual(dependants);
        expect(await readFamilies(db, number, 'dataset', [asset.familyId])).toHaveLength(1);
        await recordExported(db, number, [{ position: 0, outcome: { result: 'failed', note: one } }]);
        expect((await readAssets(db, number, 1))[0]?.exported?.note).toBe(storable(one));
        await insertPart(
          db,
          number,
          {
            part: 1,
            blobName: one,
            sizeBytes: 1,
            sha256: 'x',
            files: 1,
            contents: { note: one, [`x${other}`]: 1 },
            completes: true,
          } as never,
          at,
        );
        expect(await readParts(db, number)).toHaveLength(1);
        await appendHistory(db, {
          requestNumber: number,
          version: 1,
          event: one,
          fromState: 'running',
          toState: 'running',
          actor: other,
          idempotencyKey: one,
          at,
        });
        const audit = { at, tenantId: 't', actor: one, action: other, workspaceId: one, detail: { name: other } };
        await appendAudit(db, { ...audit, requestNumber: number, policyVersion: 'test+0' });
        await putDirectoryExport(db, number, {
          person: { id: one, name: other, address: one },
          container: `${number}`,
        } as never);
        expect((await readDirectoryExport(db, number))?.person.name).toBe(storable(other));
        await putDirectoryFiles(db, number, 0, [{ name: one, sizeBytes: 1 }]);
        expect(await readDirectoryFiles(db, number, 0, 1)).toEqual([{ name: storable(one), sizeBytes: 1 }]);
        await enqueueCard(db, number, 'requester', other);
        await recordSend(db, one, at);
      }),
      { numRuns: 60 },
    );
  });

  it('may be 10,000 characters long', async () => {
    const { db } = opened.database;
    const request = await db.selectFrom('requests').select('number').limit(1).executeTakeFirstOrThrow();
    // Without repetitions, since the database compresses index entries.
    const long = Array.from({ length: 2_500 }, (_, index) =>
      ((index * 7_919) % 65_521).toString(16).padStart(4, '0'),
    ).join('');
    await updateRequest(db, request.number, { snapshot: 'long' });
    const asset = {
      kind: 'dataset',
      id: long,
      name: long,
      owner: long,
      sizeBytes: 1,
      createdAt: null,
      versions: 1,
    } as const;
    const rows = ['a', 'b'].map((end, position) => ({
      position,
      asset: { ...asset, familyId: `😀${long}${end}` },
      dependants: [{ kind: 'experiment', id: long, name: long }] as const,
    }));
    await insertAssets(db, request.number, 'long', rows as never);
    const found = await readFamilies(db, request.number, 'dataset', [`😀${long}b`]);
    expect(found.map(({ position }) => position)).toEqual([1]);
  });
});

function hostileValue({ dataType }: Column): unknown {
  switch (dataType) {
    case 'text':
      return hostile;
    case 'jsonb':
      return storedJson({ [hostile]: [hostile] });
    case 'boolean':
      return true;
    case 'timestamp with time zone':
      return at;
    case 'ARRAY':
      return [hostile];
    default:
      return 1;
  }
}
