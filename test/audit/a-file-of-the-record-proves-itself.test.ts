import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type ExportOutcome, exportRecord } from '../../src/audit/export-record.ts';
import { ExportFileError, exportProofWords, readExportFile } from '../../src/audit/record-export-file.ts';
import { sealAll } from '../../src/audit/sealer.ts';
import { readHead } from '../../src/database/audit-entries.ts';
import { appendAudit } from '../../src/database/history.ts';
import { savePerson } from '../../src/database/person-rows.ts';
import type { Anchor } from '../../src/domain/audit-verification.ts';
import { type RecordExport, verifyExport } from '../../src/domain/record-export.ts';
import type { RecordFiles } from '../../src/domain/record-files.ts';
import { systemClock as clock } from '../../src/system-clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { member } from '../harness/people.ts';

const megan = member('0000-megan', '=HYPERLINK("http://evil.example")', 'meganb@example.com');
const at = new Date('2026-11-20T10:00:00Z');

describeOnEachDatabase('a file of the record', (open) => {
  let opened: OpenedDatabase;
  let folder: string;
  let anchors: Anchor[] = [];
  let stored = '';
  let request = 7_000;

  beforeAll(async () => {
    opened = await open();
    folder = await mkdtemp(path.join(tmpdir(), 'record-files-'));
    const known = {
      person: megan,
      rosterTenantId: null,
      channelUserId: 'u',
      personalConversationId: null,
      rosterReadAt: null,
    };
    await savePerson(opened.database.db, known, at);
  });
  afterAll(async () => {
    await opened.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    request += 1;
    anchors = [];
  });

  const services = () => ({ database: opened.database, clock });
  const append = (action: string, detail: object, written = at) =>
    appendAudit(opened.database.db, {
      at: written,
      tenantId: megan.tenantId,
      actor: megan.objectId,
      action,
      requestNumber: request,
      workspaceId: 'ws',
      detail,
      policyVersion: 'test+0',
    });
  const recordFiles: RecordFiles = {
    store: async ({ expiresAt }, chunks) => {
      stored = '';
      for await (const chunk of chunks) stored += chunk;
      return { url: 'https://example.com/file', expiresAt };
    },
    anchors: async (first) => anchors.filter(({ entry }) => entry >= first),
  };
  const wish = { by: megan, downloadName: 'record', expiresAt: at } as const;
  const exported = (
    format: 'csv' | 'json',
    rows: Parameters<typeof exportRecord>[1]['rows'] = { requestNumber: request },
  ) =>
    exportRecord(
      { ...services(), recordFiles, policyVersion: 'test+0' },
      { ...wish, format, rows },
      AbortSignal.timeout(60_000),
    );
  const read = async (): Promise<RecordExport> => {
    const file = path.join(folder, `${request}.json`);
    await writeFile(file, stored);
    return readExportFile(file, []);
  };
  async function sealedRows(): Promise<void> {
    await append('request.asked', { action: 'delete', target: 'assets' });
    await append('asset.delete.done', { kind: 'dataset', name: 'churn "1", new\n.csv', size: 0.1 });
    await append('request.finished', { from: 'running', to: 'succeeded' });
    await sealAll(services());
  }

  it('proves each of its rows, those up to an anchor, and says what it does not prove', async () => {
    await sealedRows();
    const { entry, hash } = await readHead(opened.database.db);
    anchors = [{ entry, hash, at: at.toISOString() }];
    await append('link.renewed', {});
    expect(await exported('json')).toMatchObject({ result: 'stored', rows: 4 });
    const file = await read();
    const proof = verifyExport(file);
    expect(proof).toEqual({ proven: 3, removed: 0, anchored: 3, unsealed: 1, problems: [] });
    expect(exportProofWords(proof, file).join('\n')).toContain('Not proven: 1 rows that were not sealed');
    // That it was handed out is in the record.
    expect(await exported('json')).toMatchObject({ rows: 5 });
    expect(stored).toContain('record.exported');
  });

  it('proves no anchor across a gap, and an anchor of another hash against it', async () => {
    await sealedRows();
    await exported('json');
    const file = await read();
    const [first, , third] = file.rows;
    if (first === undefined || third?.entry == null) throw new Error('no rows');
    const anchor = { entry: third.entry.entry, hash: third.entry.hash, at: at.toISOString() };
    expect(verifyExport({ ...file, rows: [first, third], anchors: [anchor] }).anchored).toBe(1);
    const other = { ...anchor, hash: 'f'.repeat(64) };
    expect(verifyExport({ ...file, anchors: [other] }).problems).toHaveLength(1);
  });

  it('shows every change of a row, its entry, a person or a salt', async () => {
    await sealedRows();
    await exported('json');
    const text = JSON.stringify(await read());
    const leaves = placesIn(JSON.parse(text).rows, []);
    expect(leaves.length).toBeGreaterThan(60);
    fc.assert(
      fc.property(fc.constantFrom(...leaves), (place) => {
        const changed = JSON.parse(text);
        alter(changed.rows, place);
        for (const { row } of changed.rows) {
          row.at = new Date(row.at);
          row.recordedAt = row.recordedAt === null ? null : new Date(row.recordedAt);
        }
        expect(verifyExport(changed).problems.length, place.join('/')).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  it('is CSV that no spreadsheet runs, with the entry, its hash and the head in each row', async () => {
    await sealedRows();
    const outcome: ExportOutcome = await exported('csv');
    if (outcome.result !== 'stored') throw new Error(outcome.result);
    const lines = stored.split('\r\n');
    expect(lines[0]).toBe(
      'entry,hash,written_at,action,person,person_id,request,workspace_id,policy_version,detail,chain_head_entry,chain_head_hash',
    );
    expect(lines).toHaveLength(5);
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(lines[1]).toContain(`DSR-${request}`);
    for (const line of lines.slice(1, 4))
      expect(line.endsWith(`,${outcome.head.entry},${outcome.head.hash}`)).toBe(true);
  });

  it('of a time holds what was written in it, and is empty without any', async () => {
    await append('request.asked', {}, new Date('2024-02-03T00:00:00Z'));
    await append('request.expired', {}, new Date('2024-02-04T00:00:00Z'));
    const days = (from: string, until: string) => ({ from: new Date(from), until: new Date(until) });
    expect(await exported('csv', days('2024-02-03', '2024-02-04'))).toMatchObject({ result: 'stored', rows: 1 });
    expect(await exported('csv', days('2023-01-01', '2023-02-01'))).toEqual({ result: 'empty' });
  });

  it('is refused when it is none', async () => {
    const file = path.join(folder, 'none.json');
    await writeFile(file, '{"rows": []}');
    await expect(readExportFile(file, [])).rejects.toThrow(ExportFileError);
    await expect(readExportFile(path.join(folder, 'missing'), [])).rejects.toThrow(ExportFileError);
  });
});

/** The places of all texts and numbers. */
function placesIn(value: unknown, place: readonly string[]): readonly (readonly string[])[] {
  if (value === null || typeof value === 'boolean') return [];
  if (typeof value !== 'object') return [place];
  return Object.entries(value).flatMap(([key, member]) => placesIn(member, [...place, key]));
}

function alter(root: unknown, place: readonly string[]): void {
  let node = root as Record<string, unknown>;
  for (const key of place.slice(0, -1)) node = node[key] as Record<string, unknown>;
  const last = place.at(-1) ?? '';
  const value = node[last];
  if (typeof value === 'number') node[last] = value + 1;
  else if (/^\d{4}-/u.test(String(value))) node[last] = String(value).replace(/^\d{4}/u, '1999');
  else node[last] = `${String(value).slice(0, -1)}${String(value).endsWith('0') ? '1' : '0'}`;
}
