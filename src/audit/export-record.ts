import { stringify } from 'csv-stringify/sync';
import { type RowsWanted, readHead, readOwnersOf, readRows } from '../database/audit-entries.ts';
import type { Connection, Database } from '../database/connection.ts';
import { appendAudit } from '../database/history.ts';
import { readNames } from '../database/record-rows.ts';
import { runTransaction } from '../database/transaction.ts';
import { type Head, type JsonValue, peopleIn } from '../domain/audit-chain.ts';
import type { Clock } from '../domain/clock.ts';
import type { Person } from '../domain/people.ts';
import { type ExportedRow, exportFormat } from '../domain/record-export.ts';
import type { RecordFile, RecordFiles } from '../domain/record-files.ts';
import { requestId } from '../domain/request.ts';

/** What exporting needs. */
export interface ExportServices {
  readonly database: Pick<Database, 'db'>;
  readonly clock: Clock;
  readonly recordFiles: RecordFiles;
  readonly policyVersion: string;
}

/** What is wanted as a file, and by whom. */
export interface ExportWish extends RecordFile {
  readonly by: Person;
  readonly rows: RowsWanted;
}

/** A stored file; `too-many` when it would have more rows than a file may have, and nothing was stored. */
export type ExportOutcome =
  | {
      readonly result: 'stored';
      readonly url: string;
      readonly expiresAt: Date;
      readonly rows: number;
      readonly head: Head;
    }
  | { readonly result: 'empty' | 'too-many' };

/** The most rows of one file, and of one read. */
export const mostExported = 20_000;
const pageSize = 500;

/**
 * Writes a part of the record into a file and records that it was handed out. It is read page by page as it stands at
 * one moment. Throws ServiceFailure, and the database's error.
 */
export async function exportRecord(
  services: ExportServices,
  wish: ExportWish,
  signal: AbortSignal,
): Promise<ExportOutcome> {
  const { database, clock, recordFiles, policyVersion } = services;
  const { by, rows: wanted, format } = wish;
  const { tenantId } = by;
  const at = new Date(clock.now());
  const read = await database.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const rows = await allRows(trx, tenantId, wanted);
      const head = await readHead(trx);
      if (rows === null || rows.length === 0) return { rows, head, people: [], names: new Map<string, string>() };
      const pseudonyms = new Set(rows.flatMap(({ entry }) => (entry === null ? [] : pseudonymsIn(entry.body))));
      const ids = rows.flatMap(({ row }) => [...peopleIn(row)]);
      return {
        rows,
        head,
        people: await readOwnersOf(trx, [...pseudonyms]),
        names: await readNames(trx, tenantId, ids),
      };
    });
  if (read.rows === null) return { result: 'too-many' };
  if (read.rows.length === 0) return { result: 'empty' };
  const entries = read.rows.flatMap(({ entry }) => (entry === null ? [] : [entry.entry]));
  const isJson = format === 'json' && entries.length > 0;
  const anchors = isJson ? await recordFiles.anchors(Math.min(...entries), Math.max(...entries), signal) : [];
  const whole = { ...read, rows: read.rows, anchors, at };
  const link = await recordFiles.store(wish, format === 'json' ? jsonChunks(whole) : csvChunks(whole), signal);
  await runTransaction(database.db, clock, (trx) =>
    appendAudit(trx, {
      at,
      tenantId,
      actor: by.objectId,
      policyVersion,
      action: 'record.exported',
      requestNumber: 'requestNumber' in wanted ? wanted.requestNumber : null,
      workspaceId: null,
      detail: { kind: format, rows: whole.rows.length, ...daysOf(wanted) },
    }),
  );
  return { result: 'stored', ...link, rows: whole.rows.length, head: read.head };
}

function daysOf(wanted: RowsWanted): object {
  if ('requestNumber' in wanted) return {};
  return { until: wanted.until?.toISOString() ?? null, since: wanted.from?.toISOString() ?? null };
}

/** All rows; null when there are too many. */
async function allRows(trx: Connection, tenantId: string, wanted: RowsWanted): Promise<ExportedRow[] | null> {
  const rows: ExportedRow[] = [];
  for (let after = 0; ; ) {
    const page = await readRows(trx, tenantId, wanted, after, pageSize);
    rows.push(...page);
    if (rows.length > mostExported) return null;
    const last = page.at(-1);
    if (last === undefined) return rows;
    after = last.row.sequence;
  }
}

/** The pseudonyms in an entry, which stand in it as `{ "@": … }`. */
function pseudonymsIn(value: JsonValue): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(pseudonymsIn);
  return Object.entries(value).flatMap(([key, member]) =>
    key === '@' && typeof member === 'string' ? [member] : pseudonymsIn(member as JsonValue),
  );
}

interface Whole {
  readonly rows: readonly ExportedRow[];
  readonly head: Head;
  readonly people: Awaited<ReturnType<typeof readOwnersOf>>;
  readonly names: ReadonlyMap<string, string>;
  readonly anchors: readonly object[];
  readonly at: Date;
}

async function* jsonChunks({ rows, head, people, names, anchors, at }: Whole): AsyncGenerator<string> {
  const named = people.map((one) => ({ ...one, name: names.get(one.objectId.toLowerCase()) ?? null }));
  const facts = { format: exportFormat, exportedAt: at.toISOString(), head, anchors, people: named };
  yield `${JSON.stringify(facts, null, 1).slice(0, -2)},\n "rows": [\n`;
  for (const [index, row] of rows.entries()) {
    yield `${index === 0 ? '' : ',\n'}  ${JSON.stringify(row)}`;
  }
  yield '\n ]\n}\n';
}

const columns = [
  'entry',
  'hash',
  'written_at',
  'action',
  'person',
  'person_id',
  'request',
  'workspace_id',
  'policy_version',
  'detail',
  'chain_head_entry',
  'chain_head_hash',
];

/** RFC 4180, with what a spreadsheet would run as a formula behind an apostrophe. */
async function* csvChunks({ rows, head, names }: Whole): AsyncGenerator<string> {
  const lines = (values: readonly (readonly (string | number | null)[])[]) =>
    stringify([...values] as (string | number | null)[][], { record_delimiter: 'windows', escape_formulas: true });
  yield lines([columns]);
  for (let from = 0; from < rows.length; from += pageSize) {
    yield lines(
      rows
        .slice(from, from + pageSize)
        .map(({ entry, row }) => [
          entry?.entry ?? null,
          entry?.hash ?? null,
          row.at.toISOString(),
          row.action,
          row.actor === 'system' ? 'Steward' : (names.get(row.actor.toLowerCase()) ?? null),
          row.actor,
          row.requestNumber === null ? null : requestId(row.requestNumber),
          row.workspaceId,
          row.policyVersion,
          JSON.stringify(row.detail),
          head.entry === 0 ? null : head.entry,
          head.entry === 0 ? null : head.hash,
        ]),
    );
  }
}
